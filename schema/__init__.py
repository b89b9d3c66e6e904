"""What can be said: every entity type, every relation type, and what is derived from them."""

from schema import entities as _entities
from schema import figures as _figures
from schema import records as _records
from schema import relations as _relations
from schema.claims import Claim, Evidence
from schema.model import Entity

ENTITIES: dict[str, type[Entity]] = {
    name: cls
    for name, cls in vars(_entities).items()
    if isinstance(cls, type) and issubclass(cls, Entity) and cls is not Entity
}
RELATIONS: dict[str, type[Claim]] = {
    cls.relation(): cls
    for cls in (vars(_relations) | vars(_figures) | vars(_records)).values()
    if isinstance(cls, type) and issubclass(cls, Claim) and cls is not Claim
}

__all__ = ["ENTITIES", "RELATIONS", "Claim", "Entity", "Evidence"]
