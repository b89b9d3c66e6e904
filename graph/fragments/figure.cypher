// figure(c)
// The value of a claim with its unit.
toString(c.value) + coalesce(' ' + c.unit, '')
