"""Names that want to be more than text, and a claims file in which everything has one."""

from collections.abc import Iterator

from schema import ENTITIES, RELATIONS, Claim, Evidence
from schema.claims_file import ClaimsFile
from schema.entities import Document
from tests.changes import FIRST

HIT = "window.hit=1"
# Each would show itself: as an element or a script on the page, as an address, as text that runs the wrong way.
NAMES = (
    f"<script>{HIT}</script>",
    f"</script><script>{HIT}</script>",
    f"<img src=x onerror={HIT}>",
    f"<svg/onload={HIT}>",
    f"<svg><script>{HIT}</script></svg>",
    f"</text></svg><img src=x onerror={HIT}>",
    f"]]><script>{HIT}</script>",
    f"--><script>{HIT}</script>",
    f"</style><script>{HIT}</script>",
    f"</title><script>{HIT}</script>",
    f"</textarea></option></select><img src=x onerror={HIT}>",
    f"\"><img src=x onerror='{HIT}'>",
    f"' onmouseover='{HIT}' x='",
    f'" autofocus onfocus="{HIT}',
    f"javascript:{HIT}",
    f"data:text/html,<script>{HIT}</script>",
    f'<a href="javascript:{HIT}">click</a>',
    '<iframe srcdoc="<script>parent.hit=1</script>"></iframe>',
    '<base href="https://evil.example/">',
    '<meta http-equiv="refresh" content="0;url=https://evil.example/">',
    '<form action="https://evil.example/"><button>Send</button></form>',
    "{{ 7 * 7 }}{% raw %}${7*7}#{7*7}",
    "&lt;b&gt;&amp;amp;&#60;i&#62;",
    "<!--<b>",
    "\u202egro.live\u202c of Vale",
    "\u202eoverridden and never ended",
    "\u2067isolated and never ended",
    "مدينة \u200fVale (עיר) 7",
    "line\r\nfeed\rreturn\u2028and\u2029paragraph",
    "Z\u0351\u0352\u0353a\u0354\u0355\u0356l\u0357\u0358g\u0359o \U0001f3d9\ufe0f\u200d \ufffd\u0000".replace(
        "\u0000", ""
    ),
    "W" * 4000,
)
REFUSED = (
    "W" * 10_000,
    "no\ufffecharacter",
    "no\U0001ffffcharacter",
    "half\ud800",
    "bell\x07",
    "null\x00",
    "escape\x1b[2J",
)
DOCUMENT = "a-hostile-paper"


def id_of(number: int) -> str:
    """The id of whoever bears that name."""
    return f"hostile-{number}"


def hostile() -> ClaimsFile:
    """Each name is a group's, and stands in the quote, the wording, the detail and the condition of a claim of it."""
    groups = [ENTITIES["AdvocacyGroup"](id=id_of(n), name=name, aliases=(name,)) for n, name in enumerate(NAMES)]
    about = Document(id=DOCUMENT, name=NAMES[0], publisher=NAMES[24], licence=NAMES[2], published="2026")
    return ClaimsFile(about, tuple(groups), tuple(_claims()), FIRST)


def _claims() -> Iterator[Claim]:
    opposes = RELATIONS["OPPOSES"]
    for n, name in enumerate(NAMES):
        quote, following = name[:1000].strip(), id_of((n + 1) % len(NAMES))
        told = Evidence(
            document=DOCUMENT,
            quote=quote,
            start=2000 * n,
            end=2000 * n + len(quote),
            refers=(f"{quote} = {following}",) if "\n" not in quote else (),
            path=name,
        )
        yield opposes(
            subject=id_of(n),
            object=following,
            status="hedged",
            wording=(name,),
            condition=name,
            detail=name,
            attributed_to=following,
            inferred=(name,),
            evidence=(told,),
        )
