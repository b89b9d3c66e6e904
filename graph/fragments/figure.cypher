// figure(c)
// The value of a claim with its unit, as the load wrote it.
c.figure
