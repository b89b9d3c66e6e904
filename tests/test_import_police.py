"""The list of police employees of the FBI tells the counties of a city, and so which mayors have which sheriffs."""

from dataclasses import replace
from pathlib import Path

import pytest

from graph.connection import Writer
from graph.errors import NotReadable
from graph.query import read_queries
from graph.run import run
from graph.write import load
from schema import ENTITIES, RELATIONS
from schema.claims_file import ClaimsFile
from schema.entities import Document
from seed.importers.source import known
from seed.importers.states import bare_county, city
from tests.conftest import NOW
from tests.test_import_table import DATA, imported, mapped

POLICE = known()["fbi-police-employment"]
HEAD = "ori,data_year,pub_agency_name,state_abbr,county_name,agency_type_name,population,officer_ct\n"
ROWS = """
TX1,2025,Lindby,TX,"HARROW, ST JOHN",City,1000,3
TX2,2025,Harrow,TX,HARROW,County,5000,9
TX3,2025,Lindby University,TX,HARROW,University or College,,2
NB1,2025,St. Leo,NB,LINDBY,City,900,1
LA1,2025,Prince's Bay,LA,ORLEANS; ST. MARY,City,800,1
PA1,2025,"Lindby Township, Harrow County",PA,HARROW,City,700,1
PA2,2025,Upper Harrow Regional,PA,HARROW,City,700,1
VA1,2025,Hopewell,VA,HOPEWELL CITY,City,600,1
VA2,2025,Toano,VA,JAMES CITY,City,600,1
AK1,2025,Nome,AK,NOME,City,500,1
MD1,2025,Torby,MD,NOT SPECIFIED,City,500,1
""".lstrip()


def police(folder: Path) -> Path:
    (folder / "fbi_lee_2025.csv").write_text(HEAD + ROWS, encoding="utf-8")
    return folder


def test_a_city_lies_in_each_county_of_its_police_and_of_no_other_agency(tmp_path: Path) -> None:
    (file,), doubts = imported(POLICE, police(tmp_path))
    assert {(c.relation(), c.subject, c.object, c.evidence[0].row) for c in file.claims} == {
        ("LOCATED_IN", "us-tx-place-lindby", "us-tx-county-harrow", 2),
        ("LOCATED_IN", "us-tx-place-lindby", "us-tx-county-st-john", 2),
        ("LOCATED_IN", "us-ne-place-st-leo", "us-ne-county-lindby", 5),
        ("LOCATED_IN", city("Prince's Bay", "la").id, "us-la-parish-orleans", 6),
        ("LOCATED_IN", city("Prince's Bay", "la").id, "us-la-parish-st-mary", 6),
        ("LOCATED_IN", "us-va-place-toano", "us-va-county-james-city", 10),
    }
    assert all("Lindby, TX" in c.inferred[0] for c in file.claims if c.subject == "us-tx-place-lindby")
    assert {type(e).__name__ for e in file.entities} == {"City", "County"}
    assert [(d.place, d.value, d.done) for d in doubts] == [
        ("row 5, column state_abbr", "NB", "read as NE"),
        ("row 7, column pub_agency_name", "Lindby Township, Harrow County", "left out"),
        ("row 8, column pub_agency_name", "Upper Harrow Regional", "left out"),
        ("row 9, column county_name", "HOPEWELL CITY", "left out"),
        ("row 11, column county_name", "NOME", "left out"),
    ]


def test_what_may_be_no_county_or_no_city_is_refused_by_its_name() -> None:
    assert bare_county("ST JOHN", "tx").ocd.endswith("state:tx/county:st_john")
    assert bare_county("La Salle", "la").id == "us-la-parish-la-salle" and city("Metropolis", "il").name == "Metropolis"
    for name, within in (("SALEM CITY", "va"), ("CAPITOL PLANNING REGION", "ct"), ("NOME", "ak")):
        with pytest.raises(ValueError, match="no county"):
            bare_county(name, within)
    for name in ("Homer Village", "Lindby Town", "Fraser/Winter Park", "Camden County", "Louisville Metro"):
        with pytest.raises(ValueError, match="no city"):
            city(name, "ny")


def test_a_column_of_several_values_must_be_a_column(tmp_path: Path) -> None:
    with pytest.raises(NotReadable, match=r"read\.several\.0: 'counties' is no column"):
        imported(mapped(tmp_path, several=["counties"]), tmp_path)


def of_one_city(city: str, county: str) -> ClaimsFile:
    """A document that has a mayor of that city, and a sheriff's office in that county with an agreement."""
    about = Document(id="of-one-city", name="Of one city")
    things = {
        "Person": [("mira-vale", {"name": "Mira Vale"})],
        "Office": [("mayor-of-it", {"name": "Mayor of it", "role": "mayor"})],
        "City": [(city, {"name": "It"})],
        "County": [(county, {"name": "Its county"})],
        "LocalAgency": [("its-sheriff", {"name": "Sheriff's Office of the county"})],
        "Agreement": [("its-agreement", {"name": "Its agreement"})],
    }
    entities = [ENTITIES[t].model_validate({"id": id, **told}) for t, all_ in things.items() for id, told in all_]
    said = (
        ("HOLDS_OFFICE", "mira-vale", "mayor-of-it"),
        ("SERVES", "mayor-of-it", city),
        ("LOCATED_IN", "its-sheriff", county),
        ("PARTY_TO", "its-sheriff", "its-agreement"),
    )
    claims = [
        RELATIONS[r].model_validate(
            {"subject": s, "object": o, "status": "asserted", "evidence": [{"document": about.id, "row": n}]}
        )
        for n, (r, s, o) in enumerate(said, 1)
    ]
    return ClaimsFile(about, tuple(entities), tuple(claims), NOW)


async def mayors(writer: Writer) -> list[tuple[str, str, str]]:
    query = read_queries()["mayors-and-sheriffs"]
    found = await run(writer, query, query.check({}))
    return [(row["mayor_id"], row["city_id"], row["county_id"]) for row in found.rows]


async def test_the_list_leads_from_a_mayor_to_the_sheriff_of_each_of_the_counties(
    blank: Writer, tmp_path: Path
) -> None:
    own = of_one_city("us-tx-place-lindby", "us-tx-county-st-john")
    await load(blank, [own], NOW)
    assert await mayors(blank) == []
    (file,), _ = imported(POLICE, police(tmp_path))
    await load(blank, [own, file], NOW)
    assert await mayors(blank) == [("mira-vale", "us-tx-place-lindby", "us-tx-county-st-john")]


@pytest.mark.slow
@pytest.mark.skipif(
    not (DATA / "fbi-police-employment").is_dir(), reason="the FBI's list does not lie beside the project"
)
async def test_the_cities_of_the_real_list(blank: Writer) -> None:
    (file,), doubts = imported(POLICE, DATA / "fbi-police-employment")
    counties = {
        id: {(c.object, c.evidence[0].row) for c in file.claims if c.subject == id}
        for id in (HOUSTON, KANSAS, GAINESVILLE)
    }
    assert counties == {
        HOUSTON: {
            ("us-tx-county-fort-bend", 14244),
            ("us-tx-county-harris", 14244),
            ("us-tx-county-montgomery", 14244),
        },
        KANSAS: {(f"us-mo-county-{name}", 6774) for name in ("cass", "clay", "jackson", "platte")},
        GAINESVILLE: {("us-fl-county-alachua", 1803)},
    }
    assert len(file.claims) == 10_881 and len(doubts) > 0
    some = replace(file, claims=tuple(c for c in file.claims if c.subject == GAINESVILLE))
    await load(blank, [of_one_city(GAINESVILLE, "us-fl-county-alachua"), some], NOW)
    assert await mayors(blank) == [("mira-vale", GAINESVILLE, "us-fl-county-alachua")]


HOUSTON, KANSAS, GAINESVILLE = "us-tx-place-houston", "us-mo-place-kansas-city", "us-fl-place-gainesville"
