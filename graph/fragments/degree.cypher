// degree(front)
// How many claims name the things of the front, unless the ends have met; counted no further than may be looked at.
size(COLLECT {
       UNWIND CASE WHEN way IS NULL THEN front ELSE [] END AS f
       WITH f.node AS x
       MATCH (x)<-[:SUBJECT|OBJECT]-(:Claim) RETURN true LIMIT $bounded
     })
