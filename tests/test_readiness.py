"""Readiness costs one small read: it must answer on a store that has only just started and planned nothing yet."""

from typing import Any

from api.site import Site
from graph.connection import Reader
from graph.edition import READ
from graph.engine import Engine
from tests.conftest import BASE, Store


class Noting(Reader):
    """The reader, with the texts that it was given."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.texts: list[str] = []

    async def _until_whole(self, text: str, parameters: dict[str, Any]) -> list[list[Any]]:
        self.texts.append(text)
        return await super()._until_whole(text, parameters)


async def test_a_store_with_claims_is_ready_at_the_cost_of_reading_its_edition(embedded: Store, engine: Engine) -> None:
    await embedded.hold("world")
    async with await Noting.open(engine.uri, engine.reader, engine.database) as reader:
        assert await Site(reader, BASE).holds_claims()
        assert reader.texts == [READ]


async def test_a_store_without_claims_is_not_ready(store: Store) -> None:
    reader = await store.hold("nothing")
    assert not await Site(reader, BASE).holds_claims()
    await store.hold("world")
    assert await Site(reader, BASE).holds_claims()
