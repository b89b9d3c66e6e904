// named(n)
// Whether any claim names the entity.
EXISTS { MATCH (n)<-[:SUBJECT|OBJECT|ATTRIBUTED_TO|EVIDENCED_BY]-(c:Claim) WHERE holds(c) }
