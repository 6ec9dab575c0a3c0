"""The figures of a year, as the run beside which a peer is measured wrote them down."""

import json
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

ANSWER = (
    "rsin", "small_employer", "small_ground", "premium_wage_t2_cents", "paid_hours", "target_group_hours",
    "surcharge_base_cents", "surcharge_cents", "lkv_cents", "bonus_cents",
)  # fmt: skip
"""Columns that every peer answers; those of `tables.SETTLEMENT`."""
OUT_OF_BASE = (11, 21, 22, 24, 82)
"""Natures of employment that are out of the surcharge base."""
EMPLOYMENTS = (11, 13, 15)
"""Kinds of income relation that are an employment."""
SUB_NUMBERS = 100
"""A payroll tax number divided by this is the employer."""
FAR_DAY = date(2200, 1, 1)


class Figures(NamedTuple):
    """Amounts are whole cents, percentages whole hundredths of a percent point."""

    year: int
    filed_before: datetime
    """First instant (UTC) after the as-of day."""
    small_limit_cents: int
    required_share: int
    lkv_rate_cents: int
    lkv_cap_cents: int
    bonus_rate_cents: int
    pension_age_years: int

    def surcharge_rate(self, base_cents: int, hours: int) -> int:
        """The rate in balance, rounded half up, from base and paid hours of the employers that owe."""
        return (2 * self.required_share * hours * self.bonus_rate_cents + base_cents) // (2 * base_cents)


def read(run: Path) -> Figures:
    """The figures of a run of a year with a surcharge in balance and a bonus without maximum."""
    record = json.loads((run / "data" / "run.json").read_text("utf-8"))
    values = {parameter["name"]: parameter["value"] for parameter in record["parameters"]}

    def hundredths(name: str) -> int:
        return int(Decimal(values[name]) * 100)

    if values["wet_banenafspraak.surcharge_rate"] != "balance" or hundredths("wtl.bonus_cap"):
        raise ValueError("the peers know the rate in balance and a bonus without maximum only")
    midnight = datetime.combine(
        date.fromisoformat(record["as_of"]) + timedelta(days=1), time(), ZoneInfo("Europe/Amsterdam")
    )
    return Figures(
        year=record["year"],
        filed_before=midnight.astimezone(ZoneInfo("UTC")).replace(tzinfo=None),
        small_limit_cents=hundredths("wfsv.average_premium_wage") * int(values["wfsv.small_employer_factor"]),
        required_share=hundredths("wet_banenafspraak.required_share"),
        lkv_rate_cents=hundredths("wtl.jobs_agreement_rate"),
        lkv_cap_cents=hundredths("wtl.jobs_agreement_cap"),
        bonus_rate_cents=hundredths("wtl.bonus_rate"),
        pension_age_years=int(values["aow.pension_age_months"]) // 12,
    )
