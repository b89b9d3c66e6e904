// counterparts(n)
// What judgements hold the entity to be, or to be a part of, or to have as a part, each with the verdict; of an office
// also who holds it there.
COLLECT {
         UNWIND CASE WHEN $resolve THEN [' COMPARED_WITH'] ELSE [] END AS compared
         MATCH (j:Claim {outgoing: n.id + compared})-[:OBJECT]->(o:Entity) WHERE j.verdict <> 'different' AND holds(j)
         RETURN j.verdict + ': ' + o.name AS told ORDER BY told
       } + COLLECT {
         UNWIND CASE WHEN $resolve THEN [' COMPARED_WITH'] ELSE [] END AS compared
         MATCH (j:Claim {incoming: n.id + compared})-[:SUBJECT]->(o:Entity) WHERE j.verdict <> 'different' AND holds(j)
         RETURN j.verdict + ': ' + o.name AS told ORDER BY told
       } + COLLECT {
         UNWIND CASE WHEN $resolve THEN [' HOLDS_OFFICE'] ELSE [] END AS ending
         MATCH (j:Claim {incoming: n.id + ' COMPARED_WITH'}) WHERE j.verdict <> 'different' AND holds(j)
         MATCH (h:Claim {incoming: j.subject + ending})-[:SUBJECT]->(o:Entity) WHERE holds(h)
         RETURN j.verdict + ', held by ' + o.name AS told ORDER BY told
       }
