"""Pages for people, one template and one module each, which prepares plain values; none needs a script."""
