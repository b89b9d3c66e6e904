// places(m)
// Names of the territories where the measure applies.
COLLECT {
         MATCH (m)<-[:SUBJECT]-(at:Claim {relation: 'APPLIES_IN'})-[:OBJECT]->(place:Entity) WHERE holds(at)
         RETURN DISTINCT place.name ORDER BY place.name
       }
