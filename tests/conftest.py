"""What every test shares: hypothesis draws the same examples each time, and takes its time."""

from hypothesis import settings

settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.load_profile("repeatable")
