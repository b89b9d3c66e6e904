"""A store's folder while it is ours: whether it is still there and has room, and what is written down of the store."""

import os
import shutil
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from graph.edition import Edition
from graph.engine_folder import RUN_FILE, EngineError, Kind, take
from graph.folder_mark import WAYS_OUT, Left, left, mark

LEAST_ROOM = 4 << 20  # bytes: a disk with less than this is as good as full

Sizes = Callable[[], dict[str, int]]


class Keeping:
    """Takes the folder, EngineError where it cannot be had or lacks something; `sizes` tells files that only grow."""

    def __init__(self, folder: Path, kind: Kind, sizes: Sizes) -> None:
        self._folder, self._kind, self._sizes = folder, kind, sizes
        self._lock = take(folder)
        self._place = os.open(folder, os.O_RDONLY)
        self._noted: Edition | None = None
        self._checked = False
        try:
            self._left = left(folder, kind.name) or Left()
            self._refuse(self._left.cut(sizes()))
        except EngineError:
            self.give_back()
            raise

    def is_there(self) -> bool:
        """Whether the folder is the one that was taken, with the store's files in it."""
        try:
            same = os.path.samestat(os.fstat(self._place), os.stat(self._folder))
        except OSError:
            return False
        return same and (not self._checked or (self._folder / self._kind.data).is_dir())

    def trouble(self) -> str:
        """What ails the store and its driver cannot know, empty if nothing does."""
        if not self.is_there():
            return f"{self._folder} was deleted or replaced while the store was running on it"
        room = shutil.disk_usage(self._folder).free
        return f"the disk that holds {self._folder} is full: {room} bytes are left" if room < LEAST_ROOM else ""

    def check(self, edition: Edition | None, found: Mapping[str, int]) -> None:
        """EngineError where the store holds less than was loaded, or finds another number of records than was sealed;
        from here on its state is written down."""
        self._refuse(self._left.lost(edition) or _miscounted(edition, found))
        self._checked = True
        self._write(edition)

    def _refuse(self, lost: list[str]) -> None:
        if lost:
            told = ", ".join(lost[:3]) + (f" and {len(lost) - 3} more" if len(lost) > 3 else "")
            raise EngineError(f"{self._kind.title} in {self._folder} is damaged: {told}; {WAYS_OUT}")

    def note(self, edition: Edition | None) -> None:
        """Write down how the store is, where a load has begun or ended."""
        if self._checked and _state(edition) != _state(self._noted):
            self._write(edition)

    def _write(self, edition: Edition | None) -> None:
        self._noted = edition
        with suppress(OSError):  # what is written down stays true, and is only older
            mark(self._folder, self._kind.name, Left((edition or Edition()).last, self._sizes()))

    def give_back(self) -> None:
        """As the store leaves it, for the next one to take."""
        if self.is_there():
            (self._folder / RUN_FILE).unlink(missing_ok=True)
            if self._checked:
                self._write(self._noted)
        os.close(self._place)
        self._lock.close()


def _miscounted(edition: Edition | None, found: Mapping[str, int]) -> list[str]:
    sealed = {name: getattr(edition, name) for name in found}
    return [
        f"{sealed[name]} {name} were loaded and {found[name]} are found"
        for name in found
        if found[name] != sealed[name]
    ]


def _state(edition: Edition | None) -> tuple[object, ...]:
    return (edition.last, edition.draft, edition.rest) if edition else ()
