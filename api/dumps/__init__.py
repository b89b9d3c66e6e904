"""Dumps: all of one version of the graph in files that stay as they are, with a manifest and what has changed."""
