// known(e)
// Whether the edge of a claim was known by then: its documents and their voices come one by one.
e.recorded_at <= $known_at
