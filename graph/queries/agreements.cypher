/*
topic: Measures
question: Which agreements are there, between whom, and what ends them?
description: >
  The parties of agreements, and what ended them or, where the status is planned or hedged, would. With `of` those of
  this agreement, or of every agreement to which this body, a part of it or a group to which it belongs is a party, or
  which this measure or actor ends.
parameters:
  of: {type: entity, required: false, description: "Id of an agreement, party or measure.", example: ice}
  resolve:
    type: flag
    required: false
    description: "Follow reviewed judgements to what other sources call it, and tell them in each row: true or false."
    example: true
    default: false
columns:
  agreement_id: Id of the agreement or group of agreements.
  agreement: Its name.
  relation: PARTY_TO or TERMINATES.
  actor_id: Id of the party, or of who or what ends the agreement.
  actor: Its name.
  valid_from: Since when, as exact as the source says.
  until: End, if the source gives one.
  detail: What exactly.
  status: How the source puts the claim.
  standing: What has become of it by the time asked for.
  resolved: With `resolve`, the judgements that lead to the agreement, each its verdict and what it leads to.
*/
MATCH (c:Claim)-[:OBJECT]->(a:Entity), (c)-[:SUBJECT]->(s:Entity)
WHERE seek(c.by_relation, 'PARTY_TO|TERMINATES') AND holds(c)
RETURN c.by_relation AS key, a.id AS agreement_id, a.name AS agreement, c.relation AS relation, s.id AS actor_id,
       s.name AS actor, c.valid_from AS valid_from, c.valid_to AS until, c.detail AS detail, c.status AS status,
       standing(c) AS standing, [] AS resolved

// with of
MATCH (c:Claim)-[:OBJECT]->(a:Entity), (c)-[:SUBJECT]->(s:Entity)
WHERE seek(c.by_object, $of, 'PARTY_TO|TERMINATES') AND holds(c)
RETURN c.by_object AS key, a.id AS agreement_id, a.name AS agreement, c.relation AS relation, s.id AS actor_id,
       s.name AS actor, c.valid_from AS valid_from, c.valid_to AS until, c.detail AS detail, c.status AS status,
       standing(c) AS standing, [] AS resolved
UNION ALL
MATCH (x:Entity {id: $of}) WHERE live(x)
belonging(x)
UNWIND [' PARTY_TO', ' TERMINATES'] AS relation
MATCH (p:Claim {outgoing: t.id + relation})-[:OBJECT]->(a:Entity) WHERE holds(p)
WITH a, p, via, verdicts ORDER BY p.id
WITH a, reduce(all = [], way IN collect(via + p) | all + way) AS via,
     reduce(all = [], told IN collect(verdicts) | all + [each IN told WHERE NOT each IN all]) AS verdicts
UNWIND [' PARTY_TO', ' TERMINATES'] AS relation
MATCH (c:Claim {incoming: a.id + relation})-[:SUBJECT]->(s:Entity) WHERE after(c.by_object) AND holds(c)
RETURN c.by_object AS key, a.id AS agreement_id, a.name AS agreement, c.relation AS relation, s.id AS actor_id,
       s.name AS actor, c.valid_from AS valid_from, c.valid_to AS until, c.detail AS detail, c.status AS status,
       standing(c) AS standing, verdicts AS resolved, cited([c] + via)
