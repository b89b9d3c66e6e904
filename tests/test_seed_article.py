"""The article's claims file: whole, within its rules, and every quote found again in the article itself."""

from pathlib import Path

import pytest

from schema import Claim
from seed.lint import lint
from seed.read import Reading, read
from seed.verify import verify
from tests.conftest import DOCUMENTS

ROOT = Path(__file__).parent.parent
HEDGES = ("could", "would", "potential", "likely", "considered", "worried", "to discuss")

needs_the_article = pytest.mark.skipif(
    not DOCUMENTS.is_dir(),
    reason="the article is not part of the project; CIVICGRAPH_DOCUMENTS names its folder",
)


@pytest.fixture(scope="module")
def article() -> Reading:
    return read([ROOT / "seed" / "claims" / "cities-push-back-on-ice.yaml"])


@pytest.fixture(scope="module")
def claims(article: Reading) -> tuple[Claim, ...]:
    return article.files[0].claims


def said(claims: tuple[Claim, ...], relation: str) -> set[tuple[str, object]]:
    return {(c.subject, c.object or c.value) for c in claims if c.relation() == relation}


def test_the_article_has_no_fault_and_more_than_fifty_five_claims(article: Reading) -> None:
    assert article.problems == ()
    assert len(article.files[0].claims) >= 55


@needs_the_article
def test_every_quote_of_the_article_stands_where_the_claim_says(article: Reading) -> None:
    assert verify(article.files, DOCUMENTS, article.places) == []


@needs_the_article
def test_every_quote_of_the_article_is_near_its_ends_and_its_verb(article: Reading) -> None:
    assert lint(article.files, DOCUMENTS, article.places) == []


@needs_the_article
def test_the_quotes_are_too_few_words_to_put_the_article_together_again(claims: tuple[Claim, ...]) -> None:
    [text] = [path.read_text(encoding="utf-8") for path in DOCUMENTS.glob("cities-push-back-on-ice.txt")]
    quoted = {at for claim in claims for e in claim.evidence for at in range(e.start or 0, e.end or 0)}
    assert len(quoted) < 0.8 * len(text)


def test_mayors_for_america_advises_democratic_mayors_with_a_quote(claims: tuple[Claim, ...]) -> None:
    [claim] = [c for c in claims if (c.subject, c.object) == ("mayors-for-america", "democratic-mayors")]
    assert (claim.relation(), claim.status) == ("ADVISES", "asserted")
    assert claim.evidence[0].quote == "is likewise working with Democratic mayors"


def test_the_mayors_of_six_cities_signed_and_only_the_named_one_is_a_person(
    claims: tuple[Claim, ...],
) -> None:
    signed = {c.subject: c for c in claims if c.relation() == "SIGNED" and c.object == "city-executive-orders"}
    cities = ("los-angeles", "chicago", "boston", "oakland", "seattle")
    assert set(signed) == {"zohran-mamdani", *(f"mayor-of-{city}" for city in cities)}
    assert {(c.status, c.attributed_to) for c in signed.values()} == {("reported", "washington-post")}


def test_every_office_serves_a_jurisdiction(article: Reading, claims: tuple[Claim, ...]) -> None:
    offices = {entity.id for entity in article.files[0].entities if type(entity).__name__ == "Office"}
    assert offices == {subject for subject, _ in said(claims, "SERVES") if subject in offices}


def test_every_entity_is_part_of_some_claim(article: Reading, claims: tuple[Claim, ...]) -> None:
    named = {end for claim in claims for end in (claim.subject, claim.object, claim.attributed_to)}
    assert {entity.id for entity in article.files[0].entities} <= named


def test_the_figures_are_literal_claims(claims: tuple[Claim, ...]) -> None:
    figures = {(c.value, c.unit) for c in claims if c.relation() in ("HAS_SIZE", "HAS_SHARE")}
    assert figures == {(14, "%"), (10, "prosecutors"), (9, "offices"), ("dozens", "cities")}


def test_hedges_are_not_facts_and_keep_their_wording(claims: tuple[Claim, ...]) -> None:
    hedged = [claim for claim in claims if claim.status == "hedged"]
    assert all(any(word in text for text in claim.wording for word in HEDGES) for claim in hedged)
    assert {"PROSECUTES", "CANDIDATE_FOR", "TARGETS", "AFFECTS"} <= {claim.relation() for claim in hedged}
    assert not [c for c in claims if c.relation() == "PROSECUTES" and c.status != "hedged"]


def test_every_remark_has_one_speaker_and_a_topic(article: Reading, claims: tuple[Claim, ...]) -> None:
    remarks = {entity.id for entity in article.files[0].entities if type(entity).__name__ == "Remark"}
    speakers = [c.object for c in claims if c.relation() == "SAID"]
    assert sorted(map(str, speakers)) == sorted(remarks)
    assert remarks <= {subject for subject, _ in said(claims, "ABOUT")}
