// belonging(x)
// The entity itself, the parts of it and groups of its people, the groups to which it belongs, and where judgements are to
// be followed what they do not hold for another thing, each `t` with the claims that lead to it, `via`, and the verdicts
// among them, `verdicts`.
CALL (x) {
  RETURN x AS t, [] AS way, [] AS told
  UNION ALL
  UNWIND [' MEMBER_OF', ' PART_OF'] AS relation
  MATCH (p:Claim {incoming: x.id + relation})-[:SUBJECT]->(t:Entity)
  WHERE (t:Group OR t:Organization) AND holds(p)
  RETURN t, [p] AS way, [] AS told
  UNION ALL
  UNWIND [' MEMBER_OF', ' PART_OF'] AS relation
  MATCH (p:Claim {outgoing: x.id + relation})-[:OBJECT]->(t:Group) WHERE holds(p)
  RETURN t, [p] AS way, [] AS told
  UNION ALL
  UNWIND CASE WHEN $resolve THEN [' COMPARED_WITH'] ELSE [] END AS compared
  MATCH (p:Claim {incoming: x.id + compared})-[:SUBJECT]->(t:Entity) WHERE p.verdict <> 'different' AND holds(p)
  RETURN t, [p] AS way, [p.verdict + ': ' + t.name] AS told
  UNION ALL
  UNWIND CASE WHEN $resolve THEN [' COMPARED_WITH'] ELSE [] END AS compared
  MATCH (p:Claim {outgoing: x.id + compared})-[:OBJECT]->(t:Entity) WHERE p.verdict <> 'different' AND holds(p)
  RETURN t, [p] AS way, [p.verdict + ': ' + t.name] AS told
}
WITH t, reduce(all = [], way IN collect(way) | all + way) AS via,
     reduce(all = [], told IN collect(told) | all + told) AS verdicts
