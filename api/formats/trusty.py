"""Trusty URIs, module RA: a hash of all that a set of quads says, by which whoever holds them finds them unchanged.

Specification: https://github.com/trustyuri/trustyuri-spec, version 1. Terms are those of N-Triples.
"""

import hashlib
import re
from base64 import urlsafe_b64encode
from collections.abc import Iterable

Quad = tuple[str, str, str, str]
# Sorted as the specification wants it: IRIs before literals, those by text, datatype (none first) and language.
Value = tuple[bool, str, str, str]

BLANK = " "
"""Stands where the code itself will stand, in every IRI that holds it."""

_ESCAPE = re.compile(r"\\(u([0-9A-F]{4})|.)")
_PLAIN = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}
_STRING = "http://www.w3.org/2001/XMLSchema#string"


def artifact_code(quads: Iterable[Quad]) -> str:
    """`RA` and 43 signs for quads of graph, subject, predicate and object, without blank nodes."""
    # The closing bracket of an IRI would sort it behind those that it begins.
    lines = sorted({(g[1:-1], s[1:-1], p[1:-1], _value(o)) for g, s, p, o in quads})
    told = "".join(f"{g}\n{s}\n{p}\n{_line(o)}\n" for g, s, p, o in lines)
    return "RA" + urlsafe_b64encode(hashlib.sha256(told.encode()).digest()).decode().rstrip("=")


def _value(term: str) -> Value:
    if term[0] == "<":
        return False, term[1:-1], "", ""
    text, _, kind = term.rpartition('"')
    datatype, language = ("", kind[1:]) if kind[:1] == "@" else (kind[3:-1] or _STRING, "")
    return True, _ESCAPE.sub(_unescaped, text[1:]), datatype, language


def _unescaped(found: re.Match[str]) -> str:
    return chr(int(found[2], 16)) if found[2] else _PLAIN.get(found[1], found[1])


def _line(value: Value) -> str:
    literal, text, datatype, language = value
    if not literal:
        return text
    told = text.replace("\\", "\\\\").replace("\n", "\\n")
    return f"@{language.lower()} {told}" if language else f"^{datatype} {told}"
