"""What ties every file of a run to every other: equalities with both sides, counted over the files as they are written.

`settle` refuses to finish a run in which one does not hold, and `quotum statement` shows them. Only what must hold
whatever was delivered is among them. Not tied are paid hours of the settlement (their other side is in the archive) and
counts of findings about rows and returns.
"""
