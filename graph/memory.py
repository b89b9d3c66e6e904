"""How much memory we may use, as the machine or a container's limit says, and how much of it a store is given."""

import os
from collections.abc import Iterator
from pathlib import Path

GROUPS, LIMITS = Path("/proc/self/cgroup"), Path("/sys/fs/cgroup")
MEGABYTE = 1 << 20


def share(part: int, least: int, most: int) -> int:
    """One of so many parts of the memory, in megabytes, and no less and no more than that."""
    return max(least, min(most, usable() // MEGABYTE // part))


def usable(groups: Path = GROUPS, limits: Path = LIMITS) -> int:
    """Bytes of memory that there are, or that the control groups which we are in allow."""
    there_are = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return min([there_are, *_allowed(groups, limits)])


def _allowed(groups: Path, limits: Path) -> Iterator[int]:
    lines = groups.read_text(encoding="utf-8").splitlines() if groups.exists() else []
    for _, controllers, path in (line.split(":", 2) for line in lines):
        if not controllers:  # version 2 has one tree for all
            root, name = limits, "memory.max"
        elif "memory" in controllers.split(","):
            root, name = limits / "memory", "memory.limit_in_bytes"
        else:
            continue
        # a container sees its own group as the root, and may be told a path that only its host has
        for group in (Path(path), *Path(path).parents):
            file = root / group.relative_to("/") / name
            if file.exists() and (told := file.read_text(encoding="utf-8").strip()).isdigit():
                yield int(told)
