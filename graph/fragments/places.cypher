// places(m)
// Names of the territories where the measure applies.
COLLECT {
         MATCH (at:Claim {outgoing: m.id + ' APPLIES_IN'})-[:OBJECT]->(place:Entity) WHERE holds(at)
         RETURN DISTINCT place.name ORDER BY place.name
       }
