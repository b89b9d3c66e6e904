"""Where an answer stands on the Web."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """`base` begins all identifiers and ends in `/`; `here` is the answer's address without a format suffix.

    `root` is the way from a page back to where all addresses begin, such as `../../`: over HTTP pages link relatively,
    so that they work behind any proxy and under any name of the host.
    """

    base: str
    here: str
    next: str | None = None
    root: str = ""

    def link(self, address: str) -> str:
        """The address as a page links to it; as it is where the page stands nowhere."""
        return self.root + address.removeprefix(self.base) if self.root else address
