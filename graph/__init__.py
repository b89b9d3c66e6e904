"""Where the graph is kept and how it is asked: one Bolt connection, named queries, one writer."""
