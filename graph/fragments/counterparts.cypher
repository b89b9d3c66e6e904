// counterparts(n)
// What judgements hold the entity to be, or to be a part of, or to have as a part, each with the verdict; of an office
// also who held it at the time of the row's claim `c`.
COLLECT {
         UNWIND judged(n) AS j
         MATCH (j)-[:SUBJECT|OBJECT]->(o:Entity) WHERE o.id <> n.id
         RETURN DISTINCT j.verdict + ': ' + o.name AS told ORDER BY told
       } + COLLECT {
         UNWIND judged(n) AS j
         MATCH (h:Claim {incoming: CASE j.subject WHEN n.id THEN j.object ELSE j.subject END + ' HOLDS_OFFICE'})-[:SUBJECT]->(o:Entity)
         WHERE holds(h) AND during(h)
         WITH j.verdict AS verdict, o, min(perhaps(h)) AS perhaps
         RETURN verdict + ', then ' + perhaps + 'held by ' + o.name AS told ORDER BY told
       }
