"""What an answer adds to what was written: the page it is, its rows in order, and how each of its claims stands."""

from typing import Annotated, Literal

from schema.closed_lists import Profile, Standing, Status
from schema.model import Thing, described
from schema.values import ClaimId, Day, DocumentId, English, Instant, RelationName, Slug, Text, Url


class Result(Thing):
    """One page of the answer to a question."""

    query: Annotated[Text, described("Name of the question that was asked.", "cg:query")]
    label: Annotated[English | None, described("The question in words.", "rdfs:label")] = None
    topic: Annotated[
        Slug | None, described("The one thing that was asked for, where it was one.", "foaf:primaryTopic")
    ] = None
    about: Annotated[tuple[Slug, ...], described("The things that the question names.", "schema:about")] = ()
    dataset: Annotated[Url, described("What it is a part of.", "void:inDataset")]
    terms_of_use: Annotated[Url, described("Terms of use of what we have put together.", "dct:license")]
    profile: Annotated[Profile, described("How much it tells, and by which means.", "dct:conformsTo")]
    as_of: Annotated[Day | None, described("The day asked for.", "cg:asOf")] = None
    known_at: Annotated[
        Instant | None, described("What was recorded by then was asked for, and no more.", "cg:knownAt")
    ] = None
    truncated: Annotated[bool, described("Whether the answer goes on beyond what is here.", "cg:truncated")]
    version: Annotated[Text | None, described("Hash of the content of the dataset.", "cg:version")] = None
    version_at: Annotated[
        Instant | None, described("When the last of the dataset was taken in, UTC.", "dct:modified")
    ] = None
    next: Annotated[Url | None, described("Where it goes on.", "hydra:next")] = None
    members: Annotated[tuple[Url, ...], described("Its rows.", "hydra:member")] = ()


class Member(Thing):
    """One row of an answer: its place, the claims that carry it, and what holds of them for that question alone."""

    rank: Annotated[int, described("Place among the rows of its page, from 1.", "cg:rank", ge=1)]
    claims: Annotated[tuple[ClaimId, ...], described("The claims that it rests on.", "cg:restsOn")] = ()
    temporal_match: Annotated[
        Literal["certain", "possible"] | None,
        described("Whether it held on the day asked for: certain only if all its claims are.", "cg:temporalMatch"),
    ] = None
    possible: Annotated[
        tuple[ClaimId, ...],
        described("Those of its claims that may have held on the day asked for, and need not have.", "cg:possible"),
    ] = ()


class ToldClaim(Thing):
    """What an answer says of a claim besides what was written, or says for certain where that was optional."""

    attributed_to: Annotated[
        tuple[Slug, ...],
        described("Who asserts it: the voice it names, else its documents.", "prov:wasAttributedTo", min_length=1),
    ]
    in_words: Annotated[English, described("The claim in words, hedges in brackets before its verb.", "rdfs:label")]
    relation: Annotated[RelationName, described("What the claim says of its subject.", "rdf:predicate")]
    status: Annotated[Status, described("How the source puts it.", "cg:status")]
    standing: Annotated[Standing, described("What has become of it by the time asked for.", "cg:standing")]
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
    disputed_by: Annotated[tuple[Slug, ...], described("Ids of those who contradict it.", "cg:disputedBy")] = ()
    challenged_by: Annotated[
        tuple[ClaimId, ...], described("Claims that dispute, correct or supersede it.", "cg:challengedBy")
    ] = ()
    derived_from: Annotated[
        tuple[DocumentId, ...], described("The documents of its evidence.", "prov:wasDerivedFrom", min_length=1)
    ]
