"""What the parameters that name a thing mean: its id, or the name of one entity alone; and that it is there."""

import re
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

from pydantic import BaseModel

from graph.errors import BadRequest, NotFound
from graph.fulltext import fold
from graph.parameters import Parameter
from graph.query import Query
from graph.result import Result, Row
from schema.values import SLUG_PATTERN

Ask = Callable[[str, Row], Awaitable[Result]]  # a question by its name and parameters, of one edition
NEAR = 5


async def named(ask: Ask, query: Query, values: BaseModel) -> BaseModel:
    """The values with ids for the names among them; BadRequest where no entity, or more than one, bears a name."""
    ids = {}
    for anchor in query.anchors:
        given = getattr(values, anchor.name)
        if given is not None and anchor.type == "entity" and not re.fullmatch(SLUG_PATTERN, given):
            ids[anchor.name] = await _id_of(ask, anchor, given)
    return values.model_copy(update=ids)


async def must_exist(ask: Ask, query: Query, given: Row) -> None:
    """NotFound if what an empty answer was asked about is not there, BadRequest if it is of another type than asked."""
    for anchor in query.anchors:
        if query.not_found:
            id = given[anchor.name]
            raise NotFound(f"no {query.name} has the id {id}", await _near(ask, id), id)
        if anchor.name in given:
            found = await ask(anchor.type, {"id": given[anchor.name], "limit": 1})  # a question of that name
            if anchor.kinds:
                _must_be_of(anchor, found.entities[given[anchor.name]])


async def _id_of(ask: Ask, anchor: Parameter, name: str) -> str:
    if not fold(name):
        raise BadRequest([{"parameter": anchor.name, "detail": "holds no letter or digit; give an id or a name"}])
    found = await ask("search", {"q": name, "limit": 50})
    called = [e for e in found.entities.values() if fold(name) in map(fold, (e["name"], *e.get("aliases", ())))]
    ids = [e["id"] for e in called if _is_of(anchor, e)] or [e["id"] for e in called]
    if len(ids) == 1:
        return str(ids[0])
    if ids:
        raise BadRequest([{"parameter": anchor.name, "detail": f"{len(ids)} have this name: {_listed(ids)}"}])
    first, *more = [row["id"] for row in found.rows[:NEAR]] or [""]
    detail = "no entity has this name or id" + (f"; near are {_listed([first, *more])}" if more else "")
    raise BadRequest([{"parameter": anchor.name, "detail": detail} | ({"suggestion": first} if first else {})])


def _must_be_of(anchor: Parameter, entity: Row) -> None:
    if not _is_of(anchor, entity):
        *others, last = anchor.kinds
        wanted = f"{', '.join(others)} or {last}" if others else last
        detail = f"{entity['id']} is {_with_article(entity['type'])}; {_with_article(wanted)} is wanted"
        raise BadRequest([{"parameter": anchor.name, "detail": detail}])


def _is_of(anchor: Parameter, entity: Row) -> bool:
    return not anchor.kinds or not {entity["type"], *entity["types"]}.isdisjoint(anchor.kinds)


def _with_article(words: str) -> str:
    return f"{'an' if words[0] in 'AEIO' else 'a'} {words}"


async def _near(ask: Ask, word: str) -> list[str]:
    alike = await ask("search", {"q": word.replace("-", " ")[:200], "limit": NEAR})
    return [row["id"] for row in alike.rows]


def _listed(ids: Iterable[Any]) -> str:
    return ", ".join(sorted(ids))
