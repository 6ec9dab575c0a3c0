"""A comparison of scenarios: its tables, the merging of small groups, and its files."""
