// wanted(a)
// Whether the agreement is of the model and the territory asked for.
($model IS NULL OR EXISTS {
    MATCH (p:Claim {incoming: a.id + ' PARTY_TO'}) WHERE toLower(p.model) = toLower($model) AND holds(p)
  }) AND ($in IS NULL OR EXISTS { UNWIND grounds(a) AS g MATCH (g)-[:OBJECT]->(:Jurisdiction {id: $in}) })
