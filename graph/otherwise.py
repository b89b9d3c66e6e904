"""What documents declare differently of one entity."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from graph.said import ORDER, Row, Said, in_order

MOST_TOLD, MOST_NAMED = 100, 3


@dataclass(frozen=True)
class Otherwise:
    """An entity that documents declare otherwise than the first of these, which decides how it is told, in these
    fields."""

    entity: str
    documents: tuple[str, ...]
    fields: tuple[str, ...]

    def __str__(self) -> str:
        first, *others = self.documents
        named = ", ".join(others[:MOST_NAMED]) + (f" and {more} more" if (more := len(others) - MOST_NAMED) > 0 else "")
        verb = "differs" if len(others) == 1 else "differ"
        return f"{self.entity}: {named} {verb} from {first} in {', '.join(self.fields)}; it is told as {first} has it"


class DeclaredOtherwise:
    """Those that a load comes upon: the first of them are `told`, each is counted."""

    def __init__(self) -> None:
        self.told = list[Otherwise]()
        self._all = set[int]()

    @property
    def more(self) -> int:
        """How many there are beside those that are told."""
        return len(self._all) - len(self.told)

    def look(self, ids: Iterable[str], said: Mapping[str, Said]) -> None:
        """Looks at what is said of these entities."""
        for id in sorted(ids):
            (document, first), *others = in_order(said[id])
            # between sources in a declared order it is settled whose words are shown
            alike = [(d, says) for d, says in others if says.get(ORDER) == first.get(ORDER)]
            differing = {d: names for d, says in alike if (names := _differing(first, says))}
            if differing and hash(id) not in self._all:
                self._all.add(hash(id))
                if len(self.told) < MOST_TOLD:
                    fields = tuple(sorted(set[str]().union(*differing.values())))
                    self.told.append(Otherwise(id, (document, *differing), fields))


def _differing(first: Row, other: Row) -> set[str]:
    return {name for name in first.keys() | other.keys() if first.get(name) != other.get(name)}
