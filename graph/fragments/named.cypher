// named(n)
// Whether any claim names the entity.
EXISTS { MATCH (n)<-[link:SUBJECT|OBJECT|ATTRIBUTED_TO|EVIDENCED_BY]-(c:Claim) WHERE known(link) AND holds(c) }
