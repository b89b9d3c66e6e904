"""Values as a file writes them: YAML whose scalars all stay text, days that exist, names without invisible signs."""

import re
from typing import Any

import yaml
from pydantic import TypeAdapter, ValidationError

from schema.values import Day, Text
from seed.importers.writing import Place, Writing

_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_NOTHING = ("", "~", "null")
_DAY, _TEXT = TypeAdapter[str](Day), TypeAdapter[str](Text)
# Signs that take no room: zero width, soft hyphen, marks of direction, byte order.
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")


def as_text(file: bytes) -> Any:
    """A YAML file with every scalar as text, so that no reader guesses a type; a ValueError says why it is none."""
    try:
        return yaml.load(file, Loader=_LOADER)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ValueError(f"cannot be read as YAML: {' '.join(str(error).split())}") from None


def plain(text: str) -> str:
    """In one line with single blanks, without signs that nobody sees."""
    return " ".join(_UNSEEN.sub("", text).split())


def told(value: Any) -> str | None:
    """The text, or None where the file says nothing there."""
    return None if not isinstance(value, str) or value.strip() in _NOTHING else value


def day(writing: Writing, place: Place, value: Any) -> str | None:
    """The partial date, or None where there is none; of one that does not exist it is told."""
    if (text := told(value)) is None:
        return None
    try:
        return _DAY.validate_python(text.strip())
    except ValidationError:
        writing.doubt(place, text, "is no date", "date left out")
        return None


def name(writing: Writing, place: Place, value: Any) -> str | None:
    """The name in one line with single blanks, or None where there is none; what was taken out of it is told."""
    if (text := told(value)) is None:
        return None
    shown = plain(text)
    try:
        _TEXT.validate_python(shown)
    except ValidationError:
        writing.doubt(place, text, "is no text that can be shown", "name left out")
        return None
    if shown != text:
        writing.doubt(place, text, "has blanks or signs that nobody sees", "taken without them")
    return shown
