"""Where an answer stands on the Web."""

from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

from api.texts import NOWHERE, Texts
from schema.closed_lists import Profile


@dataclass(frozen=True)
class Place:
    """`base` begins all identifiers and ends in `/`; `here` is the answer's address without a format suffix.

    `root` is the way from a page back to where all addresses begin, such as `../../`: over HTTP pages link relatively,
    so that they work behind any proxy and under any name of the host. `texts` are those that a page may show, `profile`
    is what RDF is to keep to.
    """

    base: str
    here: str
    next: str | None = None
    root: str = ""
    texts: Texts = field(default=NOWHERE, compare=False)
    profile: Profile = Profile.FULL

    @property
    def later(self) -> bool:
        """Whether it is a page after the first one."""
        return "cursor" in parse_qs(urlsplit(self.here).query)

    def link(self, address: str) -> str:
        """The address as a page links to it; as it is where the page stands nowhere."""
        return self.root + address.removeprefix(self.base) if self.root else address
