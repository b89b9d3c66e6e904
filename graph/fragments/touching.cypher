// touching(ends)
// The claims `c` of one relation from or to one entity, both spelt by `ends`: `maryland SERVES`.
CALL (ends) {
  MATCH (c:Claim {outgoing: ends}) RETURN c
  UNION ALL
  MATCH (c:Claim {incoming: ends}) RETURN c
}
