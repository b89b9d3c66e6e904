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
WHERE x.by_type > 'Entity Jurisdiction City ' AND x.by_type < 'Entity Jurisdiction City!' AND x.id + ' ~' > $after
  AND live(x)
WITH x ORDER BY x.by_type LIMIT $limit
UNWIND ['ADVISES', 'APPLIES_IN', 'COOPERATES_WITH', 'HOLDS_OFFICE', 'INVITED', 'ISSUED', 'LOCATED_IN', 'OPPOSES',
        'PREPARES', 'SERVES', 'SIGNED', 'SUPPORTS', 'WARNED'] AS relation
WITH x, relation, x.id + ' ' + relation AS key
WHERE after(key)
WITH x, relation, key ORDER BY key LIMIT $limit
CALL (x, relation) {
  circle(x)
  UNWIND CASE WHEN t:Organization THEN [] ELSE [t.id + ' ' + relation] END AS ends
  touching(ends)
  WITH DISTINCT c WHERE holds(c)
  WITH c ORDER BY c.id
  RETURN collect(c) AS found
}
RETURN key, x.id AS city_id, x.name AS city, relation, size(found) AS known, cited(found[..3]), shown([x])
