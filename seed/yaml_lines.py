"""YAML as plain values with the line of each: no anchors, tags or repeated keys, and no guessing of types."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import yaml

DEEPEST = 8
Path = tuple[str | int, ...]

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"[-+]?(0|[1-9][0-9]*)\.[0-9]+")
# Readers of JSON keep no more of a whole number.
MOST = 2**53 - 1
_NOTHING = ("", "~", "null")


@dataclass
class Parsed:
    """`lines` holds the line, from 1, of every value by its path; a fault is line, path and message."""

    value: Any = None
    lines: dict[Path, int] = field(default_factory=dict)
    faults: list[tuple[int, Path, str]] = field(default_factory=list)


def closest(path: Path, lines: Mapping[Path, int]) -> Path:
    """The path itself or, where the file has nothing there, the closest record around it."""
    while path and path not in lines:
        path = path[:-1]
    return path


def parse(text: str, numbers: frozenset[str]) -> Parsed:
    """The one YAML document in the text. Plain scalars are numbers only under the keys named, else text."""
    composer = _Composer(yaml.parse(text, Loader=_LOADER), numbers)
    try:
        composer.compose()
    except yaml.YAMLError as error:
        composer.refuse_syntax(error, text)
    return composer.parsed


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1


def _syntax_error(problem: str, event: Any) -> yaml.MarkedYAMLError:
    return yaml.MarkedYAMLError(problem=problem, problem_mark=event.start_mark)


class _Composer:
    """Builds values from parser events; PyYAML's own composer forgets anchors and repeated keys."""

    def __init__(self, events: Iterator[Any], numbers: frozenset[str]) -> None:
        self.events, self.numbers, self.parsed = events, numbers, Parsed()

    def compose(self) -> None:
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                if () in self.parsed.lines:
                    raise _syntax_error("a second document starts", event)
                self.parsed.value = self._value(next(self.events), ())

    def refuse_syntax(self, error: yaml.YAMLError, text: str) -> None:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        line = mark.line + 1 if mark else text.count("\n", 0, getattr(error, "position", None) or 0) + 1
        problem = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error)
        self.parsed.faults.append((line, (), f"cannot be read as YAML: {problem}"))

    def _value(self, event: Any, path: Path) -> Any:
        self.parsed.lines.setdefault(path, _line(event))
        if len(path) > DEEPEST:
            raise _syntax_error(f"nested more than {DEEPEST} deep", event)
        if isinstance(event, yaml.AliasEvent) or event.anchor:
            self._refuse(event, path, "anchors and aliases (& and *) are not read; write it out, or in quotes")
        elif event.tag:
            self._refuse(event, path, f"tags such as {event.tag} are not read; write the plain value")
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(path)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(path)
        return None if isinstance(event, yaml.AliasEvent) else self._scalar(event, path)

    def _refuse(self, event: Any, path: Path, message: str) -> None:
        self.parsed.faults.append((_line(event), path, message))

    def _sequence(self, path: Path) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            items.append(self._value(event, (*path, len(items))))
        return items

    def _mapping(self, path: Path) -> dict[str, Any]:
        fields: dict[str, Any] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                raise _syntax_error("a key must be a word", event)
            place = (*path, event.value)
            if event.value in fields:
                self._refuse(event, place, f"was given already in line {self.parsed.lines[place]}")
            self.parsed.lines.setdefault(place, _line(event))
            fields[event.value] = self._value(next(self.events), place)
        return fields

    def _scalar(self, event: Any, path: Path) -> str | int | float | None:
        text: str = event.value
        if not event.implicit[0]:
            return text
        if path and path[-1] in self.numbers and (_INTEGER.fullmatch(text) or _DECIMAL.fullmatch(text)):
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
