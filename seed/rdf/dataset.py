"""Which export some RDF is: what the node of its answer says of base, version and profile."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from schema.answer import Result
from schema.closed_lists import Profile
from schema.derive.fields import field_terms
from schema.vocabulary import concept_term, iri
from seed.problem import Problem
from seed.rdf.syntax import Statement

TYPE = iri("rdf:type")
_TERMS = {field.name: iri(field.term) for field in field_terms(Result)}
_TOLD = {_TERMS[name]: name for name in ("version", "profile", "dataset", "truncated", "query")}
_FULL = iri(concept_term(Profile, Profile.FULL))
_WHOLE = "claims"  # the question that lists every claim
_GIVE = "give what `civicgraph export` writes, in the profile full"


@dataclass(frozen=True)
class Dataset:
    """`head` is the address of its answer, `base` begins its identifiers, `version` is the hash of its content."""

    head: str
    base: str
    version: str

    @property
    def things(self) -> str:
        """What stands before the id of a thing in its address."""
        return f"{self.base}id/"


@dataclass
class Heads:
    """What the files say of the answers that they are, as one statement after the other is noted."""

    answers: dict[str, Path] = field(default_factory=dict)
    told: dict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))

    def note(self, path: Path, statement: Statement) -> None:
        """Keeps it where it is about an answer."""
        if statement.predicate == TYPE and statement.value == iri("cg:Result"):
            self.answers.setdefault(statement.subject, path)
        elif statement.predicate in _TOLD:
            self.told[statement.subject, _TOLD[statement.predicate]].add(statement.value)

    def dataset(self, paths: Iterable[Path]) -> Dataset | Problem:
        """The one that all files are of, or why they are of none."""
        files = [*map(str, paths)]
        if not self.answers:
            return Problem(", ".join(files), 0, "", f"says of no answer what it is: it is no export of ours; {_GIVE}")
        if len(self.answers) > 1:
            told = ", ".join(f"{head} ({path})" for head, path in sorted(self.answers.items()))
            return Problem(files[0], 0, "", f"and what is with it are several answers: {told}; give the files of one")
        [(head, path)] = self.answers.items()
        fault = self._fault(head)
        if fault:
            return Problem(str(path), 0, head, fault)
        return Dataset(head, self._one(head, "dataset").removesuffix("#dataset"), self._one(head, "version"))

    def _one(self, head: str, name: str) -> str:
        values = self.told.get((head, name), set())
        return next(iter(values)) if len(values) == 1 else ""

    def _fault(self, head: str) -> str | None:
        versions = sorted(self.told.get((head, "version"), ()))
        if len(versions) != 1 or not re.fullmatch("[0-9a-f]{64}", versions[0]):
            told = " and ".join(versions) or "none"
            return f"must be of one version of the graph, 64 hexadecimal digits, and is of {told}"
        if (profile := self._one(head, "profile")) != _FULL:
            return f"is of the profile {profile or 'that it does not name'}, which does not tell all; {_GIVE}"
        if not (dataset := self._one(head, "dataset")).endswith("/#dataset"):
            return f"names no dataset of ours (void:inDataset {dataset or 'is missing'}); {_GIVE}"
        if self._one(head, "query") != _WHOLE or self._one(head, "truncated") != "false":
            return f"is an answer to a question, or a part of one; {_GIVE}"
        return None
