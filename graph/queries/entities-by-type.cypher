/*
topic: The graph
question: Which entities of this type does the graph know?
description: >
  Entities that at least one claim names, type by type in the order of their ids, with up to three of those claims.
parameters:
  type: {type: entity-type, description: "Only entities of this type or a type below it.", example: AdvocacyGroup}
columns:
  id: Id of the entity.
  name: Its name.
  type: Its most specific type.
*/
MATCH (n:Entity)
WHERE seek(n.by_type, $path) AND live(n) AND named(n)
RETURN n.by_type AS key, n.id AS id, n.name AS name, n.type AS type, cited(naming(n)), shown([n])
UNION ALL
MATCH (n:Entity)
WHERE seek(n.by_type, $several) AND live(n) AND $type IN labels(n) AND named(n)
RETURN n.by_type AS key, n.id AS id, n.name AS name, n.type AS type, cited(naming(n)), shown([n])
