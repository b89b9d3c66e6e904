"""An answer as one small graph: entities as nodes, claims as edges that say on whose word they stand."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from api.formats.links import identity
from api.formats.members import temporal_match
from api.formats.wording import reading
from api.place import Place
from graph.result import Result, Row
from schema.derive.fields import claim_field_terms, entity_field_terms

# Readers keep these names for themselves: place on the screen, drawing program, compound parent.
RESERVED = frozenset({
    "id", "key", "source", "target", "parent", "type", "label", "name", "value", "index", "weight", "kind",
    "x", "y", "z", "vx", "vy", "fx", "fy", "size", "color", "shape", "thickness",
})  # fmt: skip

TOLD = sorted(field.name for field in entity_field_terms() if field.name != "name")


@dataclass(frozen=True)
class Node:
    """An entity, or the value of a literal claim; `attributes` are scalars or lists of scalars."""

    id: str
    label: str
    attributes: Row


@dataclass(frozen=True)
class Edge:
    """One claim; its id is the claim's, so that node and edge ids share one namespace."""

    id: str
    source: str
    target: str
    relation: str
    label: str
    attributes: Row


@dataclass(frozen=True)
class Subgraph:
    """Nodes and edges sorted by id, every end of an edge among the nodes; `about` tells of the whole and its rows."""

    about: Row = field(default_factory=dict)
    nodes: tuple[Node, ...] = ()
    edges: tuple[Edge, ...] = ()


def subgraph(result: Result, place: Place) -> Subgraph:
    """The graph of an answer: subjects and objects of its claims, and the entities its rows name."""
    claims = [result.claims[claim] for claim in sorted(result.claims)]
    ranks = _ranks(result)
    named = {c[end] for c in claims for end in ("subject", "object") if end in c}
    named |= {name for name in ranks if name in result.entities}
    nodes = [_entity_node(result.entities[name], place, ranks) for name in named]
    nodes += [_value_node(claim) for claim in claims if "object" not in claim]
    nodes.sort(key=lambda node: node.id)
    edges = tuple(_edge(claim, result, place, ranks) for claim in claims)
    about = _about(result, place) | {"total_nodes": len(nodes), "total_edges": len(edges), "rows": _rows(result)}
    return Subgraph(about, tuple(nodes), edges)


def kinds(edges: Iterable[Edge]) -> Iterator[tuple[Edge, str]]:
    """Gephi merges parallel edges of one kind, so each further one gets a number: `ADVISES`, `ADVISES#2`."""
    seen: Counter[tuple[str, str, str]] = Counter()
    for edge in edges:
        seen[parallel := (edge.source, edge.target, edge.relation)] += 1
        yield edge, edge.relation if seen[parallel] == 1 else f"{edge.relation}#{seen[parallel]}"


def _ranks(result: Result) -> dict[str, list[int]]:
    """By entity and claim: the places of the rows that name it or rest on it."""
    found: dict[str, list[int]] = {}
    for rank, row in enumerate(result.rows, 1):
        cells = [row["claims"], *(row.get(column) for column in result.columns)]
        texts = [text for cell in cells for text in (cell if isinstance(cell, list | tuple) else [cell])]
        for text in dict.fromkeys(text for text in texts if isinstance(text, str)):
            found.setdefault(text, []).append(rank)
    return found


def _rows(result: Result) -> list[Row]:
    """The rows as they are counted, ranked and ordered, which neither nodes nor edges can tell."""
    found = []
    for rank, row in enumerate(result.rows, 1):
        cells = {column: row.get(column) for column in result.columns}
        told = cells | {"claims": row["claims"], "temporal_match": temporal_match(result, row)}
        found.append({"rank": rank} | {name: value for name, value in told.items() if value not in (None, [], ())})
    return found


def _about(result: Result, place: Place) -> Row:
    about = {
        "title": result.question,
        "query": result.query,
        "query_url": place.here,
        "truncated": result.truncated,
    }
    more: Row = {name: result.parameters.get(name) for name in ("as_of", "known_at")}
    more |= {"version": result.version, "version_at": result.version_at, "next": place.next}
    return about | {name: value for name, value in more.items() if value}


def _entity_node(record: Row, place: Place, ranks: Mapping[str, list[int]]) -> Node:
    attributes = {"entity_type": record["type"], "entity_types": list(record["types"])}
    attributes |= {name: record[name] for name in TOLD if record.get(name) not in (None, [], ())}
    attributes |= {"iri": identity(place, record["id"])} | _in_rows(record["id"], ranks)
    return Node(record["id"], record["name"], attributes)


def _in_rows(id: str, ranks: Mapping[str, list[int]]) -> Row:
    return {"ranks": ranks[id]} if id in ranks else {}


def _value_node(claim: Row) -> Node:
    said = f"{claim['value']} {claim.get('unit', '')}".strip()
    # As text, for a column has one type in GraphML and GEXF while values are numbers here and words there.
    kept: Row = {"literal": str(claim["value"])} | {n: claim[n] for n in ("unit", "detail") if n in claim}
    return Node(_value_id(claim), said, {"entity_type": "Value", "entity_types": ["Value"], **kept})


def _value_id(claim: Row) -> str:
    return f"{claim['id']}-value"


# An edge says these by itself: by its ends and its relation, and by what stands on the word of its evidence.
_SAID = {"subject", "object", "value", "unit", "relation", "evidence", "derived_from"}
COPIED = (*(field.name for field in claim_field_terms() if field.name not in _SAID), "temporal_match")


def _edge(claim: Row, result: Result, place: Place, ranks: Mapping[str, list[int]]) -> Edge:
    relation = claim["relation"]
    attributes = {"relation_type": relation, "claims": [claim["id"]]}
    attributes |= {name: claim[name] for name in COPIED if claim.get(name) not in (None, [], ())}
    attributes |= _evidence(claim, result) | {"iri": identity(place, claim["id"])} | _in_rows(claim["id"], ranks)
    target = claim.get("object") or _value_id(claim)
    return Edge(claim["id"], claim["subject"], target, relation, reading(claim, result.entities), attributes)


def _evidence(claim: Row, result: Result) -> Row:
    pieces = claim["evidence"]
    first = next((piece for piece in pieces if "quote" in piece), pieces[0])
    document = result.entities[first["document"]]
    told = {
        "quote": first.get("quote"),
        "quotes": [piece["quote"] for piece in pieces if "quote" in piece],
        "source_document": document["id"],
        "source_title": document["name"],
        "source_url": document.get("url"),
        "source_documents": list(dict.fromkeys(piece["document"] for piece in pieces)),
        "evidence_count": len(pieces),
    }
    return {name: value for name, value in told.items() if value not in (None, [])}
