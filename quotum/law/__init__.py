"""The rules of the statutes, one module each: expressions over columns, no files, no clock, no engine."""
