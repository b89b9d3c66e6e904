"""The process that evaluates: it opens a snapshot, gives up all else, and answers one question after the other.

A question comes over the socket it was started with: four bytes of length, JSON, and the open file that takes the
answer. Back goes a line of JSON. It knows nothing of the process that started it.
"""

import json
import os
import socket
import struct
import sys
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, BinaryIO

from api.sparql import confinement
from api.sparql.lexer import Unreadable, placed, read
from api.sparql.spool import COUNTING, Spool, TooMuch

NICE = 5  # what else the machine does comes first
SHOWN = "html"  # the rows that a page shows, which is no syntax of the engine
LETTERS, PAGE = 500, 1_000_000  # of a cell of these, and bytes of all
STRING = "http://www.w3.org/2001/XMLSchema#string"


def main(owner: int, handle: int, snapshot: str, memory: int, file: int) -> None:
    """Answer until nobody asks any more."""
    confinement.end_with(owner)
    os.nice(NICE)
    walls = [confinement.NAMESPACE] if confinement.leave_network() else []
    asking = socket.socket(fileno=handle)
    try:
        evaluator = Evaluator(snapshot)
        confinement.limit(memory, file)
        walls += [confinement.FILTER] if confinement.set_filter() else []
        if not walls:
            raise confinement.NotConfined("this system has no way to keep a process from the network that we know")
    except Exception as error:  # noqa: BLE001 – it is told, and this process ends
        return _tell(handle, {"fault": "start", "told": f"{type(error).__name__}: {error}"})
    _tell(handle, {"ready": walls})
    while question := _next(asking):
        told, spool = question
        confinement.limit_processor(told["seconds"])
        with os.fdopen(spool, "wb", buffering=1 << 16) as output:
            found = evaluator.evaluate(told, output)
        _tell(handle, found)


def _next(asking: socket.socket) -> tuple[dict[str, Any], int] | None:
    head, handles, _, _ = socket.recv_fds(asking, 4, 1)
    if not head:
        return None
    (length,) = struct.unpack("!I", head)
    body = bytearray()
    while len(body) < length:
        body += asking.recv(length - len(body))
    return json.loads(body), handles[0]


def _tell(handle: int, told: dict[str, Any]) -> None:
    os.write(handle, json.dumps(told).encode() + b"\n")


class Evaluator:
    """A snapshot, and how a query of it is written in a syntax."""

    def __init__(self, snapshot: str) -> None:
        import pyoxigraph  # not before this process has left the network: it has threads

        self._engine = pyoxigraph
        self._store = pyoxigraph.Store.read_only(snapshot)

    def evaluate(self, asked: dict[str, Any], output: BinaryIO) -> dict[str, Any]:
        """Write the answer, and say in which syntax, or name the `fault`; `much` is left in the output unfinished."""
        try:
            found = self._store.query(read(asked["query"], asked["graph"]), base_iri=asked["base"])
            graph = isinstance(found, self._engine.QueryTriples)
            if not (syntax := asked["graph_syntax"] if graph else asked["table_syntax"]):
                return {"fault": "syntax", "graph": graph}
            self._write(found, syntax, asked, output)
            output.flush()
            return {"syntax": syntax, "graph": graph}
        except Unreadable as error:
            return {"fault": "query", "told": str(error)}
        except SyntaxError as error:
            return {"fault": "query", "told": placed(str(error))}
        except TooMuch as error:
            return {"fault": "much", "told": str(error)}
        except MemoryError:
            return {"fault": "memory"}
        except Exception as error:  # noqa: BLE001 – whatever the engine says is told
            return {"fault": "failed", "told": f"{type(error).__name__}: {error}"}

    def _write(self, found: Any, syntax: str, asked: dict[str, Any], output: BinaryIO) -> None:
        most = asked["shown"] if syntax == SHOWN else asked["rows"]
        if syntax == SHOWN:
            Spool(output, min(asked["bytes"], PAGE), most).write(json.dumps(self._shown(found, most)).encode())
        elif isinstance(found, self._engine.QueryTriples):
            spool: Any = Spool(_Unbroken(output) if syntax == "rdf" else output, asked["bytes"], most)
            form, prefixes = self._engine.RdfFormat.from_extension(syntax), asked["prefixes"]
            self._engine.serialize(_counted(found, most), spool, form, prefixes=prefixes)
        else:
            spool = Spool(output, asked["bytes"], most, COUNTING[syntax]())
            found.serialize(spool, self._engine.QueryResultsFormat.from_extension(syntax))

    def _shown(self, found: Any, most: int) -> dict[str, Any]:
        """The first rows, each cell with its kind, its text and what tells more of it; `more` where there are."""
        if isinstance(found, self._engine.QueryBoolean):
            return {"boolean": bool(found)}
        if isinstance(found, self._engine.QueryTriples):
            names = ["subject", "predicate", "object"]
            rows: Iterator[list[Any]] = ([each.subject, each.predicate, each.object] for each in found)
        else:
            names = [each.value for each in found.variables]
            rows = ([row[place] for place in range(len(names))] for row in found)
        shown = [[self._cell(term) for term in row] for row in islice(rows, most)]
        return {"columns": names, "rows": shown, "more": next(rows, None) is not None}

    def _cell(self, term: Any) -> list[str] | None:
        if term is None:
            return None
        if isinstance(term, self._engine.NamedNode):
            return ["iri", term.value, ""]
        if not isinstance(term, self._engine.Literal):
            return ["other", str(term)[:LETTERS], ""]
        text = term.value if len(term.value) <= LETTERS else f"{term.value[:LETTERS]}…"
        return ["literal", text, term.language or ("" if term.datatype.value == STRING else term.datatype.value)]


class _Unbroken:
    """The engine leaves carriage returns bare in RDF/XML, and every reader of XML takes those for line feeds."""

    def __init__(self, output: BinaryIO) -> None:
        self._output = output

    def write(self, piece: bytes) -> int:
        return self._output.write(piece.replace(b"\r", b"&#13;"))


def _counted(triples: Iterable[Any], most: int) -> Iterator[Any]:
    for number, each in enumerate(triples):
        if number == most:
            raise TooMuch(f"{most:,} rows")
        yield each


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], int(sys.argv[4]), int(sys.argv[5]))
