"""What the command line needs to know before anything is generated."""

FORMATS = ("xml", "parquet", "csv")
"""Forms in which the returns of the year can be had."""
