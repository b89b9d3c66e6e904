/*
topic: Sources and claims
question: Which claims are contested, and by whom?
description: >
  Claims that other claims dispute, correct or supersede.
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
  challenges: DISPUTES, CORRECTS or SUPERSEDES, for each contesting claim.
  challengers: Ids of the contesting claims, in the same order.
  asserted_by: Who asserts them.
*/
MATCH (c:Claim)
WHERE seek(c.challenged) AND holds(c) AND EXISTS { challenging(c) WHERE contests(x) }
RETURN c.challenged AS key, statement(c),
       COLLECT { challenging(c) WHERE contests(x) RETURN type(r) ORDER BY x.id } AS challenges,
       COLLECT { challenging(c) WHERE contests(x) RETURN x.id ORDER BY x.id } AS challengers,
       COLLECT {
         challenging(c)-[word:ATTRIBUTED_TO]->(voice:Entity)
         WHERE contests(x) AND known(word) RETURN DISTINCT voice.name ORDER BY voice.name
       } AS asserted_by,
       cited([c] + COLLECT { challenging(c) WHERE contests(x) RETURN x ORDER BY x.id })
