"""The processes that evaluate: walls that stand by themselves, limits, snapshots that change and go."""

import asyncio
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from api.site import Site
from api.sparql import snapshot
from api.sparql.keeper import WAITING, Keeper
from api.sparql.pool import PROCESSES, Failed, Limits, Pool, Worker
from api.sparql.snapshot import Snapshot
from graph.errors import Busy, TooLarge, TooSlow, Unavailable
from tests.conftest import BASE, Store, up_to_date

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
FOR_EVER = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
ASKED = {"query": FOR_EVER, "base": BASE, "graph": f"{BASE}v1/graph", "prefixes": {}}
MUCH_MEMORY = "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f"

# What a process tries that has put up some of its walls, as one that evaluates has.
TRYING = """
import json, os, socket, sys
from api.sparql import confinement
port, walls = int(sys.argv[1]), sys.argv[2].split(",")
stood = {"namespace": confinement.leave_network() if "namespace" in walls else None}
import pyoxigraph
store = pyoxigraph.Store()
stood["filter"] = confinement.set_filter() if "filter" in walls else None

def outcome(attempt):
    try:
        attempt()
        return "done"
    except Exception as error:
        return type(error).__name__

asking = f"SELECT * {{ SERVICE <http://127.0.0.1:{port}/> {{ ?a ?b ?c }} }}"
tried = {
    "service": lambda: list(store.query(asking)),
    "connect": lambda: socket.create_connection(("127.0.0.1", port), 2).close(),
    "write": lambda: open(sys.argv[3], "w").close(),
    "remove": lambda: os.unlink(sys.argv[4]),
    "run": lambda: os.execv("/bin/true", ["true"]),
    "fork": lambda: os.fork() or os._exit(0),
    "kill": lambda: os.kill(os.getppid(), 0),
    "compute": lambda: list(store.query("SELECT (1 + 1 AS ?two) {}")),
    "read": lambda: open(sys.argv[4]).read(),
}
tried = {name: tried[name] for name in sys.argv[5].split(",")}
os.write(1, json.dumps([stood, {name: outcome(attempt) for name, attempt in tried.items()}]).encode())
"""
HARM = ("service", "connect", "write", "remove", "run", "fork", "kill")


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0)
        yield listening


def called(listener: socket.socket) -> int:
    """How many have connected."""
    count = 0
    while True:
        try:
            listener.accept()[0].close()
        except BlockingIOError:
            return count
        count += 1


def trying(tmp_path: Path, listener: socket.socket, walls: str, *what: str) -> tuple[dict[str, Any], dict[str, str]]:
    there = tmp_path / "there"
    there.touch()
    command = [sys.executable, "-c", TRYING, str(listener.getsockname()[1]), walls, str(tmp_path / "new"), str(there)]
    done = subprocess.run([*command, ",".join(what)], cwd=ROOT, capture_output=True, timeout=60)
    assert done.returncode == 0, done.stderr
    stood, outcomes = json.loads(done.stdout)
    return stood, outcomes


def test_without_walls_the_engine_does_ask_others(tmp_path: Path, listener: socket.socket) -> None:
    _, outcomes = trying(tmp_path, listener, "", "connect")
    assert outcomes == {"connect": "done"} and called(listener) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="the walls are Linux's")
def test_the_filter_alone_keeps_from_the_network_from_programs_and_from_writing(
    tmp_path: Path, listener: socket.socket
) -> None:
    stood, outcomes = trying(tmp_path, listener, "filter", *HARM, "compute", "read")
    assert stood["filter"] is True
    assert {name: outcomes[name] for name in ("compute", "read")} == {"compute": "done", "read": "done"}
    assert "done" not in {outcomes[name] for name in HARM}
    assert called(listener) == 0 and (tmp_path / "there").exists() and not (tmp_path / "new").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="the walls are Linux's")
def test_the_namespace_alone_keeps_from_the_network(tmp_path: Path, listener: socket.socket) -> None:
    stood, outcomes = trying(tmp_path, listener, "namespace", "service", "connect", "compute")
    if not stood["namespace"]:
        pytest.skip("no network namespace may be made here")
    assert outcomes["compute"] == "done" and "done" not in (outcomes["service"], outcomes["connect"])
    assert called(listener) == 0


async def asked(keeper: Keeper, query: str) -> tuple[dict[str, Any], bytes]:
    question = {"query": query, "base": BASE, "graph": f"{BASE}v1/graph", "prefixes": {}}
    with keeper.spool() as spool:
        _, told = await keeper.evaluate(question | {"table_syntax": "json", "graph_syntax": "nt"}, spool)
        spool.seek(0)
        return told, spool.read()


def proc(pid: int, name: str) -> str:
    return Path(f"/proc/{pid}/{name}").read_text(encoding="utf-8")


async def count(keeper: Keeper) -> int:
    _, body = await asked(keeper, COUNT)
    return int(json.loads(body)["results"]["bindings"][0]["n"]["value"])


async def settled(keeper: Keeper, processes: int) -> None:
    """Wait until as many processes are there as there should be."""
    async with asyncio.timeout(60):
        while len(keeper.pids) < processes:  # noqa: ASYNC110 – what one waits for is another process
            await asyncio.sleep(0.05)


async def test_a_process_holds_nothing_of_ours_and_is_confined(keeper: Keeper, embedded: Store) -> None:
    await up_to_date(keeper, await embedded.hold("seed"))
    assert keeper.pids
    for pid in keeper.pids:
        status = proc(pid, "status")
        assert "Seccomp:\t2" in status and "NoNewPrivs:\t1" in status
        held = [os.readlink(f"/proc/{pid}/fd/{name}") for name in os.listdir(f"/proc/{pid}/fd")]
        assert len([name for name in held if name.startswith("socket:")]) == 1  # by which it is asked
        others = [name for name in held if not name.startswith(("socket:", "/dev/null", str(keeper.folder)))]
        assert others == []
        assert proc(pid, "environ").split("\0")[:-1] == ["LC_ALL=C.UTF-8"]


async def test_what_takes_too_long_or_too_much_is_ended_and_others_are_answered(
    keeper: Keeper, embedded: Store
) -> None:
    await up_to_date(keeper, await embedded.hold("seed"))
    expected, before = await count(keeper), keeper.pids
    begun = time.monotonic()
    with pytest.raises(TooSlow):
        await asked(keeper, FOR_EVER)
    assert time.monotonic() - begun >= keeper.limits.seconds
    await settled(keeper, len(before))
    assert len(before - keeper.pids) == 1 and await count(keeper) == expected


async def test_memory_is_bounded(keeper: Keeper, embedded: Store) -> None:
    await up_to_date(keeper, await embedded.hold("seed"))
    assert keeper.newest
    pool = Pool(keeper.newest.store, Limits(seconds=60, memory=64 << 20), 1)
    question = {"query": MUCH_MEMORY, "base": BASE, "graph": "x:g", "prefixes": {}, "rows": 10**9, "bytes": 10**9}
    try:
        await pool.open()
        with keeper.spool() as spool, pytest.raises(TooLarge, match="64 MB of memory"):
            await pool.evaluate(question | {"table_syntax": "json", "graph_syntax": "nt"}, spool, 1)
    finally:
        await pool.close()


async def test_who_is_gone_frees_the_process(keeper: Keeper, embedded: Store) -> None:
    await up_to_date(keeper, await embedded.hold("seed"))
    before = keeper.pids
    tasks = [asyncio.create_task(asked(keeper, FOR_EVER)) for _ in before]
    await asyncio.sleep(0.5)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await settled(keeper, len(before))
    assert not before & keeper.pids and await count(keeper) > 1000


async def test_few_wait_and_the_others_are_told_at_once(keeper: Keeper, embedded: Store) -> None:
    await up_to_date(keeper, await embedded.hold("seed"))
    before = len(os.listdir("/proc/self/fd"))
    tasks = [asyncio.create_task(asked(keeper, FOR_EVER)) for _ in range(WAITING + 28)]
    await asyncio.sleep(0.5)
    assert len(os.listdir("/proc/self/fd")) - before <= PROCESSES  # who waits holds no file
    found = await asyncio.gather(*tasks, return_exceptions=True)
    kinds = [type(each) for each in found]
    assert set(kinds) == {TooSlow, Busy, Unavailable}
    assert kinds.count(Busy) == 28 and 2 <= kinds.count(TooSlow) <= 2 * PROCESSES
    await settled(keeper, 1)
    assert await count(keeper) > 1000


async def test_a_load_is_followed_and_the_snapshot_before_goes(keeper: Keeper, embedded: Store) -> None:
    await up_to_date(keeper, await embedded.hold("seed"))
    first, processes, many = keeper.newest, keeper.pids, await count(keeper)
    slow = asyncio.create_task(asked(keeper, FOR_EVER))
    await up_to_date(keeper, await embedded.hold("world"))
    assert keeper.newest and first and keeper.newest.hash != first.hash
    assert await count(keeper) not in (many, 0)
    with pytest.raises(TooSlow):
        await slow
    async with asyncio.timeout(60):
        while first.folder.exists():  # noqa: ASYNC110 – it is removed by another thread
            await asyncio.sleep(0.05)
    assert not processes & keeper.pids
    assert os.listdir(keeper.folder) == [keeper.newest.folder.name]


async def test_what_was_built_is_taken_again_and_leftovers_go(keeper: Keeper, embedded: Store, tmp_path: Path) -> None:
    await up_to_date(keeper, await embedded.hold("seed"))
    async with Keeper(Site(embedded.reader, BASE), tmp_path).running() as first:
        await up_to_date(first, embedded.reader)
        assert first.newest
        name = first.newest.folder.name
    assert os.listdir(tmp_path) == [name]
    made = os.stat(tmp_path / name).st_mtime_ns
    for left in ("snapshot-0", "snapshot-1.12345.part"):
        (tmp_path / left).mkdir()
        os.utime(tmp_path / left, (0, 0))
    async with Keeper(Site(embedded.reader, BASE), tmp_path).running() as second:
        await up_to_date(second, embedded.reader)
        assert os.stat(tmp_path / name).st_mtime_ns == made
        async with asyncio.timeout(30):
            while len(os.listdir(tmp_path)) > 1:  # noqa: ASYNC110 – they are removed by another thread
                await asyncio.sleep(0.05)


async def test_a_snapshot_that_cannot_be_opened_is_made_anew(embedded: Store, tmp_path: Path) -> None:
    site, edition = Site(embedded.reader, BASE), await (await embedded.hold("seed")).newest()
    assert edition
    folder = tmp_path / snapshot.name(site.build, BASE, edition)
    (folder / snapshot.STORE).mkdir(parents=True)
    (folder / snapshot.TOLD).write_text(json.dumps({"hash": edition.hash, "instant": edition.instant, "triples": 0}))
    async with Keeper(site, tmp_path).running() as keeping:
        await up_to_date(keeping, embedded.reader)
        assert await count(keeping) > 1000


async def test_a_folder_that_was_moved_away_is_not_made_again(embedded: Store, tmp_path: Path) -> None:
    await embedded.hold("seed")
    data, elsewhere = tmp_path / "data", tmp_path / "elsewhere"
    async with Keeper(Site(embedded.reader, BASE), data / "sparql").running() as keeping:
        await asyncio.sleep(3)  # at least two attempts
        assert not data.exists() and not keeping.newest
        elsewhere.mkdir()
        elsewhere.rename(data)
        await up_to_date(keeping, embedded.reader)
    assert os.listdir(data) == ["sparql"]


def test_what_somebody_holds_is_not_removed(tmp_path: Path) -> None:
    folder = tmp_path / "snapshot-0"
    folder.mkdir()
    (folder / snapshot.TOLD).write_text('{"hash": "h", "instant": "i", "triples": 1}')
    held = Snapshot.held(folder)
    assert held and (held.hash, held.triples) == ("h", 1)
    os.utime(folder, (0, 0))
    snapshot.sweep(tmp_path, kept="")
    assert folder.exists()
    held.give_back()
    snapshot.sweep(tmp_path, kept=folder.name)
    assert folder.exists()
    snapshot.sweep(tmp_path, kept="")
    assert not folder.exists() and Snapshot.held(folder) is None


async def test_a_process_that_cannot_start_says_why(tmp_path: Path) -> None:
    with pytest.raises(Failed, match=r"does not start: .*No such file"):
        await Worker.start(tmp_path / "nothing", Limits())


def test_processes_end_with_the_one_that_started_them(tmp_path: Path) -> None:
    program = f"""
import asyncio, sys
from pathlib import Path
import pyoxigraph
from api.sparql.pool import Limits, Pool
folder = Path({str(tmp_path)!r}) / "store"
store = pyoxigraph.Store(str(folder))
names = [pyoxigraph.NamedNode(f"http://x.test/{{number}}") for number in range(3000)]
store.extend(pyoxigraph.Quad(name, name, name) for name in names)
store.flush()
asked = {ASKED!r} | {{"table_syntax": "json", "graph_syntax": "nt", "rows": 1, "bytes": 1}}

async def main():
    pool = Pool(folder, Limits(seconds=300), 2)
    await pool.open()
    with open(folder.with_name("spool"), "wb") as spool:
        under_way = asyncio.create_task(pool.evaluate(asked, spool, 5))
        await asyncio.sleep(1)
        print(*pool.pids, flush=True)
        await asyncio.sleep(60)

asyncio.run(main())
"""
    with subprocess.Popen([sys.executable, "-c", program], cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        pids = [*map(int, process.stdout.readline().split())]
        assert len(pids) == 2 and all(Path(f"/proc/{pid}").exists() for pid in pids)
        process.kill()
        process.wait()
    deadline = time.monotonic() + 20
    while any(_runs(pid) for pid in pids):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
