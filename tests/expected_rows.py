"""The rows that people expect of every query, read from `rows/`: one file a query, claims by their keys.

A file has `columns`, the `cases` of the fictional world, those of the `seed`, and where other sources are wanted those
of the world `judged`, with a register, or of the seed `sourced`, with public data, each with `given`, `because` and
`rows`. A row has a value for each of the columns and then its claims, by their keys or as `subject RELATION object`. A
column `x` beside an `x_id` is not written: it is the name of that entity. An id that begins with `=` is none: what
follows is the text of the column beside it.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import yaml

from schema import Claim
from seed.read import read
from tests.conftest import FILLINGS, HERE, JUDGED, SEED, SOURCED, WORLD
from tests.plain_world import Row, World

FOLDER = HERE / "rows"
FILES = read(WORLD).files
OURS = sorted(path for folder in SOURCED for path in folder.glob("*.yaml") if path not in SEED)
WORLDS = {what: World(read(paths).files) for what, paths in FILLINGS.items()}
OF_A_CLAIM = ("claim", "backing")
FIRST_THREE = ("counts-by-relation", "coverage", "not-known")
ANY_THREE = ("entities-by-type", "search", "sources")
NUMBERS = ("alone", "gap", "known", "resting", "step")
_LISTS = "applies_in asserted_by challengers challenges made_by models parties places resolved wording"
LISTS = (*_LISTS.split(),)
# The article contests none of its own claims, and does not say how far an agreement has come.
NOT_IN_THE_SEED = {"agreements-by-stage", "disputed-claims", "mayors-and-sheriffs"}
AS_WRITTEN = (*NUMBERS, *LISTS)


class Plain(yaml.SafeLoader):
    """YAML in which a date is the text that it is."""


Plain.yaml_implicit_resolvers = {
    letter: [(tag, pattern) for tag, pattern in found if not tag.endswith(":timestamp")]
    for letter, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


@dataclass(frozen=True)
class Case:
    """One question and the rows of its answer, in order."""

    query: str
    given: Row
    because: str
    rows: list[Row]
    what: str = "world"

    def __str__(self) -> str:
        of = "" if self.what == "world" else f"{self.what}: "
        return f"{of}{self.query} {' '.join(f'{k}={v}' for k, v in self.given.items())}".strip()


def claim_keys(paths: Sequence[Path] = (*JUDGED, *SEED, *OURS)) -> dict[str, str]:
    """Ids of the claims by the keys that the claims files give them, and by what they say where no two say it."""
    written = [claim for path in paths for claim in yaml.load(path.read_text("utf-8"), Plain)["claims"]]
    claims = [claim for path in paths for file in read([path]).files for claim in file.claims]
    says = Counter(statement(claim) for claim in {claim.id: claim for claim in claims}.values())
    keys = {statement(claim): claim.id for claim in claims if says[statement(claim)] == 1}
    return keys | {w["key"]: claim.id for w, claim in zip(written, claims, strict=True) if "key" in w}


def statement(claim: Claim) -> str:
    """The claim as rows of the seed name it."""
    return f"{claim.subject} {claim.relation()} {claim.object or claim.value}"


def written_file(query: str) -> Row:
    """The rows file of the query as it is written."""
    read: Row = yaml.load((FOLDER / f"{query}.yaml").read_text("utf-8"), Plain)
    return read


@cache
def filling(query: str) -> str:
    """Of what questions are drawn at random: of the world, with the register where the query is on other sources."""
    return "judged" if "judged" in written_file(query) else "world"


def cases(query: str, what: str = "world") -> list[Case]:
    """The cases of the query's file, with the columns that are not written filled in and claims by their ids."""
    file = written_file(query)
    found = []
    for case in file.get("cases" if what == "world" else what, ()):
        given = {k: v if isinstance(v, list) else str(v) for k, v in case["given"].items()}
        if query in OF_A_CLAIM:
            given["id"] = KEYS[given["id"]]
        rows = [_row(query, file["columns"], row) for row in case["rows"]]
        every = case.get("otherwise", file.get("otherwise"))
        found.append(Case(query, given, case["because"], _with_the_rest(rows, every), what))
    return found


def _row(query: str, columns: list[str], written: list[Any]) -> Row:
    *values, keys = written
    row: Row = {}
    for column, value in zip(columns, values, strict=True):
        row |= _cells(column, value if value is None or column in AS_WRITTEN else str(value))
    claims = [KEYS[key] for key in keys]
    # which claim is the row's own matters, in which order the others follow does not
    if query in ANY_THREE or (query in FIRST_THREE and row["known"]):
        return row | {"claims": tuple(sorted(claims)[: 3 if query in FIRST_THREE else None])}
    return row | {"claims": tuple(claims[:1] + sorted(claims[1:]))}


def with_all_claims(query: str, rows: list[Row], wanted: list[Row]) -> list[Row]:
    """The rows, those that cite any three of the claims wanted with all of these, as which three is not promised."""
    if query not in ANY_THREE:
        return rows
    every = {row["id"]: row["claims"] for row in wanted}
    return [row | {"claims": every[row["id"]]} if _cites_three(row, every.get(row["id"], ())) else row for row in rows]


def _cites_three(row: Row, of: tuple[str, ...]) -> bool:
    return {*row["claims"]} <= {*of} and len({*row["claims"]}) == min(3, len(of))


def _cells(column: str, value: Any) -> Row:
    if column == "challengers":
        return {column: [KEYS[key] for key in value]}
    if column == "id":
        return {column: value, "name": NAMES[value]}
    if not column.endswith("_id"):
        return {column: value}
    beside = column.removesuffix("_id")
    if value is None:
        return {column: None, beside: None}
    return {column: None, beside: value[2:]} if value.startswith("= ") else {column: value, beside: NAMES[value]}


def _with_the_rest(rows: list[Row], otherwise: Row | None) -> list[Row]:
    """The rows, and one of nought for every city and relation of which the case says nothing."""
    if otherwise is None:
        return rows
    every = {pair: i for i, pair in enumerate(product(otherwise["city_id"], otherwise["relation"]))}
    written = {(row["city_id"], row["relation"]) for row in rows}
    rest = [
        _cells("city_id", city) | {"relation": relation, "known": 0, "claims": ()}
        for city, relation in every.keys() - written
    ]
    return sorted(rows + rest, key=lambda row: every[row["city_id"], row["relation"]])


KEYS = claim_keys()
NAMES = {e.id: e.name for world in WORLDS.values() for e in world.entities.values()}
