// naming(n)
// Up to three claims that name the entity.
COLLECT {
         MATCH (n)<-[link:SUBJECT|OBJECT|ATTRIBUTED_TO|EVIDENCED_BY]-(c:Claim)
         WHERE known(link) AND holds(c)
         RETURN DISTINCT c ORDER BY c.id LIMIT 3
       }
