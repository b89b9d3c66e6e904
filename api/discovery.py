"""The modules of a folder, found by being there: adding a page or a command is adding its file."""

import pkgutil
from functools import cache
from importlib import import_module
from types import ModuleType


@cache
def modules(package: str) -> dict[str, ModuleType]:
    """Every module of the package by its short name, in the order of the names."""
    names = sorted(found.name for found in pkgutil.iter_modules(import_module(package).__path__))
    return {name: import_module(f"{package}.{name}") for name in names}
