/*
topic: People and groups
question: Who belongs to this group, and to which groups does this belong?
description: >
  Members, parts, leaders and founders of a group or body, and the groups and bodies of which a person, body, territory
  or group is a member or part, or which it leads or founded. What leaders did before is told by leaders-of-group.
parameters:
  of: {type: entity, required: true, description: "Id of a group, body, person or territory.", example: democratic-party}
columns:
  direction: Whether the one asked about is the subject or the object.
  subject_id: Id of the member, part, leader or founder.
  subject: Its name.
  relation: FOUNDED, LEADS, MEMBER_OF or PART_OF, read from subject to object.
  object_id: Id of the group or body.
  object: Its name.
  detail: What exactly.
  status: How the source puts the claim.
  standing: What has become of it by the time asked for.
  valid_from: Since when, as exact as the source says.
  until: End, if the source gives one.
*/
MATCH (c:Claim)
WHERE seek(c.by_subject, $of) AND c.relation IN ['FOUNDED', 'LEADS', 'MEMBER_OF', 'PART_OF'] AND holds(c)
RETURN c.by_subject AS key, 'subject' AS direction, statement(c), c.valid_from AS valid_from, c.valid_to AS until
UNION ALL
MATCH (c:Claim)
WHERE seek(c.by_object, $of) AND c.relation IN ['FOUNDED', 'LEADS', 'MEMBER_OF', 'PART_OF'] AND holds(c)
RETURN c.by_object AS key, 'object' AS direction, statement(c), c.valid_from AS valid_from, c.valid_to AS until
