"""The version of the dataset in what is served: one tag for one content, and no question to the store for a 304."""

from collections.abc import AsyncIterator
from dataclasses import replace

import httpx
import pytest

from api.app import create_app
from api.formats import FORMATS
from api.site import Site
from graph import connection
from graph.connection import Reader
from graph.write import load
from tests.changes import EARLY, LAST, LATE, NEXT
from tests.conftest import BASE, Store

GRAPH = "/v1/graph"


@pytest.fixture
async def store(embedded: Store) -> AsyncIterator[Store]:
    await embedded.hold("nothing")
    yield embedded


async def get(store: Store, address: str, **headers: str) -> httpx.Response:
    store.reader.forget()
    transport = httpx.ASGITransport(create_app(Site(store.reader, BASE)), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=BASE) as client:
        return await client.get(address, headers=headers)


async def filled(store: Store, *days: str) -> None:
    await store.hold("nothing")
    for file, day in zip((EARLY, LATE), days, strict=True):
        await load(store.writer, [file], day)


@pytest.mark.parametrize("suffix", FORMATS)
async def test_the_same_content_loaded_on_another_day_has_the_same_tag_and_the_same_bytes(
    store: Store, suffix: str
) -> None:
    await filled(store, NEXT, NEXT)
    first = await get(store, f"{GRAPH}.{suffix}")
    await filled(store, LAST, LAST)
    second = await get(store, f"{GRAPH}.{suffix}")
    assert first.status_code == second.status_code == 200
    assert (first.headers["etag"], first.content) == (second.headers["etag"], second.content)


@pytest.mark.parametrize("suffix", FORMATS)
async def test_a_graph_without_a_claim_and_one_that_was_never_sealed_are_answered(store: Store, suffix: str) -> None:
    never = await get(store, f"{GRAPH}.{suffix}")
    await load(store.writer, [replace(EARLY, claims=())], NEXT)
    assert (never.status_code, (await get(store, f"{GRAPH}.{suffix}")).status_code) == (200, 200)


async def test_other_content_has_another_tag(store: Store) -> None:
    await load(store.writer, [EARLY], NEXT)
    before = (await get(store, GRAPH)).headers["etag"]
    await load(store.writer, [LATE], NEXT)
    after = await get(store, GRAPH, **{"If-None-Match": before})
    assert after.status_code == 200 and after.headers["etag"] != before


async def test_what_the_client_holds_is_confirmed_without_asking_the_store(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    await load(store.writer, [EARLY], NEXT)
    held = (await get(store, GRAPH)).headers["etag"]
    await store.reader.edition()

    async def never(*_: object) -> list[list[object]]:
        raise AssertionError("the store was asked")

    monkeypatch.setattr(connection, "FRESH", 600)  # however slow the machine
    monkeypatch.setattr(Reader, "read", never)
    monkeypatch.setattr(Reader, "forget", lambda _: None)
    assert (await get(store, GRAPH, **{"If-None-Match": held})).status_code == 304
    assert (await get(store, GRAPH)).status_code == 500


async def test_any_version_is_confirmed_only_of_what_there_is(store: Store) -> None:
    await load(store.writer, [EARLY], NEXT)
    assert (await get(store, "/v1/entities/ann", **{"If-None-Match": "*"})).status_code == 304
    assert (await get(store, "/v1/entities/nobody", **{"If-None-Match": "*"})).status_code == 404
