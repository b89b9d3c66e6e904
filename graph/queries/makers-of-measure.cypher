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
MATCH (:Entity {id: $measure})<-[:OBJECT]-(c:Claim)-[:SUBJECT]->(s:Entity)
WHERE making(c)
CALL (s) {
  RETURN s AS t, [] AS way
  UNION ALL
  MATCH (s)<-[:OBJECT]-(h:Claim {relation: 'HOLDS_OFFICE'})-[:SUBJECT]->(t:Entity) WHERE holds(h)
  RETURN t, [h] AS way
  UNION ALL
  MATCH (s)<-[:SUBJECT]-(h:Claim)-[:OBJECT]->(t:Entity) WHERE h.relation IN ['HOLDS_OFFICE', 'SERVES'] AND holds(h)
  RETURN t, [h] AS way
  UNION ALL
  MATCH (s)<-[:SUBJECT]-(h:Claim {relation: 'HOLDS_OFFICE'})-[:OBJECT]->(:Entity)
        <-[:SUBJECT]-(r:Claim {relation: 'SERVES'})-[:OBJECT]->(t:Entity) WHERE holds(h) AND holds(r)
  RETURN t, [h, r] AS way
}
WITH c, s, t, reduce(all = [], way IN collect(way) | all + way) AS via, c.id + ' ' + t.id AS key
WHERE after(key)
RETURN key, s.id AS issuer_id, s.name AS issuer, c.relation AS relation, t.id AS actor_id, t.name AS actor,
       t.type AS type, c.valid_from AS valid_from, c.detail AS detail, c.status AS status, standing(c) AS standing,
       cited([c] + via)
