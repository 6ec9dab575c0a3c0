"""The trail of one employer: its amounts rebuilt row by row in ordinary Python, beside what the run settled."""
