"""The settings: read once from the environment, then passed on."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

_HOST = r"(\[[0-9A-Fa-f:.]+\]|[^\s/?#@:\[\]]+)(:\d{1,5})?"
# Where text can be of the right kind and still be none: what it must look like, and what would be right.
_SECONDS = (r"0*[1-9]\d{0,5}(\.\d+)?|0+\.0*[1-9]\d*", "a number of seconds such as 10 or 0.5")
_FORMS = {
    "store": ("embedded|neo4j", "embedded or neo4j"),
    "neo4j_uri": (rf"(neo4j|bolt)(\+s|\+ssc)?://{_HOST}(/?(\?\S*)?)", "an address such as neo4j://127.0.0.1:7687"),
    "base_iri": (
        rf"https?://{_HOST}(/([^\s?#<>\"{{}}|\\^`\[\]%]|%[0-9A-Fa-f]{{2}})*)?",
        "an address such as https://graph.example.org/, without ? and #",
    ),
    "query_seconds": _SECONDS,
    "sparql_seconds": _SECONDS,
}


@dataclass(frozen=True)
class Settings:
    """Each field is the environment variable of the same name in capitals.

    `store` says which store is started, the embedded engine where it is empty; where `neo4j_uri` names one, none is.
    Without a reader's login of its own, which needs a Neo4j that has roles, answers are read with the writer's.
    """

    store: str = ""
    neo4j_uri: str = ""
    neo4j_username: str = "neo4j"
    neo4j_password: str = ""
    neo4j_reader_username: str = ""
    neo4j_reader_password: str = ""
    neo4j_database: str = "neo4j"
    civicgraph_data: Path = Path("data")
    civicgraph_documents: Path = Path("../shared")
    civicgraph_dumps: Path = Path("dumps")
    base_iri: str = ""
    query_seconds: float = 10.0
    sparql_seconds: float = 10.0

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Settings":
        """Settings from variables that are set and not empty; a bad value raises ValueError naming the variable."""
        given: dict[str, Any] = {}
        kinds: dict[str, type[Any]] = {f.name: type(f.default) for f in fields(cls)}
        for name, kind in kinds.items():
            if text := environment.get(name.upper(), ""):
                try:
                    given[name] = kind(text)
                except ValueError:
                    raise ValueError(f"{name.upper()}={text!r} must be a {kind.__name__}") from None
                form, right = _FORMS.get(name, ("(?s:.*)", ""))
                if not re.fullmatch(form, text):
                    raise ValueError(f"{name.upper()}={text!r} must be {right}")
        return cls(**given)

    @property
    def writer(self) -> tuple[str, str]:
        """Login of loaders."""
        return self.neo4j_username, self.neo4j_password

    @property
    def reader(self) -> tuple[str, str]:
        """Login of everything else."""
        if not self.neo4j_reader_username:
            return self.writer
        return self.neo4j_reader_username, self.neo4j_reader_password
