"""The page of a claim: its sentence, the words for it and against it side by side, its history, and how to cite it."""

from collections.abc import Iterable, Mapping, Sequence

from api.formats.columns import long_date
from api.formats.links import alternates, identity
from api.pages.cite import citations
from api.pages.entity import alone
from api.pages.foot import version
from api.pages.rendering import Values, render
from api.pages.sentence import Line, Part, Quote, claim_page, entity, line
from api.pages.spot import around
from api.place import Place
from graph.result import Result, Row

AGAINST = {"disputes": "disputed", "corrects": "shown wrong", "supersedes": "replaced"}
BOTH_WAYS = ("challenged_by", *AGAINST)
ENDED = ("disputed_at", "superseded_at", "retracted_at")


def page(result: Result, id: str, judged: Sequence[str], place: Place, others: Mapping[str, str]) -> bytes:
    """The page; `result` holds besides the claim those that challenge it or are challenged by it, and `judged` ones."""
    claim = result.claims[id]
    told = line(claim, result, place)
    values: Values = {
        "told": told,
        "title": _title(told),
        "pieces": _pieces(claim, told, result, place),
        "cite": citations(claim, result, place),
        "documents": [_document(part, result, place) for part in _documents(claim)],
        "against": [
            _challenge(result.claims[each], id, result, place) for each in _known(claim, "challenged_by", result)
        ],
        "unknown": [
            Part(each, claim_page(each, place)) for each in claim.get("challenged_by", ()) if each not in result.claims
        ],
        "challenges": [
            {"word": word, "lines": [line(result.claims[each], result, place) for each in _known(claim, name, result)]}
            for name, word in AGAINST.items()
            if _known(claim, name, result)
        ],
        "judged": [line(result.claims[each], result, place) for each in dict.fromkeys(judged)],
        "held": _held(claim),
        "history": _history(claim, told),
        "permalink": identity(place, id),
        "here": place.link(identity(place, id)),
        "linked_data": alone(result, _named(claim), place, [id]),
        "version": version(result),
        "alternates": alternates(place, others),
    }
    return render("claim.html", place.root or place.base, values)


def _pieces(claim: Row, told: Line, result: Result, place: Place) -> list[tuple[Quote, tuple[str, str] | None]]:
    """Its quotes, with the words before and after each where its document may be shown."""
    return [(quote, around(piece, result, place)) for piece, quote in zip(claim["evidence"], told.quotes, strict=True)]


def _title(told: Line) -> str:
    doubts = "; ".join(filter(None, [told.modal, *told.marks]))
    parts = [told.subject.text, f"[{doubts}]" if doubts else "", told.verb.text, told.object.text]
    return " ".join(filter(None, parts)) + (f": {told.detail}" if told.detail else "")


def _named(claim: Row) -> list[str]:
    ends = [claim[end] for end in ("subject", "object") if end in claim]
    return list(dict.fromkeys([*ends, *claim["attributed_to"], *claim.get("disputed_by", ()), *_documents(claim)]))


def _documents(claim: Row) -> list[str]:
    return list(dict.fromkeys(piece["document"] for piece in claim["evidence"]))


def _document(id: str, result: Result, place: Place) -> Values:
    record = result.entities.get(id, {})
    about = [record.get("publisher", ""), record.get("published", ""), record.get("licence", "")]
    return {"part": entity(id, result, place), "about": ", ".join(filter(None, about)), "url": record.get("url", "")}


def _known(claim: Row, name: str, result: Result) -> list[str]:
    return [id for id in claim.get(name, ()) if id in result.claims]


def _challenge(other: Row, id: str, result: Result, place: Place) -> Values:
    """A claim against this one, and in which way it is against it."""
    words: Iterable[str] = (word for name, word in AGAINST.items() if id in other.get(name, ()))
    told = line(other, result, place)
    return {"word": next(iter(words), "disputed"), "line": told, "pieces": _pieces(other, told, result, place)}


def _held(claim: Row) -> str:
    """When it was so, as far as its source says."""
    start, end = (claim.get(name) for name in ("valid_from", "valid_to"))
    if not start and not end:
        return "when its source appeared, at the latest; no day is given"
    told = [f"from {start}" if start else "from an unknown day", f"to {end}" if end else "no end given"]
    return ", ".join(told) if not end else " ".join(told)


def _history(claim: Row, told: Line) -> list[tuple[str, str, tuple[Part, ...]]]:
    """Each turn with its day and by whom, the first first."""
    turns: list[tuple[str, str, tuple[Part, ...]]] = [(claim["recorded_at"], "recorded", ())]
    turns += [
        (claim[at], at.removesuffix("_at"), told.disputing if at == "disputed_at" else ())
        for at in ENDED
        if at in claim
    ]
    return [(long_date(at), word, by) for at, word, by in sorted(turns, key=lambda turn: turn[0])]
