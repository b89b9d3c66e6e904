"""constraints.cypher: what each kind of store must declare so that ids are unique and lookups indexed."""

from collections.abc import Iterator

from schema import ENTITIES, RELATIONS, Entity
from schema.claims import KEYS

FILE = "constraints.cypher"
MEDIA_TYPE = "application/x-cypher-query"

CLAIM_EDGES = ("SUBJECT", "OBJECT", "ATTRIBUTED_TO", "EVIDENCED_BY", "DISPUTES", "CORRECTS", "SUPERSEDES", "STATES")
_OTHERS = ("Claim", "Statement", "Edition", "Declared", "Tombstone")
SEARCHED = ("search", "alike")
PAGED_BY = (*KEYS, "challenged")


def neo4j_statements() -> list[str]:
    """Cypher for Neo4j 5; each may be run again without effect."""
    return [
        "CREATE CONSTRAINT edition IF NOT EXISTS FOR (n:Edition) REQUIRE n.id IS UNIQUE",
        "CREATE INDEX statement IF NOT EXISTS FOR (n:Statement) ON (n.by_document)",
        "CREATE INDEX place IF NOT EXISTS FOR (n:Statement) ON (n.by_place)",
        "CREATE INDEX tombstone IF NOT EXISTS FOR (n:Tombstone) ON (n.key)",
        "CREATE INDEX declared IF NOT EXISTS FOR (n:Declared) ON (n.document)",
        *(f"CREATE INDEX {name}_by_id IF NOT EXISTS FOR (n:{name}) ON (n.id)" for name in ("Claim", *_types())),
        *(f"CREATE INDEX claim_{key} IF NOT EXISTS FOR (n:Claim) ON (n.{key})" for key in PAGED_BY),
        "CREATE INDEX entity_by_type IF NOT EXISTS FOR (n:Entity) ON (n.by_type)",
        *(f"CREATE FULLTEXT INDEX entity_{p} IF NOT EXISTS FOR (n:Entity) ON EACH [n.{p}]" for p in SEARCHED),
    ]


def arcadedb_statements() -> list[str]:
    """SQL for ArcadeDB; each may be run again without effect. A parent type stands before its children."""
    return [*_vertex_types(), *_edge_types(), *_properties(), *_indexes()]


def _types() -> tuple[str, ...]:
    return (Entity.__name__, *ENTITIES)


def render() -> str:
    """The statements for Neo4j, one a line."""
    return "".join(f"{statement};\n" for statement in neo4j_statements())


def _vertex_types() -> Iterator[str]:
    yield "CREATE VERTEX TYPE Entity IF NOT EXISTS"
    for name, cls in ENTITIES.items():
        yield f"CREATE VERTEX TYPE {name} IF NOT EXISTS EXTENDS {_parent(cls)}"
    yield from (f"CREATE VERTEX TYPE {name} IF NOT EXISTS" for name in _OTHERS)


def _parent(cls: type[Entity]) -> str:
    return cls.labels()[-2]


def _edge_types() -> Iterator[str]:
    return (f"CREATE EDGE TYPE {name} IF NOT EXISTS" for name in (*CLAIM_EDGES, *sorted(RELATIONS)))


def _properties() -> Iterator[str]:
    # Only what an index needs: a declared type converts what it is given, and so hides faults.
    keys = (f"Claim.{key}" for key in PAGED_BY)
    ids = ("Entity.id", "Claim.id", "Edition.id", "Declared.document", "Tombstone.key")
    stated = ("Statement.by_document", "Statement.by_place")
    for name in (*ids, *stated, "Entity.by_type", *(f"Entity.{name}" for name in SEARCHED), *keys):
        yield f"CREATE PROPERTY {name} IF NOT EXISTS STRING"


def _indexes() -> Iterator[str]:
    # A claim or entity has several versions while a load replaces it.
    yield "CREATE INDEX IF NOT EXISTS ON Edition (id) UNIQUE"
    yield "CREATE INDEX IF NOT EXISTS ON Tombstone (key) NOTUNIQUE"
    yield "CREATE INDEX IF NOT EXISTS ON Declared (document) NOTUNIQUE"
    yield "CREATE INDEX IF NOT EXISTS ON Statement (by_document) NOTUNIQUE"
    yield "CREATE INDEX IF NOT EXISTS ON Statement (by_place) NOTUNIQUE"
    yield "CREATE INDEX IF NOT EXISTS ON Entity (id) NOTUNIQUE"
    yield "CREATE INDEX IF NOT EXISTS ON Entity (by_type) NOTUNIQUE"
    yield "CREATE INDEX IF NOT EXISTS ON Claim (id) NOTUNIQUE"
    for key in PAGED_BY:
        yield f"CREATE INDEX IF NOT EXISTS ON Claim ({key}) NOTUNIQUE"
    unranked = '{"similarity": "CLASSIC"}'  # the order is ours, so the engine need not keep what it would score by
    for name in SEARCHED:
        yield f"CREATE INDEX entity_{name} IF NOT EXISTS ON Entity ({name}) FULL_TEXT METADATA {unranked}"
