/*
topic: Sources and claims
question: What do we not know about this place?
description: >
  For each kind of relation what is known of the place, the offices and bodies that serve it and who holds them, of
  agreements also what the bodies in it are party to: a number, with up to three of the claims; where there is none, each document in which it was searched for, or that
  nobody looked. What was searched for in a territory was searched for in what lies in it.
parameters:
  place: {type: entity, kinds: [Jurisdiction], required: true, description: "Id of a city, county, state or country.", example: seattle}
columns:
  relation: Kind of relation.
  state: known, searched (and none was found) or not researched.
  known: Number of claims.
  document_id: Id of the document in which it was searched for.
  document: Its name.
  last_checked: Last day of which the document tells.
  detail: What was searched for, where it was not all of the relation.
*/
MATCH (x:Entity {id: $place}) WHERE live(x)
UNWIND ['ADVISES', 'APPLIES_IN', 'COOPERATES_WITH', 'HOLDS_OFFICE', 'INVITED', 'ISSUED', 'LOCATED_IN', 'OPPOSES',
        'PARTY_TO', 'PREPARES', 'SERVES', 'SIGNED', 'SUPPORTS', 'WARNED'] AS relation
CALL (x, relation) {
  circle(x)
  WITH x, relation, collect(CASE WHEN t:Organization AND relation <> 'PARTY_TO' THEN null ELSE t.id END) AS about
  WITH about, relation, CASE WHEN relation <> 'PARTY_TO' THEN [] ELSE COLLECT {
    UNWIND lying() AS lies
    MATCH (l:Claim {incoming: x.id + lies})-[:SUBJECT]->(b:Organization) WHERE holds(l) RETURN b.id
  } END AS bodies
  UNWIND about + bodies AS id
  WITH id + ' ' + relation AS ends
  touching(ends)
  WITH DISTINCT c WHERE holds(c)
  WITH c ORDER BY c.id
  RETURN collect(c) AS found
}
CALL (x, relation, found) {
  UNWIND CASE WHEN size(found) = 0 THEN within(x) ELSE [] END AS place
  MATCH (s:Claim {incoming: place.id + ' SEARCHED'})-[:SUBJECT]->(d:Entity) WHERE s.sought = relation AND holds(s)
  RETURN collect({claim: s, document: d, way: place.way}) AS searches
}
UNWIND CASE WHEN searches = [] THEN [{claim: null, document: null, way: []}] ELSE searches END AS search
WITH x, relation, found, search.claim AS s, search.document AS d, search.way AS way
WITH *, relation + coalesce(' ' + s.id, '') AS key
WHERE after(key)
RETURN key, relation, CASE WHEN size(found) > 0 THEN 'known' WHEN s IS NULL THEN 'not researched' ELSE 'searched' END AS state,
       size(found) AS known, d.id AS document_id, d.name AS document, coalesce(s.valid_to, d.published) AS last_checked,
       s.detail AS detail, cited(found[..3] + CASE WHEN s IS NULL THEN [] ELSE [s] + way END), shown([x])
