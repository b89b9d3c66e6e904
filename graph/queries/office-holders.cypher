/*
topic: People and groups
question: Who holds which office, and since when?
description: >
  Holders of offices, past and future ones too, with the dates that the source gives. With `of` the offices that a
  person holds, the holders of an office, or those of the offices that serve a territory.
parameters:
  of: {type: entity, required: false, description: "Id of a person, office or territory.", example: maryland}
columns:
  holder_id: Id of the person.
  holder: Name of the person.
  office_id: Id of the office.
  office: Its name.
  valid_from: Since when, as exact as the source says.
  until: End, if the source gives one.
  status: How the source puts the claim.
  standing: What has become of it by the time asked for.
*/
MATCH (c:Claim)-[:SUBJECT]->(p:Entity), (c)-[:OBJECT]->(o:Entity)
WHERE seek(c.by_relation, 'HOLDS_OFFICE') AND holds(c)
RETURN c.by_relation AS key, p.id AS holder_id, p.name AS holder, o.id AS office_id, o.name AS office,
       c.valid_from AS valid_from, c.valid_to AS until, c.status AS status, standing(c) AS standing

// with of
MATCH (x:Entity {id: $of}) WHERE live(x)
CALL (x) {
  RETURN x AS t, [] AS way
  UNION ALL
  MATCH (s:Claim {incoming: x.id + ' SERVES'})-[:SUBJECT]->(t:Entity) WHERE holds(s)
  RETURN t, [s] AS way
}
WITH t.id + ' HOLDS_OFFICE' AS ends, reduce(all = [], way IN collect(way) | all + way) AS via
touching(ends)
WITH c, via WHERE after(c.id) AND holds(c)
MATCH (c)-[:SUBJECT]->(p:Entity), (c)-[:OBJECT]->(o:Entity)
RETURN c.id AS key, p.id AS holder_id, p.name AS holder, o.id AS office_id, o.name AS office,
       c.valid_from AS valid_from, c.valid_to AS until, c.status AS status, standing(c) AS standing, cited([c] + via)
