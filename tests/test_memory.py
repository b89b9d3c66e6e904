"""A store's memory follows the machine's, or the limit of the container that it runs in, within bounds."""

import os
from pathlib import Path

import pytest

from graph import memory
from graph.memory import MEGABYTE, share, usable

ALL = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
NO_LIMIT_OF_OLD = "9223372036854771712"


@pytest.mark.parametrize(
    ("group", "files", "found"),
    [
        ("0::/", {"memory.max": "100000\n"}, 100_000),
        ("0::/", {"memory.max": "max\n"}, ALL),
        ("0::/a/b", {"a/b/memory.max": "max", "a/memory.max": "200000"}, 200_000),
        ("0::/a/b", {"a/b/memory.max": "100000", "a/memory.max": "200000"}, 100_000),
        ("0::/docker/0123", {"memory.max": "100000"}, 100_000),
        ("4:cpu,memory:/", {"memory/memory.limit_in_bytes": "100000"}, 100_000),
        ("4:memory:/docker/0123", {"memory/memory.limit_in_bytes": "100000"}, 100_000),
        ("4:memory:/\n0::/", {"memory/memory.limit_in_bytes": NO_LIMIT_OF_OLD, "memory.max": "max"}, ALL),
        ("5:freezer:/a", {"a/memory.max": "100000"}, ALL),
        ("", {}, ALL),
    ],
)
def test_memory_is_what_the_machine_has_or_the_group_allows(
    tmp_path: Path, group: str, files: dict[str, str], found: int
) -> None:
    (tmp_path / "cgroup").write_text(group)
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    assert usable(tmp_path / "cgroup", tmp_path) == found


def test_where_nothing_tells_of_groups_it_is_what_the_machine_has(tmp_path: Path) -> None:
    assert usable(tmp_path / "none", tmp_path) == ALL


@pytest.mark.parametrize(("megabytes", "heap"), [(1000, 512), (2048, 512), (8000, 2000), (16_384, 4096), (10**6, 4096)])
def test_a_share_has_bounds(monkeypatch: pytest.MonkeyPatch, megabytes: int, heap: int) -> None:
    monkeypatch.setattr(memory, "usable", lambda: megabytes * MEGABYTE)
    assert share(4, 512, 4096) == heap
