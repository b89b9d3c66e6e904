"""The SPARQL endpoint: a snapshot of the newest edition, and processes that evaluate over it and can be killed."""
