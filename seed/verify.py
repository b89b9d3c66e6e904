"""Every quote found again at its offsets, every paragraph at its start, in the document of the declared SHA-256."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from schema.claims import Claim, Evidence
from schema.claims_file import ClaimsFile
from seed.documents import quoted, texts
from seed.paragraphs import paragraphs
from seed.problem import Problem
from seed.read import Place


def verify(
    files: Sequence[ClaimsFile], documents: Path, places: Mapping[tuple[str, str], Place] | None = None
) -> list[Problem]:
    """What is not as the documents in the folder have it; empty when every quote stands where it is said to.

    `places` are those of a `Reading`; without them a problem names the document and the claim's id.
    """
    read, problems = texts(quoted(files), documents)
    for file in files:
        told, text = file.document.paragraphs, read.get(file.document.id)
        if told and text is not None and told != paragraphs(text):
            message = "are not where its paragraphs begin; `--fix` writes them"
            problems.append(Problem(_file_of(file.document.id, places), 0, "paragraphs", message))
        for claim in file.claims:
            for field, message in _faults(claim, read):
                problems.append(Problem(*place_of(file.document.id, claim.id, places), field, message))
    return problems


def place_of(document: str, claim: str, places: Mapping[tuple[str, str], Place] | None) -> Place:
    """File and line of a claim, or what names it best when it was not read from a file."""
    found = None if places is None else places.get((document, claim))
    return found or (f"{document} {claim}", 0)


def _file_of(document: str, places: Mapping[tuple[str, str], Place] | None) -> str:
    return next((path for (of, _), (path, _) in (places or {}).items() if of == document), document)


def _faults(claim: Claim, read: Mapping[str, str]) -> list[tuple[str, str]]:
    faults: list[tuple[str, str]] = []
    for number, evidence in enumerate(claim.evidence):
        text = read.get(evidence.document)
        if text is not None and (fault := _misquoted(evidence, text)):
            faults.append((f"evidence[{number}].quote", fault))
    sources = [read[e.document] for e in claim.evidence if e.document in read]
    # Of a missing document it was said already that it is missing.
    for number, wording in enumerate(claim.wording if sources else ()):
        if not any(wording in text for text in sources):
            message = f"{wording!r} stands nowhere in {claim.evidence[0].document}"
            faults.append((f"wording[{number}]", message))
    return faults


def _misquoted(evidence: Evidence, text: str) -> str | None:
    quote, start = evidence.quote, evidence.start
    if quote is None or text[start : evidence.end] == quote:
        return None
    found = occurrences(quote, text)
    if not found:
        return f"{quote!r} stands nowhere in {evidence.document}"
    if len(found) > 1:
        where = " and ".join(map(str, found))
        return f"{quote!r} does not stand at {start} but at {where}; write start and end of the one that is meant"
    return f"{quote!r} does not stand at {start}; write start: {found[0]}, end: {found[0] + len(quote)}"


def occurrences(quote: str, text: str) -> list[int]:
    """Where the quote stands in the text."""
    found, at = [], text.find(quote)
    while at >= 0:
        found.append(at)
        at = text.find(quote, at + 1)
    return found
