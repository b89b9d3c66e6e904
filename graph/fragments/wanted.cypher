// wanted(a)
// Whether the agreement is of the model asked for.
($model IS NULL OR EXISTS {
    MATCH (p:Claim {incoming: a.id + ' PARTY_TO'}) WHERE toLower(p.model) = toLower($model) AND holds(p)
  })
