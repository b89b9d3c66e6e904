"""The folder of the dumps: a folder in it for each version, whole or not there."""

import json
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.processes import runs

NAME = "civicgraph"
MANIFEST = "manifest.json"
VERSION = re.compile(r"[0-9a-f]{16}")
_PART = re.compile(r"\.[0-9a-f]{16}\.(\d+)\.part")


@dataclass(frozen=True)
class Dumps:
    """The versions in a folder; none where there is no such folder."""

    folder: Path

    def versions(self) -> list[str]:
        """Their names, the one written last first."""
        found = [each for each in self._within() if VERSION.fullmatch(each.name) and (each / MANIFEST).is_file()]
        written = sorted(found, key=lambda each: ((each / MANIFEST).stat().st_mtime_ns, each.name), reverse=True)
        return [each.name for each in written]

    def newest(self) -> str | None:
        """The name of the version written last."""
        return next(iter(self.versions()), None)

    def manifest(self, version: str) -> dict[str, Any]:
        """What the manifest of a version tells; KeyError where there is no such version."""
        if version not in self.versions():
            raise KeyError(version)
        told: dict[str, Any] = json.loads((self.folder / version / MANIFEST).read_text(encoding="utf-8"))
        return told

    def file(self, version: str, name: str) -> Path | None:
        """A file of a version; None where it has none of that name."""
        folder = self.folder / version
        named = {each.name: each for each in folder.iterdir()} if version in self.versions() else {}
        return named.get(name)

    def remove_leftovers(self) -> None:
        """Of those who were killed while they wrote."""
        for each in self._within():
            if (found := _PART.fullmatch(each.name)) and not runs(int(found[1])):
                shutil.rmtree(each, ignore_errors=True)

    def _within(self) -> list[Path]:
        return list(self.folder.iterdir()) if self.folder.is_dir() else []
