"""Where the article is not at hand, a run of the tests says so first; where it must be, the run does not begin."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent
ASKED = "tests/test_seed_article.py::test_every_quote_of_the_article_stands_where_the_claim_says"
WRONG_USE = 4


def run(folder: Path, documents: str = "") -> subprocess.CompletedProcess[str]:
    """The tests of the article in a copy of the tree, beside which nothing lies."""
    for name in ("schema", "graph", "seed", "api", "bench", "tests", "pyproject.toml"):
        (folder / name).symlink_to(ROOT / name)
    command = [sys.executable, "-m", "pytest", ASKED, "-p", "no:cacheprovider", "--rootdir", str(folder)]
    variables = os.environ | {"CIVICGRAPH_DOCUMENTS": documents}
    return subprocess.run(command, cwd=folder, env=variables, capture_output=True, text=True, timeout=120)


def test_an_absent_folder_that_was_named_ends_the_run(tmp_path: Path) -> None:
    done = run(tmp_path, str(tmp_path / "nowhere"))
    assert done.returncode == WRONG_USE and f"CIVICGRAPH_DOCUMENTS={tmp_path / 'nowhere'} is no folder" in done.stderr


def test_a_run_says_first_where_the_article_is(tmp_path: Path) -> None:
    (tmp_path / "documents").mkdir()
    done = run(tmp_path, str(tmp_path / "documents"))
    assert f"article: {tmp_path / 'documents'}, in which every quote is found again" in done.stdout
    assert done.returncode == 1 and "cities-push-back-on-ice" in done.stdout  # not there, and not skipped either
