"""The payment order (betaalopdracht) of a settled year: what employers get, as pain.001.001.09."""
