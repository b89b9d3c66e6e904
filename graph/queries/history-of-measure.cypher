/*
topic: Measures
question: What does this measure amend or end, and what amended or ended it?
description: >
  What the measure amends, repeals or terminates, what does so to it, and how far it has come, in the order of time;
  of an agreement also what ends the group of agreements to which it belongs.
parameters:
  measure: {type: entity, kinds: [Measure, Group], required: true, description: "Id of a measure or group of measures.", example: maryland-police-cooperation-bill}
  resolve:
    type: flag
    required: false
    description: "Follow reviewed judgements to what other sources call it, and tell them in each row: true or false."
    example: true
    default: false
columns:
  valid_from: Since when, as exact as the source says.
  until: End, if the source gives one.
  direction: Whether the measure asked about is the subject or the object.
  subject_id: Id of the subject.
  subject: Its name.
  relation: AMENDS, HAS_STAGE, REPEALS or TERMINATES, read from subject to object.
  object_id: Id of the object; empty for a stage.
  object: Its name, or the stage.
  detail: What exactly.
  status: How the source puts the claim.
  standing: What has become of it by the time asked for.
  resolved: With `resolve`, the judgements that lead to what the row is about, each its verdict and what it leads to.
*/
MATCH (x:Entity {id: $measure}) WHERE live(x)
belonging(x)
UNWIND [' AMENDS', ' HAS_STAGE', ' REPEALS', ' TERMINATES'] AS relation
WITH t, via, verdicts, t.id + relation AS ends
touching(ends)
sided(c)
RETURN c.id AS key, c.valid_from AS valid_from, c.valid_to AS until,
       CASE WHEN c.subject IN sides THEN 'subject' ELSE 'object' END AS direction, statement(c),
       told(verdicts) AS resolved, cited([c] + via)
