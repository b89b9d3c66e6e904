"""Names as search sees them: folded to plain lower-case words, and the full-text expressions that find them."""

import re
import unicodedata

MOST_WORDS = 12
SHORTENED = range(4, 31)  # letters of a word in which one may be wrong


def fold(text: str) -> str:
    """Lower case, without accents and punctuation: `São Bento's` → `sao bento s`."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return " ".join(re.findall(r"\w+", plain.replace("_", " ")))


def alike(folded: str) -> str:
    """The words of a folded name, each also with every one of its letters left out, as the index of errors has them."""
    return " ".join(dict.fromkeys(each for word in folded.split() for each in _shortened(word)))


def lucene(text: str) -> str:
    """An expression for names: every word must occur as written or as a beginning."""
    return " AND ".join(f"({word} OR {word}*)" for word in _words(text))


def forgiving(text: str) -> str:
    """An expression for what `alike` makes of names: two words are alike once a letter at most is left out of each.

    A letter that is wrong, missing, too many, or has changed places is one that can be left out of both.
    """
    return " AND ".join(f"({' OR '.join(_forms(word))})" for word in _words(text))


def _words(text: str) -> list[str]:
    return fold(text).split()[:MOST_WORDS]


def _forms(word: str) -> list[str]:
    shortened = _shortened(word)
    return shortened if len(shortened) == 1 else [*shortened, f"{word}*"]


def _shortened(word: str) -> list[str]:
    without = [word[:i] + word[i + 1 :] for i in range(len(word))] if len(word) in SHORTENED else []
    return list(dict.fromkeys([word, *without]))
