// lying()
// The relations by which a body is in a territory or of it, as keys end.
[' LOCATED_IN', ' PART_OF', ' SERVES']
