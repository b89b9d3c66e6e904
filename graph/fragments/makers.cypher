// makers(m)
// Names of who issued, signed, sponsored or prepares the measure.
COLLECT {
         UNWIND making() AS relation
         MATCH (by:Claim {incoming: m.id + relation})-[:SUBJECT]->(maker:Entity) WHERE holds(by)
         RETURN DISTINCT maker.name ORDER BY maker.name
       }
