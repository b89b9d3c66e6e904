// backed(n)
// What its counterparts' own sources say of them: offices held, measures issued, agreements entered into.
COLLECT {
         UNWIND CASE WHEN $resolve THEN [' HOLDS_OFFICE', ' PARTY_TO'] ELSE [] END AS ending
         MATCH (j:Claim {outgoing: n.id + ' COMPARED_WITH'}) WHERE j.verdict <> 'different' AND holds(j)
         MATCH (b:Claim {outgoing: j.object + ending}) WHERE holds(b) RETURN b
       } + COLLECT {
         UNWIND CASE WHEN $resolve THEN [' HOLDS_OFFICE', ' ISSUED'] ELSE [] END AS ending
         MATCH (j:Claim {outgoing: n.id + ' COMPARED_WITH'}) WHERE j.verdict <> 'different' AND holds(j)
         MATCH (b:Claim {incoming: j.object + ending}) WHERE holds(b) RETURN b
       } + COLLECT {
         UNWIND CASE WHEN $resolve THEN [' HOLDS_OFFICE', ' PARTY_TO'] ELSE [] END AS ending
         MATCH (j:Claim {incoming: n.id + ' COMPARED_WITH'}) WHERE j.verdict <> 'different' AND holds(j)
         MATCH (b:Claim {outgoing: j.subject + ending}) WHERE holds(b) RETURN b
       } + COLLECT {
         UNWIND CASE WHEN $resolve THEN [' HOLDS_OFFICE', ' ISSUED'] ELSE [] END AS ending
         MATCH (j:Claim {incoming: n.id + ' COMPARED_WITH'}) WHERE j.verdict <> 'different' AND holds(j)
         MATCH (b:Claim {incoming: j.subject + ending}) WHERE holds(b) RETURN b
       }
