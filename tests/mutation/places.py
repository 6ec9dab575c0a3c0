"""Where the tests of a rule are, and the mutants that no test can catch."""

from pathlib import Path

SURVIVORS = Path(__file__).with_name("survivors.toml")
# The rules that a module is about.
RULES = {
    "bonus": ("5",), "calendar_days": ("9",), "counting": ("2", "8"), "cumulation": ("5",), "employments": ("5",),
    "kinds_of_work": ("1", "2", "4", "5", "7"), "lkv_until_2025": ("5",), "other_lkv": ("5",), "pension_age": ("5",),
    "quota_levy": ("7",), "revision": ("6",), "savings_loss": ("2", "8"), "service": ("1", "4"),
    "small_employer": ("3",), "surcharge": ("4", "8"), "target_group": ("1",), "transfers": ("3", "5"),
    "transition": ("5",),
}  # fmt: skip
