"""What is derived from the types, one artefact per file: each module has FILE, MEDIA_TYPE and render()."""

from pathlib import PurePosixPath
from types import ModuleType

from schema.derive import constraints, context, dictionary, jsonschema, ontology, shapes

ARTEFACTS: dict[str, ModuleType] = {
    "constraints": constraints,
    "ontology": ontology,
    "shapes": shapes,
    "context": context,
    "claims-schema": jsonschema,
    "dictionary": dictionary,
}

# Those that stand in the repository, where people and editors look for them.
PATHS: dict[str, PurePosixPath] = {
    "dictionary": PurePosixPath("schema", dictionary.FILE),
    "claims-schema": PurePosixPath("seed", jsonschema.FILE),
}

__all__ = ["ARTEFACTS", "PATHS"]
