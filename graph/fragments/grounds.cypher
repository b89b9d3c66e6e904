// grounds(a)
// The claims that say who is party to the agreement, where those lie or whom they serve, and in what that lies.
COLLECT {
         WITH COLLECT { MATCH (p:Claim {incoming: a.id + ' PARTY_TO'}) WHERE holds(p) RETURN p } AS parties
         WITH parties, COLLECT {
           UNWIND parties AS p
           UNWIND lying() AS at
           MATCH (l:Claim {outgoing: p.subject + at})-[:OBJECT]->(:Jurisdiction) WHERE holds(l) RETURN l
         } AS lies
         UNWIND parties + lies + COLLECT {
           UNWIND lies AS l
           UNWIND [' LOCATED_IN', ' PART_OF'] AS above
           MATCH (u:Claim {outgoing: l.object + above})-[:OBJECT]->(:Jurisdiction) WHERE holds(u) RETURN u
         } AS g
         RETURN g
       }
