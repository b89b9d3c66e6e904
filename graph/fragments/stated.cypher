// stated()
// The claims `c` of the document asked for, by the statements `s` of them.
MATCH (s:Statement)-[:STATES]->(c:Claim) WHERE seek(s.by_document, $document) AND holds(c) AND known(s)
