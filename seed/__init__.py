"""What we say, on whose word: claims files read, verified against their documents, and loaded."""
