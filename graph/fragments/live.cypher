// live(n)
// Whether this version of the claim or entity is one of the edition that is read.
n.since <= $edition AND n.until > $edition
