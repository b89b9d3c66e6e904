"""Names like a word: the one "did you mean" of every door."""

from collections.abc import Iterable
from difflib import get_close_matches

MOST_NAMES_TO_COMPARE = 5000


def near(word: str, names: Iterable[str], most: int = 1) -> list[str]:
    """The names most like the word, the likest first; capitals do not count."""
    known = {name.casefold(): name for name in sorted(names, reverse=True)}
    if len(known) > MOST_NAMES_TO_COMPARE:
        # Comparing is quadratic: with very many names a fault would take longer to explain than to mend.
        known = {folded: name for folded, name in known.items() if folded == word.casefold()}
    return [known[folded] for folded in get_close_matches(word.casefold(), known, most)]
