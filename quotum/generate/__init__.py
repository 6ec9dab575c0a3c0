"""A synthetic country to try quotum on."""
