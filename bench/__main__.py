"""Runs the figures and prints them as one table: `python -m bench --help`."""

import argparse
import asyncio
import os
import platform
import sys
import tempfile
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from bench import exporting, importing, pages, reading, serialising, starting, writing
from bench.browser import chromium
from bench.made_up import made_up
from bench.measure import Figure, print_table, spin
from bench.stores import STORES
from graph.neo4j_server import JARS
from graph.write import load

PACKAGES = ("arcadedb-embedded", "neo4j", "neo4j-rust-ext", "fastapi", "uvicorn", "pydantic", "orjson", "rdflib")
FIGURES = ("reading", "writing", "serialising", "exporting", "starting", "pages", "importing")
DRIFT = 0.1


def main() -> int:
    """Run what was asked for; 1 if the machine was too busy for the figures to count."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--claims", type=int, default=20_000, help="size of the made-up graph")
    parser.add_argument("--pairs", type=int, default=15, help="rounds in which the sides take turns")
    parser.add_argument("--serialised", type=int, default=3_000, help="claims in the answer that is written as RDF")
    parser.add_argument("--stores", nargs="+", choices=STORES, default=list(STORES))
    parser.add_argument("--figures", nargs="+", choices=FIGURES, default=list(FIGURES))
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="public data to import")
    given = parser.parse_args()
    print(*_surroundings(), sep="\n", flush=True)
    before = spin()
    found = asyncio.run(_all(given))
    after = spin()
    print()
    print_table(found)
    quiet = abs(after / before - 1) < DRIFT
    print(f"\nspin before {before:.3f} s, after {after:.3f} s" + ("" if quiet else ": the machine was NOT quiet"))
    return 0 if quiet else 1


def _surroundings() -> list[str]:
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    return [
        f"{datetime.now(UTC):%Y-%m-%d}; {_processor()}, {os.cpu_count()} cores, load {load}",
        f"Python {platform.python_version()}, Neo4j {JARS.version}, "
        + ", ".join(f"{name} {version(name)}" for name in PACKAGES),
    ]


def _processor() -> str:
    told = Path("/proc/cpuinfo")
    lines = told.read_text(encoding="utf-8").splitlines() if told.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor()


async def _all(given: argparse.Namespace) -> list[Figure]:
    found = []
    with tempfile.TemporaryDirectory() as folder:
        async for figure in _figures(given, Path(folder)):
            print(f"{figure.name}, {figure.store}: {figure.measured}", file=sys.stderr, flush=True)
            found.append(figure)
    return found


async def _figures(given: argparse.Namespace, folder: Path) -> AsyncIterator[Figure]:
    if "starting" in given.figures:
        for figure in starting.figures(folder):
            yield figure
    if "pages" in given.figures:
        if chromium():
            async for figure in pages.figures(folder, given.pairs):
                yield figure
        else:
            print("left out: chromium is not installed")
    for name in given.stores:
        if name == "neo4j" and (reason := JARS.unavailable()):
            print(f"left out: {reason}")
            continue
        async for figure in _on_store(name, given, folder):
            yield figure


async def _on_store(name: str, given: argparse.Namespace, folder: Path) -> AsyncIterator[Figure]:
    file = made_up(given.claims)
    async with STORES[name](folder) as store:
        if "importing" in given.figures and given.data.is_dir():
            async for figure in importing.figures(store, given.data, folder, given.pairs):
                yield figure
        elif "importing" in given.figures:
            print(f"left out: there is no {given.data} to import")
        if "writing" in given.figures:
            async for figure in writing.figures(store, file, given.pairs):
                yield figure
        if {"reading", "exporting", "serialising"}.isdisjoint(given.figures):
            return
        await store.clear()
        await load(store.writer, [file], writing.NOW)
        if "reading" in given.figures:
            async for figure in reading.figures(store, given.pairs):
                yield figure
        if "exporting" in given.figures:
            async for figure in exporting.figures(store, folder, given.pairs):
                yield figure
        if "serialising" in given.figures and store.embedded:
            async for figure in serialising.figures(store.writer, given.serialised, given.pairs):
                yield figure


if __name__ == "__main__":
    sys.exit(main())
