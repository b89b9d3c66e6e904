// known(e)
// Whether the edge of a claim was known by then: ends always are, its documents and their voices come one by one.
coalesce(e.recorded_at, '') <= $known_at
