"""Reads a query as far as it must be known before it is evaluated: its dataset, and that it asks nobody else.

The engine evaluates SERVICE by itself, and can be told not to by nothing but the walls round its process. So what could
be read in two ways here is refused: a word that hides in what one reader takes for an IRI is one for the other.
"""

import re

EXCERPT = 200  # of what the engine would rather have read
UPDATES = ("INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH")

_IN_IRI = r"""<>"{}|^`\\\x00-\x20"""
_TOKEN = re.compile(
    rf"""
    (?P<blank>\s++|\#[^\n\r]*+)
  | (?P<iri><[A-Za-z][A-Za-z0-9+.\-]*+://[^{_IN_IRI}]*+>|<[^{_IN_IRI}'()\#]*+>)
  | (?P<ambiguous><[^{_IN_IRI}]*+>)
  | (?P<string>\"\"\"(?:[^"\\]|\\.|"(?!""))*+\"\"\"|'''(?:[^'\\]|\\.|'(?!''))*+''')
  | (?P<endless>\"\"\"|''')
  | (?P<short>"(?:[^"\\\n\r]|\\.)*+"|'(?:[^'\\\n\r]|\\.)*+')
  | (?P<name>[?$]\w++|@[A-Za-z]++(?:-[A-Za-z0-9]++)*+|_:\w(?:[\w.\-])*+
      |(?:[^\W\d_][\w.\-]{{0,100}}+)?:(?:[\w:.\-]|%[0-9A-Fa-f]{{2}}|\\[_~.\-!$&'()*+,;=/?\#@%])*+)
  | (?P<number>(?:\d++\.?\d*+|\.\d++)(?:[eE][+-]?\d++)?)
  | (?P<word>\w++)
  | (?P<sign>.)
    """,
    re.DOTALL | re.VERBOSE,
)
_ESCAPED_LETTER = re.compile(r"(?<!\\)(?:\\\\)*\\(?:u00[0-7]|U000000[0-7])")
_SERVICE_IN_NAME = re.compile(r"service[^:]*:|\.service", re.IGNORECASE)

_READS_ONLY = "it changes data, and here is only read"
_NO_SERVICE = "SERVICE asks another endpoint, and none is asked from here; ask it yourself, and join what comes back"
_AMBIGUOUS = "an IRI or a comparison; write the whole IRI, or a space after <"
_ESCAPE = "an escape outside of a text, or of a letter that needs none; write the letter itself"


class Unreadable(Exception):
    """The query is refused; the message says where and why."""


def read(query: str, graph: str) -> str:
    """What is to be evaluated: the query without a FROM that names the one graph that there is, letter under letter.

    `graph` is the IRI of that graph. Unreadable where the query is refused; what else is wrong the engine tells.
    """
    begun = dataset = False
    kept = list[str]()
    for token in _TOKEN.finditer(query):
        kind, text = token.lastgroup, token[0]
        _refuse(query, token)
        if kind == "blank":
            kept.append(text)
        elif dataset:
            if kind != "iri" or text[1:-1] != graph:
                raise _at(query, token.start(), f"no graph has this name; there is <{graph}>, and no named graph")
            dataset = False
            kept.append(" " * len(text))
        else:
            word = text.upper() if kind == "word" else ""
            begun = begun or _begins(query, token, word)
            dataset = word == "FROM"
            if word.startswith("FROM") and not dataset:
                raise _at(query, token.start(), f"there is no named graph; <{graph}> is the default one")
            kept.append(" " * len(text) if dataset else text)
    if dataset:
        raise _at(query, len(query), "FROM what?")
    return "".join(kept)


def _begins(query: str, token: "re.Match[str]", word: str) -> bool:
    """Whether this word says what is wanted: of an update it does so as the first one alone."""
    if word in UPDATES:
        raise _at(query, token.start(), f"{word}: {_READS_ONLY}")
    return bool(word) and word not in ("PREFIX", "BASE")


def _refuse(query: str, token: "re.Match[str]") -> None:
    kind, text = token.lastgroup, token[0]
    told = ""
    if kind == "ambiguous":
        told = _AMBIGUOUS
    elif kind == "endless":
        told = f"a text that begins with {text} and does not end"
    elif (kind == "sign" and text == "\\") or (kind in ("string", "short") and _ESCAPED_LETTER.search(text)):
        told = _ESCAPE
    elif (kind == "word" and "SERVICE" in text.upper()) or (kind == "name" and _SERVICE_IN_NAME.search(text)):
        told = _NO_SERVICE
    if told:
        raise _at(query, token.start(), told)


def _at(query: str, offset: int, told: str) -> Unreadable:
    """What is wrong at an offset, by line and column from 1."""
    before = query[:offset]
    return Unreadable(f"line {before.count(chr(10)) + 1}, column {offset - before.rfind(chr(10))}: {told}")


_PLACED = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)


def placed(told: str) -> str:
    """What the engine says of a query that it cannot read, in the same words."""
    found = _PLACED.fullmatch(told)
    words = found[3] if found else told
    words = words if len(words) <= EXCERPT else f"{words[:EXCERPT]}…"
    return f"line {found[1]}, column {found[2]}: cannot be read from here, {words}" if found else words
