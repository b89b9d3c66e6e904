/*
topic: Sources and claims
question: What is known for which city, and what is not?
description: >
  For each city and each kind of relation: how many claims are about the city, the offices that serve it and those who
  hold them, with up to three of the claims. Nought means that nothing is recorded, not that nothing exists.
columns:
  city_id: Id of the city.
  city: Its name.
  relation: Kind of relation.
  known: Number of claims.
*/
MATCH (x:Entity)
WHERE seek_from(x.by_type, 'Entity Jurisdiction City') AND live(x)
WITH x ORDER BY x.by_type LIMIT $limit
UNWIND ['ADVISES', 'APPLIES_IN', 'COOPERATES_WITH', 'HOLDS_OFFICE', 'INVITED', 'ISSUED', 'LOCATED_IN', 'OPPOSES',
        'PREPARES', 'SERVES', 'SIGNED', 'SUPPORTS', 'WARNED'] AS relation
WITH x, relation, x.by_type + ' ' + relation AS key
WHERE after(key)
WITH x, relation, key ORDER BY key LIMIT $limit
WITH x, collect(relation) AS relations
circle(x)
WITH x, relations, collect(DISTINCT CASE WHEN t:Organization THEN null ELSE t.id END) AS about
UNWIND relations AS relation
CALL (about, relation) {
  UNWIND about AS id
  WITH id + ' ' + relation AS ends
  touching(ends)
  WITH DISTINCT c WHERE holds(c)
  WITH c ORDER BY c.id
  RETURN collect(c) AS found
}
RETURN x.by_type + ' ' + relation AS key, x.id AS city_id, x.name AS city, relation, size(found) AS known,
       cited(found[..3]), shown([x])
