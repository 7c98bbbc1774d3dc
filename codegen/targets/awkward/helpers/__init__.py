"""Functions that generated programs hold the source of."""
