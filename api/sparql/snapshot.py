"""Snapshots on the disk: each in a folder that never changes, held by whoever reads it, removed once nobody does."""

import fcntl
import hashlib
import json
import os
import shutil
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from graph.edition import Edition

PREFIX, PART = "snapshot-", ".part"
TOLD = "snapshot.json"
STORE = "store"
YOUNG = 60.0  # seconds: who has just made a folder may be about to hold it


@dataclass(frozen=True)
class Snapshot:
    """A folder that is held; `hash` and `instant` are the edition's, `triples` how many there are."""

    folder: Path
    hash: str
    instant: str
    triples: int
    handle: int

    @property
    def store(self) -> Path:
        """What the engine opens."""
        return self.folder / STORE

    @classmethod
    def held(cls, folder: Path) -> Self | None:
        """The snapshot in the folder, held until `give_back`; None where there is none."""
        try:
            handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        except OSError:
            return None
        try:
            fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
            told = json.loads((folder / TOLD).read_text(encoding="utf-8"))  # gone, if it was removed meanwhile
            return cls(folder, told["hash"], told["instant"], told["triples"], handle)
        except (OSError, ValueError, KeyError):
            os.close(handle)
            return None

    def give_back(self) -> None:
        """Hold it no more."""
        os.close(self.handle)


def name(build: str, base: str, edition: Edition) -> str:
    """Of the folder of an edition, as this program writes it with identifiers that begin so."""
    told = "\n".join((build, base, edition.hash, edition.instant))
    return PREFIX + hashlib.sha256(told.encode()).hexdigest()[:24]


def remove(folder: Path) -> None:
    """Remove it unless somebody holds it."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            (folder / TOLD).unlink(missing_ok=True)  # first of all: without it nobody takes the rest for a snapshot
            shutil.rmtree(folder)
        finally:
            os.close(handle)


def sweep(folder: Path, kept: str, age: float = YOUNG) -> None:
    """Remove what nobody holds: old snapshots, and what those have left who were killed while they built."""
    for found in folder.glob(f"{PREFIX}*"):
        with suppress(OSError):
            if found.name != kept and time.time() - found.stat().st_mtime > age:
                remove(found)
