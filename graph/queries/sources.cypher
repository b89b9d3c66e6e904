/*
topic: Sources and claims
question: Which sources does the graph rest on, and what rests on each?
description: >
  Documents on which claims rest, in the order of their ids, with up to three of those claims and their number: counted
  up to 200, and of one document by itself up to 1000.
parameters:
  document: {type: entity, kinds: [Document], description: "Id of a document, only this one.", example: cities-push-back-on-ice}
ranked: true
columns:
  id: Id of the document.
  name: Its title.
  publisher: Who published it.
  published: Date of publication, as exact as known.
  url: Where it was published.
  licence: Terms of use.
  resting: How many claims rest on it, as far as they are counted.
  alone: How many of those counted rest on no other document and would fall without it.
*/
MATCH (d:Entity)
WHERE seek(d.by_type, 'Entity', 'Document') AND live(d) AND COLLECT { resting(d) RETURN true LIMIT 1 } <> []
RETURN d.by_type AS key, titled(d),
       size(COLLECT { resting(d) WITH DISTINCT c LIMIT 200 RETURN true }) AS resting,
       size(COLLECT { resting(d) WITH DISTINCT c LIMIT 200 WHERE alone(c) RETURN true }) AS alone,
       cited(COLLECT { resting(d) RETURN DISTINCT c LIMIT 3 }), shown([d])
// with document
MATCH (d:Entity {id: $document})
WHERE after(d.by_type) AND live(d) AND COLLECT { stated() RETURN true LIMIT 1 } <> []
RETURN d.by_type AS key, titled(d),
       size(COLLECT { stated() RETURN true LIMIT 1000 }) AS resting,
       size(COLLECT { stated() WITH c ORDER BY s.by_document LIMIT 1000 WHERE alone(c) RETURN true }) AS alone,
       cited(COLLECT { stated() RETURN c ORDER BY s.by_document LIMIT 3 }), shown([d])
