"""The whole text of a query: its file's Cypher with the named fragments put in and the common tail at the end."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from graph.errors import NotReadable
from graph.lines import mark, unmark
from graph.seek import CUTTING, SEEKS, SPANS, Seek, seek

FRAGMENTS = Path(__file__).parent / "fragments"

# fmt: off
WRITES = frozenset({
    "ALTER", "CREATE", "DELETE", "DENY", "DETACH", "DROP", "FOREACH", "GRANT", "INSERT", "LOAD", "MERGE", "REMOVE",
    "REVOKE", "SET", "TERMINATE", "USE",
})
# fmt: on
PROCEDURES = ("db.index.fulltext.queryNodes",)

_QUIET = re.compile(r"'[^'\\]*'|\"[^\"\\]*\"|//[^\n]*|/\*.*?\*/", re.DOTALL)
_CALL = re.compile(r"\b(\w+)\(")
# `UNION ALL` and `RETURN` within a subquery are indented.
_BRANCH = re.compile(r"^UNION ALL$\n", re.MULTILINE)
_RETURN = re.compile(r"^RETURN ", re.MULTILINE)
_CUT = "LIMIT $limit\n"
_ALTERNATIVES = re.compile(r"(?<=')[A-Z_]+(?:\|[A-Z_]+)+(?=')")


@dataclass(frozen=True)
class Text:
    """Cypher that runs as it stands; the bounds of seek number 0 are its parameters `from0` and `to0`.

    `returned` are the names in its RETURN, `lines` the lines of the file that its own lines come from.
    """

    cypher: str
    seeks: tuple[Seek, ...]
    returned: tuple[str, ...] = ()
    lines: tuple[int, ...] = ()


def compose(written: str, first_line: int = 1) -> Text:
    """The text of a file's Cypher; NotReadable where it writes or names a fragment wrongly."""
    _refuse_writing(written)
    seeks: list[Seek] = []
    branches, lines, line = list[str](), list[int](), first_line
    for branch in _BRANCH.split(written):
        start = line + branch[: len(branch) - len(branch.lstrip())].count("\n")
        line += branch.count("\n") + 1
        for one in _one_by_one(mark(branch.strip(), start)):
            text, numbers = unmark(_expand(_with_tail(one), seeks), line - 2)
            branches.append(text)
            lines += [*numbers, numbers[-1]]
        lines[-1] = line - 1  # what parts two branches of the file is a line of its own
    return Text("\nUNION ALL\n".join(branches), tuple(seeks), _returned(branches), tuple(lines[:-1]))


def expand(text: str) -> str:
    """A text that is no question, with its fragments put in."""
    return _expand(text, [])


def _returned(branches: Sequence[str]) -> tuple[str, ...]:
    """The names that every branch returns; NotReadable where they differ, as rows would be of two kinds."""
    found = [tuple(name for name, _ in parts_returned(branch)) for branch in branches]
    for names in found:
        if names != found[0]:
            raise NotReadable(f"one branch returns {', '.join(found[0])}, another {', '.join(names)}")
    return found[0]


def parts_returned(branch: str) -> list[tuple[str, str]]:
    """Name and text of what stands between the commas of the last RETURN; brackets and texts are gone over."""
    returned = branch[[found.end() for found in _RETURN.finditer(branch)][-1] :].rpartition("\nORDER BY ")[0]
    quiet = _QUIET.sub(lambda found: " " * len(found[0]), returned)
    depth, ends = 0, [-1]
    for at, character in enumerate(quiet):
        depth += {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}.get(character, 0)
        if character == "," and not depth:
            ends.append(at)
    parts = [returned[start + 1 : end].strip() for start, end in pairwise([*ends, len(returned)])]
    return [(_name(part), part) for part in parts]


def _name(part: str) -> str:
    """What follows the last AS; what has no name is named by its words, as the stores do."""
    found = re.search(r"\bAS\s+(\w+)\s*$", part)
    return found[1] if found else " ".join(part.split())


def _one_by_one(branch: str) -> list[str]:
    """The branch once for each of the alternatives of `'SIGNED|ISSUED'`: an index has a range for one of them.

    Dates have three, as a date may be a year, a month or a day, and those stand apart in the index.
    """
    if "between(" in branch:
        return [branch.replace("between(", f"{name}(") for name in SPANS]
    found = _ALTERNATIVES.search(branch)
    return [_ALTERNATIVES.sub(name, branch) for name in found[0].split("|")] if found else [branch]


def _with_tail(branch: str) -> str:
    starts = [found.start() for found in _RETURN.finditer(branch)]
    if not starts:
        raise NotReadable("must end in a RETURN at the start of a line")
    match, returned = branch[: starts[-1]], branch[starts[-1] :]
    # where no index cuts the page nor its own text, it is cut before anything is fetched for its rows
    if not match.endswith(_CUT) and not any(f"{name}(" in match for name in CUTTING):
        key, _, columns = returned.removeprefix("RETURN ").partition(",")
        named = "" if key == "key" else f", {key}"
        match, returned = f"{match}WITH *{named} ORDER BY key LIMIT $limit\n", f"RETURN key,{columns}"
    lists = {}
    for name, otherwise in (("cited", "[c]"), ("shown", "[]")):
        returned, lists[name] = _taken(returned, name, otherwise)
    tail = re.sub(r"\b(cited|shown)\b", lambda found: lists[found[0]], fragment("tail"))
    return f"{match}{returned},\n       {tail}"


def _taken(text: str, name: str, otherwise: str) -> tuple[str, str]:
    """The text without `, name(…)`, and what stood in the brackets."""
    found = re.search(rf",\s+{name}\(", text)
    if not found:
        return text, otherwise
    inside, end = _inside(text, found.end())
    return text[: found.start()] + text[end:], inside


def _inside(text: str, start: int) -> tuple[str, int]:
    """What stands up to the bracket that closes, and the place behind it."""
    depth = 1
    for at in range(start, len(text)):
        depth += {"(": 1, ")": -1}.get(text[at], 0)
        if not depth:
            return text[start:at], at + 1
    raise NotReadable("a bracket is not closed")


def _expand(text: str, seeks: list[Seek]) -> str:
    """The text with every `name(…)` that is a fragment, a seek or an `after` written out."""
    parts, at = [], 0
    while found := _CALL.search(text, at):
        name = found[1]
        if name not in (*names(), *SEEKS, "after"):
            parts.append(text[at : found.end()])
            at = found.end()
            continue
        inside, end = _inside(text, found.end())
        parts += [text[at : found.start()], _written_out(name, inside, seeks)]
        at = end
    return "".join(parts) + text[at:]


def _written_out(name: str, inside: str, seeks: list[Seek]) -> str:
    first, *words = [part.strip() for part in inside.split(",")]
    if name == "after":
        return f"{first} > $after"
    if name in SEEKS:
        named, included = tuple((word.strip("'$"), word.startswith("$")) for word in words), name == "seek_from"
        seeks.append(seek(name, named, included))
        number = len(seeks) - 1
        return f"{first} >{'=' if included else ''} $from{number} AND {first} < $to{number}"
    return _expand(fragment(name, first), seeks)


@cache
def names(folder: Path = FRAGMENTS) -> tuple[str, ...]:
    """Names of the fragments that a query may use."""
    return tuple(sorted(path.stem for path in folder.glob("*.cypher") if path.stem != "tail"))


@cache
def fragment(name: str, variable: str = "") -> str:
    """A fragment without its comments, for another variable than the one that its first line names."""
    head, *lines = (FRAGMENTS / f"{name}.cypher").read_text(encoding="utf-8").splitlines()
    own = head.partition("(")[2].rstrip(")")
    text = "\n".join(line for line in lines if not line.startswith("//"))
    return re.sub(rf"(?<![\w.']){own}(?![\w'])", variable, text) if variable else text


def _refuse_writing(written: str) -> None:
    quiet = _QUIET.sub("''", written)
    if "\\" in quiet or "`" in quiet:
        raise NotReadable("holds an escape or a back-quoted name; neither is needed")
    words = {word.upper() for word in re.findall(r"(?<![.:$\w])[A-Za-z]+\b(?!\s*:)", quiet)}
    if found := sorted(words & WRITES):
        raise NotReadable(f"holds {', '.join(found)}; a query only reads")
    called = re.findall(r"(?i)\bCALL\s+([\w.]+)", quiet)
    if found := sorted(set(called) - set(PROCEDURES)):
        raise NotReadable(f"calls {', '.join(found)}; only {', '.join(PROCEDURES)} may be called")
    if re.search(r"(?i)\bIN\s+TRANSACTIONS\b", quiet):
        raise NotReadable("runs in transactions of its own; a query only reads")


def setting(parameters: Iterable[tuple[str, object]]) -> str:
    """Lines that set the parameters in Neo4j Browser and cypher-shell."""
    return "".join(f":param {name} => {literal(value)};\n" for name, value in parameters)


def literal(value: object) -> str:
    """A value as Cypher writes it."""
    if isinstance(value, str):
        return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(literal, value))}]"
    return "null" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
