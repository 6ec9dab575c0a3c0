"""What the folder of a simulation is: how it is sealed, checked by its digests, and repeated from the archive."""
