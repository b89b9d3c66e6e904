/*
topic: Sources and claims
question: Which sources does the graph rest on, and what rests on each?
description: >
  Documents on which claims rest, in the order of their ids, with up to three of those claims and how many there are,
  counted up to 100. Of one document asked for by itself they are counted up to 200, and looked at one by one.
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
  alone: Of a document by itself, how many of those counted rest on no other one and would fall without it.
*/
MATCH (d:Entity)
WHERE seek(d.by_type, 'Entity', 'Document') AND live(d) AND COLLECT { resting(d) RETURN true LIMIT 1 } <> []
RETURN d.by_type AS key, titled(d),
       size(COLLECT { resting(d) RETURN DISTINCT c LIMIT 100 }) AS resting, null AS alone,
       cited(COLLECT { resting(d) RETURN DISTINCT c LIMIT 3 }), shown([d])
// with document
MATCH (d:Entity {id: $document})
WHERE after(d.by_type) AND live(d)
WITH d, COLLECT { resting(d) RETURN DISTINCT c LIMIT 200 } AS found
WHERE found <> []
RETURN d.by_type AS key, titled(d), size(found) AS resting,
       size(COLLECT { UNWIND found AS c WITH c WHERE alone(c) RETURN true }) AS alone, cited(found[..3]), shown([d])
