"""What documents declare differently of one entity."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from graph.said import ORDER, Said, in_order

MOST_TOLD = 100


@dataclass(frozen=True)
class Otherwise:
    """An entity that documents declare differently, in these fields; the first of them decides how it is told."""

    entity: str
    documents: tuple[str, ...]
    fields: tuple[str, ...]

    def __str__(self) -> str:
        first, *others = self.documents
        return (
            f"{self.entity}: {', '.join(others)} differs from {first} in {', '.join(self.fields)}; "
            f"it is told as {first} has it"
        )


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
            ordered = in_order(said[id])
            first = ordered[0][1]
            # between sources in a declared order it is settled whose words are shown
            alike = {d: says for d, says in ordered if says.get(ORDER) == first.get(ORDER)}
            fields = {k for b in alike.values() for k in first.keys() | b.keys() if first.get(k) != b.get(k)}
            if fields and hash(id) not in self._all:
                self._all.add(hash(id))
                if len(self.told) < MOST_TOLD:
                    self.told.append(Otherwise(id, tuple(alike), tuple(sorted(fields))))
