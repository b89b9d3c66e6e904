"""Hand-made answers with everything that trips up a writer or a reader of its output."""

from typing import Any

from api.place import Place
from graph.result import Result, Row
from schema import ENTITIES

PLACE = Place("https://graph.example/", "https://graph.example/v1/queries/who-advises-whom/results?city=vale")
NEXT = "https://graph.example/v1/queries/who-advises-whom/results?city=vale&cursor=abc"
HOSTILE = 'Zoë "Z" O\'Neil </script><b>&amp; 🏙️ مدينة\\ ]]> tab\there\nnew line'


def entity(name: str, kind: str, label: str, **fields: Any) -> Row:
    """An entity record as the graph returns it."""
    return {"id": name, "type": kind, "types": list(ENTITIES[kind].labels()[1:]), "name": label, **fields}


def claim(number: int, relation: str, subject: str, target: str | None = None, **fields: Any) -> Row:
    """A claim record as the graph returns it, on the word of the gazette unless told otherwise."""
    ends = {"subject": subject} | ({"object": target} if target else {})
    stands = {
        "status": "asserted",
        "standing": "current",
        "attributed_to": ["vale-gazette-2026"],
        "recorded_at": "2026-02-18T09:00:00Z",
    }
    evidence = [{"document": "vale-gazette-2026", "quote": f"quote {number}", "start": number, "end": number + 7}]
    return {"id": f"c-{number:016x}", "relation": relation, **ends, **stands, "evidence": evidence} | fields


ENTITY_RECORDS = [
    entity(
        "river-alliance",
        "AdvocacyGroup",
        HOSTILE,
        aliases=["=HYPERLINK(1)", "River, Alliance"],
        website="https://river.example/?a=1&b=%C3%A9",
        same_as=["https://id.example/Q1", "https://id.example/Q2"],
    ),
    entity("mira-vale", "Mayor", "Mira Vale", description="Mayor of Vale."),
    entity("ana-silva", "Person", 'Ana "Ani" Silva'),
    entity("mayor-of-vale", "Office", "Mayor of Vale", role="mayor"),
    entity("vale", "City", "Vale"),
    entity("vale-mayors", "Group", "مدينة mayors", of="Mayor"),
    entity("order-7", "ExecutiveOrder", "Order 7", identifier="EO 7"),
    entity(
        "vale-gazette-2026",
        "Document",
        "Vale Gazette",
        published="2026-02",
        sha256="ab" * 32,
        url="https://gazette.example/7",
        licence="CC BY 4.0",
    ),
    entity("minutes", "Document", "Council <minutes>", published="2026-02-17"),
]

CLAIM_RECORDS = [
    claim(1, "ADVISES", "river-alliance", "mira-vale", valid_from="2026", wording=['will "work" with', "about"]),
    claim(
        2,
        "ADVISES",
        "river-alliance",
        "mira-vale",
        valid_from="2024-02",
        valid_to="2025-06-30",
        detail=HOSTILE,
    ),
    claim(3, "ADVISES", "river-alliance", "mira-vale", status="hedged", valid_from="2026-02-17"),
    claim(
        4,
        "COOPERATES_WITH",
        "vale",
        "vale",
        standing="disputed",
        disputed_at="2026-02-28T00:00:00Z",
        disputed_by=["ana-silva", "mira-vale"],
        challenged_by=["c-0000000000000006", "c-0000000000000009"],
    ),
    claim(
        5,
        "HOLDS_OFFICE",
        "mira-vale",
        "mayor-of-vale",
        attributed_to=["minutes", "vale-gazette-2026"],
        evidence=[
            {"document": "minutes", "quote": HOSTILE, "start": 0, "end": len(HOSTILE)},
            {"document": "vale-gazette-2026", "row": 3, "pointer": "/a/0"},
            {"document": "minutes", "quote": "took office", "start": 90, "end": 101},
        ],
    ),
    claim(6, "HAS_SHARE", "vale", value=14, unit="%", attributed_to=["mira-vale"]),
    claim(7, "HAS_SHARE", "vale", value=1e-07, unit="%", status="reported"),
    claim(8, "HAS_SIZE", "vale-mayors", value="dozens", unit="people", wording=["dozens"]),
    claim(
        9,
        "OPPOSES",
        "river-alliance",
        "order-7",
        status="reported",
        standing="retracted",
        disputes=["c-0000000000000001"],
        supersedes=["c-0000000000000002", "c-0000000000000003"],
        retracted_at="2026-03-01T00:00:00Z",
    ),
    claim(
        10,
        "OPPOSES",
        "vale-gazette-2026",
        "order-7",
        status="alleged",
        wording=["would “defy” it"],
        standing="disputed",
        disputed_at="2026-03-02T00:00:00Z",
        disputed_by=["ana-silva"],
        challenged_by=["c-0000000000000008"],
    ),
]


def sample(**changes: Any) -> Result:
    """An answer with parallel claims, a self-loop, literals, hedges, disputes, partial dates and hostile text."""
    rows = [
        {
            "group": "=2+3",
            "person": "mira-vale",
            "since": "2026",
            "share": -14,
            "claims": [c["id"] for c in CLAIM_RECORDS[:3]],
        },
        {
            "group": HOSTILE,
            "person": "Mira Vale",
            "certain": True,
            "claims": [c["id"] for c in CLAIM_RECORDS[3:]],
        },
    ]
    told: Row = {
        "query": "who-advises-whom",
        "question": 'Who "advises" <whom>?',
        "columns": ("group", "person", "since", "share", "certain"),
        "rows": rows,
        "claims": {c["id"]: c for c in CLAIM_RECORDS},
        "entities": {e["id"]: e for e in ENTITY_RECORDS},
        "parameters": {"city": "vale", "limit": 50, "cursor": None},
        "version": "3f9a2c41" * 8,
        "version_at": "2026-03-02T09:00:00Z",
    }
    return Result(**told | changes)


def empty() -> Result:
    """An answer with no rows."""
    return Result("who-advises-whom", "Who advises whom?", ("group", "person"), [])
