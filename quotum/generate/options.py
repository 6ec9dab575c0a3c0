"""Choices of the command line, known before anything is generated."""

FORMATS = ("xml", "parquet", "csv")
"""Possible forms of the returns of the year."""
