"""Warnings where the quotes of a claim do not carry it: who or whom, the verb, the hedge, the condition."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from unicodedata import normalize

from schema import Claim, Entity
from schema.claims import referring
from schema.claims_file import ClaimsFile
from schema.closed_lists import FACTUAL_STATUSES
from schema.entities import Jurisdiction, Organization, Person, Remark
from seed.problem import Problem
from seed.read import Place
from seed.verify import place_of

MOST_STATEMENTS_A_QUOTE = 4
ENDS = ("subject", "object", "attributed_to")

_Use = tuple[str, str, str, str]
"""Id, relation, subject and object of a claim."""

_WORD = re.compile(r"\w{4,}")


def lint(files: Sequence[ClaimsFile], places: Mapping[tuple[str, str], Place] | None = None) -> list[Problem]:
    """Warnings, for a person to look at: none of them makes a claim wrong. Arguments as for `verify`."""
    entities = {entity.id: entity for file in files for entity in (file.document, *file.entities)}
    warnings: list[Problem] = []
    for file in files:
        # A document says what it says without naming itself, and a remark is the words that are quoted.
        silent = {file.document.id, *(id_ for id_, entity in entities.items() if isinstance(entity, Remark))}
        named = {id_: entity for id_, entity in entities.items() if id_ not in silent}
        for claim in file.claims:
            for field, message in _doubts(claim, named):
                warnings.append(Problem(*place_of(file.document.id, claim.id, places), field, message))
        warnings += _unplaced(file, places)
    return warnings + _overused(files, places)


def _doubts(claim: Claim, entities: Mapping[str, Entity]) -> Iterator[tuple[str, str]]:
    """What the claim says and its quotes, taken together, do not."""
    quotes = [e.quote for e in claim.evidence if e.quote is not None]
    if not quotes:
        return
    text = _plain(" … ".join(quotes))
    referred = {id_ for e in claim.evidence for _, id_ in map(referring, e.refers)}
    for field in ENDS:
        entity = entities.get(getattr(claim, field) or "")
        if entity and entity.id not in referred and not _named(entity, text):
            yield (
                field,
                f"{entity.name} is not named in the quotes; add words that do, or refers: [words = {entity.id}]",
            )
    if claim.cues and not any(_begins_a_word(_plain(cue), text) for cue in claim.cues):
        yield "relation", f"no word of {claim.relation()} is in the quotes: {', '.join(claim.cues)}"
    if claim.status not in FACTUAL_STATUSES and not claim.wording:
        yield "status", f"no wording says how the source puts it, which is {claim.status}"
    for number, words in enumerate(claim.wording):
        if not any(_on_a_line(words) in _on_a_line(quote) for quote in quotes):
            yield f"wording[{number}]", f"{words!r} is not in the quotes"
    if claim.condition and not any(_on_a_line(claim.condition) in _on_a_line(quote) for quote in quotes):
        yield "condition", f"{claim.condition!r} is not in the quotes"


def _named(entity: Entity, text: str) -> bool:
    names = [_plain(name) for name in (entity.name, *entity.aliases)]
    if any(_stands(name, text) for name in names):
        return True
    if isinstance(entity, Organization | Jurisdiction):
        return False
    if isinstance(entity, Person):
        return any(_stands(name.split()[-1], text) for name in names)
    # Offices, measures, groups and events bear names of our making: their words must be there, in whatever order.
    return any(all(_begins_a_word(word.rstrip("s"), text) for word in _WORD.findall(name)) for name in names)


def _stands(words: str, text: str) -> bool:
    return bool(_pattern(words, r"(?!\w)").search(text))


def _begins_a_word(stem: str, text: str) -> bool:
    return bool(_pattern(stem, "").search(text))


@cache
def _pattern(words: str, end: str) -> re.Pattern[str]:
    return re.compile((r"(?<!\w)" if words[0].isalnum() else "") + re.escape(words) + end)


def _plain(text: str) -> str:
    """Without case, accents and typographic apostrophes, which names are written with and without."""
    letters = normalize("NFKD", text.casefold().replace("’", "'"))
    return "".join(letter for letter in letters if not "\u0300" <= letter <= "\u036f")


def _unplaced(file: ClaimsFile, places: Mapping[tuple[str, str], Place] | None) -> Iterator[Problem]:
    """Quotes said to be the very first words where others are said to be the same."""
    first = [
        (claim.id, number, e.quote)
        for claim in file.claims
        for number, e in enumerate(claim.evidence)
        if e.start == 0 and e.quote is not None
    ]
    for claim, number, quote in first:
        others = [other for *_, other in first if not (quote.startswith(other) or other.startswith(quote))]
        if others:
            message = f"{quote!r} and {min(others)!r} cannot both stand at 0; verify --fix writes where they do"
            yield Problem(*place_of(file.document.id, claim, places), f"evidence[{number}].start", message)


def _overused(files: Sequence[ClaimsFile], places: Mapping[tuple[str, str], Place] | None) -> list[Problem]:
    """Quotes that carry too much; a claim's first quote carries it, the others name its ends."""
    uses: dict[tuple[str, int, str], list[_Use]] = defaultdict(list)
    for file in files:
        for claim in file.claims:
            e = claim.evidence[0]
            if e.quote is not None:
                use = claim.id, claim.relation(), claim.subject, claim.object or str(claim.value)
                uses[e.document, e.start or 0, e.quote].append(use)
    return [
        Problem(
            *place_of(document, found[0][0], places),
            "evidence",
            f"{quote!r} carries {len(found)} claims; quote what carries each",
        )
        for (document, _, quote), found in uses.items()
        if _statements(found) > MOST_STATEMENTS_A_QUOTE
    ]


def _statements(uses: Sequence[_Use]) -> int:
    """How many different things the claims say; a list (`A, B and C signed it`) says one thing of many."""
    subjects: dict[str, set[str]] = defaultdict(set)
    objects: dict[str, set[str]] = defaultdict(set)
    for _, relation, subject, object in uses:
        subjects[relation].add(subject)
        objects[relation].add(object)
    return sum(min(len(subjects[relation]), len(objects[relation])) for relation in subjects)


def _on_a_line(text: str) -> str:
    """A document may break a line within the words."""
    return " ".join(text.split())
