"""Programs in Java that the tests run: their published jars, pinned by a pom.xml and fetched once into `.cache`."""

import re
import shutil
import subprocess
from dataclasses import dataclass
from fcntl import LOCK_EX, flock
from functools import cached_property
from pathlib import Path
from xml.etree import ElementTree

CACHE = Path(__file__).parents[1] / ".cache"
OLDEST_JAVA = 17


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
        return CACHE / "-".join(self._program)

    def unavailable(self) -> str | None:
        """Why the program cannot be run here, None if it can."""
        name = self._program[0]
        if shutil.which("javac") is None:
            return f"no {name}: a JDK {OLDEST_JAVA} or later is missing (javac)"
        told = subprocess.run(["javac", "-version"], capture_output=True, text=True, check=True)
        found = re.search(r"javac (\d+)", told.stdout + told.stderr)
        if found is None or int(found[1]) < OLDEST_JAVA:
            return f"no {name}: the JDK must be {OLDEST_JAVA} or later, javac is {told.stdout.strip()}"
        if not self.path.exists() and shutil.which("mvn") is None:
            return f"no {name}: Maven is missing (mvn), which fetches it"
        return None

    def fetch(self) -> None:
        """Have the jars in their place; RuntimeError with what Maven says otherwise."""
        CACHE.mkdir(exist_ok=True)
        with (CACHE / "lock").open("w") as lock:  # the workers of one run want the same jars, at the same time
            flock(lock, LOCK_EX)
            if not self.path.exists():
                self._fetch()

    def _fetch(self) -> None:
        part = self.path.with_name(f"{self.path.name}.part")
        shutil.rmtree(part, ignore_errors=True)
        command = ["mvn", "-q", "-B", "-f", str(self.folder / "pom.xml"), "dependency:copy-dependencies"]
        options = ["-DincludeScope=runtime", f"-DoutputDirectory={part}"]
        told = subprocess.run([*command, *options], capture_output=True, text=True)
        if told.returncode:
            name = " ".join(self._program)
            raise RuntimeError(f"Maven cannot fetch {name}:\n{(told.stdout + told.stderr)[-2000:]}")
        part.rename(self.path)

    def command(self, source: str, *options: str) -> list[str]:
        """What runs a program of one file in the folder with these jars; its arguments are to be added."""
        return [
            "java",
            "-XX:+UseSerialGC",
            "-XX:-UsePerfData",
            *options,
            "-cp",
            f"{self.path}/*",
            str(self.folder / source),
        ]

    def run(self, source: str, *arguments: str) -> str:
        """What that program prints; it must end well."""
        self.fetch()
        command = [*self.command(source, "-Xmx1g", "-XX:TieredStopAtLevel=1"), *arguments]
        told = subprocess.run(command, capture_output=True, text=True, timeout=300)
        assert told.returncode == 0, told.stderr[-3000:]
        return told.stdout
