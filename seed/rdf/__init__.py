"""Our own RDF read back: the profile `full` of a whole export, turned into the claims files that it follows from."""
