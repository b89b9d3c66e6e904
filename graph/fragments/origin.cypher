// origin(m)
// The claims that say where the measure applies and whose it is.
COLLECT {
         MATCH (at:Claim {outgoing: m.id + ' APPLIES_IN'}) WHERE holds(at) RETURN at
       } + COLLECT {
         UNWIND making() AS relation
         MATCH (by:Claim {incoming: m.id + relation}) WHERE holds(by) RETURN by
       }
