"""Names in a picture are text, whatever they hold."""

import re

import pytest

from api.pages.pictures.lettering import width
from api.pages.pictures.picture import bipartite, neighbourhood
from tests.picturing import HERE, HOSTILE, SVG, answer, markup
from tests.sample_result import claim, entity


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE)
def test_a_name_is_text_whatever_it_holds_and_is_told_whole(name: str) -> None:
    told = claim(1, "WARNED", "a", "b", status="hedged", wording=[name], detail=name)
    things = [entity("a", "Person", name), entity("b", "City", name)]
    for picture in (bipartite(answer([told], things), HERE), neighbourhood(answer([told], things), HERE, ["b"])):
        assert picture
        root = markup(picture)
        tags = {each.tag.removeprefix(SVG) for each in root.iter()}
        assert tags <= {
            "page",
            "figure",
            "svg",
            "g",
            "a",
            "path",
            "use",
            "text",
            "tspan",
            "title",
            "ul",
            "li",
            "bdi",
            "span",
            "q",
            "figcaption",
            "p",
        }
        assert all(each.get("href", "#").startswith(("#", "../")) for each in root.iter())
        assert not [key for each in root.iter() for key in each.attrib if key.startswith("on") or key == "style"]
        drawn = [text.text or "" for text in root.iter(f"{SVG}text")]
        assert not any(re.search("[\u202a-\u202e\u2066-\u2069\r\n]", text) for text in drawn)
        assert all(width(text, 14) <= 300 for text in drawn)
        assert picture.height < 400
        whole = {bdi.text for bdi in root.iter("bdi")}
        assert name.replace("\r\n", "\n").replace("\r", "\n") in {(text or "").replace("\r", "\n") for text in whole}
