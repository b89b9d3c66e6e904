"""Open Civic Data division ids (`ocd-division/country:us/state:md/county:frederick`): what each stands for, and in what
it lies."""

import re
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

from schema import Entity
from schema.entities import City, Country, County, Court, District, State

PREFIX = "ocd-division/"
_GOVERNMENT = re.compile(r"^ocd-jurisdiction/(.*)/(?:government|legislature)$")
_STEP = re.compile(r"^([a-z_]+):([^/\s]+)$")
_STATES = ("state", "district", "territory")
_TYPES: dict[str, type[Entity]] = {
    "country": Country,
    "place": City,
    **dict.fromkeys(("county", "parish", "borough", "census_area", "municipio", "municipality"), County),
    **dict.fromkeys(
        ("district_court", "circuit_court", "court_of_appeals", "superior_court", "supreme_court", "chancery_court"),
        Court,
    ),
}


@dataclass(frozen=True)
class Division:
    """One division: `id` is our id of it, `cls` its type, `name` what its own id calls it."""

    ocd: str
    id: str
    cls: type[Entity]
    name: str

    @property
    def parent(self) -> "Division | None":
        """The division in whose path it stands."""
        above = self.ocd.rpartition("/")[0]
        return division(above) if "/" in above else None


@lru_cache(maxsize=1 << 12)  # the same few are the parents of many
def division(ocd: str) -> Division:
    """What an OCD division id stands for; a ValueError says what is wrong with one that is none."""
    steps = [_STEP.match(step) for step in ocd.removeprefix(PREFIX).split("/")]
    if not ocd.startswith(PREFIX) or not all(steps):
        raise ValueError("is no OCD division id, such as ocd-division/country:us/state:md/county:frederick")
    path = [(each[1], each[2]) for each in steps if each]
    kind, value = path[-1]
    is_state = len(path) == 2 and kind in _STATES
    name = value.upper() if is_state or len(path) == 1 else value.replace("_", " ").replace("~", "'").title()
    return Division(ocd, _slug(path), State if is_state else _TYPES.get(kind, District), name)


def division_of(government: str) -> str:
    """The division of an OCD jurisdiction id: `ocd-jurisdiction/…/government` → `ocd-division/…`."""
    if not (found := _GOVERNMENT.match(government)):
        raise ValueError("is no OCD jurisdiction id, such as ocd-jurisdiction/country:us/state:md/government")
    return PREFIX + found[1]


def _slug(path: list[tuple[str, str]]) -> str:
    """The path as a flat id; where that loses a sign, with a piece of its hash, so that no two have one id."""
    parts = [value if place == 0 or (place == 1 and kind in _STATES) else f"{kind}-{value}"
             for place, (kind, value) in enumerate(path)]  # fmt: skip
    written = "-".join(parts)
    plain = re.sub("[^a-z0-9]+", "-", written.lower()).strip("-")
    lost = any(re.search("[^a-z0-9_]", value) or "__" in value for _, value in path)
    return f"{plain}-{sha256(written.encode()).hexdigest()[:6]}" if lost else plain
