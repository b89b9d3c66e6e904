// belonging(x)
// The entity itself, the parts of it and groups of its people, and the groups to which it belongs, each `t` with the
// claims that lead to it, `via`.
CALL (x) {
  RETURN x AS t, [] AS way
  UNION ALL
  UNWIND [' MEMBER_OF', ' PART_OF'] AS relation
  MATCH (p:Claim {incoming: x.id + relation})-[:SUBJECT]->(t:Entity)
  WHERE (t:Group OR t:Organization) AND holds(p)
  RETURN t, [p] AS way
  UNION ALL
  UNWIND [' MEMBER_OF', ' PART_OF'] AS relation
  MATCH (p:Claim {outgoing: x.id + relation})-[:OBJECT]->(t:Group) WHERE holds(p)
  RETURN t, [p] AS way
}
WITH t, reduce(all = [], way IN collect(way) | all + way) AS via
