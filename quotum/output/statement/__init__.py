"""The statement of a run: a page of equalities between its files, each with both sides."""
