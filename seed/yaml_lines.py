"""YAML in pieces, as plain values with the line of each: no anchors, tags or repeated keys, no guessing of types."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, BinaryIO

import yaml

DEEPEST = 8
Path = tuple[str | int, ...]

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"[-+]?(0|[1-9][0-9]*)\.[0-9]+")
# Readers of JSON keep no more of a whole number.
MOST = 2**53 - 1
_NOTHING = ("", "~", "null")


def closest(path: Path, lines: Mapping[Path, int]) -> Path:
    """The path itself or, where the file has nothing there, the closest record around it."""
    while path and path not in lines:
        path = path[:-1]
    return path


def _named(path: Path) -> str | int:
    """The field that a value stands in, or the list of such values."""
    return next((step for step in reversed(path) if isinstance(step, str)), "")


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1


def _syntax_error(problem: str, event: Any) -> yaml.MarkedYAMLError:
    return yaml.MarkedYAMLError(problem=problem, problem_mark=event.start_mark)


class Pieces:
    """The one YAML document of a file, a piece at a time: path and value of each field of it, and in lists and mappings
    of lists of each item; a list or mapping itself comes first, empty.

    Plain scalars are numbers only under the keys named, else text. `lines` holds the line, from 1, of every value of
    the piece at hand and of what is around it, by path; a fault is line, path and message. `broken` says that the file
    ended in what is no YAML.
    """

    def __init__(self, file: BinaryIO, numbers: frozenset[str], lists: tuple[str, ...]) -> None:
        self.file, self.numbers, self.lists = file, numbers, lists
        self.events: Iterator[Any] = yaml.parse(file, Loader=_LOADER)
        self.lines: dict[Path, int] = {}
        self.faults: list[tuple[int, Path, str]] = []
        self.broken = False

    def __iter__(self) -> Iterator[tuple[Path, Any]]:
        try:
            for event in self.events:
                if isinstance(event, yaml.DocumentStartEvent):
                    if () in self.lines:
                        raise _syntax_error("a second document starts", event)
                    yield from self._opened(next(self.events), ())
        except yaml.YAMLError as error:
            self.broken = True
            self._refuse_syntax(error)

    def _refuse_syntax(self, error: yaml.YAMLError) -> None:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        self.file.seek(0)
        line = mark.line if mark else self.file.read(getattr(error, "position", None) or 0).count(b"\n")
        problem = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error)
        self.faults.append((line + 1, (), f"cannot be read as YAML: {problem}"))

    def _opened(self, event: Any, path: Path) -> Iterator[tuple[Path, Any]]:
        """The pieces of a value: those in it where it holds some, else itself."""
        apart = not path or path[0] in self.lists
        if isinstance(event, yaml.MappingStartEvent) and apart and len(path) < 2:
            self._note(event, path)
            if path:
                yield path, {}
            for place, inner in self._fields(path):
                yield from self._opened(inner, place)
        elif isinstance(event, yaml.SequenceStartEvent) and apart and path:
            self._note(event, path)
            yield path, []
            for number, inner in enumerate(iter(self.events.__next__, None)):
                if isinstance(inner, yaml.SequenceEndEvent):
                    break
                yield from self._piece(inner, (*path, number))
        else:
            yield from self._piece(event, path)

    def _piece(self, event: Any, path: Path) -> Iterator[tuple[Path, Any]]:
        around = len(self.lines)
        yield path, self._value(event, path)
        while len(self.lines) > around:
            self.lines.popitem()

    def _note(self, event: Any, path: Path) -> None:
        self.lines.setdefault(path, _line(event))
        if len(path) > DEEPEST:
            raise _syntax_error(f"nested more than {DEEPEST} deep", event)
        if isinstance(event, yaml.AliasEvent) or event.anchor:
            self._refuse(event, path, "anchors and aliases (& and *) are not read; write it out, or in quotes")
        elif event.tag:
            self._refuse(event, path, f"tags such as {event.tag} are not read; write the plain value")

    def _value(self, event: Any, path: Path) -> Any:
        self._note(event, path)
        if isinstance(event, yaml.MappingStartEvent):
            return {str(place[-1]): self._value(inner, place) for place, inner in self._fields(path)}
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(path)
        return None if isinstance(event, yaml.AliasEvent) else self._scalar(event, path)

    def _refuse(self, event: Any, path: Path, message: str) -> None:
        self.faults.append((_line(event), path, message))

    def _sequence(self, path: Path) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            items.append(self._value(event, (*path, len(items))))
        return items

    def _fields(self, path: Path) -> Iterator[tuple[Path, Any]]:
        """Path of each key, and the event with which its value begins."""
        known: set[str] = set()
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                raise _syntax_error("a key must be a word", event)
            place = (*path, event.value)
            if event.value in known:
                self._refuse(event, place, f"was given already in line {self.lines[place]}")
            known.add(event.value)
            self.lines.setdefault(place, _line(event))
            yield place, next(self.events)

    def _scalar(self, event: Any, path: Path) -> str | int | float | None:
        text: str = event.value
        if not event.implicit[0]:
            return text
        if _named(path) in self.numbers and (_INTEGER.fullmatch(text) or _DECIMAL.fullmatch(text)):
            return self._number(event, path)
        return None if text in _NOTHING else text

    def _number(self, event: Any, path: Path) -> int | float | str:
        text: str = event.value
        whole = _INTEGER.fullmatch(text)
        number = float(text)
        exact = abs(number) <= MOST if whole else Decimal(repr(number)) == Decimal(text)
        if exact:
            return int(text) if whole else number
        limit = f"whole numbers go up to {MOST}" if whole else f"the nearest that can be kept is {number!r}"
        self._refuse(event, path, f"{text} cannot be kept exactly: {limit}; write fewer digits, or text in quotes")
        return text
