// staged(c)
// Whether the claim says that a measure is in force or in preparation, or what is planned.
(c.relation IN ['APPLIES_IN', 'PREPARES'] OR c.status = 'planned') AND holds(c)
