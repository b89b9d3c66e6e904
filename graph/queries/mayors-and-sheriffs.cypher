/*
topic: Measures
question: Which mayors are of cities in counties whose sheriff has an agreement?
description: >
  Mayors, past and future ones too, of cities that lie in a county which a sheriff or a sheriff's office that is party
  to an agreement serves or lies in; each row cites the whole way from the mayor to the agreement. Of a city without a
  claim on its county there is no row; a county is often only that of its police, and then inferred. Without `stage`
  agreements are left out that have ended, be it only by a list that no longer has them.
parameters:
  stage: {type: stage, required: false, description: "Only agreements that have come as far as this.", example: ended}
columns:
  mayor_id: Id of the mayor.
  mayor: Its name.
  city_id: Id of the city.
  city: Its name.
  county_id: Id of the county.
  county: Its name.
  sheriff_id: Id of the sheriff's office, by its name or its role.
  sheriff: Its name.
  agreement_id: Id of the agreement or group of agreements.
  agreement: Its name.
  model: Kind of agreement, as the source calls it.
  stage: How far it has come, empty if nothing says so; of stages that no date puts in order the furthest.
  stage_status: How the source puts it that it has come so far.
  valid_from: Since when the mayor holds the office, as exact as the source says.
  until: End of the term, if the source gives one.
  status: How the source puts it that the mayor holds the office.
  standing: What has become of this claim by the time asked for.
*/
CALL () {
  MATCH (s:LocalAgency) WHERE toLower(s.name) CONTAINS 'sheriff' AND live(s)
  UNWIND lying() AS lies
  MATCH (l:Claim {outgoing: s.id + lies})-[:OBJECT]->(k:County) WHERE holds(l)
  MATCH (p:Claim {outgoing: s.id + ' PARTY_TO'})-[:OBJECT]->(a:Entity) WHERE holds(p)
  RETURN k, {s: s, l: l, p: p, a: a} AS sheriff, null AS mayor
  UNION ALL
  MATCH (s:Office {role: 'sheriff'}) WHERE live(s)
  UNWIND lying() AS lies
  MATCH (l:Claim {outgoing: s.id + lies})-[:OBJECT]->(k:County) WHERE holds(l)
  MATCH (p:Claim {outgoing: s.id + ' PARTY_TO'})-[:OBJECT]->(a:Entity) WHERE holds(p)
  RETURN k, {s: s, l: l, p: p, a: a} AS sheriff, null AS mayor
  UNION ALL
  MATCH (o:Office {role: 'mayor'}) WHERE live(o)
  MATCH (v:Claim {outgoing: o.id + ' SERVES'})-[:OBJECT]->(t:City) WHERE holds(v)
  UNWIND [' LOCATED_IN', ' PART_OF'] AS within
  MATCH (i:Claim {outgoing: t.id + within})-[:OBJECT]->(k:County) WHERE holds(i)
  RETURN k, null AS sheriff, {o: o, v: v, t: t, i: i} AS mayor
}
WITH k, collect(sheriff) AS sheriffs, collect(mayor) AS mayors
UNWIND sheriffs AS sheriff
UNWIND mayors AS mayor
WITH k, sheriff.p AS p, sheriff.s AS s, sheriff.a AS a, sheriff.l AS l, mayor.o AS o, mayor.v AS v, mayor.t AS t, mayor.i AS i
WITH *, reached(a) AS reached
WITH k, p, s, a, l, o, v, t, i, reached,
     head([one IN ['ended', 'signed', 'pending', 'filed', 'enacted', 'introduced']
           WHERE one IN [g IN reached | g.value]]) AS stage
WHERE CASE WHEN $stage IS NULL THEN coalesce(stage, '') <> 'ended' ELSE stage = $stage END
WITH k, p, s, a, l, o, v, t, i, stage, [g IN reached WHERE g.value = stage] AS told
MATCH (h:Claim {incoming: o.id + ' HOLDS_OFFICE'})-[:SUBJECT]->(m:Entity) WHERE holds(h)
WITH h, m, t, k, s, a, p, stage,
     head([one IN ['asserted', 'reported', 'hedged', 'alleged', 'planned'] WHERE one IN [g IN told | g.status]]) AS put,
     reduce(all = [], way IN collect([v, i, l, p] + told) | all + way) AS via,
     h.id + ' ' + t.id + ' ' + k.id + ' ' + p.id AS key
WHERE after(key)
RETURN key, m.id AS mayor_id, m.name AS mayor, t.id AS city_id, t.name AS city, k.id AS county_id, k.name AS county,
       s.id AS sheriff_id, s.name AS sheriff, a.id AS agreement_id, a.name AS agreement, p.model AS model,
       stage, put AS stage_status, h.valid_from AS valid_from, h.valid_to AS until, h.status AS status, standing(h) AS standing, cited([h] + via)
