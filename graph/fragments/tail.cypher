// tail(cited, shown)
// What every answer ends with: the claims it cites with their evidence, the entities round them, order and limit.
[each IN cited | each {.*, status: status(each),
         evidence: [(each)-[piece:EVIDENCED_BY]->(source:Entity) | piece {.*, document: source.id}],
         around: [(each)-[:SUBJECT|OBJECT|ATTRIBUTED_TO|EVIDENCED_BY]->(near:Entity) | near {.*, labels: labels(near)}]
       }] AS claims,
       [each IN shown | each {.*, labels: labels(each)}] AS entities
ORDER BY key LIMIT $limit
