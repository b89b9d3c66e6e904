/*
topic: The graph
question: Which entities of this type does the graph know?
description: >
  Entities that at least one claim names, in the order of their ids, with up to three of those claims.
parameters:
  type: {type: entity-type, description: "Only entities of this type or a type below it.", example: AdvocacyGroup}
columns:
  id: Id of the entity.
  name: Its name.
  type: Its most specific type.
*/
MATCH (n:Entity)
WHERE seek(n.id) AND live(n) AND ($type IS NULL OR $type IN labels(n)) AND named(n)
RETURN n.id AS key, n.id AS id, n.name AS name, n.type AS type, cited(naming(n)), shown([n])
