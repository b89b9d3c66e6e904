/*
topic: Measures
question: Who made this measure, for which office and territory?
description: >
  Who issued, signed, sponsored or prepares the measure; and besides these themselves the offices that they hold, who
  holds them, and the territories that they serve.
parameters:
  measure: {type: entity, required: true, description: "Id of a measure or group of measures.", example: city-executive-orders}
columns:
  issuer_id: Id of who did it.
  issuer: Its name.
  relation: ISSUED, SIGNED, SPONSORED or PREPARES.
  actor_id: Id of the issuer, its office, the holder of the office, or the territory that it serves.
  actor: Its name.
  type: Its most specific type.
  valid_from: When, as exact as the source says.
  detail: What exactly.
  status: How the source puts the claim.
  standing: What has become of it by the time asked for.
*/
UNWIND making() AS relation
MATCH (c:Claim {incoming: $measure + relation})-[:SUBJECT]->(s:Entity) WHERE holds(c)
CALL (s) {
  RETURN s AS t, [] AS way
  UNION ALL
  MATCH (h:Claim {incoming: s.id + ' HOLDS_OFFICE'})-[:SUBJECT]->(t:Entity) WHERE holds(h)
  RETURN t, [h] AS way
  UNION ALL
  UNWIND [' HOLDS_OFFICE', ' SERVES'] AS relation
  MATCH (h:Claim {outgoing: s.id + relation})-[:OBJECT]->(t:Entity) WHERE holds(h)
  RETURN t, [h] AS way
  UNION ALL
  MATCH (h:Claim {outgoing: s.id + ' HOLDS_OFFICE'}) WHERE holds(h)
  MATCH (r:Claim {outgoing: h.object + ' SERVES'})-[:OBJECT]->(t:Entity) WHERE holds(r)
  RETURN t, [h, r] AS way
}
WITH c, s, t, reduce(all = [], way IN collect(way) | all + way) AS via, c.id + ' ' + t.id AS key
WHERE after(key)
RETURN key, s.id AS issuer_id, s.name AS issuer, c.relation AS relation, t.id AS actor_id, t.name AS actor,
       t.type AS type, c.valid_from AS valid_from, c.detail AS detail, c.status AS status, standing(c) AS standing,
       cited([c] + via)
