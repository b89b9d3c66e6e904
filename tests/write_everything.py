"""Run in a copy of the tree: loads the claims file named, and writes one claim's answer in every format, all artefacts.

`python write_everything.py grown.yaml out` with PYTHONPATH at the copy and CIVICGRAPH_DATA at a folder for the store.
"""

import asyncio
import sys
from pathlib import Path

from api.formats import FORMATS
from api.place import Place
from graph.query import read_queries
from graph.run import run
from graph.settings import Settings
from graph.store import open_store
from graph.write import load
from schema.derive import ARTEFACTS
from seed.read import read

PLACE = Place("https://graph.example/", "https://graph.example/v1/claim")


async def write(claims_file: Path, folder: Path) -> None:
    """An answer as `claim.<suffix>`, an artefact under its own name."""
    reading = read([claims_file])
    assert not reading.problems, reading.problems
    (file,) = reading.files
    query = read_queries()["claim"]
    async with open_store(Settings.from_environment(), fast_start=True) as graph:
        await load(graph.writer, [file], "2026-03-01T00:00:00Z")
        again = await load(graph.writer, [file], "2026-03-02T00:00:00Z")
        assert again.writes == 0, again
        result = await run(graph.reader, query, query.check({"id": file.claims[0].id}))
    for suffix, each in FORMATS.items():
        folder.joinpath(f"claim.{suffix}").write_bytes(each.write(result, PLACE))
    for artefact in ARTEFACTS.values():
        folder.joinpath(artefact.FILE).write_text(artefact.render(), encoding="utf-8")


if __name__ == "__main__":
    asyncio.run(write(Path(sys.argv[1]), Path(sys.argv[2])))
