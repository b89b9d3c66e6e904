"""How many rows an answer has and of which kinds, where it is longer than a page: its text, told less, read once."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from graph.connection import Reader
from graph.cypher import fragment, parts_returned
from graph.edition import Edition
from graph.query import Query
from graph.result import Result, Row
from graph.run import forgiving

Rows = list[tuple[list[Any], Iterable[str]]]

MOST = 10_000
FACETS = ("type", "relation", "status", "standing")  # columns whose values are few

_BRANCH = re.compile(r"^UNION ALL$\n", re.MULTILINE)
_OWN = re.compile(r"\[each IN \[(\w+)\](?: \+| \|)")
_CITED = re.compile(r"\[each IN (.*?) \| each \{\.\*", re.DOTALL)
_RETURN = "\nRETURN "


@dataclass(frozen=True)
class Tally:
    """`total` rows, all there are unless `more`, in which case the first ones in the order of pages were counted.

    `facets` say by column how many rows have which value, `sources` by document how many rest on it; `names` are those
    of the documents. A page begins behind each of `starts`, but for the first page.
    """

    total: int
    more: bool = False
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    sources: Mapping[str, int] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    starts: tuple[str, ...] = ()


def of_result(query: Query, result: Result) -> Tally:
    """What a whole answer counts itself."""
    rows = [([row.get(column) for column in _columns(query)], _sources(query, row, result)) for row in result.rows]
    names = {id: result.entities[id]["name"] for _, found in rows for id in found if id in result.entities}
    return Tally(len(rows), False, *_counted(_columns(query), rows), names)


async def tally(reader: Reader, query: Query, values: BaseModel, edition: Edition, most: int = MOST) -> Tally:
    """What the store counts of the whole answer, whatever page of it is asked for."""
    size = values.model_dump()["limit"]
    text, bound = query.bind(values.model_copy(update={"limit": most, "cursor": None}), edition.number)
    records = await forgiving(reader, told_less(query, text), bound)
    by_key: dict[str, list[Any]] = {}
    for record in records:
        by_key.setdefault(record[0], record)
    by_key.pop("", None)
    keys = sorted(by_key)
    rows: Rows = [(by_key[key][1:-1], {id for id, _ in by_key[key][-1]}) for key in keys[:most]]
    names = {id: name for record in by_key.values() for id, name in record[-1]}
    return Tally(
        len(rows), len(keys) > most, *_counted(_columns(query), rows), names, tuple(keys[size - 1 : most - 1 : size])
    )


def by_itself(query: Query) -> bool:
    """Whether the claim of a row is all that has to be of the status and standing asked for: no hop leads to it."""
    branches = (branch for text in query.cases.values() for branch in _BRANCH.split(text.cypher))
    return all(branch.count("IN $status") == 1 for branch in branches)


def told_less(query: Query, text: str) -> str:
    """The text with the key, the columns that are counted, and the documents that a row's own claim rests on."""
    return "UNION ALL\n".join(_branch(branch, _columns(query)) for branch in _BRANCH.split(text))


def _branch(branch: str, columns: tuple[str, ...]) -> str:
    parts = dict(parts_returned(branch))
    sources = _documents(parts["claims"]) if "status" in columns else "[]"
    head, _, returned = branch.rpartition(_RETURN)
    order = returned[returned.rindex("\nORDER BY ") :]
    kept = [parts[name] for name in ("key", *columns)]
    return f"{head}{_RETURN}{', '.join(kept)}, {sources} AS documents{order}"


def _documents(claims: str) -> str:
    """Ids and names of the documents of the first claim that a row cites, which is the row's own."""
    known = fragment("known", "piece")
    found = f"[({{}})-[piece:EVIDENCED_BY]->(source:Entity) WHERE {known} | [source.id, source.name]]"
    if own := _OWN.match(claims):
        return found.format(own[1])
    cited = _CITED.match(claims)
    assert cited, claims  # the tail of every question
    return f"coalesce(head([each IN ({cited[1]})[..1] | {found.format('each')}]), [])"


def _columns(query: Query) -> tuple[str, ...]:
    return tuple(name for name in FACETS if name in query.columns)


def _sources(query: Query, row: Row, result: Result) -> Iterable[str]:
    """The documents of the row's own claim; a row without a status is no claim, and has none."""
    if "status" not in query.columns or not row["claims"]:
        return ()
    return dict.fromkeys(piece["document"] for piece in result.claims[row["claims"][0]]["evidence"])


def _counted(columns: tuple[str, ...], rows: Rows) -> tuple[dict[str, dict[str, int]], dict[str, int]]:
    facets = {
        name: _by_count(Counter(str(cells[at]) for cells, _ in rows if cells[at] is not None))
        for at, name in enumerate(columns)
    }
    return facets, _by_count(Counter(id for _, found in rows for id in found))


def _by_count(found: Counter[str]) -> dict[str, int]:
    return dict(sorted(found.items(), key=lambda each: (-each[1], each[0])))
