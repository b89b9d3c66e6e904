"""The graph behind Bolt, as a reader and as a writer; the only user of the driver."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from time import monotonic
from typing import Any, Self

from neo4j import READ_ACCESS, AsyncDriver, AsyncGraphDatabase, AsyncManagedTransaction
from neo4j import Query as Statement
from neo4j.exceptions import AuthError, ClientError, DriverError, Neo4jError, TransientError

from graph.dialect import ArcadeDB, Dialect, Neo4j
from graph.edition import FORMAT, OTHER, READ, Edition, edition_of
from graph.errors import GraphError, NotPermitted, Refused, TooLarge, TooSlow, Unavailable
from graph.gate import AT_ONCE, Gate, undisturbed

Step = tuple[str, dict[str, Any]]

PATIENCE = 1.0
WRITING = 60.0  # seconds: no batch of ours takes as long, so that a store which is frozen ends a load
GIVEN = 4.0  # seconds beyond, in which a store that has such a limit too ends the transaction itself and says so
FRESH = 1.0
AGAIN = 2
BESIDE = 4  # connections for what passes no gate: the edition and the store's dialect
# What the stores say when an answer needs more memory than they may use: asking again would not help.
OUT_OF_MEMORY = ("OutOfMemory", "MemoryPool", "heap", "memory limit")
GIVEN_UP = "TransactionNotFound"  # so the embedded engine says that it cannot write, its disk being full, say
DIVISION = ("ArithmeticError", "by zero")
REFUSED = ("Security.Forbidden", "Statement.AccessMode")


class Divided(Refused):
    """A statement divided by nought, by which those of ours say that they must not go on."""


class Vanished(Unavailable):
    """A record was deleted between its being found and its being read: no edition's that is read, so read again."""


@dataclass(frozen=True)
class Opened:
    """What a reader was opened with, so that another process can open one like it; `seconds` limits each read."""

    uri: str
    username: str
    password: str = field(repr=False)
    database: str
    seconds: float


@asynccontextmanager
async def _within(seconds: float) -> AsyncIterator[None]:
    """A store that is frozen cannot keep a limit itself; what goes wrong meanwhile is told plainly."""
    try:
        async with asyncio.timeout(seconds):
            yield
    except AuthError:
        raise Unavailable("the store refuses our user name and password") from None
    except Neo4jError as error:
        raise _as_it_is(error) from error
    except (DriverError, OSError) as error:
        raise Unavailable("the store does not answer") from error


def _as_it_is(error: Neo4jError) -> GraphError:
    code, words = error.code or "", f"{error.code} {error.message}"
    if "TimedOut" in code:
        return TooSlow("the query took longer than its time limit")
    if any(sign in words for sign in OUT_OF_MEMORY):
        return TooLarge("the query needs more memory than the store may use")
    if code.endswith(REFUSED):
        return NotPermitted(f"a reader may not run this statement: {code}")
    if code.endswith("EntityNotFound"):
        return Vanished("the store is busy")
    if code.endswith(GIVEN_UP):
        return Unavailable("the store gave a transaction up")
    if any(sign in words for sign in DIVISION):
        return Divided("the statement divided by nought")
    if isinstance(error, TransientError):
        return Unavailable("the store is busy")
    if isinstance(error, ClientError):
        return Refused(f"the store refused a statement: {code}: {error.message}")
    return Unavailable(f"the store failed: {code}")


class Reader:
    """One connection pool to one database, in READ mode; with a login of its own where the store has roles."""

    def __init__(self, driver: AsyncDriver, database: str, seconds: float) -> None:
        self._driver, self._database, self._seconds = driver, database, seconds
        # On a cluster, a read that follows a write of ours must see it, whichever member answers.
        self._bookmarks = AsyncGraphDatabase.bookmark_manager()
        self._dialect: Dialect | None = None
        self._edition, self._asked_at = Edition(), -FRESH
        self._asking: asyncio.Task[None] | None = None
        self._gate = Gate()
        self.opened: Opened | None = None

    @classmethod
    async def open(cls, uri: str, login: tuple[str, str], database: str, seconds: float = 10.0) -> Self:
        """Connect; the store need not answer yet. `seconds` limits each read."""
        driver = AsyncGraphDatabase.driver(
            uri,
            auth=login,
            connection_timeout=3.0,
            connection_acquisition_timeout=5.0,
            max_connection_pool_size=AT_ONCE + BESIDE,
            max_transaction_retry_time=5.0,
            notifications_min_severity="OFF",
        )
        found = cls(driver, database, seconds)
        found.opened = Opened(uri, *login, database, seconds)
        return found

    async def newest(self) -> Edition | None:
        """The edition as the store has it now; None where nothing was loaded, GraphError where that was otherwise."""
        found = edition_of(await self._until_whole(READ, {}))
        if found and found.format != FORMAT:
            raise GraphError(OTHER)
        return found

    async def edition(self) -> Edition:
        """The edition that reads are pinned to: asked of the store at most once in FRESH seconds."""
        if monotonic() - self._asked_at > FRESH:
            await self._ask()
        return self._edition

    async def watch(self) -> None:
        """Keep the edition fresh for ever, so that no question has to wait for it."""
        while True:
            with suppress(GraphError):  # whoever asks meanwhile is told
                await self._ask()
            await asyncio.sleep(FRESH / 2)

    async def _ask(self) -> None:
        """Learn the edition; those who ask meanwhile share the answer, as they pass no gate."""
        if self._asking is None or self._asking.done():
            self._asking = undisturbed(self._learn())
        await asyncio.shield(self._asking)

    async def _learn(self) -> None:
        self._edition, self._asked_at = await self.newest() or Edition(), monotonic()

    def forget(self) -> None:
        """Ask the store for its edition at the next read."""
        self._asked_at = -FRESH

    async def close(self) -> None:
        """End what is under way and give the connections back."""
        if self._asking:
            self._asking.cancel()
        await self._gate.close()
        await self._driver.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def dialect(self) -> Dialect:
        """How this store wants its statements; asked of it once."""
        if self._dialect is None:
            async with _within(self._seconds + PATIENCE):
                agent = (await self._driver.get_server_info()).agent
            self._dialect = ArcadeDB() if "ArcadeDB" in agent else Neo4j()
        return self._dialect

    async def read(self, text: str, parameters: dict[str, Any]) -> list[list[Any]]:
        """Rows of one read: one auto-commit query in READ mode under the time limit; Busy where too many are asked."""
        return await self._gate.through(lambda: self._until_whole(text, parameters))

    async def _until_whole(self, text: str, parameters: dict[str, Any]) -> list[list[Any]]:
        for _ in range(AGAIN):
            try:
                return await self._read(text, parameters)
            except Vanished:
                continue
        return await self._read(text, parameters)

    async def _read(self, text: str, parameters: dict[str, Any]) -> list[list[Any]]:
        text, given = (await self.dialect()).given(text, parameters)
        statement = Statement(text, timeout=self._seconds)
        async with (
            _within(self._seconds + PATIENCE),
            self._driver.session(
                database=self._database, default_access_mode=READ_ACCESS, bookmark_manager=self._bookmarks
            ) as session,
        ):
            result = await session.run(statement, given)
            return await result.values()


def grace(seconds: float) -> float:
    """After so many seconds no reader whose reads have that limit can be under way with what an edition replaced."""
    return seconds + PATIENCE + 2 * FRESH


class Writer(Reader):
    """A reader that writes as well; only loaders have one."""

    def __init__(self, driver: AsyncDriver, database: str, seconds: float) -> None:
        super().__init__(driver, database, seconds)
        self.grace = grace(seconds)

    async def write(self, steps: Sequence[Step]) -> None:
        """All statements in one transaction, tried again if the store asks for it."""
        dialect = await self.dialect()
        given = [dialect.given(text, parameters) for text, parameters in steps]

        async def apply(transaction: AsyncManagedTransaction) -> None:
            for text, parameters in given:
                await (await transaction.run(text, parameters)).consume()

        async with (
            _within(WRITING + GIVEN),
            self._driver.session(database=self._database, bookmark_manager=self._bookmarks) as session,
        ):
            await session.execute_write(apply)

    async def define(self, statements: Sequence[str]) -> None:
        """Run schema statements one by one."""
        for text in statements:
            async with (
                _within(WRITING),
                self._driver.session(database=self._database, bookmark_manager=self._bookmarks) as session,
            ):
                await (await session.run(text)).consume()
