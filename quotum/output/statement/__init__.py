"""The statement of a run: one page that ties every file of it to every other, each equality with both sides."""
