"""The command `civicgraph`: its verbs are the files of `api/commands`."""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib.metadata import version

from api.commands import ABSENT, DONE, FAULTY, INTERRUPTED, MISUSED, UNAVAILABLE, Command, Misused
from api.console import fail
from api.discovery import modules
from api.serve import PortInUse
from graph.errors import BadRequest, GraphError, NotFound, NotReadable
from schema.packed_file import Spoilt

COMMANDS: dict[str, Command] = {name: module.COMMAND for name, module in modules("api.commands").items()}

DESCRIPTION = (
    "A sourced knowledge graph: load claims, query, serve. Exit codes: 0 done, 1 faults in the files, 2 wrong use, "
    "3 store or port not to be had, 4 no such thing."
)


def read_arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    """What was asked for, with the verb in `command`; a wrong use ends the process with code 2."""
    parser = argparse.ArgumentParser(prog="civicgraph", description=DESCRIPTION)
    parser.add_argument("--version", action="version", version=f"civicgraph {version('civicgraph')}")
    verbs = parser.add_subparsers(required=True, metavar="COMMAND", dest="command")
    for name, about in COMMANDS.items():
        example = f"example: civicgraph {name} {about.example}"
        about.arguments(verbs.add_parser(name, help=about.help, description=about.help, epilog=example))
    given, rest = parser.parse_known_args(arguments)
    # argparse gives up on words after an option that follows the first of them
    if "parameters" in given and not any(word.startswith("-") for word in rest):
        given.parameters += rest
    elif rest:
        parser.error(f"unrecognized arguments: {' '.join(rest)}")
    return given


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 done, 1 faults in the files, 2 wrong use, 3 store or port not to be had, 4 no such thing."""
    given = read_arguments(arguments)
    try:
        code = COMMANDS[given.command].run(given)
        sys.stdout.flush()
        return code
    except (BadRequest, Misused) as error:
        return fail(MISUSED, error)
    except NotFound as error:
        return fail(ABSENT, error, *(f"near: {each}" for each in error.near))
    except NotReadable as error:
        return fail(FAULTY, error)
    except Spoilt as error:
        return fail(FAULTY, f"{error.filename}: {error}")
    except (GraphError, PortInUse) as error:
        return fail(UNAVAILABLE, error)
    except BrokenPipeError:  # whoever reads has read enough, such as `head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except OSError as error:
        told = error.strerror or str(error)
        return fail(MISUSED, f"{error.filename}: {told}" if error.filename else told)
    except KeyboardInterrupt:
        return DONE if given.command == "serve" else INTERRUPTED


if __name__ == "__main__":
    sys.exit(main())
