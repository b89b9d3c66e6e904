"""The command line: one subcommand a task, each with an example."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from api.formats import FORMATS

DESCRIPTION = (
    "A sourced knowledge graph: load claims, ask, serve. Exit codes: 0 done, 1 faults in the data, 2 wrong use, \
3 store or port not to be had, 4 no such thing."
)


def read_arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    """What was asked for, with the subcommand's name in `command`; a wrong use ends the process with code 2."""
    parser = argparse.ArgumentParser(prog="civicgraph", description=DESCRIPTION)
    _add_commands(parser)
    given, rest = parser.parse_known_args(arguments)
    # argparse gives up on `name=value` after an option that follows the query's name.
    if given.command == "ask" and not any(word.startswith("-") for word in rest):
        given.parameters += rest
    elif rest:
        parser.error(f"unrecognized arguments: {' '.join(rest)}")
    return given


def _add_commands(parser: argparse.ArgumentParser) -> None:
    commands = parser.add_subparsers(required=True, metavar="COMMAND", dest="command")

    def command(name: str, text: str, example: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=text, description=text, epilog=f"example: civicgraph {name} {example}")

    added = command("serve", "Start the store, load the seed, answer over HTTP.", "--port 8001")
    added.add_argument("--host", default="127.0.0.1")
    added.add_argument("--port", type=_port, default=8000)
    added = command("load", "Bring the store to what claims files say.", "seed/claims")
    added.add_argument("paths", nargs="*", type=Path)
    added = command("check", "Find every fault of claims files; write nothing.", "seed/claims")
    added.add_argument("paths", nargs="*", type=Path)
    added = command("verify", "Find every quote again in its document.", "--documents ../shared/documents")
    added.add_argument("paths", nargs="*", type=Path)
    added.add_argument("--documents", type=Path, required=True)
    added = command("ask", "Ask a named query; without a name, list them.", "groups-advising-mayors --format csv")
    added.add_argument("query", nargs="?")
    added.add_argument("parameters", nargs="*", metavar="name=value", help="such as as_of=2026")
    added.add_argument("--format", default="json", choices=FORMATS)
    added = command(
        "export", "Write all claims but those superseded or retracted to a file.", "--format ttl --output graph.ttl"
    )
    added.add_argument("--format", default="ttl", choices=FORMATS)
    added.add_argument("--output", type=Path, required=True)
    added = command("derive", "Write what is derived from the types.", "--folder build/schema")
    added.add_argument("--folder", type=Path, help="all artefacts go here; without it those kept in the repository")
    command("status", "Say what the store holds.", "")


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is no port; give a number from 0 (any free one) to 65535")
    return int(text)
