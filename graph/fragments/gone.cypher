// gone(n)
// Whether claims name the entity and all of them are retracted by now, whatever the time asked for.
EXISTS { MATCH (n)<-[:SUBJECT|OBJECT|ATTRIBUTED_TO|EVIDENCED_BY]-(c:Claim) WHERE live(c) } AND NOT EXISTS {
    MATCH (n)<-[:SUBJECT|OBJECT|ATTRIBUTED_TO|EVIDENCED_BY]-(c:Claim)
    WHERE live(c) AND NOT coalesce(last(c.history), '') ENDS WITH 'retracted'
  }
