"""Warnings where a quote may not carry its claim: ends or verb are not near, or it carries too much."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from unicodedata import normalize

from schema import Claim, Entity
from schema.claims_file import ClaimsFile
from schema.entities import Document, Jurisdiction, Organization, Person, Remark
from seed.documents import quoted, texts
from seed.problem import Problem
from seed.read import Place
from seed.verify import place_of

CUE_CHARACTERS = 120
END_CHARACTERS = 200
MOST_STATEMENTS_A_QUOTE = 4

_WORD = re.compile(r"\w{4,}")


def lint(
    files: Sequence[ClaimsFile], documents: Path, places: Mapping[tuple[str, str], Place] | None = None
) -> list[Problem]:
    """Warnings, for a person to look at: none of them makes a claim wrong. Arguments as for `verify`."""
    read, _ = texts(quoted(files), documents)
    entities = {entity.id: entity for file in files for entity in (file.document, *file.entities)}
    warnings: list[Problem] = []
    for file in files:
        for claim in file.claims:
            where = place_of(file, claim, places)
            warnings += [Problem(*where, field, message) for field, message in _doubts(claim, entities, read)]
    return warnings + _overused(files, places)


def _doubts(claim: Claim, entities: Mapping[str, Entity], read: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    if not any(e.quote is not None and e.document in read for e in claim.evidence):
        return
    near = _around(claim, read, CUE_CHARACTERS)
    if claim.cues and not any(cue in near for cue in claim.cues):
        yield "relation", f"no word of {claim.relation()} is near the quote: {', '.join(claim.cues)}"
    near = _around(claim, read, END_CHARACTERS)
    for field, id_ in (("subject", claim.subject), ("object", claim.object)):
        entity = entities.get(id_ or "")
        if entity and not isinstance(entity, Remark | Document) and not _named(entity, near):
            yield field, f"{entity.name} is not named within {END_CHARACTERS} characters of the quote"


def _around(claim: Claim, read: Mapping[str, str], characters: int) -> str:
    windows = [
        read[e.document][max(0, e.start - characters) : (e.end or 0) + characters]
        for e in claim.evidence
        if e.start is not None and e.document in read
    ]
    return _plain(" … ".join(windows))


def _named(entity: Entity, near: str) -> bool:
    names = [_plain(name) for name in (entity.name, *entity.aliases)]
    if any(name in near for name in names):
        return True
    if isinstance(entity, Organization | Jurisdiction):
        return False
    if isinstance(entity, Person):
        return any(name.split()[-1] in near for name in names)
    # Offices, measures, groups and events bear names of our making: a word in common must do.
    return any(word.rstrip("s") in near for name in names for word in _WORD.findall(name))


def _plain(text: str) -> str:
    """Without case, accents and typographic apostrophes, which names are written with and without."""
    letters = normalize("NFKD", text.casefold().replace("’", "'"))
    return "".join(letter for letter in letters if not "\u0300" <= letter <= "\u036f")


def _overused(files: Sequence[ClaimsFile], places: Mapping[tuple[str, str], Place] | None) -> list[Problem]:
    uses: dict[tuple[str, int, str], list[tuple[Place, Claim]]] = defaultdict(list)
    for file in files:
        for claim in file.claims:
            for e in claim.evidence:
                if e.quote is not None:
                    uses[e.document, e.start or 0, e.quote].append((place_of(file, claim, places), claim))
    return [
        Problem(*found[0][0], "evidence", f"{quote!r} carries {len(found)} claims; quote what carries each")
        for (_, _, quote), found in uses.items()
        if _statements([claim for _, claim in found]) > MOST_STATEMENTS_A_QUOTE
    ]


def _statements(claims: list[Claim]) -> int:
    """How many different things the claims say; a list (`A, B and C signed it`) says one thing of many."""
    subjects: dict[str, set[str]] = defaultdict(set)
    objects: dict[str, set[str]] = defaultdict(set)
    for claim in claims:
        subjects[claim.relation()].add(claim.subject)
        objects[claim.relation()].add(claim.object or str(claim.value))
    return sum(min(len(subjects[relation]), len(objects[relation])) for relation in subjects)
