"""The states, districts and territories of the United States by name, and their counties as sources write them."""

import re

from seed.importers.divisions import PREFIX, Division, division

_COUNTRY = f"{PREFIX}country:us"
_NAMES = """
al Alabama, ak Alaska, az Arizona, ar Arkansas, ca California, co Colorado, ct Connecticut, de Delaware, fl Florida,
ga Georgia, hi Hawaii, id Idaho, il Illinois, in Indiana, ia Iowa, ks Kansas, ky Kentucky, la Louisiana, me Maine,
md Maryland, ma Massachusetts, mi Michigan, mn Minnesota, ms Mississippi, mo Missouri, mt Montana, ne Nebraska,
nv Nevada, nh New Hampshire, nj New Jersey, nm New Mexico, ny New York, nc North Carolina, nd North Dakota, oh Ohio,
ok Oklahoma, or Oregon, pa Pennsylvania, ri Rhode Island, sc South Carolina, sd South Dakota, tn Tennessee, tx Texas,
ut Utah, vt Vermont, va Virginia, wa Washington, wv West Virginia, wi Wisconsin, wy Wyoming, dc District of Columbia,
as American Samoa, gu Guam, mp Northern Mariana Islands, pr Puerto Rico, vi Virgin Islands
"""
_CODES = {name.casefold(): code for code, name in (each.split(maxsplit=1) for each in _NAMES.split(","))}
_KINDS = {"dc": "district", **dict.fromkeys(("as", "gu", "mp", "pr", "vi"), "territory")}
_WITHOUT = ("ak",)  # has boroughs and census areas
_NO_COUNTY = re.compile(r" (city|planning region)$", re.IGNORECASE)
_COUNTIES_ALL_THE_SAME = ("carson city", "charles city", "james city")
_NO_CITY = re.compile(
    r"[,/]|\b(township|town|village|borough|county|regional|department|metro(politan)?)$", re.IGNORECASE
)
_COUNTY = re.compile(r"(.+) (county|parish|borough|census area)", re.IGNORECASE)


def state(name: str) -> tuple[str, Division]:
    """Code and division of a state, by its name or its code."""
    code = name.casefold() if name.casefold() in _CODES.values() else _CODES.get(name.casefold())
    if code is None:
        raise ValueError("is no state")
    return code, division(f"{_COUNTRY}/{_KINDS.get(code, 'state')}:{code}")


def county(name: str, within: str) -> Division:
    """Division of a county as a source writes it, with the word County, Parish or Borough; Louisiana's are parishes."""
    if not (found := _COUNTY.fullmatch(name)):
        raise ValueError("names no county, parish or borough")
    code, above = state(within)
    kind = "parish" if code == "la" else found[2].lower().replace(" ", "_")
    return division(f"{above.ocd}/{kind}:{_spelt(found[1])}")


def bare_county(name: str, within: str) -> Division:
    """Division of a county of which a source leaves the word County out; a ValueError where it is none for certain."""
    if state(within)[0] in _WITHOUT or (_NO_COUNTY.search(name) and name.casefold() not in _COUNTIES_ALL_THE_SAME):
        raise ValueError("may be an independent city, a borough or a region, which is no county")
    return county(f"{name} county", within)


def city(name: str, within: str) -> Division:
    """Division of the city of that name; a ValueError where the name is of another kind of place or of several."""
    if found := _NO_CITY.search(name):
        raise ValueError(f"names no city alone: {found[0].strip()}")
    return division(f"{state(within)[1].ocd}/place:{_spelt(name)}")


def _spelt(name: str) -> str:
    return re.sub(r"\s+", "_", name.strip().lower().replace(".", "").replace("'", "~"))
