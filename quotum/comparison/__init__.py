"""A comparison of scenarios: its tables, how groups of few are put together, and its files."""
