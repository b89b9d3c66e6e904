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
MATCH (c:Claim)-[:SUBJECT]->(p:Entity), (c)-[:OBJECT]->(o:Entity)
WHERE seek(c.by_subject, $of, 'HOLDS_OFFICE') AND holds(c)
RETURN c.by_subject AS key, p.id AS holder_id, p.name AS holder, o.id AS office_id, o.name AS office,
       c.valid_from AS valid_from, c.valid_to AS until, c.status AS status, standing(c) AS standing
UNION ALL
MATCH (c:Claim)-[:SUBJECT]->(p:Entity), (c)-[:OBJECT]->(o:Entity)
WHERE seek(c.by_object, $of, 'HOLDS_OFFICE') AND holds(c)
RETURN c.by_object AS key, p.id AS holder_id, p.name AS holder, o.id AS office_id, o.name AS office,
       c.valid_from AS valid_from, c.valid_to AS until, c.status AS status, standing(c) AS standing
UNION ALL
MATCH (:Entity {id: $of})<-[:OBJECT]-(s:Claim {relation: 'SERVES'})-[:SUBJECT]->(o:Entity)
WHERE holds(s)
MATCH (o)<-[:OBJECT]-(c:Claim {relation: 'HOLDS_OFFICE'})-[:SUBJECT]->(p:Entity)
WHERE after(c.by_object) AND holds(c)
RETURN c.by_object AS key, p.id AS holder_id, p.name AS holder, o.id AS office_id, o.name AS office,
       c.valid_from AS valid_from, c.valid_to AS until, c.status AS status, standing(c) AS standing, cited([c, s])
