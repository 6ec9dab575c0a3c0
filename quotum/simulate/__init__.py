"""Simulation: scenarios compared with the law as it is, from one pass over the rows; nothing is settled."""
