"""Two runs of the same year: their differences per employer and column, and the causes."""
