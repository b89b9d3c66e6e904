// counterparts(n)
// What judgements hold the entity to be, or to be a part of, or to have as a part, each with the verdict; of an office
// also who held it at the time of the row's claim `c`; of one who held it for certain by one claim that alone.
COLLECT {
         UNWIND judged(n) AS j
         MATCH (j)-[:SUBJECT|OBJECT]->(o:Entity) WHERE o.id <> n.id
         RETURN DISTINCT j.verdict + ': ' + o.name AS told ORDER BY told
       } + reduce(all = [], each IN COLLECT {
         UNWIND judged(n) AS j
         MATCH (h:Claim {incoming: CASE j.subject WHEN n.id THEN j.object ELSE j.subject END + ' HOLDS_OFFICE'})-[:SUBJECT]->(o:Entity)
         WHERE holds(h) AND during(h)
         RETURN DISTINCT j.verdict + ', then ' + perhaps(h) + 'held by ' + o.name AS told ORDER BY told
       } | CASE WHEN replace(each, ', then possibly held by ', ', then held by ') IN all THEN all ELSE all + each END)
