"""What tests of pictures share: answers to draw, and what is read off a picture."""

import random
from functools import partial
from xml.etree import ElementTree

from api.pages import rendering
from api.pages.pictures.drawing import Picture
from api.pages.pictures.picture import bipartite, neighbourhood
from api.place import Place
from graph.result import Result, Row
from schema.closed_lists import Standing, Status
from tests.sample_result import PLACE, claim, entity, sample

HERE = Place("https://graph.example/", "https://graph.example/v1/x", None, "../")
SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = {
    "script": "<script>alert(1)</script>",
    "closing": '"></svg><img src=x onerror=alert(1)>',
    "link": "javascript:alert(1)",
    "turned": "\u202eevil\u202d \u2066name",
    "long": "Supercalifragilistic " * 476,
    "unbroken": "x" * 10_000,
    "lines": "one\r\ntwo\rthree\tfour",
    "marks": "Z" + "\u0301" * 9_999,
    "wide": "漢" * 5_000,
    "template": "{{ 7 * 7 }}{% raw %}",
    "entity": "&lt;b&gt;&amp;&#x202e;",
    "blank": "\u00a0",
}


def answer(claims: list[Row], entities: list[Row] | None = None) -> Result:
    """An answer with a row a claim; ends that are not given are groups."""
    known = {each["id"]: each for each in entities or ()}
    ends = {id for each in claims for id in (each["subject"], each.get("object", "")) if id} - known.keys()
    known |= {id: entity(id, "Group", id.title(), of="Mayor") for id in sorted(ends)}
    known["vale-gazette-2026"] = entity("vale-gazette-2026", "Document", "Vale Gazette")
    rows: list[Row] = [{"claims": [each["id"]]} for each in claims]
    return Result("q", "Who does what?", ("subject",), rows, {each["id"]: each for each in claims}, known)


def column(picture: Picture | None, side: str) -> list[str]:
    """The names of one column from top to bottom, each in one line."""
    assert picture
    return [" ".join(text for _, text in name.lines) for name in picture.names if name.side == side]


def written(picture: Picture | None) -> list[str]:
    """What is written on the ways, in the order of the rows."""
    assert picture
    return [" ".join("".join(run.text for run in line) for _, line in each.lines) for each in picture.labels]


def rendered(template: str, macro: str, *values: Picture | None) -> str:
    """What one macro of a template makes of values, or without its name the whole template."""
    found = rendering._TEMPLATES.get_template(template)
    return str(getattr(found.module, macro)(*values)) if macro else found.render()


def markup(picture: Picture | None) -> ElementTree.Element:
    """What the template makes of it, read as XML."""
    page = rendered("picture.html", "draw", picture)
    return ElementTree.fromstring(f'<page>{page.replace("<svg ", f"""<svg xmlns="{SVG[1:-1]}" """)}</page>')


def hub(number: int, relations: tuple[str, ...] = ("WARNED", "ADVISES", "OPPOSES", "SUPPORTS")) -> Result:
    """A thing with so many claims, on either side, of every status and standing."""
    claims = []
    for at in range(number):
        ends = ("hub", f"thing-{at:03}") if at % 3 == 0 else (f"thing-{at:03}", "hub")
        stands = {"status": [*Status][at % 5], "standing": [*Standing][at % 4], "wording": ["might well do so"]}
        claims.append(claim(at, relations[at % len(relations)], *ends, **stands))
    return answer(claims)


def crossing(n: int, seed: int) -> Result:
    """An answer in which everybody does something to somebody."""
    by_chance = random.Random(seed)
    names = [f"{'long ' * by_chance.randrange(12)}name {at}" for at in range(n)]
    things = [entity(f"t-{at}", by_chance.choice(["Person", "City", "Policy"]), name) for at, name in enumerate(names)]
    claims = [
        claim(
            at,
            by_chance.choice(["WARNED", "ADVISES", "COOPERATES_WITH"]),
            f"t-{by_chance.randrange(n)}",
            f"t-{by_chance.randrange(n)}",
            status=by_chance.choice([*Status]),
            standing=by_chance.choice([*Standing]),
            wording=["so it is said by many who know " * by_chance.randrange(1, 4)],
        )
        for at in range(n * 2)
    ]
    return answer(claims, things)


def chain(length: int, branches: int) -> Result:
    """Who does something to somebody who does much, and goes round where there is no beginning."""
    claims = [claim(at, "WARNED", f"t-{at}", f"t-{(at + 1) % length}") for at in range(length)]
    return answer(claims + [claim(900 + at, "ADVISES", "t-1", f"end-{at}") for at in range(branches)])


PICTURES = {
    "round": partial(bipartite, chain(100, 0), HERE),
    "much on the right": partial(bipartite, chain(2, 100), HERE),
    "little on the left": partial(
        bipartite, answer([claim(990, "WARNED", "a", "t-1"), *chain(2, 100).claims.values()]), HERE
    ),
    "hub of 5": partial(neighbourhood, hub(5), HERE, ["hub"]),
    "hub of 500": partial(neighbourhood, hub(500), HERE, ["hub"]),
    "one relation": partial(neighbourhood, hub(500, ("WARNED",)), HERE, ["hub"]),
    "sample": partial(bipartite, sample(), PLACE),
    **{f"{n} and {seed}": partial(bipartite, crossing(n, seed), HERE) for n in (4, 20) for seed in (1, 2)},
    **{f"around {n}": partial(neighbourhood, crossing(n, 3), HERE, ["t-0", "t-1", "t-2"]) for n in (4, 20)},
}
