"""The libraries of neighbouring fields, in an environment of their own, as judges of what we write."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
PYTHON = ROOT / ".venv" / "neighbours" / "bin" / "python"
CHECK = ROOT / "tests" / "neighbours.py"


def judged(library: str, file: Path) -> list[dict[str, Any]]:
    """What it holds of each record; without the libraries skipped, or failed where REQUIRE_ALL is set."""
    if not PYTHON.exists():
        reason = "the libraries are not installed: run make .venv/neighbours/.ready"
        pytest.fail(reason) if os.environ.get("REQUIRE_ALL") else pytest.skip(reason)
    done = subprocess.run([PYTHON, CHECK, library, file], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    return list(json.loads(done.stdout))
