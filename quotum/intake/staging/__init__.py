"""Files that a receive call writes before it counts: rows, fragments, sums and findings, in bounded memory."""
