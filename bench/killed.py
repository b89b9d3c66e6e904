"""What is killed: `civicgraph serve` over a folder, its engine, and a loader that joins it, each as a process."""

import asyncio
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE
from contextlib import AsyncExitStack, suppress
from dataclasses import replace
from functools import cache
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from api.commands.check import SEED
from bench.made_up import made_up
from graph.connection import Reader, Writer
from graph.edition import Edition
from graph.engine_folder import HOST, KINDS, read_run
from graph.errors import GraphError
from graph.folder_mark import left
from graph.write import clear, load
from schema.claims_file import ClaimsFile
from seed.read import read

FORKS = get_context("forkserver")
FORKS.set_forkserver_preload(["bench.killed"])

NOW = "2030-01-01T00:00:00Z"
GRACE = 1.5  # seconds: longer than any read here takes
PATIENCE = 300.0
READING = 60.0  # seconds that a read of a load may take: a store that was just killed is cold, and plans anew
EVERYTHING = "MATCH (n) WITH n LIMIT 1000 DETACH DELETE n"
SEEN = (
    "MATCH (c:Claim)-[:SUBJECT]->(s) WHERE c.since <= $edition AND c.until > $edition "
    "RETURN collect([c.id, c.standing, c.wording, s.name])"
)


Way = tuple[str, tuple[str, str], str]


@cache
def state(name: str, claims: int) -> ClaimsFile:
    """The document as it is in one of two states, between which wordings, names and disputes differ."""
    file, second = made_up(claims), name == "B"
    renamed = [e.model_copy(update={"name": f"{e.name} anew"}) for e in file.entities[::10]] if second else []
    disputing = {
        file.claims[i].id: {"disputes": (file.claims[i - 1 - second].id,), "wording": (name,)}
        for i in range(9, len(file.claims), 10)
    }
    reworded = {c.id: {"wording": (name,)} for c in file.claims[::3]} | disputing
    return replace(
        file,
        entities=tuple({e.id: e for e in (*file.entities, *renamed)}.values()),
        claims=tuple(c.model_copy(update=reworded.get(c.id, {})) for c in file.claims),
    )


class Loader:
    """A process that loads a document into a store; the next one is ready to run, so that no kill hits its start."""

    def __init__(self, way: Way, file: ClaimsFile) -> None:
        self._told, tells = FORKS.Pipe(duplex=False)
        self.failure = ""  # what ended it, once it has ended
        self.process = FORKS.Process(target=_as_loader, args=(way, file, tells), daemon=True)
        self.process.start()
        tells.close()

    async def begun(self) -> None:
        """Return once it is about to load."""
        assert await asyncio.to_thread(self._told.recv) == "begun"

    async def ended(self) -> bool:
        """Whether it had been told that its load is published, once it has ended."""
        await asyncio.to_thread(self.process.join)
        sealed = False
        with suppress(EOFError):
            while self._told.poll():
                told = self._told.recv()
                sealed, self.failure = sealed or told == "sealed", "" if told == "sealed" else told
        return sealed


def _as_loader(way: Way, file: ClaimsFile, tells: Connection) -> None:
    async def work() -> None:
        async with await Writer.open(*way, READING) as graph:
            graph.grace = GRACE
            tells.send("begun")
            report = await load(graph, [file], NOW)
            tells.send("sealed")
            await clear(graph, report)

    try:
        asyncio.run(work())
    except GraphError as error:  # told to whoever counts, who knows whether it should have been
        tells.send(f"{type(error).__name__}: {error}")
        sys.exit(1)


class Served:
    """`civicgraph serve` with the ways to its store, which change whenever it is started again."""

    def __init__(self, folder: Path, store: str, claims: int) -> None:
        self._folder, self._kind, self._claims = folder, KINDS[store], claims
        self._seed = read(SEED).files  # what `serve` loads whenever it starts
        self._open = AsyncExitStack()

    async def start(self) -> None:
        """Return once it answers; TimeoutError where it does not."""
        kept = {n: v for n, v in os.environ.items() if n not in ("NEO4J_URI", "BASE_IRI")}
        kept |= {"CIVICGRAPH_DATA": str(self._folder), "STORE": self._kind.name, "QUERY_SECONDS": "10"}
        words = (sys.executable, "-m", "api", "serve", "--port", "0")
        self.process = await asyncio.create_subprocess_exec(*words, env=kept, stdout=PIPE, stderr=DEVNULL)
        assert self.process.stdout
        async with asyncio.timeout(PATIENCE):
            while b"answers at" not in (line := await self.process.stdout.readline()):
                if not line:
                    raise TimeoutError("it ended")
        self.port = int(line.decode().rstrip("/\n").rpartition(":")[2])
        run = read_run(self._folder)
        assert run
        secret = (self._folder / self._kind.password_file).read_text(encoding="utf-8")
        self._way = (f"bolt://{HOST}:{run['bolt']}", (self._kind.username, secret), self._kind.database)
        await self._open.aclose()
        self.writer = await self._open.enter_async_context(await Writer.open(*self._way, READING))
        self.reader = await self._open.enter_async_context(await Reader.open(*self._way))
        self.writer.grace = GRACE

    async def stop(self) -> None:
        """End it in order."""
        await self._open.aclose()
        with suppress(ProcessLookupError):
            self.process.terminate()
        await self.process.wait()

    def engine(self) -> int:
        """The store's own process."""
        run = read_run(self._folder)
        assert run and run["pid"]
        return run["pid"]

    async def answering(self) -> None:
        """Return once the store answers again; TimeoutError where it does not."""
        async with asyncio.timeout(PATIENCE):
            while True:
                with suppress(GraphError):
                    await self.writer.newest()
                    return
                await asyncio.sleep(0.1)

    async def loader(self, name: str) -> Loader:
        """A loader that is about to load the document in that state."""
        child = Loader(self._way, state(name, self._claims))
        await child.begun()
        return child

    async def reset(self) -> None:
        """The seed alone, as if nothing else had ever been loaded."""
        while (await self.writer.read("MATCH (n) RETURN count(n)", {})) != [[0]]:
            await self.writer.write([(EVERYTHING, {})])
        await load(self.writer, self._seed, NOW)
        while (how := left(self._folder, self._kind.name)) is None or how.last != 1:  # noqa: ASYNC110 – a file
            await asyncio.sleep(0.1)

    async def seen(self) -> str:
        """What a reader sees of the claims, by one read of the edition that is published."""
        edition = await self.reader.newest() or Edition()
        [[rows]] = await self.reader.read(SEEN, {"edition": edition.number})
        return repr(sorted(map(repr, rows)))
