"""A dump held against the shapes, by the queries that are made of them, in a process of its own."""

import re
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

import pyoxigraph

from graph.errors import GraphError
from schema.derive.checks import Check, checks
from schema.packed_file import unpacked
from schema.values import CLAIM_ID_PATTERN

MOST = 1000  # faults that are told
_CLAIM = re.compile(rf"/id/({CLAIM_ID_PATTERN})(?:#|$)")


@dataclass(frozen=True, order=True)
class Fault:
    """What breaks a shape, and in which property with which value, as N-Triples writes them; empty where there is none.

    `claim` is the id of the claim that it is a fault of, as far as it is one of a claim.
    """

    focus: str
    path: str
    value: str
    component: str
    shape: str
    claim: str = ""

    def __str__(self) -> str:
        """In one line."""
        what = " ".join(part for part in (self.focus, self.path, self.value) if part)
        of = "" if self.claim in self.focus else f"{self.claim}: "
        return f"{of}{what} breaks {_local(self.component)} of the shape {_local(self.shape)}"


def faults_of(lines: Path) -> list[Fault]:
    """The faults of N-Triples, packed or not, at most MOST.

    SyntaxError or OSError where they cannot be read, GraphError where the process that checks them is killed.
    """
    # The folder is this process's: one that is killed leaves what it has written.
    with TemporaryDirectory(dir=lines.parent, prefix=".checking-") as folder:
        try:
            with ProcessPoolExecutor(1, get_context("spawn")) as beside:  # whose memory is not this one's
                return beside.submit(_loaded_and_asked, lines, folder).result()
        except BrokenProcessPool:
            raise GraphError(
                f"{lines}: is not checked: the process that does it was killed or broke down, as happens where "
                "memory is short; end what else needs memory, or give this machine or container more, and try again"
            ) from None


def _loaded_and_asked(lines: Path, folder: str) -> list[Fault]:
    store = pyoxigraph.Store(folder)
    with unpacked(lines) as file:
        store.bulk_load(file, pyoxigraph.RdfFormat.N_TRIPLES)
    return sorted(set(islice(found_in(store), MOST)))


def found_in(store: pyoxigraph.Store) -> Iterator[Fault]:
    """Each fault of what is in a store."""
    for check in checks():
        solutions = store.query(check.select)
        assert isinstance(solutions, pyoxigraph.QuerySolutions)
        known = {variable.value for variable in solutions.variables}
        for solution in solutions:
            yield _fault(check, {name: str(solution[name] or "") for name in known})


def _fault(check: Check, told: dict[str, str]) -> Fault:
    focus, path, value = (told.get(name, "") for name in ("this", "path", "value"))
    claims = (found[1] for name in ("claim", "this") if (found := _CLAIM.search(told.get(name, "").strip("<>"))))
    return Fault(focus, path, value, check.component, check.shape, next(claims, ""))


def _local(address: str) -> str:
    return address.rpartition("#")[2].removesuffix("ConstraintComponent")
