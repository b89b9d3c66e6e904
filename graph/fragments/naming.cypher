// naming(n)
// Up to three claims that name the entity, the first of fifty found: a hub is not walked for them.
COLLECT {
         MATCH (n)<-[link:SUBJECT|OBJECT|ATTRIBUTED_TO|EVIDENCED_BY]-(c:Claim)
         WHERE known(link) AND holds(c)
         WITH DISTINCT c LIMIT 50
         RETURN c ORDER BY c.id LIMIT 3
       }
