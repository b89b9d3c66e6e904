"""The command `civicgraph` as a person runs it, in a process of its own."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.conftest import BASE

Done = subprocess.CompletedProcess[bytes]
Run = Callable[..., Done]

ROOT = Path(__file__).parent.parent
DONE, FAULTY, MISUSED, UNAVAILABLE, ABSENT = 0, 1, 2, 3, 4
QUERY = "groups-advising-mayors"


def popen(data: Path, *words: object, **variables: str) -> dict[str, Any]:
    """What subprocess is to be told."""
    inherited = {name: value for name, value in os.environ.items() if name != "NEO4J_URI"}
    environment = inherited | {"CIVICGRAPH_DATA": str(data), "BASE_IRI": BASE} | variables
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return {"args": [sys.executable, "-m", "api", *map(str, words)], "cwd": ROOT, "env": environment, **pipes}


def civicgraph(data: Path, *words: object, **variables: str) -> Done:
    """The command over the folder of data, once it has ended."""
    return subprocess.run(**popen(data, *words, **variables), timeout=120)
