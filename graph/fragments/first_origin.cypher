// first_origin(m)
// The first of the claims that say where the measure applies, and of those that say whose it is.
COLLECT {
         MATCH (at:Claim {outgoing: m.id + ' APPLIES_IN'}) WHERE holds(at) RETURN at ORDER BY at.id LIMIT 1
       } + COLLECT {
         UNWIND making() AS made
         MATCH (by:Claim {incoming: m.id + made}) WHERE holds(by) RETURN by ORDER BY by.id LIMIT 1
       }
