// makers(m)
// Names of who issued, signed, sponsored or prepares the measure.
COLLECT {
         UNWIND making() AS made
         MATCH (by:Claim {incoming: m.id + made})-[:SUBJECT]->(maker:Entity) WHERE holds(by)
         RETURN DISTINCT maker.name ORDER BY maker.name
       }
