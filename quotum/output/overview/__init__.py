"""The preliminary overview of a year (voorlopig overzicht, Wtl art. 4.1 lid 4)."""
