"""Where the tests of a rule are, and the mutants that no test can catch."""

from pathlib import Path

SURVIVORS = Path(__file__).with_name("survivors.toml")
# The rules that a module is about.
RULES = {
    "calendar_days": ("9",),
    "conditions": ("1",),
    "kinds_of_work": ("1", "2", "4", "5", "7"),
    "returns": ("0",),
    "revision": ("6",),
    "service": ("1", "4"),
    "wet_banenafspraak.activation": ("4", "8"),
    "wet_banenafspraak.rate": ("4", "8"),
    "wet_banenafspraak.savings_loss": ("2", "8"),
    "wet_banenafspraak.surcharge": ("4", "8"),
    "wfsv.allocations": ("7",),
    "wfsv.job_count": ("2", "8"),
    "wfsv.job_hours": ("2", "8"),
    "wfsv.quota_hours": ("7",),
    "wfsv.quota_levy": ("7",),
    "wfsv.quota_percentage": ("7",),
    "wfsv.small_employer": ("3",),
    "wfsv.transfers": ("3", "5"),
    "wfsv.wage_before": ("3",),
    "wtl.amounts": ("5",),
    "wtl.bonus": ("5",),
    "wtl.counted_hours": ("5",),
    "wtl.cumulation": ("5",),
    "wtl.employments": ("5",),
    "wtl.lkv_until_2025": ("5",),
    "wtl.other_lkv": ("5",),
    "wtl.pension_age": ("5",),
    "wtl.target_group": ("1",),
    "wtl.terms": ("5",),
    "wtl.transition": ("5",),
    "wtl.windows": ("5",),
}
