"""Two clouds given the same operations, and the first answer in which they differ."""
