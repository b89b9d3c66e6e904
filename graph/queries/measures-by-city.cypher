/*
topic: Measures
question: Which measures apply in this city or state?
description: >
  Orders, laws, policies and agreements in force or proposed in the territory.
parameters:
  city: {type: entity, kinds: [City, County, State, Country], required: true, description: "Id of a city, county, state or country.", example: new-york-city}
columns:
  measure_id: Id of the measure.
  measure: Its name.
  type: Kind of measure.
  valid_from: Since when, as exact as the source says.
  detail: Where it applies, if only in part.
  status: How the source puts the claim.
  standing: What has become of it by the time asked for.
*/
MATCH (c:Claim)-[:SUBJECT]->(m:Entity)
WHERE seek(c.by_object, $city, 'APPLIES_IN') AND holds(c)
RETURN c.by_object AS key, m.id AS measure_id, m.name AS measure, m.type AS type, c.valid_from AS valid_from,
       c.detail AS detail, c.status AS status, standing(c) AS standing
