"""Whatever `check` calls sound, each format says to the last character, as other people's parsers read it."""

import tempfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import rdflib
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from api.formats import FORMATS
from graph.connection import Writer
from graph.query import read_queries
from graph.result import Result, Row
from graph.run import run
from graph.said import filled, split
from graph.write import load
from schema import RELATIONS
from schema.claims import Claim, Quote
from schema.values import Text, Url
from seed.read import read
from tests.changes import EARLY, FIRST, file
from tests.conftest import Store
from tests.reading_back import check

EXAMPLES = 25

# What some syntax or other takes for its own, what readers turn into something else, and what stands at the edges.
AWKWARD = (
    *"\t\n\r\"'\\<>&;,=+-@|#{}[]%^`~$_:/?*!",
    *"\u00a0\u00ad\u0301\u0600\u061c\u200b\u200d\u200e\u2028\u2029\u202e\u3000\ufeff\ufffc\ufffd\ue000\ud7ff\uff1d",
    *"\U00010000\U0001f3d9\U000e0001\U0010fffd",
    *("\r\n", "]]>", "-->", "</script>", "${x}", "{{ x }}", "\\u0041", "&amp;", "'''", '"""', "\\", "%00", "a b"),
)


@pytest.fixture(autouse=True)
def _rdflib_keeps_literals_as_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)


def _is_sound(kind: TypeAdapter[str]) -> Callable[[str], bool]:
    def sound(text: str) -> bool:
        try:
            return kind.validate_python(text) is not None
        except ValidationError:
            return False

    return sound


def words(kind: Any = Text) -> st.SearchStrategy[str]:
    letters = st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from(AWKWARD)
    return st.lists(letters, min_size=1, max_size=12).map("".join).filter(_is_sound(TypeAdapter(kind)))


ADDRESSES = st.one_of(
    st.lists(st.sampled_from("a é[]#%41;=&?/.:@!$'()*,~_-"), max_size=8).map(
        lambda rest: f"https://x.example/{''.join(rest)}"
    ),
    st.sampled_from(
        ["https://é.example/#f?/", "http://[::1]:80", "https://me:x@x.example:/a/../b//", "https://x.example?#"]
    ),
).filter(_is_sound(TypeAdapter(Url)))
VALUES = st.one_of(
    words(),
    st.integers(-(2**53) + 1, 2**53 - 1),
    st.floats(allow_nan=False, allow_infinity=False).map(lambda number: Decimal(repr(number))),
)


@st.composite
def claims_files(draw: st.DrawFn) -> Row:
    """A claims file with every kind of free text, address and number in it."""
    quote = draw(words(Quote)).strip()
    several = st.lists(words(), max_size=2, unique=True)
    person: Row = {"id": "ada", "name": draw(words()), "aliases": draw(several), "description": draw(words())}
    return {
        "document": {"id": "paper", "name": draw(words()), "licence": draw(words()), "url": draw(ADDRESSES)},
        "entities": {"Group": [person | {"of": "Person", "same_as": draw(st.lists(ADDRESSES, max_size=2))}]},
        "claims": [
            {
                "relation": "HAS_SIZE",
                "subject": "ada",
                "value": draw(VALUES),
                **{name: draw(words()) for name in ("unit", "detail", "condition")},
                **{name: draw(several) for name in ("wording", "inferred")},
                "evidence": [
                    {"quote": quote, "start": 3, "end": 3 + len(quote)},
                    {"pointer": draw(words())},
                ],
            }
        ],
    }


class _Written(yaml.SafeDumper):
    """Writes numbers as people do, digit by digit."""

    def number(self, number: Decimal) -> yaml.ScalarNode:
        digits = format(number, "f")
        return self.represent_scalar("tag:yaml.org,2002:float", digits if "." in digits else f"{digits}.0")


_Written.add_representer(Decimal, _Written.number)


def _as_told(claim: Claim) -> Row:
    says, beside = split(claim, None)
    return says | beside


def checked(written: Row) -> Result | None:
    """The answer that shows the claims of the file; None where `check` finds a fault."""
    with tempfile.NamedTemporaryFile(suffix=".yaml") as paper:
        paper.write(yaml.dump(written, Dumper=_Written, allow_unicode=True, encoding="utf-8"))
        paper.flush()
        reading = read([Path(paper.name)])
    if reading.problems:
        return None
    [file] = reading.files
    [entity], [claim] = file.entities, file.claims
    entities = {
        e.id: filled(e) | {"type": type(e).__name__, "types": [*e.labels()[1:]]} for e in (file.document, entity)
    }
    told = {"standing": "current", "attributed_to": ["paper"], "recorded_at": "2026-02-18T09:00:00Z"}
    row = {"id": "ada", "name": entity.name, "size": claim.value, "detail": claim.detail, "claims": [claim.id]}
    columns = tuple(row)[:-1]
    return Result("figures", "How many?", columns, [row], {claim.id: _as_told(claim) | told}, entities)


@pytest.mark.parametrize("kind", sorted({each.kind for each in FORMATS.values()}))
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(claims_files())
def test_whatever_is_sound_is_read_back_from_every_format(kind: str, written: Row) -> None:
    if result := checked(written):
        for suffix in (suffix for suffix, each in FORMATS.items() if each.kind == kind):
            check(suffix, result)


EDGES = (2**53 - 1, -(2**53) + 1, *map(Decimal, ("0.1", "0.0000001", "12345678.5")), Decimal(repr(5e-324)))
MOST = Decimal(repr(1.7976931348623157e308))
NAME = f"x{'x'.join(AWKWARD)}x"


@pytest.mark.anyio
async def test_a_store_gives_back_all_that_it_took(store: Store, tmp_path: Path) -> None:
    claims = [
        {"relation": "HAS_SIZE", "subject": "ada", "value": value, "detail": f"x{awkward}x", "evidence": [{"row": 1}]}
        for value, awkward in zip((*EDGES, MOST, *AWKWARD), (*AWKWARD, *EDGES, MOST), strict=True)
    ]
    claims = [claim for claim in claims if not str(claim["value"]).isspace()]
    entities = {"Group": [{"id": "ada", "name": NAME, "of": "Person"}]}
    written = {"document": {"id": "paper", "name": "A paper"}, "entities": entities, "claims": claims}
    (tmp_path / "paper.yaml").write_text(
        yaml.dump(written, Dumper=_Written, allow_unicode=True), encoding="utf-8", newline=""
    )
    reading = read([tmp_path])
    assert not reading.problems
    await store.hold("nothing")
    await load(store.writer, reading.files, "2032-01-01T00:00:00Z")
    store.reader.forget()
    query = read_queries()["claims"]
    result = await run(store.reader, query, query.check({"limit": 500}))
    given = {claim.id: _as_told(claim) for claim in reading.files[0].claims}
    kept = {id: {name: claim[name] for name in given[id] if name in claim} for id, claim in result.claims.items()}
    assert kept == given and len(given) == len(claims)
    assert result.entities["ada"]["name"] == NAME


@pytest.mark.parametrize(
    ("value", "unit", "told"),
    [(1e-7, "%", "0.0000001 %"), (14, "%", "14 %"), (2.50, None, "2.5"), (1e16, "people", "10000000000000000 people")],
)
async def test_a_figure_is_told_in_the_same_digits_by_both_stores(
    value: float, unit: str | None, told: str, blank: Writer
) -> None:
    size = RELATIONS["HAS_SIZE"](subject="vale-mayors", value=value, unit=unit, evidence=EARLY.claims[0].evidence)
    await load(blank, [file("early", [size])], FIRST)
    asked = read_queries()["figures"]
    [row] = (await run(blank, asked, asked.check({}))).rows
    assert row["figure"] == told
