"""Programs in Java: their published jars, pinned by a pom.xml and fetched by Maven once for all folders."""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from fcntl import LOCK_EX, flock
from functools import cached_property
from pathlib import Path
from xml.etree import ElementTree

from graph.engine_folder import EngineError

OLDEST_JAVA = 17


def kept() -> Path:
    """Where fetched jars lie: the cache of whoever runs this."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "civicgraph"


@dataclass(frozen=True)
class Jars:
    """What `folder`/pom.xml depends on; its first dependency is the program, and gives name and version."""

    folder: Path

    @cached_property
    def _program(self) -> list[str]:
        first = ElementTree.parse(self.folder / "pom.xml").find(".//{*}dependency")
        assert first is not None
        return [str(first.findtext(f"{{*}}{part}")) for part in ("artifactId", "version")]

    @property
    def version(self) -> str:
        """Version of the program."""
        return self._program[1]

    @property
    def path(self) -> Path:
        """Where the jars lie once they are fetched."""
        return kept() / "-".join(self._program)

    def unavailable(self) -> str | None:
        """What is missing to run the program here, None if nothing is."""
        missing = []
        if not _java():
            missing.append(f"a JDK {OLDEST_JAVA} or later (javac)")
        if not self.path.exists() and shutil.which("mvn") is None:
            missing.append("Maven (mvn), which fetches it")
        if not missing:
            return None
        told = f"no {' '.join(self._program)} here: missing is {' and '.join(missing)}"
        return f"{told}; on Debian: apt-get install openjdk-17-jdk-headless maven"

    def fetch(self) -> None:
        """Have the jars in their place; EngineError says what is missing, or what Maven says."""
        if reason := self.unavailable():
            raise EngineError(reason)
        if self.path.exists():
            return
        kept().mkdir(parents=True, exist_ok=True)
        with (kept() / "lock").open("w") as lock:  # others may want the same jars at the same time
            flock(lock, LOCK_EX)
            if not self.path.exists():
                self._fetch()

    def _fetch(self) -> None:
        part = self.path.with_name(f"{self.path.name}.part")
        shutil.rmtree(part, ignore_errors=True)
        command = ["mvn", "-q", "-B", "-f", str(self.folder / "pom.xml"), "dependency:copy-dependencies"]
        options = ["-DincludeScope=runtime", f"-DoutputDirectory={part}"]
        told = subprocess.run([*command, *options], stdin=subprocess.DEVNULL, capture_output=True, text=True)
        if told.returncode:
            name = " ".join(self._program)
            raise EngineError(f"Maven cannot fetch {name}:\n{(told.stdout + told.stderr)[-2000:]}")
        part.rename(self.path)

    def command(self, source: str, *options: str) -> list[str]:
        """What runs a program of one file in the folder with these jars; its arguments are to be added."""
        return [
            shutil.which("java") or "java",
            "-XX:+UseSerialGC",
            "-XX:-UsePerfData",
            *options,
            "-cp",
            f"{self.path}/*",
            str(self.folder / source),
        ]


def _java() -> bool:
    """Whether a compiler that is young enough is there, and with it what runs programs of one file."""
    if shutil.which("javac") is None or shutil.which("java") is None:
        return False
    told = subprocess.run(["javac", "-version"], capture_output=True, text=True)
    found = re.search(r"javac (\d+)", told.stdout + told.stderr)
    return told.returncode == 0 and found is not None and int(found[1]) >= OLDEST_JAVA
