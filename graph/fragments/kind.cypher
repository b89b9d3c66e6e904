// kind(m)
// Whether the entity is a mayor, as holder, office or group, a city or a group of cities, or another.
CASE WHEN m.role = 'mayor' OR m.of = 'Mayor' OR EXISTS {
         MATCH (h:Claim {outgoing: m.id + ' HOLDS_OFFICE'})-[:OBJECT]->(:Office {role: 'mayor'}) WHERE holds(h)
       } THEN 'mayor'
       WHEN m:City OR m.of = 'City' THEN 'city' ELSE 'other' END
