// step()
// From the entities of the front to those one claim further, unless the end is reached; `way` spells the ids passed.
// Two things that are judged to be different are not linked by that.
CALL (b, seen, front, way) {
  UNWIND CASE WHEN way IS NULL THEN front ELSE [] END AS f
  WITH f.node AS x, f.way AS sofar, seen
  MATCH (x)<-[:SUBJECT|OBJECT]-(c:Claim)-[:SUBJECT|OBJECT]->(n:Entity)
  WHERE NOT n IN seen AND holds(c) AND coalesce(c.verdict, 'same') <> 'different'
  WITH n, min(sofar + ' ' + c.id + ' ' + n.id) AS to
  RETURN collect({node: n, way: to}) AS next
}
WITH b, seen + [f IN next | f.node] AS seen, next AS front,
     coalesce(way, head([f IN next WHERE f.node = b | f.way])) AS way
