"""Pictures of more than they have room for: what is left out is counted, and there is a way to it."""

import re

import pytest

from api.pages.pictures.picture import MOST, bipartite, neighbourhood
from graph.result import Result
from tests.picturing import HERE, PICTURES, answer, column, hub
from tests.sample_result import claim


@pytest.mark.parametrize("number", [5, 40, 500])
def test_a_hub_is_drawn_in_part_and_what_is_left_out_is_counted_with_a_way_to_all_of_it(number: int) -> None:
    picture = neighbourhood(hub(number), HERE, ["hub"])

    assert picture
    more = [name.thing for name in picture.names if name.thing.id.startswith("more ")]
    assert len(picture.names) <= MOST
    assert picture.left_out == sum(int(thing.name.removeprefix("+").removesuffix(" more")) for thing in more)
    assert len(picture.strokes) + picture.left_out == number
    assert all(
        re.fullmatch(r"\.\./v1/entities/hub/relations\.html\?relation=[A-Z]+&direction=(sub|ob)ject", thing.href)
        for thing in more
    )
    assert bool(more) == (number == 500)
    twigs = [twig for branch in picture.tree for twig in branch.twigs]
    assert all((twig.count is None) == any(leaf.line is None for leaf in twig.leaves) for twig in twigs)


def test_claims_that_the_answer_does_not_hold_are_counted_where_their_number_is_known() -> None:
    totals = {("WARNED", "object"): 48, ("WARNED", "subject"): 1000}
    claims = [claim(1, "WARNED", "a", "hub"), claim(2, "WARNED", "hub", "b")]
    picture = neighbourhood(answer(claims), HERE, ["hub"], totals=totals)

    assert (column(picture, "left"), column(picture, "right")) == (["A", "+47 more"], ["B", "+999 or more"])


def test_an_answer_of_500_claims_is_drawn_in_part() -> None:
    claims = [claim(at, "WARNED", f"from-{at % 40}", f"to-{at % 90}") for at in range(500)]
    picture = bipartite(answer(claims), HERE)

    assert picture
    assert len(picture.names) <= MOST
    assert len(picture.strokes) + picture.left_out == 500
    assert column(picture, "left")[-1] == f"+{picture.left_out} more"


@pytest.mark.parametrize("name", PICTURES)
def test_what_is_drawn_and_what_is_left_out_is_all_there_is(name: str) -> None:
    picture = PICTURES[name]()
    result: Result = PICTURES[name].args[0]
    assert picture
    more = [name.thing.name for name in picture.names if name.thing.id.startswith("more")]
    told = sum(int(re.sub(r"\D", "", each)) for each in more)

    assert told == picture.left_out
    if not picture.around:
        assert len(picture.strokes) + told == len(result.claims)
