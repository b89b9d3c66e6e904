"""A test that needs what the machine lacks is skipped; where CI requires all to be there, it fails."""

import os
from typing import NoReturn

import pytest

from graph.jars import Jars


def skip_or_fail(reason: str, *variables: str) -> NoReturn:
    """Ends the test; as a failure where REQUIRE_ALL or one of these is set."""
    if any(os.environ.get(name) for name in ("REQUIRE_ALL", *variables)):
        pytest.fail(reason)
    pytest.skip(reason)


def require_jars(jars: Jars) -> None:
    """Ends the test where what these programs need is missing, such as Java or Maven."""
    if reason := jars.unavailable():
        skip_or_fail(reason)
