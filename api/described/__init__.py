"""What we tell of the graph as a whole: the dataset, and the vocabulary that it is told in."""
