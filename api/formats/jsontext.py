"""JSON written member by member, so that a list which fits no memory can stand in it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import orjson


@dataclass(frozen=True)
class Listed:
    """A list whose items come one by one."""

    items: Iterable[Any]


@dataclass(frozen=True)
class Keyed:
    """An object whose members come one by one."""

    items: Iterable[tuple[str, Any]]


def dumped(document: Any) -> Iterator[bytes]:
    """The same bytes as if all of it were in memory, and a line feed."""
    yield from _written(document)
    yield b"\n"


def _written(value: Any) -> Iterator[bytes]:
    if isinstance(value, Listed):
        before = b"["
        for each in value.items:
            yield before + orjson.dumps(each)
            before = b","
        yield b"[]" if before == b"[" else b"]"
    elif _comes_in_parts(value):
        before = b"{"
        for name, each in value.items if isinstance(value, Keyed) else value.items():
            yield before + orjson.dumps(name) + b":"
            yield from _written(each)
            before = b","
        yield b"{}" if before == b"{" else b"}"
    else:
        yield orjson.dumps(value)


def _comes_in_parts(value: Any) -> bool:
    within = isinstance(value, dict) and any(map(_comes_in_parts, value.values()))
    return within or isinstance(value, Listed | Keyed)
