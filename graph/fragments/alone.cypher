// alone(c)
// Whether the claim rests on one document and on no other.
size(COLLECT { MATCH (c)-[told:EVIDENCED_BY]->(x:Entity) WHERE known(told) RETURN DISTINCT x.id LIMIT 2 }) = 1
