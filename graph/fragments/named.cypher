// named(n)
// Whether any claim names the entity; not by EXISTS, for which the embedded engine goes further along a hub's edges.
COLLECT {
    MATCH (n)<-[link:SUBJECT|OBJECT|ATTRIBUTED_TO|EVIDENCED_BY]-(c:Claim) WHERE known(link) AND holds(c)
    RETURN true LIMIT 1
  } <> []
