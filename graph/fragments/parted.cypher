// parted(found)
// Of what the claims tell of an agreement: its territories, models and parties, each by name.
COLLECT { UNWIND found AS g MATCH (g)-[:OBJECT]->(t:Jurisdiction) RETURN DISTINCT t.name ORDER BY t.name } AS places,
       COLLECT { UNWIND found AS g WITH g WHERE g.model IS NOT NULL RETURN DISTINCT g.model ORDER BY g.model } AS models,
       COLLECT {
         UNWIND found AS g
         MATCH (g)-[:SUBJECT]->(s:Entity) WHERE g.relation = 'PARTY_TO' RETURN DISTINCT s.name ORDER BY s.name
       } AS parties
