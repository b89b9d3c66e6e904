/*
topic: Measures
question: What do these two cities have, side by side?
description: >
  Measures that apply in either city, the offices and bodies that serve it and who holds them, who advises it, those
  offices or their holders, and the groups of which it is a member; each with whether the other city has it too.
parameters:
  first: {type: entity, required: true, description: "Id of a city or other territory.", example: new-york-city}
  second: {type: entity, required: true, description: "Id of another one.", example: boston}
columns:
  relation: APPLIES_IN, SERVES, HOLDS_OFFICE, ADVISES or MEMBER_OF.
  other_id: Id of the measure, office, body, person or group.
  other: Its name.
  shared: Whether both have it, or the first or the second alone.
  city_id: Id of the city of this row.
  city: Its name.
  detail: What exactly.
  status: How the source puts the claim.
  standing: What has become of it by the time asked for.
*/
UNWIND [$first, $second] AS id
MATCH (x:Entity {id: id}) WHERE live(x)
circle(x)
WITH x, t, reduce(all = [], way IN collect(way) | all + way) AS via
CALL (x, t) {
  UNWIND CASE WHEN t <> x AND t:Organization THEN [] ELSE [' APPLIES_IN', ' SERVES', ' HOLDS_OFFICE', ' ADVISES'] END AS relation
  MATCH (c:Claim {incoming: t.id + relation})-[:SUBJECT]->(o:Entity) WHERE holds(c)
  RETURN c, o
  UNION ALL
  MATCH (c:Claim {outgoing: x.id + ' MEMBER_OF'})-[:OBJECT]->(o:Entity) WHERE t = x AND holds(c)
  RETURN c, o
}
WITH c.relation AS relation, o, collect(x.id) AS cities, collect({city: x, claim: c, way: via}) AS found
UNWIND found AS one
WITH relation, o, cities, one.city AS city, one.claim AS c, one.way AS via
WITH *, city.id + ' ' + c.id AS key
WHERE after(key)
RETURN key, relation, o.id AS other_id, o.name AS other,
       CASE WHEN $first IN cities AND $second IN cities THEN 'both' WHEN city.id = $first THEN 'first'
         ELSE 'second' END AS shared,
       city.id AS city_id, city.name AS city, c.detail AS detail, c.status AS status, standing(c) AS standing,
       cited([c] + via)
