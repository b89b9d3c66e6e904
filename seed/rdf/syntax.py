"""RDF files as other people's parsers read them, a statement at a time; what they refuse, with file and line."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import orjson
import pyoxigraph
from pyoxigraph import RdfFormat

from schema.derive.context import FILE, context
from schema.packed_file import PACKINGS, unpacked
from seed.problem import Problem

SYNTAXES = {
    ".nt": RdfFormat.N_TRIPLES,
    ".nq": RdfFormat.N_QUADS,
    ".ttl": RdfFormat.TURTLE,
    ".jsonld": RdfFormat.JSON_LD,
    ".jsonl": RdfFormat.JSON_LD,
}
XML = (".rdf", ".xml", ".owl")
AT_ONCE = 500  # lines of JSON-LD, each a document of its own
_OURS = f"/v1/schema/{FILE}"


class Unreadable(Exception):
    """A file that is not read any further."""

    def __init__(self, path: Path, line: int, message: str) -> None:
        super().__init__(message)
        self.problem = Problem(str(path), line, "", message)


class Statement(NamedTuple):
    """Subject, predicate and value; `kind` is the datatype of a literal, `@` with a language, or empty for an IRI."""

    subject: str
    predicate: str
    value: str
    kind: str


def statements(path: Path) -> Iterator[Statement]:
    """What the file states, whatever graphs it names; Unreadable where it is not what its name says."""
    syntax = _syntax(path)
    try:
        with unpacked(path) as file:
            if syntax is RdfFormat.JSON_LD:
                yield from _of_json(path, file)
            else:
                yield from _parsed(path, file, syntax)
    except OSError as error:
        raise Unreadable(path, 0, f"cannot be read: {error.strerror}") from None


def _syntax(path: Path) -> RdfFormat:
    suffixes = [each for each in path.suffixes if each not in PACKINGS]
    suffix = suffixes[-1] if suffixes else ""
    if suffix in XML:
        raise Unreadable(path, 0, f"is RDF/XML, which is not read, as it may have entities; {_known()}")
    if suffix not in SYNTAXES or ".np" in suffixes:
        raise Unreadable(path, 0, f"is of no kind that is read; {_known()}")
    return SYNTAXES[suffix]


def _known() -> str:
    return f"give {', '.join(SYNTAXES)}, packed as {' or '.join(PACKINGS)} or not"


def _parsed(path: Path, file: BinaryIO | bytes, syntax: RdfFormat, first: int | None = None) -> Iterator[Statement]:
    """`first` is the line on which the text begins, where the parser does not see the file itself."""
    try:
        for quad in pyoxigraph.parse(file, syntax):
            yield _statement(quad)
    except SyntaxError as error:
        raise Unreadable(path, first or error.lineno or 0, f"is no {syntax.name}: {error.msg}") from None
    except _Foreign as error:
        raise Unreadable(path, first or 0, str(error)) from None


class _Foreign(Exception):
    """A term that our full profile has not."""


def _statement(quad: Any) -> Statement:
    subject, value = quad.subject, quad.object
    if isinstance(value, pyoxigraph.Triple):
        raise _Foreign("has triple terms: it is of the profile reified; give the profile full")
    if isinstance(subject, pyoxigraph.BlankNode) or isinstance(value, pyoxigraph.BlankNode):
        raise _Foreign(f"has a node without a name ({quad.predicate.value}), of which our RDF has none")
    if isinstance(value, pyoxigraph.NamedNode):
        return Statement(subject.value, quad.predicate.value, value.value, "")
    kind = f"@{value.language}" if value.language else value.datatype.value
    return Statement(subject.value, quad.predicate.value, value.value, kind)


def _of_json(path: Path, file: BinaryIO) -> Iterator[Statement]:
    """Nothing is fetched: our context is known by its address, any other one must stand in the file."""
    if ".jsonl" not in path.suffixes:
        yield from _nodes(path, [(1, _loaded(path, file.read(), 1))])
        return
    numbered = enumerate(file, 1)
    while lines := list(islice(numbered, AT_ONCE)):
        yield from _nodes(path, [(number, _loaded(path, line, number)) for number, line in lines if line.strip()])


def _loaded(path: Path, text: bytes, line: int) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise Unreadable(path, line + error.lineno - 1, f"is no JSON: {error.msg}") from None


def _nodes(path: Path, documents: list[tuple[int, Any]]) -> Iterator[Statement]:
    plain, own = [], []
    for line, node in documents:
        if isinstance(node, dict) and _is_ours(node.get("@context")):
            inner = {name: value for name, value in node.items() if name != "@context"}
            _refuse_remote(path, line, inner)
            if "@graph" in inner:
                plain.append((line, {"@context": context()} | inner))
            else:
                own.append(inner)
        else:
            _refuse_remote(path, line, node)
            plain.append((line, node))
    if own:
        text = orjson.dumps({"@context": context(), "@graph": own})
        yield from _parsed(path, text, RdfFormat.JSON_LD, documents[0][0])
    for line, node in plain:
        yield from _parsed(path, orjson.dumps(node), RdfFormat.JSON_LD, line)


def _is_ours(context: Any) -> bool:
    return isinstance(context, str) and context.endswith(_OURS)


def _refuse_remote(path: Path, line: int, node: Any) -> None:
    ahead = [node]
    while ahead:
        each = ahead.pop()
        if isinstance(each, list):
            ahead += each
        elif isinstance(each, dict):
            contexts = each.get("@context")
            for one in contexts if isinstance(contexts, list) else [contexts]:
                if isinstance(one, str) or (isinstance(one, dict) and "@import" in one):
                    told = one if isinstance(one, str) else f"@import {one['@import']}"
                    raise Unreadable(path, line, f"names the context {told}, which is not fetched; write it out")
            ahead += each.values()
