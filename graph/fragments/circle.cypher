// circle(x)
// The entity itself and those who act for it, each `t` with the claims that lead to it, `way`: a person's offices, an
// office's holders, the offices and bodies that serve a territory, and who holds those offices.
CALL (x) {
  RETURN x AS t, [] AS way
  UNION ALL
  MATCH (h:Claim {outgoing: x.id + ' HOLDS_OFFICE'})-[:OBJECT]->(t:Entity) WHERE holds(h)
  RETURN t, [h] AS way
  UNION ALL
  MATCH (h:Claim {incoming: x.id + ' HOLDS_OFFICE'})-[:SUBJECT]->(t:Entity) WHERE holds(h)
  RETURN t, [h] AS way
  UNION ALL
  MATCH (s:Claim {incoming: x.id + ' SERVES'})-[:SUBJECT]->(t:Entity) WHERE holds(s)
  RETURN t, [s] AS way
  UNION ALL
  MATCH (s:Claim {incoming: x.id + ' SERVES'}) WHERE holds(s)
  MATCH (h:Claim {incoming: s.subject + ' HOLDS_OFFICE'})-[:SUBJECT]->(t:Entity) WHERE holds(h)
  RETURN t, [s, h] AS way
}
