/*
topic: Sources and claims
question: Which claims are contested, and by whom?
description: >
  Claims that another claim disputes, corrects or supersedes.
every_status: true
columns:
  subject_id: Id of the subject.
  subject: Its name.
  relation: Relation, read from subject to object.
  object_id: Id of the object; empty for a figure.
  object: Its name, or the value with its unit.
  detail: What exactly.
  status: How far the claim is to be taken.
  challenge: DISPUTES, CORRECTS or SUPERSEDES.
  challenger_id: Id of the contesting claim.
  asserted_by: Who asserts the contesting claim.
*/
MATCH (c:Claim)<-[r:DISPUTES|CORRECTS|SUPERSEDES]-(x:Claim)
WHERE c.challenged > '' AND holds(c) AND x.recorded_at <= $known_at AND status(x) <> 'retracted'
WITH c, r, x, c.id + ' ' + x.id AS key
WHERE after(key)
RETURN key, statement(c), type(r) AS challenge, x.id AS challenger_id,
       [(x)-[:ATTRIBUTED_TO]->(voice:Entity) | voice.name][0] AS asserted_by, cited([c, x])
