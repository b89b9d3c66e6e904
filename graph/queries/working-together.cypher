/*
topic: People and groups
question: Who works with this person, body or territory, invited it or is employed by it, and the other way round?
description: >
  Cooperation, advice, invitations and posts, past ones too, whichever side it is on, by itself or by those who act for
  it, for a city the offices that serve it and who holds them, for a person the offices held, for an office its holders.
parameters:
  of: {type: entity, required: true, description: "Id of either side.", example: new-york-city}
columns:
  direction: Whether the one asked about is the subject or the object.
  subject_id: Id of the subject.
  subject: Its name.
  relation: ADVISES, COOPERATES_WITH, EMPLOYED_BY, INVITED or WORKED_FOR, read from subject to object.
  object_id: Id of the object.
  object: Its name.
  detail: What exactly.
  status: How the source puts the claim.
  standing: What has become of it by the time asked for.
  valid_from: Since when, as exact as the source says.
  until: End, if the source gives one.
*/
MATCH (x:Entity {id: $of}) WHERE live(x)
circle(x)
WITH t, reduce(all = [], way IN collect(way) | all + way) AS via
WHERE t.id = $of OR NOT t:Organization
UNWIND [' ADVISES', ' COOPERATES_WITH', ' EMPLOYED_BY', ' INVITED', ' WORKED_FOR'] AS relation
WITH t, via, t.id + relation AS ends
touching(ends)
WITH t, via, c WHERE after(c.id) AND holds(c)
WITH c, collect(t.id) AS sides, reduce(all = [], way IN collect(via) | all + way) AS via
RETURN c.id AS key, CASE WHEN c.subject IN sides THEN 'subject' ELSE 'object' END AS direction, statement(c),
       c.valid_from AS valid_from, c.valid_to AS until, cited([c] + via)
