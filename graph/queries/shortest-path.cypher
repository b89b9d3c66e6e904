/*
topic: People and groups
question: How are these two linked?
description: >
  A shortest chain of at most four claims between two entities, each claim as it reads, with the way in which it is
  walked; of several the first in the order of ids. No rows means that there is none. It is sought from both ends
  at once; where more claims would have to be looked at than `bounded` says, it is given up, and that is told.
bounded: 40000
parameters:
  from: {type: entity, required: true, description: "Id of one end.", example: mayors-for-america}
  to: {type: entity, required: true, description: "Id of the other end.", example: kamala-harris-presidential-campaign}
columns:
  step: Place in the chain, from 1.
  walked: Forward from subject to object, or backward.
  subject_id: Id of the subject.
  subject: Its name.
  relation: Relation, read from subject to object.
  object_id: Id of the object.
  object: Its name.
  detail: What exactly.
  status: How the source puts the claim.
  standing: What has become of it by the time asked for.
*/
MATCH (a:Entity {id: $from}) WHERE live(a)
MATCH (b:Entity {id: $to}) WHERE live(b)
WITH [{node: a, way: a.id}] AS heads, [{node: b, way: ''}] AS rests, CASE WHEN a = b THEN a.id END AS way
WITH heads, rests, way, degree(heads) AS ahead, degree(rests) AS behind, 0 AS looked
step()
step()
step()
step()
WITH split(coalesce(way, ''), ' ') AS ids
UNWIND range(1, size(ids) - 1, 2) AS i
MATCH (c:Claim {id: ids[i]}) WHERE live(c)
WITH c, (i + 1) / 2 AS step, toString((i + 1) / 2) AS key,
     CASE WHEN c.subject = ids[i - 1] THEN 'forward' ELSE 'backward' END AS walked
WHERE after(key)
RETURN key, step, walked, statement(c)
