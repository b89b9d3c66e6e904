"""A name does where an id is wanted, if one entity alone bears it; a thing of another type is told as such."""

import pytest

from graph.connection import Reader, Writer
from graph.errors import BadRequest, NotFound, NotReadable
from graph.fulltext import alike, fold, forgiving
from graph.parameters import Parameter
from graph.query import read_queries
from graph.run import run
from graph.write import load
from tests.changes import NEXT, PEOPLE, claim, entity, file

QUERIES = read_queries()
NOBODY = "no entity has this name or id"


async def rows(reader: Reader, name: str, **given: str) -> list[dict[str, object]]:
    return (await run(reader, QUERIES[name], QUERIES[name].check(given))).rows


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("Zohran Mamdani", "zohran-mamdani"),
        ("ZOHRAN  MAMDANI", "zohran-mamdani"),
        ("New York City", "new-york-city"),
        ("New York", "new-york-city"),
        ("César Cuauhtémoc García Hernández", "cesar-cuauhtemoc-garcia-hernandez"),
        ("ICE", "ice"),
        ("U.S. Immigration and Customs Enforcement", "ice"),
    ],
)
async def test_a_name_or_an_alias_is_as_good_as_the_id(name: str, id: str, seed: Reader) -> None:
    query = QUERIES["neighbourhood"]
    found = await run(seed, query, query.check({"id": name}))
    assert found.rows and found.rows == await rows(seed, "neighbourhood", id=id)
    assert found.parameters["id"] == id


async def refusal(reader: Reader, name: str, **given: str) -> dict[str, str]:
    with pytest.raises(BadRequest) as refused:
        await rows(reader, name, **given)
    [error] = refused.value.errors
    return error


async def test_a_name_that_nobody_bears_is_refused_with_those_that_are_near(seed: Reader) -> None:
    error = await refusal(seed, "advisors", of="Zohran Mamdany")
    assert error == {"parameter": "of", "detail": NOBODY, "suggestion": "zohran-mamdani"}
    error = await refusal(seed, "advisors", of="Mayor of Bostn")
    assert error["suggestion"] == "mayor-of-boston"
    assert await refusal(seed, "advisors", of="Qqqq Xxxx") == {"parameter": "of", "detail": NOBODY}


async def test_a_part_of_a_name_is_no_name(seed: Reader) -> None:
    assert (await refusal(seed, "advisors", of="Mamdani"))["suggestion"] == "zohran-mamdani"


async def test_a_name_without_a_letter_is_told_under_its_parameter(seed: Reader) -> None:
    assert (await refusal(seed, "advisors", of="!?"))["detail"].startswith("holds no letter")


async def test_of_two_that_bear_a_name_the_one_of_the_type_wanted_is_meant_and_else_both_are_told(
    blank: Writer,
) -> None:
    people = (*PEOPLE, entity("AdvocacyGroup", "vale-league", name="Vale"))
    claims = [claim("two", "SERVES", "mayor-of-vale", "vale"), claim("two", "ADVISES", "vale-league", "vale")]
    await load(blank, [file("two", claims, people)], NEXT)
    query = QUERIES["measures-by-city"]
    assert (await run(blank, query, query.check({"city": "Vale"}))).parameters["city"] == "vale"
    assert await refusal(blank, "neighbourhood", id="Vale") == {
        "parameter": "id",
        "detail": "2 have this name: vale, vale-league",
    }


@pytest.mark.parametrize(
    ("query", "given", "detail"),
    [
        ("measures-by-city", "zohran-mamdani", "zohran-mamdani is a Mayor; a City, County, State or Country is wanted"),
        ("measures-by-city", "Jill Habig", "jill-habig is a Person; a City, County, State or Country is wanted"),
        ("claims-of-document", "ice", "ice is a FederalAgency; a Document is wanted"),
        ("leaders-of-group", "jill-habig", "jill-habig is a Person; an Organization, Group or Jurisdiction is wanted"),
    ],
)
async def test_an_id_of_another_type_is_told_as_such(query: str, given: str, detail: str, seed: Reader) -> None:
    [parameter] = QUERIES[query].parameters
    assert await refusal(seed, query, **{parameter.name: given}) == {"parameter": parameter.name, "detail": detail}


async def test_an_id_that_is_there_and_of_the_right_type_may_have_no_rows(seed: Reader) -> None:
    assert await rows(seed, "measures-by-city", city="pennsylvania") == []


async def test_an_id_that_is_not_there_is_not_found_whatever_is_near(seed: Reader) -> None:
    with pytest.raises(NotFound) as error:
        await rows(seed, "measures-by-city", city="mineapolis")
    assert error.value.near == ("mayor-of-minneapolis", "minneapolis")


def test_only_types_of_entities_can_be_wanted() -> None:
    with pytest.raises(NotReadable, match="parameter of: no entity type Town"):
        Parameter("of", "entity", "Id.", "x", kinds=("City", "Town")).field()


@pytest.mark.parametrize(
    ("name", "words", "expression"),
    [
        ("city", "city ity cty ciy cit", "(city OR ity OR cty OR ciy OR cit OR city*)"),
        ("anna of", "anna nna ana ann of", "(anna OR nna OR ana OR ann OR anna*) AND (of)"),
        ("são", "sao", "(sao)"),
        ("x" * 31, "x" * 31, f"({'x' * 31})"),
    ],
)
def test_a_word_of_four_letters_up_to_thirty_also_counts_with_any_letter_left_out(
    name: str, words: str, expression: str
) -> None:
    assert (alike(fold(name)), forgiving(name)) == (words, expression)
