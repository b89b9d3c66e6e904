"""An answer as one small graph: entities as nodes, claims as edges that say on whose word they stand."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from api.formats.links import identity
from api.formats.members import temporal_match
from api.formats.wording import LICENCE, reading
from api.formats.xmltext import Columns, columns
from api.place import Place
from graph.result import Answer, Result, Row, texts
from schema.derive.fields import FieldTerm, claim_field_terms, entity_field_terms
from schema.values import Kind

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
    """Nodes and edges, every end of an edge among the nodes; `about` tells of the whole and its rows.

    What is in memory is sorted by id and has the columns that are filled; else both can be gone through once, edges in
    the order of their sources, and the columns are all that there can be.
    """

    about: Row
    nodes: Iterable[Node]
    edges: Iterable[Edge]
    node_columns: Columns
    edge_columns: Columns
    by_source: bool

    def kinds(self) -> Iterator[tuple[Edge, str]]:
        """Gephi merges parallel edges of one kind, so each further one gets a number: `ADVISES`, `ADVISES#2`."""
        seen: Counter[tuple[str, str, str]] = Counter()
        source = ""
        for edge in self.edges:
            if self.by_source and edge.source != source:
                seen.clear()
                source = edge.source
            seen[parallel := (edge.source, edge.target, edge.relation)] += 1
            yield edge, edge.relation if seen[parallel] == 1 else f"{edge.relation}#{seen[parallel]}"


def subgraph(answer: Answer, place: Place) -> Subgraph:
    """The graph of an answer: subjects and objects of its claims, and the entities its rows name."""
    ranks = _ranks(answer.head)
    nodes = (node for part in answer.ends() for node in _nodes(part, place, ranks))
    edges = (_edge(claim, part, place, ranks) for part in answer.claims() for claim in part.claims.values())
    about = _about(answer.head, place)
    if not answer.at_once:
        return Subgraph(
            about | {"total_edges": answer.count()}, nodes, edges, NODE_COLUMNS, EDGE_COLUMNS, by_source=True
        )
    here, there = tuple(nodes), tuple(edges)
    totals = {"total_nodes": len(here), "total_edges": len(there), "rows": _rows(answer.head)}
    of_nodes, of_edges = (columns(each.attributes for each in several) for several in (here, there))
    return Subgraph(about | totals, here, there, of_nodes, of_edges, by_source=False)


def _nodes(part: Result, place: Place, ranks: Mapping[str, list[int]]) -> list[Node]:
    nodes = [_entity_node(record, place, ranks) for record in part.entities.values()]
    nodes += [_value_node(claim) for claim in part.claims.values() if "object" not in claim]
    return sorted(nodes, key=lambda node: node.id)


def _ranks(result: Result) -> dict[str, list[int]]:
    """By entity and claim: the places of the rows that name it or rest on it."""
    found: dict[str, list[int]] = {}
    for rank, row in enumerate(result.rows, 1):
        for text in texts(row, ("claims", *result.columns)):
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
        "licence": LICENCE,
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
        "quote": first.get("quote") or first.get("raw"),
        "quotes": [words for piece in pieces if (words := piece.get("quote") or piece.get("raw"))],
        "source_document": document["id"],
        "source_title": document["name"],
        "source_url": document.get("url"),
        "source_documents": list(dict.fromkeys(piece["document"] for piece in pieces)),
        "evidence_count": len(pieces),
    }
    return {name: value for name, value in told.items() if value not in (None, [])}


def _declared(fields: Iterable[FieldTerm], kept: Iterable[str], texts: Iterable[str]) -> Columns:
    types = {field.name: "string" if field.many else _TYPES.get(field.kind, "string") for field in fields}
    return dict(
        sorted((dict.fromkeys(texts, "string") | {name: types[name] for name in kept if name in types}).items())
    )


_TYPES = {Kind.BOOLEAN: "boolean", Kind.COUNT: "long", Kind.INTEGER: "long", Kind.DECIMAL: "double"}
_EVIDENCE = ("quote", "quotes", "source_document", "source_title", "source_url", "source_documents")
NODE_COLUMNS = _declared(
    entity_field_terms(), TOLD, ("entity_type", "entity_types", "iri", "literal", "unit", "detail")
)
EDGE_COLUMNS = _declared(claim_field_terms(), COPIED, ("relation_type", "claims", "iri", *_EVIDENCE))
EDGE_COLUMNS["evidence_count"] = "long"
