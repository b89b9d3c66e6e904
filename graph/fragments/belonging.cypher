// belonging(x)
// The entity itself, the parts of it and groups of its people, and the groups to which it belongs, each `t` with the
// claims that lead to it, `via`.
CALL (x) {
  RETURN x AS t, [] AS way
  UNION ALL
  MATCH (x)<-[:OBJECT]-(p:Claim)-[:SUBJECT]->(t:Entity)
  WHERE p.relation IN ['MEMBER_OF', 'PART_OF'] AND (t:Group OR t:Organization) AND holds(p)
  RETURN t, [p] AS way
  UNION ALL
  MATCH (x)<-[:SUBJECT]-(p:Claim)-[:OBJECT]->(t:Group)
  WHERE p.relation IN ['MEMBER_OF', 'PART_OF'] AND holds(p)
  RETURN t, [p] AS way
}
WITH t, reduce(all = [], way IN collect(way) | all + way) AS via
