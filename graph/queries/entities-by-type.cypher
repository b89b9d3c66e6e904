/*
topic: The graph
question: Which entities of this type does the graph know?
description: >
  Entities that at least one claim names, type by type in the order of their ids, with up to three of those claims.
  With `id` these alone, as many of them as are known.
parameters:
  type: {type: entity-type, description: "Only entities of this type or a type below it.", example: AdvocacyGroup}
  id: {type: entities, required: false, description: "Only these: up to 400 ids, with commas or repeated.", example: "ice,new-york-city"}
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
// with id
UNWIND $id AS one
MATCH (n:Entity {id: one}) WHERE live(n) AND ($type IS NULL OR $type IN labels(n)) AND after(n.id) AND named(n)
RETURN n.id AS key, n.id AS id, n.name AS name, n.type AS type, cited(naming(n)), shown([n])
