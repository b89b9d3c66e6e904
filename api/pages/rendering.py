"""From a template and plain values to a page; whatever a value holds, it stays text."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fastapi import Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from api.pages.foot import newest

Values = dict[str, Any]

_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
    auto_reload=False,
)


@dataclass(frozen=True)
class Page:
    """A page with an address of its own: `PAGE` of its module. The front page links to each by its title."""

    path: str
    title: str
    template: str
    values: Callable[[Request], Values | Awaitable[Values]] = lambda _: {}

    async def told(self, request: Request) -> bytes:
        """The page as the request gets it."""
        values = self.values(request)
        told = await values if isinstance(values, Awaitable) else values
        return render(self.template, request.state.root, {"version": await newest(request)} | told)


def render(template: str, root: str, values: Values) -> bytes:
    """The whole page, whose links begin with `root`; a value that the template asks for and lacks is an error."""
    page = _TEMPLATES.get_template(template).render(values, root=root)
    # Readers take a bare carriage return for a line feed.
    return page.replace("\r", "&#13;").encode()
