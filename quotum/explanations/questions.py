"""Questions that an explanation can be limited to, with the sections that answer them."""

from typing import Final

RULES_BY_QUESTION: Final = {
    "surcharge": ("surcharge",),
    "bonus": ("lkv", "other_lkv"),
    "small": ("small_employer",),
    "levy": ("quota_hours", "allocations", "quota_levy"),
}
"""Sections, keys of `SECTIONS` of `step.py`, by the name of the question."""
