"""Pages for people, written on the server; none needs a script."""
