"""A named query: one `.cypher` file whose YAML header says what it asks, takes and returns."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, create_model

from graph.by_type import ranges
from graph.cursor import read_cursor
from graph.cypher import Text, compose, setting
from graph.edition import NEWEST
from graph.errors import BadRequest, NotReadable
from graph.fulltext import fold, forgiving, lucene
from graph.lines import line_of
from graph.parameters import ROWS, STANDARD, Parameter
from graph.tombstone import tombstone
from schema import RELATIONS
from schema.closed_lists import LIVE_STANDINGS, Standing, Status
from schema.spelling import near
from schema.values import EARLIEST, LATEST, day_bounds

TOPICS = ("Advice", "Measures", "People and groups", "Sources and claims", "The graph")
FOLDER = Path(__file__).parent / "queries"


@dataclass(frozen=True)
class Query:
    """`columns` maps names to their meaning; `parameters` are those of the header, without the standard ones.

    `cases` are its texts by the optional parameter that chooses them, the one without under "". `ranked` rows keep the
    order of their keys within a page, where others are sorted by what they show. `near` are questions for the rows that
    but one condition leaves out, each with the words for it. `bounded` is how many claims its text may look at on its
    way, as `$bounded`; where they would be so many, it divides by nought.
    """

    name: str
    topic: str
    question: str
    description: str
    columns: dict[str, str]
    parameters: tuple[Parameter, ...]
    cases: dict[str, Text]
    not_found: bool = False
    every_standing: bool = False
    ranked: bool = False
    bounded: int = 0
    near: tuple[tuple[str, "Query"], ...] = ()
    model: type[BaseModel] = field(init=False, compare=False, repr=False)
    addressed: type[BaseModel] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        if self.topic not in TOPICS:
            raise NotReadable(f"no topic {self.topic!r}; there are {', '.join(TOPICS)}")
        standard = {
            n: (t, Field(default=ROWS if n == "limit" else None, description=d, examples=[e] if e else None))
            for n, (t, d, e) in STANDARD.items()
        }
        for name, by_id in (("model", False), ("addressed", True)):
            own = {p.name: p.field(by_id) for p in self.parameters}
            title = "".join(map(str.title, self.name.split("-"))) + "Parameters"
            model = create_model(title, __config__=ConfigDict(extra="forbid"), **own, **standard)  # type: ignore[call-overload]
            object.__setattr__(self, name, model)

    @property
    def returned(self) -> tuple[str, ...]:
        """The columns in the order in which its text returns them, which need not be the header's."""
        return self.cases[""].returned[1:-2]

    def check_columns(self) -> None:
        """NotReadable names the columns that the header declares and the text does not return, or the other way."""
        for case, text in self.cases.items():
            key, *own = text.returned[:-2]
            where = f" with {case}" if case else ""
            if key != "key":
                raise NotReadable(f"its RETURN{where} must begin with the key, not with {key}")
            if lacking := [column for column in self.columns if column not in own]:
                raise NotReadable(f"its RETURN{where} lacks the column {', '.join(lacking)} of its header")
            if undeclared := [column for column in own if column not in self.columns]:
                raise NotReadable(f"its RETURN{where} has the column {', '.join(undeclared)}, which its header lacks")
            if text.returned != self.cases[""].returned:
                raise NotReadable(f"its RETURN{where} has its columns in another order than the one without")

    def told(self, refusal: str, cypher: str) -> str:
        """What a store has against the text, with the file and, where it can be found, the line."""
        text = next(text for text in self.cases.values() if text.cypher == cypher)
        line = line_of(refusal, cypher, text.lines)
        return f"{self.name}.cypher{f', line {line}' if line else ''}: {refusal}"

    def check(self, given: dict[str, Any], by_id: bool = False) -> BaseModel:
        """The parameters as values, things by their ids alone if so wanted; BadRequest names every wrong one."""
        try:
            values = (self.addressed if by_id else self.model).model_validate(given)
        except ValidationError as error:
            raise BadRequest([self._explain(e) for e in error.errors()]) from None
        if given.get("temporal") and not given.get("as_of"):
            raise BadRequest([{"parameter": "temporal", "detail": "says how as_of is meant; give a date there too"}])
        self._check_period({p.name: getattr(values, p.name) for p in self.parameters if p.type == "day"})
        return values

    def _check_period(self, days: dict[str, str | None]) -> None:
        first, last = days.get("from"), days.get("to")
        if last and not first:
            raise BadRequest([{"parameter": "to", "detail": "ends a period; give its first day, from, too"}])
        if first and last and day_bounds(last)[1] < day_bounds(first)[0]:
            raise BadRequest([{"parameter": "to", "detail": f"{last} lies before {first}, the first day"}])

    def _explain(self, error: Any) -> dict[str, str]:
        name = str(error["loc"][0])
        if error["type"] == "extra_forbidden":
            close = near(name, self.model.model_fields)
            known = {"parameter": name, "detail": f"is not a parameter; there are {', '.join(self.model.model_fields)}"}
            return known | ({"suggestion": close[0]} if close else {})
        explained = {"parameter": name, "detail": error["msg"].removeprefix("Value error, ")}
        if error["type"] in {"too_long", "string_too_long"}:  # the library counts items where it counts after checks
            most = error["ctx"]["max_length"]
            return explained | {"detail": f"has {len(error['input'])} characters; {most} are the most"}
        listed = error["type"] in {"literal_error", "enum"} and isinstance(error["input"], str)
        if listed and (close := near(error["input"], re.findall(r"'([^']+)'", error["msg"]))):
            explained["suggestion"] = close[0]
        if error["type"] in {"literal_error", "enum"}:
            explained["detail"] = f"is none of {error['ctx']['expected']}".replace("'", "").replace(" or ", ", ")
        return explained

    def bind(self, values: BaseModel, edition: int = NEWEST) -> tuple[str, dict[str, Any]]:
        """The Cypher and what it takes: own parameters by name, and the standard ones in comparable form.

        Without a number of an edition it is the versions that last that are read, those of a draft among them.
        """
        given = values.model_dump(mode="json")
        as_of = given.pop("as_of")
        bound = {
            "as_of_min": day_bounds(as_of)[0] if as_of else EARLIEST,
            "as_of_max": day_bounds(as_of)[1] if as_of else LATEST,
            "certain": given.pop("temporal") == "certain",
            "known_at": given.pop("known_at") or f"{LATEST}T00:00:00Z",
            "status": given.pop("status") or list(map(str, Status)),
            "standing": given.pop("standing") or list(map(str, self._standings)),
            "edition": edition,
            "limit": given.pop("limit") + 1,
            "after": read_cursor(given.pop("cursor"), self.name),
        }
        given |= ranges(given["type"]) if "type" in given else {}
        given["resolve"] = bool(given.get("resolve"))
        text = next((self.cases[name] for name in self.cases if given.get(name) is not None), self.cases[""])
        if "$relations" in text.cypher:
            bound["relations"] = sorted(RELATIONS)
        for number, seek in enumerate(text.seeks):
            bound[f"from{number}"], bound[f"to{number}"] = seek.bounds(given, bound["after"])
        if self.bounded:
            bound["bounded"] = self.bounded
        if self.not_found:
            bound["tombstone"] = tombstone(given["id"])
        if "q" in given:
            bound |= _search_terms(given["q"])
        return text.cypher, bound | given

    @property
    def _standings(self) -> Iterable[Standing]:
        return Standing if self.every_standing else LIVE_STANDINGS

    def shown(self, values: BaseModel | None = None) -> str:
        """The query as it can be pasted into a console, with these parameters or those of its examples."""
        examples = {p.name: p.example for p in self.parameters if p.required}
        text, bound = self.bind(values or self.check(examples))
        return setting((n, v) for n, v in bound.items() if re.search(rf"\${n}\b", text)) + text + ";"

    @cached_property
    def lists(self) -> frozenset[str]:
        """Names of the parameters that can be given more than once."""
        return frozenset(n for n, f in self.model.model_fields.items() if "list" in str(f.annotation))

    @property
    def anchors(self) -> tuple[Parameter, ...]:
        """The parameters that name an entity or a claim."""
        return tuple(p for p in self.parameters if p.type in ("entity", "claim"))


def _search_terms(q: str) -> dict[str, Any]:
    if not (folded := fold(q)):
        raise BadRequest([{"parameter": "q", "detail": "holds no letter or digit; give a word of the name"}])
    words = {"folded": folded, "terms": folded.split()}
    return words | {"index": "entity_search", "lucene": lucene(q), "forgiving": forgiving(q)}


HEADER = re.compile(r"\A/\*\n(?P<header>.*?)\*/\s*(?P<text>.+)\Z", re.DOTALL)
CASE = re.compile(r"^// with (\w+)$\n", re.MULTILINE)


def read_query(path: Path) -> Query:
    """The query in the file; NotReadable names the file and what is missing."""
    found = HEADER.match(whole := path.read_text(encoding="utf-8"))
    try:
        if not found:
            raise NotReadable("must open with a YAML header in /* */ followed by Cypher")
        header = yaml.safe_load(found["header"])
        own = tuple(Parameter(name=n, **about) for n, about in (header.pop("parameters", None) or {}).items())
        near, line = header.pop("near", None) or {}, 1 + whole.count("\n", 0, found.start("text"))
        query = Query(name=path.stem, parameters=own, cases=_read_cases(found["text"], line), **header)
        query.check_columns()
        return replace(query, near=tuple((words, _without(query, found["text"], one)) for one, words in near.items()))
    except (NotReadable, TypeError, yaml.YAMLError) as error:
        raise NotReadable(f"{path.name}: {error}") from None


def _without(query: Query, text: str, condition: str) -> Query:
    """The question for what all of its conditions but this one hold for."""
    if condition not in text:
        raise NotReadable(f"its text lacks the condition {condition!r} that its header names under near")
    return replace(query, cases=_read_cases(text.replace(condition, f"NOT ({condition})"), 1))


def _read_cases(text: str, line: int) -> dict[str, Text]:
    """The texts by the parameter that chooses them; `line` is the first one's in the file."""
    cases, names = dict[str, Text](), ["", *CASE.findall(text)]
    for name, written in zip(names, CASE.split(text)[::2], strict=True):
        cases[name] = compose(written, line)
        line += written.count("\n") + 1
    return cases


@cache
def read_queries(folder: Path = FOLDER) -> dict[str, Query]:
    """All queries of the folder by name."""
    return {path.stem: read_query(path) for path in sorted(folder.glob("*.cypher"))}
