"""Repeating a run from its archive, and checking what it says."""
