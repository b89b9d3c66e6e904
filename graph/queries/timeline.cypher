/*
topic: Measures
question: What happened when?
description: >
  Dated claims in the order of their dates; on request those of one entity, the measures that apply in it, the offices
  and bodies that serve it and who holds them.
parameters:
  about: {type: entity, required: false, description: "Only what concerns this entity.", example: maryland}
columns:
  when: Date as exact as the source gives it.
  until: End, if the source gives one.
  subject_id: Id of the subject.
  subject: Its name.
  relation: Relation, read from subject to object.
  object_id: Id of the object; empty for a figure.
  object: Its name, or the value with its unit.
  detail: What exactly.
  status: How the source puts the claim.
  standing: What has become of it by the time asked for.
*/
MATCH (c:Claim)
WHERE seek(c.by_date) AND holds(c)
RETURN c.by_date AS key, c.valid_from AS when, c.valid_to AS until, statement(c)

// with about
MATCH (x:Entity {id: $about}) WHERE live(x)
CALL (x) {
  RETURN x AS t, [] AS way
  UNION ALL
  MATCH (x)<-[:OBJECT]-(l:Claim)-[:SUBJECT]->(t:Entity)
  WHERE l.relation IN ['APPLIES_IN', 'SERVES'] AND holds(l)
  RETURN t, [l] AS way
  UNION ALL
  MATCH (x)<-[:OBJECT]-(s:Claim {relation: 'SERVES'})-[:SUBJECT]->(:Entity)
        <-[:OBJECT]-(h:Claim {relation: 'HOLDS_OFFICE'})-[:SUBJECT]->(t:Entity) WHERE holds(s) AND holds(h)
  RETURN t, [s, h] AS way
}
MATCH (t)<-[:SUBJECT|OBJECT]-(c:Claim)
WHERE after(c.by_date) AND holds(c)
WITH c, reduce(all = [], way IN collect(way) | all + way) AS via
RETURN c.by_date AS key, c.valid_from AS when, c.valid_to AS until, statement(c), cited([c] + via)
