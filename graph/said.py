"""What the documents say of a claim or an entity, and the record that follows from it: whatever was loaded first."""

import hashlib
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any

import orjson

from graph.by_type import place
from graph.fulltext import alike, fold
from schema import RELATIONS, Claim, Entity
from schema.claims import EXTENT, Evidence, referring
from schema.closed_lists import FACTUAL_STATUSES, Standing
from schema.entities import Document
from schema.spots import anchor, order
from schema.values import LATEST, numeral

Row = dict[str, Any]
Said = dict[str, Row]  # by the id of the document
Challengers = Mapping[str, Iterable[tuple[str, str]]]  # kind and id of what challenges a claim, by its id

ALWAYS = f"{LATEST}T23:59:59Z"
ORDER, GONE, UNORDERED = "order", "gone", (sys.maxsize, "")
SPAN = ("recorded_at", "removed_at")
CHALLENGES = ("disputes", "corrects", "supersedes")
TOGETHER = ("wording", "inferred", *CHALLENGES)
CARRIED = ("status", "standing", "condition", "inferred", "valid_from", "valid_to", "recorded_at")
FOLLOWS = (("corrects", Standing.RETRACTED), ("supersedes", Standing.SUPERSEDED), ("disputes", Standing.DISPUTED))
BOUNDS: Mapping[str, Callable[..., str]] = {"from_min": min, "from_max": min, "to_min": max, "to_max": max}


def digest(row: Any) -> str:
    """SHA-256 over the canonical JSON of a record."""
    return hashlib.sha256(orjson.dumps(row, option=orjson.OPT_SORT_KEYS)).hexdigest()


def without_mentions(says: Row, ids: Collection[str]) -> Row:
    """What a document says, but for which of these entities the words of its quotes mean."""
    return says | {"evidence": [_without_mentions(piece, ids) for piece in says["evidence"]]}


def _without_mentions(piece: Row, ids: Collection[str]) -> Row:
    kept = [each for each in piece.get("refers", ()) if referring(each)[1] not in ids]
    return {name: value for name, value in piece.items() if name != "refers"} | ({"refers": kept} if kept else {})


def packed(said: Said) -> str:
    """As one property of a node."""
    return orjson.dumps(said, option=orjson.OPT_SORT_KEYS).decode()


def filled(record: Claim | Entity | Evidence) -> Row:
    """The fields that hold anything."""
    return {k: v for k, v in record.model_dump(mode="json", exclude_none=True).items() if v != []}


def split(claim: Claim, published: str | None) -> tuple[Row, Row]:
    """What enters the claim's id, and what one document, published then, says beside it."""
    row, beside = filled(claim), type(claim).beside()
    says = {name: row.pop(name) for name in beside if name in row} | {"evidence": [*map(filled, claim.evidence)]}
    return {"id": claim.id, "relation": claim.relation(), **row}, says | ({"published": published} if published else {})


def mark(says: Row) -> str:
    """Stands on the statement, so that a document's next version is compared without reading what it said."""
    return digest({name: value for name, value in says.items() if name not in SPAN})


def supporting(said: Said) -> Said:
    """What the documents say that have not taken it back; once all have, what they said."""
    return {d: says for d, says in said.items() if "removed_at" not in says} or said


def challenges(said: Said) -> set[tuple[str, str]]:
    """Kind and id of each claim that a claim challenges, as its documents have it."""
    return {each for says in supporting(said).values() for each in challenged_in(says)}


def challenged_in(record: Row) -> set[tuple[str, str]]:
    """Kind and id of each claim that one record names as challenged."""
    return {(kind, to) for kind in CHALLENGES for to in record.get(kind, ())}


def history(id: str, said: Mapping[str, Said], challengers: Challengers) -> list[str]:
    """Every turn of the claim's standing, such as `2032-01-01T00:00:00Z disputed`; none if it was always current."""
    if not challengers.get(id) and not any("removed_at" in says for says in said[id].values()):
        return []
    concerned, ahead = {id}, [id]
    while ahead:
        found = {x for _, x in challengers.get(ahead.pop(), ())} - concerned
        concerned |= found
        ahead += found
    moments = {says[at] for x in concerned for says in said[x].values() for at in SPAN if at in says}
    turns: list[str] = []
    last: str = Standing.CURRENT
    for moment in sorted(moments):
        if moment >= recorded(said[id]) and (word := _standing(id, moment, said, challengers)) != last:
            turns.append(f"{moment} {word}")
            last = word
    return turns


def recorded(said: Said) -> str:
    """When the first of its documents was taken in."""
    return min(str(says["recorded_at"]) for says in said.values())


def _standing(
    id: str, moment: str, said: Mapping[str, Said], challengers: Challengers, way: frozenset[str] = frozenset()
) -> str:
    if not any(says["recorded_at"] <= moment < says.get("removed_at", ALWAYS) for says in said[id].values()):
        return Standing.RETRACTED
    counting = {
        kind
        for kind, x in challengers.get(id, ())
        # two that correct each other both fall: neither asks of the other what became of it
        if x not in way and x != id and _standing(x, moment, said, challengers, way | {id}) != Standing.RETRACTED
    }
    return next((word for kind, word in FOLLOWS if kind in counting), Standing.CURRENT)


def claim_row(facts: Row, said: Said, turns: list[str], challenged: bool) -> Row:
    """The claim as node properties; `hash` is over all of them."""
    claim = RELATIONS[facts["relation"]].model_construct(**{k: facts[k] for k in facts if k not in ("id", "relation")})
    supports = sorted(supporting(said).items(), key=lambda each: (each[1]["recorded_at"], each[0]))
    row = facts | {"recorded_at": recorded(said), "standing": turns[-1].split(" ")[1] if turns else Standing.CURRENT}
    for name in TOGETHER:
        if together := list(dict.fromkeys(each for _, says in supports for each in says.get(name, ()))):
            row[name] = together
    if not all("inferred" in says for _, says in supports):
        row.pop("inferred", None)  # what one of them says in so many words is not inferred
    extents = [claim.extent(says.get("published")) for _, says in supports]
    row |= {name: BOUNDS[name](extent[name] for extent in extents) for name in EXTENT}
    row |= {name: key for name, key in claim.keys().items() if key}
    row |= {"history": turns} if turns else {}
    row |= {"challenged": facts["id"]} if challenged else {}
    row |= {"figure": _figure(claim)} if claim.value is not None else {}
    row |= {"name": f"{claim.subject} {claim.relation()} {claim.object or claim.value}", "said": packed(said)}
    return row | {"hash": digest(row)}


def _figure(claim: Claim) -> str:
    """The value with its unit; the stores would each write a number in its own way."""
    told = claim.value if isinstance(claim.value, str) else numeral(claim.value or 0)
    return f"{told} {claim.unit}" if claim.unit else told


def evidence_rows(said: Said) -> list[Row]:
    """One row for each piece, with its document and since when it is known."""
    return [
        {**piece, "recorded_at": says["recorded_at"]}
        for _, says in sorted(supporting(said).items())
        for piece in says["evidence"]
    ]


def statement_rows(id: str, said: Said) -> list[Row]:
    """One row for each place where a document states the claim; its first one carries key and mark of what it says."""
    return [
        {"recorded_at": says["recorded_at"], **place, **(_stated(d, id, says) if first else {})}
        for d, says in sorted(supporting(said).items())
        for first, place in _places(d, id, says)
    ]


def _stated(document: str, id: str, says: Row) -> Row:
    return {"by_document": f"{document} {id}", "mark": "" if "removed_at" in says else mark(says)}


def _places(document: str, id: str, says: Row) -> Iterator[tuple[bool, Row]]:
    """Each place once, and whether it is the first."""
    pieces = {(anchor(piece), piece.get("end", 0)): piece for piece in reversed(says["evidence"])}
    for number, ((at, end), piece) in enumerate(sorted(pieces.items())):
        key = f"{document} {order(at)} {end:012d} {id}"
        yield not number, {"by_place": key, "at": at, "quote": piece.get("quote")}


def voice_rows(facts: Row, said: Said) -> list[Row]:
    """Who says so and since when: the voice that the claim names, else each of its documents."""
    if named := facts.get("attributed_to"):
        return [{"id": named, "recorded_at": recorded(said)}]
    return [{"id": d, "recorded_at": says["recorded_at"]} for d, says in sorted(supporting(said).items())]


def edge_row(row: Row, evidence: list[Row]) -> Row | None:
    """Properties of the typed edge, for claims that are facts and stand; the rest have none."""
    gone = row["standing"] in (Standing.RETRACTED, Standing.SUPERSEDED)
    if "object" not in row or row["status"] not in FACTUAL_STATUSES or gone:
        return None
    first = next((piece for piece in evidence if "quote" in piece), evidence[0])
    told = {"claim": row["id"], "quote": first.get("quote"), "source": first["document"]}
    return told | {name: row.get(name) for name in CARRIED}


def entity_statement(entity: Entity, document: Document) -> Row:
    """What one document says of an entity, and its place in the order of sources."""
    order = {} if document.precedence is None else {ORDER: [document.precedence, document.retrieved or ""]}
    return {"type": type(entity).__name__, **filled(entity), **order}


def declared_fields(says: Row) -> Row:
    """The fields of the entity in what a document says of it, its type among them."""
    return {name: value for name, value in says.items() if name not in (ORDER, GONE)}


def entity_row(said: Said, types: tuple[str, ...]) -> Row:
    """The entity as node properties, as the first document in the order of sources has it; found by all its names."""
    row = declared_fields(first_said(said))
    names = [name for _, says in in_order(said) for name in (says["name"], *says.get("aliases", ()))]
    row |= {"type": types[0], "by_type": place(types, row["id"]), "said": packed(said)}
    row["search"] = fold(" ".join(dict.fromkeys(names)))
    row["alike"] = alike(row["search"])
    return row | {"hash": digest(row | {"types": types})}


def first_said(said: Said) -> Row:
    """What the first document in the order of sources says, then of ids, of those that still declare it if any does."""
    return in_order(said)[0][1]


def in_order(said: Said) -> list[tuple[str, Row]]:
    """The documents that still declare an entity, else all that did: by precedence, the last fetched first, by id."""
    told = sorted([each for each in said.items() if GONE not in each[1]] or said.items())
    told.sort(key=lambda each: each[1].get(ORDER, UNORDERED)[1], reverse=True)
    return sorted(told, key=lambda each: each[1].get(ORDER, UNORDERED)[0])
