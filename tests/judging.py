"""The libraries of neighbouring fields, in an environment of their own, as judges of what we write."""

import json
import subprocess
from pathlib import Path
from typing import Any

from tests.required import skip_or_fail

ROOT = Path(__file__).parent.parent
PYTHON = ROOT / ".venv" / "neighbours" / "bin" / "python"
CHECK = ROOT / "tests" / "neighbours.py"


def judged(library: str, file: Path) -> list[dict[str, Any]]:
    """What it holds of each record; without the libraries skipped, or failed where they are required."""
    if not PYTHON.exists():
        skip_or_fail("the libraries are not installed: run make .venv/neighbours/.ready")
    done = subprocess.run([PYTHON, CHECK, library, file], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    return list(json.loads(done.stdout))
