"""Which claims of an answer are drawn, what stands in which column and in which order, and how many are left out."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from api.pages.pictures.plan import Known, Outer, Plan, Stem, Tie, target, tied
from api.place import Place
from graph.result import Result, Row
from schema import RELATIONS

EACH = 6
"""How many claims of one relation are drawn on one side of one thing, so that no relation hides the others."""
COUNTED = 1000
"""As far as claims are counted: so many may be more."""
_LAST = "\U0010ffff"

Pair = tuple[Row, str, int]  # a claim, which of its ends stands outside, and where in the middle column the other is
Group = tuple[int, str]  # where in the middle column, and the relation
Rank = tuple[float, int, str, str]
Totals = Mapping[tuple[str, str], int]  # by relation, and at which end of it the thing stands


def of_answer(result: Result, place: Place, most: int) -> Plan:
    """Subjects left and objects right; what is both stands between. The first claims, as many as there is room for."""
    known = Known(result, place)
    cited = (id for row in result.rows for id in row["claims"])
    order = {id: at for at, id in enumerate(dict.fromkeys([*cited, *result.claims]))}
    claims = sorted(known.claims, key=lambda claim: order[claim["id"]])
    drawn = min(len(claims), most)
    while (plan := _between(claims[:drawn], known)).extent > most - (drawn < len(claims)) and drawn > 1:
        drawn -= 1
    left_out = len(claims) - drawn
    rest = (Outer(known.rest(left_out), ()),) if left_out else ()
    if plan.left:
        return Plan((*plan.left, *rest), plan.inner, plan.right, (), left_out)
    return Plan((), plan.inner, (*plan.right, *rest), (), left_out)


def _between(claims: Sequence[Row], known: Known) -> Plan:
    both = {claim["subject"] for claim in claims} & {target(claim) for claim in claims}
    first = {claim["subject"]: at for at, claim in reversed(list(enumerate(claims)))}
    before = sorted((claim for claim in claims if claim["subject"] not in both), key=lambda c: first[c["subject"]])
    after = [claim for claim in claims if claim["subject"] in both]
    met = [(target(claim), claim) for claim in before] + [(claim["subject"], claim) for claim in after]
    places: dict[str, list[int]] = {}
    for at, (id, _) in enumerate(met):
        places.setdefault(id, []).append(at)
    inner = sorted(places, key=lambda id: (sum(places[id]) / len(places[id]), id))
    ends = {id: at for at, id in enumerate(inner)}
    left = tied(((claim, claim["subject"], ends[target(claim)]) for claim in before), known)
    after.sort(key=lambda claim: ends[claim["subject"]])
    right = tied(((claim, target(claim), ends[claim["subject"]]) for claim in after), known)
    things = {id: known.thing(id, claim) for id, claim in met}
    return Plan(left, tuple(things[id] for id in inner), right)


def of_things(result: Result, place: Place, around: Sequence[str], most: int, totals: Totals | None = None) -> Plan:
    """The things in the middle; left who does what to them, right what they do to whom, relation by relation.

    `totals` tells of the claims of the first thing how many there are, where the answer holds only some.
    """
    known = Known(result, place)
    middle = {id: at for at, id in enumerate(id for id in dict.fromkeys(around) if id in result.entities)}
    stems = _stems(known.claims, middle)
    left, right = [], []
    for claim in known.claims:
        subject, other = claim["subject"], target(claim)
        if claim["id"] in stems:
            continue
        if subject in middle:
            right.append((claim, other, middle[subject]))
        elif other in middle:
            left.append((claim, subject, middle[other]))
    inner = tuple(known.thing(id, {"object": id}) for id in middle)
    between = tuple(_stem(claim, *stems[claim["id"]], known) for claim in known.claims if claim["id"] in stems)
    of_first = {0: totals or {}}
    for each in range(EACH, -1, -1):
        some = _Some(each, tuple(middle), of_first, known)
        (to, missed), (on, lost) = some.side(left, "object"), some.side(right, "subject")
        plan = Plan(to, inner, on, between, missed + lost)
        if plan.extent <= most:
            break
    return plan


def _stem(claim: Row, lower: int, up: bool, known: Known) -> Stem:
    return Stem(lower, up, Tie(lower, claim["relation"], known.line(claim)))


def _stems(claims: Iterable[Row], middle: dict[str, int]) -> dict[str, tuple[int, bool]]:
    """Claims that are alone between two neighbours of the middle column: the lower one, and whether it leads up."""
    found: dict[int, list[tuple[str, bool]]] = {}
    for claim in claims:
        one, other = middle.get(claim["subject"]), middle.get(target(claim))
        if one is not None and other is not None and abs(one - other) == 1:
            found.setdefault(max(one, other), []).append((claim["id"], one > other))
    return {several[0][0]: (at, several[0][1]) for at, several in found.items() if len(several) == 1}


@dataclass(frozen=True)
class _Some:
    """So many claims of each relation on each side of each thing of the middle column."""

    each: int
    middle: Sequence[str]
    totals: Mapping[int, Totals]
    known: Known

    def side(self, pairs: Sequence[Pair], direction: str) -> tuple[tuple[Outer, ...], int]:
        """Things by what they are tied to, then by relation, the most frequent first, then by name; how many not."""
        counts = dict(Counter(_group(pair) for pair in pairs))
        counts |= {
            group: max(count, self.totals.get(group[0], {}).get((group[1], direction), 0))
            for group, count in counts.items()
        }
        order = {g: at for at, g in enumerate(sorted(counts, key=lambda g: (g[0], -counts[g], RELATIONS[g[1]].verb)))}
        ranks = self._ranks(pairs, order)
        pairs = sorted(pairs, key=lambda pair: (ranks[pair[1]], order[_group(pair)], pair[0]["status"], pair[0]["id"]))
        kept, rest = [], []
        for group, count in counts.items():
            told = [pair for pair in pairs if _group(pair) == group]
            cut = len(told) if count <= self.each + 1 else min(self.each, len(told))
            kept += told[:cut]
            if cut < count:
                more = self.known.more(count - cut, self.middle[group[0]], (group[1], direction), count < COUNTED)
                rest.append(((group[0], order[group], _LAST, ""), Outer(more, (Tie(*group),)), count - cut))
        places = {pair[0]["id"]: at for at, pair in enumerate(pairs)}
        kept.sort(key=lambda pair: places[pair[0]["id"]])
        outers = [(ranks[outer.thing.id], outer) for outer in tied(kept, self.known)]
        outers += [(rank, outer) for rank, outer, _ in rest]
        outers.sort(key=lambda each: each[0])
        return tuple(outer for _, outer in outers), sum(count for *_, count in rest)

    def _ranks(self, pairs: Iterable[Pair], order: Mapping[Group, int]) -> dict[str, Rank]:
        ends: dict[str, list[Pair]] = {}
        for pair in pairs:
            ends.setdefault(pair[1], []).append(pair)
        return {id: self._rank(several, order) for id, several in ends.items()}

    def _rank(self, pairs: Sequence[Pair], order: Mapping[Group, int]) -> Rank:
        thing = self.known.thing(pairs[0][1], pairs[0][0])
        middle = sum(pair[2] for pair in pairs) / len(pairs)
        return middle, min(order[_group(pair)] for pair in pairs), thing.name.casefold(), thing.id


def _group(pair: Pair) -> Group:
    return pair[2], pair[0]["relation"]
