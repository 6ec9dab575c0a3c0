"""A run: the stages in order and the folder they leave behind."""
