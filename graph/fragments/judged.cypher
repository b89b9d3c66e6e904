// judged(n)
// Where judgements are to be followed, those on the entity that do not hold it for another thing.
COLLECT {
         UNWIND CASE WHEN $resolve THEN [' COMPARED_WITH'] ELSE [] END AS compared
         MATCH (j:Claim {outgoing: n.id + compared}) WHERE j.verdict <> 'different' AND holds(j) RETURN j
       } + COLLECT {
         UNWIND CASE WHEN $resolve THEN [' COMPARED_WITH'] ELSE [] END AS compared
         MATCH (j:Claim {incoming: n.id + compared}) WHERE j.verdict <> 'different' AND holds(j) RETURN j
       }
