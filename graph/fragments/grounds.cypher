// grounds(a)
// The claims that say who is party to the agreement, where those lie or whom they serve, and in what that lies.
COLLECT {
         MATCH (p:Claim {incoming: a.id + ' PARTY_TO'}) WHERE holds(p) RETURN p
       } + COLLECT {
         MATCH (p:Claim {incoming: a.id + ' PARTY_TO'}) WHERE holds(p)
         UNWIND lying() AS at
         MATCH (l:Claim {outgoing: p.subject + at})-[:OBJECT]->(:Jurisdiction) WHERE holds(l) RETURN l
       } + COLLECT {
         MATCH (p:Claim {incoming: a.id + ' PARTY_TO'}) WHERE holds(p)
         UNWIND lying() AS at
         MATCH (l:Claim {outgoing: p.subject + at})-[:OBJECT]->(:Jurisdiction) WHERE holds(l)
         UNWIND [' LOCATED_IN', ' PART_OF'] AS above
         MATCH (u:Claim {outgoing: l.object + above})-[:OBJECT]->(:Jurisdiction) WHERE holds(u) RETURN u
       }
