// group(g)
// Whether it is an organization or a group. Compared with a value, as Neo4j would begin with all of these and not with
// the range that is sought.
(g:Organization OR g:Group) = true
