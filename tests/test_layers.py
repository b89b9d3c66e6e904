"""The house keeps its plan: who may import whom, how long things may be, how they may be called."""

import ast
import re
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SEES = {
    "schema": {"schema"},
    "graph": {"schema", "graph"},
    "seed": {"schema", "graph", "seed"},
    "api": {"schema", "graph", "api"},
    "bench": {"schema", "graph", "seed", "api", "bench"},
}
COMMAND = "api/commands/"
# Inside `api`, the lowest floor first: a module imports what lies on floors below its own, or in its own room.
FLOORS = (
    ("api.texts", "api.discovery", "api.signals", "api.console", "api.ahead", "api.whole_file"),
    ("api.place", "api.site"),
    ("api.around", "api.formats.columns", "api.formats.links", "api.formats.wording"),
    ("api.pages.foot",),
    ("api.pages.rendering",),
    ("api.opening", "api.pages.spot", "api.pages.fields", "api.pages.explored"),
    ("api.pages.sentence",),
    ("api.pages.rows", "api.pages.frame", "api.pages.pictures"),
    ("api.pages.answer",),  # the page of an answer is one of the formats
    ("api.formats",),
    ("api.pages", "api.negotiate", "api.memento", "api.middleware", "api.compression", "api.health", "api.terminal"),
    ("api.things", "api.profiles", "api.dumps"),
    ("api.errors", "api.answer"),
    ("api.openapi", "api.line", "api.described"),
    ("api.sparql",),
    ("api.protocol",),
    ("api.pages.docs",),  # it tells the limits of the server
    ("api.endpoints",),
    ("api.app",),
    ("api.serve", "api.starting"),
    ("api.commands",),
    ("api.__main__",),
)
VAGUE = {"base", "common", "core", "helper", "helpers", "manager", "managers", "misc", "service", "services"}
VAGUE |= {"util", "utils", "tools"}

MOST_LINES, MOST_FUNCTION_LINES, MOST_PARAMETERS = 250, 40, 6


def modules(*folders: str) -> list[str]:
    found = (path for folder in folders for path in ROOT.joinpath(folder).rglob("*.py"))
    return sorted(path.relative_to(ROOT).as_posix() for path in found)


MODULES, TESTS = modules(*SEES), modules("tests")
each_module = pytest.mark.parametrize("module", MODULES)

Function = ast.FunctionDef | ast.AsyncFunctionDef


def tree(module: str) -> ast.Module:
    return ast.parse((ROOT / module).read_text(encoding="utf-8"), module)


def imported(module: str) -> Iterator[str]:
    """Full names of the modules it imports, wherever in it."""
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module if node.module and not node.level else module.partition("/")[0]


def functions(module: str) -> Iterator[Function]:
    return (node for node in ast.walk(tree(module)) if isinstance(node, Function))


def test_there_is_a_house() -> None:
    assert {module.partition("/")[0] for module in MODULES} >= {"schema", "graph", "seed", "api"}


@each_module
def test_a_module_imports_only_layers_below_its_own(module: str) -> None:
    ours = {name.partition(".")[0] for name in imported(module)} & SEES.keys()
    allowed = SEES["bench"] - {"bench"} if module.startswith(COMMAND) else SEES[module.partition("/")[0]]
    assert ours <= allowed


def dotted(module: str) -> str:
    return module.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


NAMES = {dotted(module) for module in MODULES}


def drawn(module: str) -> set[str]:
    """Our modules that it imports: `from api import errors` draws `api.errors`."""
    nodes = list(ast.walk(tree(module)))
    found = {name.name for node in nodes if isinstance(node, ast.Import) for name in node.names}
    for node in nodes:
        if isinstance(node, ast.ImportFrom) and node.module:
            names = {f"{node.module}.{name.name}" for name in node.names}
            found |= {name if name in NAMES else node.module for name in names}
    return found & NAMES


def test_no_modules_import_each_other_in_a_circle() -> None:
    order = TopologicalSorter({dotted(module): drawn(module) for module in MODULES})
    assert set(order.static_order()) >= NAMES


def room(name: str) -> str:
    """The most exact entry of FLOORS that the module falls under."""
    known = (entry for floor in FLOORS for entry in floor)
    return max((entry for entry in known if f"{name}.".startswith(f"{entry}.")), key=len)


@pytest.mark.parametrize("module", [m for m in MODULES if m.startswith("api/") and m != "api/__init__.py"])
def test_a_door_imports_only_what_lies_below_it(module: str) -> None:
    floors = {entry: number for number, floor in enumerate(FLOORS) for entry in floor}
    own = room(dotted(module))
    inner = {name for name in drawn(module) if name.startswith("api.")}
    assert {name for name in inner if room(name) != own and floors[room(name)] >= floors[own]} == set()


@pytest.mark.parametrize("module", [m for m in MODULES if re.match(r"schema/\w+\.py", m)])
def test_the_types_do_not_know_what_is_derived_from_them(module: str) -> None:
    assert [name for name in imported(module) if name.startswith("schema.derive")] == []


@each_module
def test_a_module_opens_with_a_sentence_that_says_what_it_is(module: str) -> None:
    opening = (ast.get_docstring(tree(module)) or "").split("\n\n")[0]
    assert re.fullmatch(r"\S.*\.", opening, re.DOTALL)


@each_module
def test_a_module_is_short(module: str) -> None:
    assert (ROOT / module).read_text(encoding="utf-8").count("\n") <= MOST_LINES


@each_module
def test_a_function_is_short_and_takes_few_parameters(module: str) -> None:
    long = {f.name: lines for f in functions(module) if (lines := length(f)) > MOST_FUNCTION_LINES}
    wide = {f.name: count for f in functions(module) if (count := parameters(f)) > MOST_PARAMETERS}
    assert (long, wide) == ({}, {})


def length(function: Function) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def parameters(function: Function) -> int:
    """How many a caller sees."""
    given = function.args
    names = [argument.arg for argument in (*given.posonlyargs, *given.args, *given.kwonlyargs)]
    return len(names) - (names[:1] in (["self"], ["cls"]))


@each_module
def test_no_name_says_nothing(module: str) -> None:
    classes = [node.name for node in ast.walk(tree(module)) if isinstance(node, ast.ClassDef)]
    words = {word.lower() for name in classes for word in re.findall(r"[A-Z][a-z]*", name)[-1:]}
    words |= set(re.split(r"[/._]+", module))
    assert words & VAGUE == set()


@each_module
def test_every_marker_of_unfinished_work_is_gone(module: str) -> None:
    assert re.findall(r"\b(?:TODO|FIXME|XXX|HACK)\b", (ROOT / module).read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("module", TESTS)
def test_tests_lie_flat_and_replace_nothing_of_ours_by_mocks(module: str) -> None:
    # A package `tests/schema` would hide our own `schema`.
    assert re.fullmatch(r"tests/(?!__init__)\w+\.py", module)
    assert not {name for name in imported(module) if "mock" in name.split(".")}
