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
    named = re.sub(r"\s+", "_", found[1].lower().replace(".", "").replace("'", "~"))
    return division(f"{above.ocd}/{kind}:{named}")
