"""The front doors: the command, the HTTP service, and every format an answer can take."""
