/*
topic: Advice
question: Who advises this mayor or city?
description: >
  People and groups that counsel the mayor, office, city or group named by `of`, or are employed as its advisors; for
  a city also those of the offices that serve it and of who holds them, for a person those of the offices held, for an
  office those of its holders.
parameters:
  of: {type: entity, kinds: [Person, Office, Organization, Jurisdiction, Group], required: true, description: "Id of a mayor, office, city or group.", example: zohran-mamdani}
columns:
  advisor_id: Id of the advisor.
  advisor: Its name.
  advised_id: Id of who is advised, as the claim has it.
  advised: Its name.
  relation: How the advisor is related.
  detail: About what.
  status: How the source puts the claim.
  standing: What has become of it by the time asked for.
near:
  (c.relation = 'ADVISES' OR toLower(c.detail) CONTAINS 'advis'): the post is not said to be an advisor's
*/
MATCH (x:Entity {id: $of}) WHERE live(x)
circle(x)
WITH x, t, reduce(all = [], way IN collect(way) | all + way) AS via
WHERE t = x OR NOT t:Organization
UNWIND [' ADVISES', ' EMPLOYED_BY'] AS relation
MATCH (c:Claim {incoming: t.id + relation})-[:SUBJECT]->(s:Entity)
WHERE after(c.by_object) AND holds(c) AND (c.relation = 'ADVISES' OR toLower(c.detail) CONTAINS 'advis')
RETURN c.by_object AS key, s.id AS advisor_id, s.name AS advisor, t.id AS advised_id, t.name AS advised,
       c.relation AS relation, c.detail AS detail, c.status AS status, standing(c) AS standing, cited([c] + via)
