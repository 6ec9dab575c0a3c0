"""The archive: originals and tables by digest, knowledge on a day, returns in force."""
