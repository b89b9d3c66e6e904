// origin(m)
// The claims that say where the measure applies and whose it is.
COLLECT {
         MATCH (m)<-[:SUBJECT]-(at:Claim {relation: 'APPLIES_IN'}) WHERE holds(at) RETURN at
       } + COLLECT {
         MATCH (m)<-[:OBJECT]-(by:Claim)
         WHERE making(by) RETURN by
       }
