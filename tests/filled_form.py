"""What the form on a page holds, as a browser would send it."""

from html.parser import HTMLParser

import httpx


class _Form(HTMLParser):
    """Fields of the forms that ask a question; the search in the head of every page is none of them."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, list[str]] = {}
        self.faulty: set[str] = set()
        self._asks, self._select, self._group = False, "", ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attributes}
        if tag == "form":
            self._asks = told.get("class", "").startswith("ask")
        if not self._asks:
            return
        name = told.get("name", "")
        if tag == "select":
            self._select = name
            self.fields[name] = [""]
        elif tag == "option" and "selected" in told:
            self.fields[self._select] = [told["value"]]
        elif tag == "input":
            held = self.fields.setdefault(name, [])
            if told.get("type") != "checkbox" or "checked" in told:
                held.append(told.get("value", ""))
        if told.get("aria-invalid") == "true":
            self.faulty.add(name or "fieldset")


def _read(page: httpx.Response) -> _Form:
    form = _Form()
    form.feed(page.text)
    return form


def fields(page: httpx.Response) -> dict[str, str]:
    """What each field of the form holds, several ticks with commas; what is empty is sent too."""
    return {name: ", ".join(held) for name, held in _read(page).fields.items()}


def faulty(page: httpx.Response) -> set[str]:
    """The fields that are marked as wrong."""
    return _read(page).faulty
