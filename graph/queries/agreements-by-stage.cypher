/*
topic: Measures
question: Which agreements were signed, pending or ended, when and where?
description: >
  Stages of agreements, by territory and model. With `from`, or `from` and `to`, those that were reached in this
  period, as far as their dates say; without, all of them, so that `as_of` tells the stages at a time. A territory is
  of an agreement if a party to it lies there or serves it, or if such a territory lies in it.
parameters:
  stage: {type: stage, required: false, description: "Only this stage.", example: signed}
  from: {type: day, required: false, description: "Only what came to the stage then or later, as exact as wanted.", example: "2025-07"}
  to: {type: day, required: false, description: "With `from`, and no later than then.", example: "2026"}
  in: {type: entity, kinds: [Jurisdiction], required: false, description: "Id of a territory, only whose agreements.", example: maryland}
  model: {type: text, required: false, description: "Only agreements of this kind, as the source calls it.", example: Task Force Model}
columns:
  places: Names of the territories of its parties, and in what these lie.
  models: Kinds of agreement, as its parties' claims have them.
  stage: How far it has come.
  agreement_id: Id of the agreement.
  agreement: Its name.
  parties: Names of its parties.
  valid_from: Since when, as exact as the source says.
  until: End of this stage, if the source gives one.
  detail: What exactly.
  status: How the source puts the claim.
  standing: What has become of it by the time asked for.
*/
MATCH (c:Claim)-[:SUBJECT]->(a:Agreement)
WHERE seek(c.by_relation, 'HAS_STAGE') AND ($stage IS NULL OR c.value = $stage) AND holds(c) AND wanted(a)
WITH c, a ORDER BY c.by_relation LIMIT $limit
WITH c, a, grounds(a) AS found
RETURN c.by_relation AS key, parted(found), c.value AS stage, a.id AS agreement_id, a.name AS agreement,
       c.valid_from AS valid_from, c.valid_to AS until, c.detail AS detail, c.status AS status, standing(c) AS standing,
       cited([c] + found)

// with in
UNWIND COLLECT {
  UNWIND [$in] + COLLECT {
    UNWIND [' LOCATED_IN', ' PART_OF'] AS above
    MATCH (u:Claim {incoming: $in + above})-[:SUBJECT]->(:Jurisdiction) WHERE holds(u) RETURN u.subject
  } AS place
  UNWIND lying() AS at
  MATCH (l:Claim {incoming: place + at}) WHERE holds(l)
  MATCH (p:Claim {outgoing: l.subject + ' PARTY_TO'}) WHERE holds(p)
  RETURN DISTINCT p.object
} AS id
WITH id, $from + substring('-01-01', size($from) - 4) AS first
MATCH (c:Claim {outgoing: id + ' HAS_STAGE'})-[:SUBJECT]->(a:Agreement)
WHERE seek(c.by_relation, 'HAS_STAGE') AND ($stage IS NULL OR c.value = $stage) AND holds(c) AND wanted(a)
  AND ($from IS NULL OR c.valid_from IN [substring(first, 0, 4), substring(first, 0, 7)]
       OR c.valid_from >= first AND c.valid_from <= coalesce($to, '9999') + '~')
WITH c, a ORDER BY c.by_relation LIMIT $limit
WITH c, a, grounds(a) AS found
RETURN c.by_relation AS key, parted(found), c.value AS stage, a.id AS agreement_id, a.name AS agreement,
       c.valid_from AS valid_from, c.valid_to AS until, c.detail AS detail, c.status AS status, standing(c) AS standing,
       cited([c] + found)

// with from
MATCH (c:Claim)-[:SUBJECT]->(a:Agreement)
WHERE between(c.by_date, $from, $to) AND c.relation = 'HAS_STAGE'
  AND ($stage IS NULL OR c.value = $stage) AND holds(c) AND wanted(a)
WITH c, a ORDER BY c.by_date LIMIT $limit
WITH c, a, grounds(a) AS found
RETURN c.by_date AS key, parted(found), c.value AS stage, a.id AS agreement_id, a.name AS agreement,
       c.valid_from AS valid_from, c.valid_to AS until, c.detail AS detail, c.status AS status, standing(c) AS standing,
       cited([c] + found)
