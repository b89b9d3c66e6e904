"""What an answer adds to what was written: the page it is, and how each of its claims stands."""

from typing import Annotated, Literal

from schema.model import Thing, described
from schema.values import DocumentId, Instant, RelationName, Status, Text, Url


class Result(Thing):
    """One page of the answer to a question."""

    query: Annotated[Text, described("Name of the question that was asked.", "cg:query")]
    label: Annotated[Text | None, described("The question in words.", "rdfs:label")] = None
    truncated: Annotated[bool, described("Whether the answer goes on beyond what is here.", "cg:truncated")]
    next: Annotated[Url | None, described("Where it goes on.", "hydra:next")] = None


class ToldClaim(Thing):
    """What an answer says of a claim besides what was written, or says for certain where that was optional."""

    relation: Annotated[RelationName, described("What the claim says of its subject.", "rdf:predicate")]
    status: Annotated[Status, described("How far it is to be taken, after all that is known.", "cg:status")]
    recorded_at: Annotated[Instant, described("When the graph took it in, UTC.", "prov:generatedAtTime")]
    retracted_at: Annotated[
        Instant | None, described("When it was taken back or shown wrong.", "prov:invalidatedAtTime")
    ] = None
    superseded_at: Annotated[
        Instant | None, described("When another claim took its place.", "prov:invalidatedAtTime")
    ] = None
    disputed_at: Annotated[Instant | None, described("Since when another claim contradicts it.", "cg:disputedAt")] = (
        None
    )
    temporal_match: Annotated[
        Literal["certain", "possible"] | None,
        described("Whether it held on the day asked for: certain or possible.", "cg:temporalMatch"),
    ] = None
    derived_from: Annotated[
        tuple[DocumentId, ...], described("The documents of its evidence.", "prov:wasDerivedFrom", min_length=1)
    ]
