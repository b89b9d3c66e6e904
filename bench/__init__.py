"""Ratios against the raw driver and the raw serialiser, side by side in one run: `python -m bench`."""
