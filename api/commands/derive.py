"""`civicgraph derive`: write what follows from the types and from the headers of the queries."""

import argparse
from pathlib import Path

from api.commands import DONE, Command
from graph import catalogue
from graph.query import read_queries
from schema.derive import ARTEFACTS, PATHS

ROOT = Path(__file__).parent.parent.parent


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--folder", type=Path, help="all artefacts go here; without it those kept in the repository")


def _run(given: argparse.Namespace) -> int:
    texts = {ROOT / path: ARTEFACTS[name].render() for name, path in PATHS.items()}
    texts[catalogue.FILE] = catalogue.render(read_queries())
    if given.folder:
        texts = {given.folder / artefact.FILE: artefact.render() for artefact in ARTEFACTS.values()}
    for target, text in texts.items():
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
        print(target)
    return DONE


COMMAND = Command("Write what is derived from the types.", "--folder build/schema", _run, _arguments)
