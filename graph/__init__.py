"""Where the graph is kept and how it is asked: one Bolt connection, named queries, one writer."""

import logging

# What the driver meets is told by our errors; its own lines would come between them on whatever is standard error.
logging.getLogger("neo4j").addHandler(logging.NullHandler())
