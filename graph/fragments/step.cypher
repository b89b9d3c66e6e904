// step()
// One claim further from that end round which there are fewer, `ahead` or `behind`, unless the ends have met: `heads` are
// the things so many claims from the one end, `rests` those from the other, each with the `way` that spells the ids
// passed, of several the first. Where `looked`, the claims looked at, would be more than it may, it divides by nought.
// Two things that are judged to be different are not linked by that.
WITH heads, rests, way, ahead, behind, ahead <= behind AS forward,
     looked + CASE WHEN ahead <= behind THEN ahead ELSE behind END AS looked
WITH heads, rests, way, ahead, behind, forward, looked / CASE WHEN looked >= $bounded THEN 0 ELSE 1 END AS looked
CALL (heads, rests, way, forward) {
  UNWIND CASE WHEN way IS NOT NULL THEN [] WHEN forward THEN heads ELSE rests END AS f
  WITH f.node AS x, f.way AS sofar, forward
  MATCH (x)<-[:SUBJECT|OBJECT]-(c:Claim)-[:SUBJECT|OBJECT]->(n:Entity)
  WHERE holds(c) AND coalesce(c.verdict, 'same') <> 'different'
  WITH n, min(CASE WHEN forward THEN sofar + ' ' + c.id + ' ' + n.id ELSE ' ' + c.id + ' ' + x.id + sofar END) AS to
  RETURN collect({node: n, way: to}) AS next
}
WITH CASE WHEN forward THEN next ELSE heads END AS heads, CASE WHEN forward THEN rests ELSE next END AS rests, next, way,
     ahead, behind, forward, looked
CALL (heads, rests, way) {
  CALL (heads, rests, way) {
    UNWIND CASE WHEN way IS NULL THEN heads ELSE [] END AS f
    RETURN f.node AS n, f.way AS head, null AS rest
    UNION ALL
    UNWIND CASE WHEN way IS NULL THEN rests ELSE [] END AS f
    RETURN f.node AS n, null AS head, f.way AS rest
  }
  WITH n, min(head) AS head, min(rest) AS rest WHERE head IS NOT NULL AND rest IS NOT NULL
  RETURN min(head + rest) AS met
}
WITH heads, rests, next, ahead, behind, forward, looked, coalesce(way, met) AS way
WITH heads, rests, ahead, behind, forward, looked, way, degree(next) AS come
WITH heads, rests, looked, way, CASE WHEN forward THEN come ELSE ahead END AS ahead,
     CASE WHEN forward THEN behind ELSE come END AS behind
