"""Checks of rows and whole returns: raw rows in, accepted rows and findings out."""
