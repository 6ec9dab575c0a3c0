"""Two runs of one year: what differs, per employer and column, and by what."""
