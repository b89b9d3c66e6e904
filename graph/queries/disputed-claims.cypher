/*
topic: Sources and claims
question: Which claims are contested, and by whom?
description: >
  Claims that another claim disputes, corrects or supersedes.
every_standing: true
columns:
  subject_id: Id of the subject.
  subject: Its name.
  relation: Relation, read from subject to object.
  object_id: Id of the object; empty for a figure.
  object: Its name, or the value with its unit.
  detail: What exactly.
  status: How the source puts the claim.
  standing: What has become of it by the time asked for.
  challenge: DISPUTES, CORRECTS or SUPERSEDES.
  challenger_id: Id of the contesting claim.
  asserted_by: Who asserts the contesting claim.
*/
MATCH (c:Claim)
WHERE c.challenged > '' AND c.challenged + ' ~' > $after AND holds(c)
  AND EXISTS { MATCH (c)<-[:DISPUTES|CORRECTS|SUPERSEDES]-(x:Claim) WHERE contests(x) }
// One more: of the first the last page may have told all.
WITH c ORDER BY c.challenged LIMIT $limit + 1
MATCH (c)<-[r:DISPUTES|CORRECTS|SUPERSEDES]-(x:Claim)
WHERE contests(x)
WITH c, r, x, c.id + ' ' + x.id AS key
WHERE after(key)
RETURN key, statement(c), type(r) AS challenge, x.id AS challenger_id,
       voices(x) AS asserted_by, cited([c, x])
