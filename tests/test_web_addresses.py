"""What `check` takes for an address, every reader of RDF takes for an IRI, and what it refuses it says how to mend."""

import re

import pyoxigraph
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from schema.addresses import ADDRESS_PATTERN
from schema.values import Url

ADDRESS: TypeAdapter[str] = TypeAdapter(Url)

SOUND = (
    "https://example.org",
    "http://example.org:8080/a/../b//c;d=e?x=1&y=%C3%A9#f/?g",
    "https://me:word@example.org:/?q?#",
    "http://[::ffff:1.2.3.4]:80/",
    "https://bücher.example/été/東京?ü#é",
    "https://example.org/(a)*'!$,=~",
    "https://example.org/\U0001f3d9",
)
WRONG = {
    "ftp://example.org/": "must be a web address that starts with https:// or http://",
    "https:///a": "'' is no host; write https://example.org/",
    "https://?a": "'' is no host",
    "https://h:port/": "'h:port' is no host; write https://example.org/ or https://example.org:8080/",
    "https://a@b@c/": "'a@b@c' is no host",
    "https://[1::2::3]/": "'[1::2::3]' is no host",
    "http://x/[a]": "holds '[', which cannot stand there in an address; write %5B",
    "https://x/%zz": "holds '%', which cannot stand there in an address; write %25",
    "https://x/#a#b": "holds '#', which cannot stand there in an address; write %23",
    "https://x/a b": "holds ' ', which cannot stand there in an address; write %20",
    "https://x/a|b": "holds '|', which cannot stand there in an address; write %7C",
    "https://x/\x1b[2J": "holds '\\x1b', which cannot stand there in an address; write %1B",
    "https://x/\x9b": "holds '\\x9b', which cannot stand there in an address; write %C2%9B",
    "https://x/\u202e": "holds '\\u202e', which cannot stand there in an address; write %E2%80%AE",
    "https://x/\ue000": "holds '\\ue000', which cannot stand there in an address; write %EE%80%80",
    "https://x/\ufdd0": "holds '\\ufdd0', which cannot stand there in an address; write %EF%B7%90",
}
PIECES = (
    "[",
    "]",
    "%",
    "%4",
    "%41",
    "#",
    "?",
    "/",
    ":",
    "@",
    ".",
    "..",
    "1",
    "::1",
    "=",
    "&",
    "'",
    "\\",
    "{",
    '"',
    "é",
)


def accepted(text: str) -> bool:
    try:
        return ADDRESS.validate_python(text) == text
    except ValidationError:
        return False


@pytest.mark.parametrize("address", SOUND)
def test_an_address_is_taken_as_it_is(address: str) -> None:
    assert accepted(address) and pyoxigraph.NamedNode(address).value == address


@pytest.mark.parametrize(("address", "told"), WRONG.items())
def test_what_is_no_address_is_refused_with_what_would_be_right(address: str, told: str) -> None:
    with pytest.raises(ValidationError) as refused:
        ADDRESS.validate_python(address)
    assert refused.value.errors()[0]["msg"].removeprefix("Value error, ").startswith(told)


@given(st.lists(st.sampled_from(PIECES) | st.characters(), max_size=8).map("".join))
@example("x/\U000e0001")
@example("x/\U0001fffe")
@example("[::1%eth0]/")
def test_every_address_that_is_taken_is_an_iri_and_fits_the_published_pattern(rest: str) -> None:
    address = f"https://{rest}"
    if accepted(address):
        assert pyoxigraph.NamedNode(address).value == address
        assert re.search(ADDRESS_PATTERN, address)
