// reached(a)
// The claims on how far the agreement has come after which it came to no other stage for certain.
COLLECT {
         MATCH (g:Claim {outgoing: a.id + ' HAS_STAGE'})
         WHERE holds(g) AND NOT EXISTS {
           MATCH (later:Claim {outgoing: a.id + ' HAS_STAGE'}) WHERE holds(later) AND later.from_min > g.from_max
         }
         RETURN g
       }
