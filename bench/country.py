"""A made-up country: the seed's shape in many documents and one large one, with hubs, some of its claims contested."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bench.made_up import CHANCE, RECORDED, document, named, shape_of_seed
from schema import ENTITIES, RELATIONS, Claim
from schema.claims_file import ClaimsFile

LARGE, SMALL = 280, 2  # copies in the document of 40,000 claims that a country of 100,000 has, and in the others
HUBS = {"hub-of-5000": 5_000, "hub-of-50000": 50_000}
PER_HUB = 10  # a hub is in no country of less than so many claims for each of its edges, but for the first
CONTESTED = 50


def hubs_of(claims: int) -> list[str]:
    """Ids of the hubs in a country of so many claims."""
    return [id for id, size in HUBS.items() if size <= max(claims // PER_HUB, min(HUBS.values()))]


def copies_of(claims: int) -> int:
    """How many copies of the seed make a country of so many claims."""
    return -(-(claims - sum(HUBS[id] for id in hubs_of(claims))) // len(shape_of_seed().claims))


def country(claims: int) -> Iterator[ClaimsFile]:
    """About that many claims of many documents, one of them of 40,000; with hubs, and every fiftieth contested."""
    yield from (_hub(id, HUBS[id]) for id in hubs_of(claims))
    chance, copies = random.Random(CHANCE), copies_of(claims)
    first = LARGE if copies > 2 * LARGE else SMALL
    for copy in (0, *range(first, copies, SMALL)):
        file = document(f"made-up-{copy}", range(copy, min(copies, copy + (SMALL if copy else first))), chance)
        yield replace(file, claims=tuple(_contested(file.claims)))


def crowded(size: int = 450, links: int = 2) -> ClaimsFile:
    """One document in which so many bodies are in one state; each works with so many of the next, half is reported."""
    hub = _hub("crowd", size)
    works = RELATIONS["COOPERATES_WITH"]
    ids = [entity.id for entity in hub.entities[1:]]
    pairs = [(id, ids[(n + step) % size]) for n, id in enumerate(ids) for step in range(1, links + 1)]
    told = ({"document": hub.document.id, "row": row} for row in range(size + 1, size + len(pairs) + 1))
    claims = (
        works(subject=one, object=other, status=("asserted", "reported")[n % 2], evidence=(piece,))
        for n, ((one, other), piece) in enumerate(zip(pairs, told, strict=True))
    )
    return replace(hub, claims=(*hub.claims, *claims))


def _contested(claims: Sequence[Claim]) -> Iterator[Claim]:
    for number, claim in enumerate(claims):
        yield claim.model_copy(update={"disputes": (claims[number - 1].id,)}) if number % CONTESTED == 1 else claim


def _hub(id: str, size: int) -> ClaimsFile:
    """One document in which so many bodies are all in one state."""
    about = named(f"document-of-{id}")
    state = ENTITIES["State"](id=id, name=id.replace("-", " ").title())
    bodies = [ENTITIES["LocalAgency"](id=f"{id}-{n}", name=f"Body {n} of {state.name}") for n in range(size)]
    located = RELATIONS["LOCATED_IN"]
    claims = (
        located(subject=body.id, object=id, status="asserted", evidence=({"document": about.id, "row": n + 1},))
        for n, body in enumerate(bodies)
    )
    return ClaimsFile(about, (state, *bodies), tuple(claims), RECORDED)
