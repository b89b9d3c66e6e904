/*
topic: The graph
question: Who or what has a name like this?
description: >
  Entities by name or alias, accents forgiven, best first, with up to three claims that name them; where no name is as
  written, those with at most one letter wrong, missing, too many or out of place in each word of four letters or more.
  What it costs grows with the number of names that have the words.
parameters:
  q: {type: text, required: true, description: "Words of the name.", example: mamdani}
  type: {type: entity-type, description: "Only entities of this type or a type below it.", example: Person}
ranked: true
columns:
  id: Id of the entity.
  name: Its name.
  type: Its most specific type.
*/
CALL db.index.fulltext.queryNodes($index, $lucene) YIELD node AS n
WHERE live(n) AND ($type IS NULL OR $type IN labels(n))
WITH n, reduce(worst = CASE WHEN n.search = $folded THEN 100 ELSE 300 END, t IN $terms | worst -
       CASE WHEN ' ' + n.search + ' ' CONTAINS ' ' + t + ' ' THEN 9 WHEN ' ' + n.search CONTAINS ' ' + t THEN 6 ELSE 1 END) AS rank
WITH n, toString(rank + 1000) + ' ' + n.id AS key
WHERE after(key)
WITH n, key ORDER BY key
WITH n, key WHERE named(n)
WITH n, key LIMIT $limit
RETURN key, n.id AS id, n.name AS name, n.type AS type, cited(naming(n)), shown([n])
