"""Names as search sees them: folded to plain lower-case words, and the full-text expression that forgives."""

import re
import unicodedata


def fold(text: str) -> str:
    """Lower case, without accents and punctuation: `São Bento's` → `sao bento s`."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return " ".join(re.findall(r"\w+", plain.replace("_", " ")))


def lucene(text: str) -> str:
    """A full-text expression: every word must occur as written, as a beginning, or with a typing error or two."""
    return " AND ".join(_forgiving(word) for word in fold(text).split()[:12])


def _forgiving(word: str) -> str:
    forms = [word, f"{word}*"]
    if len(word) >= 6:
        forms.append(f"{word}~2")
    elif len(word) >= 4:
        # The stores count two swapped letters differently, as one error or as two.
        forms += [f"{word}~1", *(word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(len(word) - 1))]
    return f"({' OR '.join(dict.fromkeys(forms))})"
