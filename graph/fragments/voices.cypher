// voices(c)
// Names of whoever asserts the claim, as far as known by then.
COLLECT {
         MATCH (c)-[word:ATTRIBUTED_TO]->(voice:Entity) WHERE known(word)
         RETURN voice.name ORDER BY voice.name
       }
