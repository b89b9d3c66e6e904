// origin(m)
// The claims that say where the measure applies and whose it is.
COLLECT {
         MATCH (at:Claim {outgoing: m.id + ' APPLIES_IN'}) WHERE holds(at) RETURN at
       } + COLLECT {
         UNWIND making() AS made
         MATCH (by:Claim {incoming: m.id + made}) WHERE holds(by) RETURN by
       }
