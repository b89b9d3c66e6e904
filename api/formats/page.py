"""An answer as a page for people, with links to all other formats."""

from collections.abc import Mapping

from api.pages import answer
from api.place import Place
from graph.result import Result


def write_page(result: Result, place: Place, others: Mapping[str, str]) -> bytes:
    """HTML that needs no script; `others` maps suffix to media type of every other format."""
    return answer.page(result, place, others)
