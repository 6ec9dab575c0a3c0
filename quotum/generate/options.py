"""Choices of the command line, known before anything is generated."""

FORMATS = ("xml", "parquet", "csv")
"""Possible forms of the returns of the year."""
FIRST_YEAR, LAST_YEAR = 2014, 2099
"""Years of which a country can be made."""
