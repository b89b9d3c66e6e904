"""Names as search sees them: folded to plain lower-case words, and the full-text expression that forgives."""

import re
import unicodedata

MOST_WORDS = 12


def fold(text: str) -> str:
    """Lower case, without accents and punctuation: `São Bento's` → `sao bento s`."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return " ".join(re.findall(r"\w+", plain.replace("_", " ")))


def lucene(text: str, forgiving: bool = False) -> str:
    """A full-text expression: every word must occur as written or as a beginning; `forgiving`, with an error or two."""
    words = fold(text).split()[:MOST_WORDS]
    return " AND ".join(_forgiving(word) if forgiving else f"({word} OR {word}*)" for word in words)


def _forgiving(word: str) -> str:
    forms = [word, f"{word}*"]
    if len(word) >= 6:
        forms.append(f"{word}~2")
    elif len(word) >= 4:
        # The stores count two swapped letters differently, as one error or as two.
        forms += [f"{word}~1", *(word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(len(word) - 1))]
    return f"({' OR '.join(dict.fromkeys(forms))})"
