"""The timeline beside a picture: spans and strokes under the years that occur; what has no date is counted."""

import pytest

from api.pages.pictures.timeline import Timeline, timeline
from graph.result import Row
from tests.picturing import HERE, answer
from tests.sample_result import claim


def dated(*claims: Row) -> Timeline:
    found = timeline(answer(list(claims)), HERE)
    assert found
    return found


def test_a_year_is_a_span_and_a_day_a_stroke_under_the_years_that_occur() -> None:
    told = dated(
        claim(1, "SIGNED", "a", "m", valid_from="2026"),
        claim(2, "SIGNED", "b", "m", valid_from="2025-07-02"),
        claim(3, "SIGNED", "c", "m"),
    )

    assert told.years == ((0.0, 2025), (124.0, 2026))
    assert [(bar.when, bar.way, bar.ticks) for bar in told.bars] == [
        ("2025-07-02", "", "M61.8 2v10"),
        ("2026", "M124 7H248", "M124 2v10M248 2v10"),
    ]
    assert (told.undated, told.left_out) == (1, 0)


def test_a_beginning_without_an_end_is_left_open_unless_it_happened_for_good() -> None:
    told = dated(
        claim(1, "ADVISES", "a", "b", valid_from="2024"),
        claim(2, "ADVISES", "a", "c", valid_to="2025"),
        claim(3, "ADVISES", "a", "d", valid_from="2024-03", valid_to="2025"),
        claim(4, "FOUNDED", "a", "e", valid_from="2025"),
    )

    assert [(bar.when, bar.open) for bar in told.bars] == [
        ("from 2024", "M124.2 7H248"),
        ("2024-03 to 2025", ""),
        ("until 2025", "M0 7H124.2"),
        ("2025", ""),
    ]


def test_of_many_dated_claims_the_first_forty_are_drawn_and_the_others_counted() -> None:
    told = dated(*(claim(at, "SIGNED", f"a-{at}", "m", valid_from=f"{1900 + at}") for at in range(60)))

    assert (len(told.bars), told.left_out) == (40, 20)
    assert [year for _, year in told.years] == [1900, 1910, 1920, 1930]
    assert timeline(answer([claim(1, "SIGNED", "a", "m")]), HERE) is None


@pytest.mark.parametrize("day", ["0001", "9999-12-31", "2024-02-29"])
def test_the_first_and_the_last_of_all_days_have_a_place_too(day: str) -> None:
    assert dated(claim(1, "SIGNED", "a", "m", valid_from=day)).bars[0].when == day
