"""What a run folder is: its bag, files, signature and record, and how it is read."""
