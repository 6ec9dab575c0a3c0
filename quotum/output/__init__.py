"""The files and pages that come out of a run."""
