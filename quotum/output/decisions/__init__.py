"""The decisions (beschikkingen) of a settled year: a document per employer, for people and for programs."""
