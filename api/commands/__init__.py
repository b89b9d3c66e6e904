"""The verbs of the command `civicgraph`, one file each: `COMMAND` in it is the whole declaration."""

import argparse
import os
from collections.abc import Callable
from dataclasses import dataclass

from graph.settings import Settings

DONE, FAULTY, MISUSED, UNAVAILABLE, ABSENT, INTERRUPTED = 0, 1, 2, 3, 4, 130


class Misused(Exception):
    """The command cannot do what it was told to, and nothing was begun."""


def _none(parser: argparse.ArgumentParser) -> None:
    pass


@dataclass(frozen=True)
class Command:
    """`help` is a sentence, `example` what can follow the verb; `run` returns the exit code."""

    help: str
    example: str
    run: Callable[[argparse.Namespace], int]
    arguments: Callable[[argparse.ArgumentParser], None] = _none


def settings() -> Settings:
    """What the environment says; Misused names a value that is none."""
    try:
        return Settings.from_environment()
    except ValueError as error:
        raise Misused(error) from None


def base(given: Settings, otherwise: str = "") -> str:
    """What identifiers begin with, ending in `/`."""
    found = given.base_iri or otherwise or f"http://127.0.0.1:{os.environ.get('PORT', '8000')}"
    return found.rstrip("/") + "/"
