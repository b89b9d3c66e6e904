"""The article's claims file: whole, within its rules, and every quote found again in the article itself."""

from pathlib import Path

import pytest

from schema import Claim
from seed.lint import lint
from seed.read import Reading, read
from seed.verify import verify
from tests.conftest import DOCUMENTS

ROOT = Path(__file__).parent.parent
HEDGES = {
    "hedged": ("could", "would", "potential", "likely", "worried", "to discuss", "in some cases"),
    "planned": ("preparing", "requires"),
    "alleged": ("unaccountable", "have limits"),
}
SIX = {"los-angeles", "new-york-city", "chicago", "boston", "oakland", "seattle"}
LEAST_CLAIMS = 130
MOST_OF_THE_ARTICLE = 0.9
# Every warning of the lint that stands, by line; each is explained beside its claim.
WARNINGS: list[str] = []

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


def test_the_article_has_no_fault_and_none_of_its_claims_is_lost(article: Reading) -> None:
    assert article.problems == ()
    assert len(article.files[0].claims) >= LEAST_CLAIMS


@needs_the_article
def test_every_quote_of_the_article_stands_where_the_claim_says(article: Reading) -> None:
    assert verify(article.files, DOCUMENTS, article.places) == []


def test_the_quotes_of_every_claim_carry_it(article: Reading) -> None:
    assert list(map(str, lint(article.files, article.places))) == WARNINGS


@needs_the_article
def test_the_quotes_are_too_few_words_to_put_the_article_together_again(claims: tuple[Claim, ...]) -> None:
    [text] = [path.read_text(encoding="utf-8") for path in DOCUMENTS.glob("cities-push-back-on-ice.txt")]
    quoted = {at for claim in claims for e in claim.evidence for at in range(e.start or 0, e.end or 0)}
    assert len(quoted) < MOST_OF_THE_ARTICLE * len(text)


def test_mayors_for_america_advises_democratic_mayors_with_a_quote(claims: tuple[Claim, ...]) -> None:
    [claim] = [c for c in claims if (c.subject, c.object) == ("mayors-for-america", "democratic-mayors")]
    assert (claim.relation(), claim.status) == ("ADVISES", "asserted")
    [evidence] = claim.evidence
    assert evidence.quote == (
        "is likewise working with Democratic mayors to craft model legislation and study strategies to effectively "
        "communicate the policies to the public"
    )
    assert evidence.refers == ("is likewise working = mayors-for-america",)


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
    open_ = [claim for claim in claims if claim.status in HEDGES]
    assert all(any(word in text for text in c.wording for word in HEDGES[c.status]) for c in open_)
    assert {(c.status, c.relation()) for c in open_} == {
        *(("hedged", r) for r in ("PROSECUTES", "CANDIDATE_FOR", "TARGETS", "AFFECTS", "COOPERATES_WITH", "REQUIRES")),
        *(("planned", r) for r in ("RESTRICTS", "TERMINATES")),
        ("alleged", "DESCRIBED_AS"),
    }
    assert not [c for c in claims if c.relation() in ("PROSECUTES", "TERMINATES") and c.status not in HEDGES]


def test_conditions_are_kept_in_the_words_of_the_article(claims: tuple[Claim, ...]) -> None:
    crimes = "if they commit crimes while carrying out detention missions"
    assert {(c.subject, c.relation(), c.condition) for c in claims if c.condition} == {
        ("city-executive-orders", "REQUIRES", "in some cases"),
        ("philadelphia-prosecutors", "WARNED", crimes),
        ("philadelphia-prosecutors", "PROSECUTES", crimes),
        ("federal-immigration-officers", "HAS_AUTHORITY", "if they determine someone may be violating federal law"),
    }


def test_what_a_voice_says_is_never_said_in_the_voice_of_the_article(claims: tuple[Claim, ...]) -> None:
    assert {c.status for c in claims if c.attributed_to} == {"reported", "hedged", "alleged"}
    assert not [c for c in claims if c.status == "reported" and not c.attributed_to]


def test_a_year_is_inferred_and_says_from_what(claims: tuple[Claim, ...]) -> None:
    dated = [c for c in claims if c.valid_from]
    assert {c.valid_from for c in dated} == {"2025", "2026"}
    assert all("the campaign last year" in c.inferred[0] and c.wording for c in dated)


def test_the_six_cities_and_the_groups_are_tied_to_the_rest_and_say_that_it_is_inferred(
    claims: tuple[Claim, ...],
) -> None:
    inferred = {(c.subject, c.object) for c in claims if c.relation() == "MEMBER_OF" and c.inferred}
    assert inferred == {
        *((city, "democratic-led-cities") for city in SIX),
        *(("ice", group) for group in ("non-city-law-enforcement", "federal-authorities")),
        *(("ice-agents", group) for group in ("federal-agents", "federal-immigration-officers")),
        *((group, "progressive-civic-groups") for group in ("public-rights-project", "mayors-for-america")),
        ("wes-moore", "democratic-party"),
    }
    applies = [c for c in claims if c.relation() == "APPLIES_IN" and c.subject == "city-executive-orders"]
    assert {c.object for c in applies} == SIX and all(c.inferred for c in applies)


def test_every_remark_has_one_speaker_and_a_topic(article: Reading, claims: tuple[Claim, ...]) -> None:
    remarks = {entity.id for entity in article.files[0].entities if type(entity).__name__ == "Remark"}
    speakers = [c.object for c in claims if c.relation() == "SAID"]
    assert sorted(map(str, speakers)) == sorted(remarks)
    assert remarks <= {subject for subject, _ in said(claims, "ABOUT")}
