// naming(n)
// Three of the claims that name the entity, as the store comes by them: to find the first it would walk a hub.
COLLECT {
         MATCH (n)<-[link:SUBJECT|OBJECT|ATTRIBUTED_TO|EVIDENCED_BY]-(c:Claim)
         WHERE known(link) AND holds(c)
         RETURN DISTINCT c LIMIT 3
       }
