// counterparts(n)
// What judgements hold the entity to be, or to be a part of, or to have as a part, each with the verdict.
COLLECT {
         UNWIND CASE WHEN $resolve THEN [' COMPARED_WITH'] ELSE [] END AS compared
         MATCH (j:Claim {outgoing: n.id + compared})-[:OBJECT]->(o:Entity) WHERE j.verdict <> 'different' AND holds(j)
         RETURN j.verdict + ': ' + o.name AS told ORDER BY told
       } + COLLECT {
         UNWIND CASE WHEN $resolve THEN [' COMPARED_WITH'] ELSE [] END AS compared
         MATCH (j:Claim {incoming: n.id + compared})-[:SUBJECT]->(o:Entity) WHERE j.verdict <> 'different' AND holds(j)
         RETURN j.verdict + ': ' + o.name AS told ORDER BY told
       }
