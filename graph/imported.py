"""What an import has read, noted on its documents: as long as all bear the note, reading it again would change nothing.

The note is no part of the content: no edition, hash or export has it. Whatever loads one of the documents takes it away
before it writes, and so does a version that replaces the document's; an import that was cut short has made none.
"""

from collections.abc import Sequence

from graph.connection import Reader, Writer
from graph.edition import ONE, OPEN
from graph.held import batches

_HELD = "MATCH (d:Declared) WHERE d.imported = $reading AND d.until = $open RETURN count(d), max(d.among)"
# Not while another load is under way, which has looked for notes before.
_NOTE = (
    f"{ONE} WHERE g.draft IS NULL UNWIND $ids AS i MATCH (d:Declared {{document: i}}) WHERE d.until = $open "
    "SET d.imported = $reading, d.among = $among"
)
FORGET = (
    "UNWIND $ids AS i MATCH (d:Declared {document: i}) WHERE d.imported IS NOT NULL "
    "SET d.imported = null, d.among = null"
)


async def is_held(graph: Reader, reading: str) -> bool:
    """Whether the store holds all that this reading brought, as it brought it."""
    ((found, among),) = await graph.read(_HELD, {"reading": reading, "open": OPEN})
    return bool(found) and found == among


async def note(graph: Writer, reading: str, documents: Sequence[str]) -> None:
    """Note that these documents, all of which are loaded, are what this reading brings."""
    for batch in batches(documents):
        given = {"reading": reading, "among": len(documents), "ids": batch, "open": OPEN}
        await graph.write([(_NOTE, given)])
