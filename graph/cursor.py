"""The opaque token that says where the next page of one query begins."""

import base64
import binascii
import json

from graph.errors import BadRequest


def make_cursor(query: str, key: str) -> str:
    """Token for the rows after `key` of the named query."""
    return base64.urlsafe_b64encode(json.dumps([query, key]).encode()).decode().rstrip("=")


def read_cursor(token: str | None, query: str) -> str:
    """The key in the token; BadRequest if it was not made for this query."""
    if token is None:
        return ""
    try:
        name, key = json.loads(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
    except (binascii.Error, UnicodeError, ValueError, TypeError):
        name, key = None, None
    if name != query or not isinstance(key, str):
        raise BadRequest(
            [{"parameter": "cursor", "detail": f"is not a page of {query}; take it from page.next_cursor"}]
        )
    return key
