"""The address of a document elsewhere, at the words of a quote: a text fragment."""

from urllib.parse import quote as encoded

LONGEST = 150  # characters: of more the first and last words do
FEW = 4  # words at either end


def at_words(address: str, words: str) -> str:
    """The address with `#:~:text=` of the words; browsers take blanks of any kind for one another."""
    told = " ".join(words.split())
    if not told:
        return address
    words_apart = told.split(" ")
    long = len(told) > LONGEST and len(words_apart) > 2 * FEW
    parts = [" ".join(words_apart[:FEW]), " ".join(words_apart[-FEW:])] if long else [told]
    return f"{address}{'' if '#' in address else '#'}:~:text={','.join(map(_encoded, parts))}"


def _encoded(text: str) -> str:
    # A hyphen, a comma and an ampersand mean something there; `quote` leaves the first.
    return encoded(text, safe="").replace("-", "%2D")
