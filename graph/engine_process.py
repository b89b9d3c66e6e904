"""The Java process of a store: how it is launched, tied to its owner, and ended."""

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from graph.engine_folder import HOST, open_private

START_LOG = "start.log"
STOP_SECONDS = 20.0
# What Java may need in order to be found; none of our secrets.
PASSED_ON = ("HOME", "JAVA_HOME", "PATH")

# Runs before Java on Linux: the kernel is to send SIGTERM once the thread that launched us is gone. A program
# of its own and not a preexec_fn, since Python between fork and exec can deadlock a process that has threads.
TIED_TO_PARENT = """\
import ctypes, os, sys
ctypes.CDLL(None).prctl(1, 15)
if os.getppid() == int(sys.argv[1]):
    os.execv(sys.argv[2], sys.argv[2:])
"""


@dataclass(frozen=True)
class Launch:
    """What the process is started with: `heap` in Java's notation (512m), `query_seconds` for each query."""

    folder: Path
    bolt: int
    http: int
    heap: str
    fast_start: bool
    query_seconds: float


def launch(folder: Path, command: list[str]) -> subprocess.Popen[bytes]:
    """Start the process from the calling thread, which must live as long as the process should."""
    java, *options = command
    command = [java, _mark(folder), *options]
    if sys.platform == "linux":
        command = [sys.executable, "-I", "-S", "-c", TIED_TO_PARENT, str(os.getpid()), *command]
    with open_private(folder / START_LOG, "w") as output:
        return subprocess.Popen(
            command,
            cwd=folder,
            env={name: os.environ[name] for name in PASSED_ON if name in os.environ}
            | {"LC_ALL": "C.UTF-8"},  # file names in any script
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            umask=0o077,
            start_new_session=True,  # Ctrl-C is for the owner, which stops the store in order
        )


def _mark(folder: Path) -> str:
    """By which a process is known to serve the folder, once the one that launched it is gone."""
    return f"-Dcivicgraph.folder={folder}"


def end(process: subprocess.Popen[bytes]) -> None:
    """SIGTERM, on which the database is closed in order; SIGKILL if that takes more than twenty seconds."""
    process.terminate()
    process.send_signal(signal.SIGCONT)  # one that was stopped would not hear
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def end_orphan(pid: int, folder: Path) -> None:
    """End a store whose owner was killed; a process that is not this folder's is left alone."""
    deadline = time.monotonic() + STOP_SECONDS
    while _serves(pid, folder):
        try:
            os.kill(pid, signal.SIGTERM if time.monotonic() < deadline else signal.SIGKILL)
            os.kill(pid, signal.SIGCONT)
        except ProcessLookupError:
            return
        time.sleep(0.2)


def _serves(pid: int, folder: Path) -> bool:
    if sys.platform != "linux":
        listing = subprocess.run(["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True)
        return _mark(folder) in listing.stdout
    try:
        return _mark(folder) in Path(f"/proc/{pid}/cmdline").read_text(encoding="utf-8").split("\0")
    except (FileNotFoundError, ProcessLookupError):
        return False


def free_ports() -> tuple[int, int]:
    """Two free loopback ports, below the range from which the system numbers outgoing connections: so none of
    those can take a port while the store restarts."""
    while True:
        bolt, http = (20_000 + secrets.randbelow(12_000) for _ in range(2))
        if bolt != http and _is_free(bolt) and _is_free(http):
            return bolt, http


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True
