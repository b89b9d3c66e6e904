"""The set-up keeps its promises: locks with hashes and no address, a compose file that keeps Bolt private."""

import json
import os
import re
import shutil
import subprocess
import tomllib
from collections.abc import Iterable
from importlib.metadata import packages_distributions, version
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement

from tests.required import skip_or_fail

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent
LOCKS = sorted(ROOT.glob("*.lock"))
NEIGHBOURS = ROOT / "tests" / "neighbours" / "requirements.lock"  # of an environment of its own
PACKAGES = ("schema", "graph", "seed", "api")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
ADDRESS = r"registry\.npmjs|files\.pythonhosted|pypi\.org|repo1?\.maven|deb\.debian"
MACHINE_PATH = r"(^|[^[:alnum:]_.-])/(work|root|farm|home|Users)/"


def entries(lock: Path) -> list[str]:
    """The lines that belong together in a lock: one package in one version, and its hashes."""
    return re.split(r"^(?=[a-z0-9])", lock.read_text(), flags=re.MULTILINE)[1:]


def git(*arguments: str) -> str:
    """What git prints; `git grep` exits with 1 where it finds nothing."""
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode in (0, 1), done.stderr
    return done.stdout


def compose_services() -> dict[str, Any]:
    return dict(yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"])


def validate(compose: list[str], password: str) -> str:
    """What the compose command has against the file; empty if nothing."""
    environment = os.environ | {"NEO4J_PASSWORD": password}
    command = [*compose, "config", "--quiet"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    return done.stderr if done.returncode else ""


@pytest.fixture
def compose() -> list[str]:
    """The compose command at hand; without one the test is skipped, or fails where it is required."""
    for command in (["docker-compose"], ["docker", "compose"]):
        answers = [*command, "version"]
        if shutil.which(command[0]) and subprocess.run(answers, capture_output=True).returncode == 0:
            return command
    skip_or_fail("neither docker-compose nor docker compose is installed")


@pytest.mark.parametrize("lock", [*LOCKS, NEIGHBOURS], ids=lambda lock: lock.name)
def test_every_package_of_a_lock_has_a_version_and_a_hash(lock: Path) -> None:
    pinned = re.compile(r"[\w.-]+==\S+( ;.*)? \\\n +--hash=sha256:[0-9a-f]{64}")
    assert entries(lock) and [entry for entry in entries(lock) if not pinned.match(entry)] == []


@pytest.mark.parametrize("lock", [*LOCKS, NEIGHBOURS], ids=lambda lock: lock.name)
def test_a_lock_names_no_address(lock: Path) -> None:
    assert not re.findall(r"://|--(?:index|extra-index|find-links)\S*", lock.read_text())


def test_the_locks_hold_the_same_versions() -> None:
    whole = {entry.split()[0] for entry in entries(ROOT / "requirements-dev.lock")}
    assert {entry.split()[0] for lock in LOCKS for entry in entries(lock)} == whole


def test_the_locks_hold_what_pyproject_asks_for() -> None:
    extras = PROJECT["optional-dependencies"]
    asked = map(Requirement, [*PROJECT["dependencies"], *extras["embedded"], *extras["test"]])
    assert unmet(asked, ROOT / "requirements-dev.lock") == []


def test_the_lock_of_those_who_judge_holds_what_is_asked_for() -> None:
    lines = NEIGHBOURS.with_suffix(".in").read_text().splitlines()
    assert unmet(map(Requirement, (line for line in lines if not line.startswith("#"))), NEIGHBOURS) == []


def unmet(asked: Iterable[Requirement], lock: Path) -> list[str]:
    """Names of what the lock does not hold in a fitting version."""
    held = [entry.split()[0].split("==") for entry in entries(lock)]
    met = {r.name: any(r.name.lower() == name and v in r.specifier for name, v in held) for r in asked}
    return [name for name, is_met in met.items() if not is_met]


@pytest.mark.parametrize("package", PACKAGES)
def test_every_file_that_a_package_reads_is_installed_with_it(package: str) -> None:
    globs = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]["package-data"].get(package, [])
    found = (file for pattern in globs for file in ROOT.joinpath(package).glob(pattern))
    installed = {file.relative_to(ROOT).as_posix() for file in found}
    made_into_dist = re.compile(r"api/web/(explorer|sparql)/(?!dist/)")
    tracked = [file for file in git("ls-files", package).splitlines() if not made_into_dist.match(file)]
    assert [file for file in tracked if not file.endswith((".py", ".md")) and file not in installed] == []


@pytest.mark.parametrize("folder", ["tests/js", "tests/traversal", "api/web/explorer", "api/web/sparql"])
def test_a_javascript_lock_has_hashes_and_no_address(folder: str) -> None:
    packages = json.loads((ROOT / folder / "package-lock.json").read_text())["packages"]
    libraries = {path: entry for path, entry in packages.items() if path}
    assert libraries and all("integrity" in entry and "resolved" not in entry for entry in libraries.values())


@pytest.mark.parametrize("pattern", [ADDRESS, MACHINE_PATH], ids=["registry", "machine path"])
def test_no_tracked_file_names_a_package_registry_or_a_path_of_one_machine(pattern: str) -> None:
    assert git("grep", "-nIE", pattern) == ""


def test_nothing_installed_takes_the_name_of_one_of_our_packages() -> None:
    owners = packages_distributions()
    assert {owner for name in PACKAGES for owner in owners.get(name, [])} <= {"civicgraph"}


def test_the_newest_entry_of_the_changelog_is_the_version_of_the_package() -> None:
    newest = re.search(r"^## \[?(\d[^\s\]]*)", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert newest and newest[1] == PROJECT["version"] == version("civicgraph")


def test_compose_accepts_the_file(compose: list[str]) -> None:
    assert validate(compose, password="eight-or-more") == ""


def test_compose_asks_for_a_password(compose: list[str]) -> None:
    assert "name a password of eight or more characters" in validate(compose, password="")


def test_compose_publishes_the_api_on_loopback_and_the_store_nowhere() -> None:
    services = compose_services()
    assert "ports" not in services["neo4j"]
    assert all(str(port).startswith("127.0.0.1:") for s in services.values() for port in s.get("ports", []))


@pytest.mark.parametrize("name", sorted(compose_services()))
def test_a_service_has_a_memory_limit_and_no_privileges(name: str) -> None:
    service = compose_services()[name]
    assert service["cap_drop"] == ["ALL"] and "no-new-privileges:true" in service["security_opt"]
    assert service["mem_limit"] and service["pids_limit"]
