"""The sentences of the specification, spoken through the port only."""
