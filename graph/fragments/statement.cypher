// statement(c)
// The columns of a claim as it reads, subject to object.
c.subject AS subject_id, [(c)-[:SUBJECT]->(end:Entity) | end.name][0] AS subject, c.relation AS relation,
       c.object AS object_id,
       coalesce([(c)-[:OBJECT]->(end:Entity) | end.name][0], figure(c)) AS object,
       c.detail AS detail, c.status AS status, standing(c) AS standing
