"""A run held against the decision of somebody else, person by person."""
