// makers(m)
// Names of who issued, signed, sponsored or prepares the measure.
COLLECT {
         MATCH (m)<-[:OBJECT]-(by:Claim)-[:SUBJECT]->(maker:Entity)
         WHERE making(by)
         RETURN DISTINCT maker.name ORDER BY maker.name
       }
