"""How long `make serve` takes in a set-up checkout until the first answer, with an empty and with a filled store."""

import http.client
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from bench.measure import Figure

ROOT = Path(__file__).parent.parent
ANSWER = "/v1/queries/groups-advising-mayors/results.json"
PATIENCE = 120.0
STARTS = 5


def figures(folder: Path) -> Iterator[Figure]:
    """Two figures in seconds; each store is started cold, stopped, and started again."""
    cold, warm = [], []
    for number in range(STARTS):
        data = folder / f"start-{number}"
        cold.append(_first_answer(data))
        warm.append(_first_answer(data))
    for name, seconds in (("empty store", cold), ("filled store", warm)):
        told = f"{median(seconds):.1f} s to the first answer (of {STARTS}: {min(seconds):.1f} to {max(seconds):.1f})"
        yield Figure(f"make serve, {name}", "embedded", told)


def _first_answer(data: Path) -> float:
    port = _free_port()
    begun = time.perf_counter()
    with _made("serve", f"PORT={port}", CIVICGRAPH_DATA=str(data)) as process:
        while not _answers(port):
            assert process.poll() is None and time.perf_counter() - begun < PATIENCE, "make serve does not answer"
            time.sleep(0.05)
        return time.perf_counter() - begun


@contextmanager
def _made(*words: str, **settings: str) -> Iterator[subprocess.Popen[bytes]]:
    """`make` with those words, stopped as by Ctrl-C at the end."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("MAKE", "MFLAGS", "NEO4J_"))}
    with subprocess.Popen(
        ["make", *words], cwd=ROOT, env=kept | settings, stdout=subprocess.DEVNULL, start_new_session=True
    ) as process:
        try:
            yield process
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGINT)


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", ANSWER)
        return connection.getresponse().status == 200
    except (ConnectionError, http.client.HTTPException):
        return False  # not yet
    finally:
        connection.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
