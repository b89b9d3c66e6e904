// speaker(c)
// Name of who says so, where that is not the document.
[(c)-[:ATTRIBUTED_TO]->(voice:Entity) WHERE voice.id = c.attributed_to | voice.name][0]
