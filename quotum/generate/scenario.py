"""A scenario at the scale of the country: targets that are partly missed, and the share that they require."""

from fractions import Fraction

import numpy as np
from attrs import frozen

from quotum.generate.calendars import Calendar
from quotum.generate.draws import Flags
from quotum.generate.employers import Employers, Plan
from quotum.generate.people import registrations
from quotum.generate.relations import Relations
from quotum.generate.truth import Truth
from quotum.money import HUNDREDTHS_PER_PERCENT, PERCENT, hundredths_text, round_down, round_half_up, round_up
from quotum.periods import DAYS_IN_FOUR_WEEKS, LAST_FOUR_WEEK_PERIOD

# Used only to find targets of the right size: a settlement takes these from its parameters.
HOURS_PER_JOB_YEAR = 1_331
HOURS_PER_JOB_MONTH = Fraction(11_092, 100)
NATURES_OUT = (21, 24)
NATURES_HIRED_IN = (11, 22, 82)
TARGET_GOVERNMENT = Fraction(8, 5)
"""Target of the government, as a multiple of its extra jobs."""
TARGET_MARKET = Fraction(23, 20)
"""Target of the market, as a multiple of its extra jobs."""
SHARE_RANGE = 50
"""Half a percent point: distance of both ends of the range from the required share."""
SECTORS = 2
FILERS = 2


@frozen
class Tally:
    """Hours that determine the targets: of market and government, of month filers and four-week filers."""

    target_group: tuple[tuple[int, int], ...] = ((0, 0), (0, 0))
    """Hours of the target group in the last period, per sector and filer."""
    hired_in: tuple[tuple[int, int], ...] = ((0, 0), (0, 0))
    """Hours of hired-in work among them."""
    year: int = 0
    """Hours of everybody, all periods."""

    def __add__(self, other: "Tally") -> "Tally":
        """Adds two tallies."""
        return Tally(
            _added(self.target_group, other.target_group),
            _added(self.hired_in, other.hired_in),
            self.year + other.year,
        )

    def jobs(self, sector: int, calendar: Calendar) -> Fraction:
        """Returns the jobs of the target group of a sector in the last period: 0 is market, 1 government."""
        return self._jobs(self.target_group[sector], calendar)

    def own_jobs(self, sector: int, calendar: Calendar) -> Fraction:
        """Returns the jobs of a sector without hired-in work."""
        return self.jobs(sector, calendar) - self._jobs(self.hired_in[sector], calendar)

    @staticmethod
    def _jobs(hours: tuple[int, int], calendar: Calendar) -> Fraction:
        monthly, four_weekly = hours
        days = int(calendar.ends[1, calendar.counts[1] - 1] - calendar.starts[1, calendar.counts[1] - 1]) + 1
        hours_per_job = Fraction(HOURS_PER_JOB_YEAR, LAST_FOUR_WEEK_PERIOD)
        return monthly / HOURS_PER_JOB_MONTH + Fraction(four_weekly * DAYS_IN_FOUR_WEEKS, days) / hours_per_job


def _added(first: tuple[tuple[int, int], ...], second: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
    return tuple((left[0] + right[0], left[1] + right[1]) for left, right in zip(first, second, strict=True))


def tally(plan: Plan, calendar: Calendar, employers: Employers, relations: Relations, true: Truth) -> Tally:
    """Adds up the hours in force of some employers."""
    employer = relations.employer[true.relation]
    filer = employers.four_week[employer]
    last = true.in_force & (true.period == calendar.counts[filer] - 1)
    counted = true.relation[last]
    filer, hours = filer[last], true.hours[last]
    registered = registrations(plan, relations.person[counted])
    place = calendar.counts[filer] - 1
    member = registered.overlaps(calendar.starts[filer, place], calendar.ends[filer, place])
    member &= relations.has_bsn[counted] & ~np.isin(relations.nature[counted], NATURES_OUT)
    government = employers.government[employer[last]]

    hired_in = np.isin(relations.nature[counted], NATURES_HIRED_IN)

    def sum_of(chosen: Flags) -> int:
        return int(hours[chosen].sum())

    def sums_of(group: Flags) -> tuple[tuple[int, int], ...]:
        return tuple(
            (
                sum_of((government == sector) & (filer == 0) & group),
                sum_of((government == sector) & (filer == 1) & group),
            )
            for sector in range(SECTORS)
        )

    return Tally(
        sums_of(member),
        sums_of(member & hired_in),
        int(true.hours[true.in_force].sum()),
    )


@frozen
class Targets:
    """Targets that the scenario sets for the country."""

    government_jobs: int
    """Extra jobs required of the government."""
    market_jobs: int
    """Extra jobs required of the market."""
    baseline_hours_government: int
    """Monthly hours of its jobs of December 2012, without hired-in work."""
    baseline_hours_market: int
    """The same of the market."""
    baseline_jobs_with_hired: int
    """Jobs of December 2012, with hired-in work; those of neither sector are the zero of hired-in work."""
    required_share_hundredths: int
    """Baseline and targets as a share of all paid hours, in hundredths of a percent."""


def targets(plan: Plan, year: Tally, baseline: Tally) -> Targets:
    """Returns targets somewhat above the extra jobs of the country, and its baseline, fixed like the national one."""
    base = [baseline.jobs(sector, plan.baseline_calendar) for sector in range(SECTORS)]
    extra = [year.jobs(sector, plan.calendar) - base[sector] for sector in range(SECTORS)]
    market = max(1, round_up(extra[0] * TARGET_MARKET))
    government = max(1, round_up(extra[1] * TARGET_GOVERNMENT))
    hours = (base[0] + base[1] + market + government) * HOURS_PER_JOB_YEAR
    share = Fraction(hours * PERCENT * HUNDREDTHS_PER_PERCENT, max(1, year.year))
    own_market, own_government = (
        round_down(baseline.own_jobs(sector, plan.baseline_calendar) * HOURS_PER_JOB_MONTH) for sector in range(SECTORS)
    )
    with_hired = round_half_up(base[0] + base[1])
    return Targets(
        government,
        market,
        own_government,
        own_market,
        with_hired,
        min(max(1, round_half_up(share)), PERCENT * HUNDREDTHS_PER_PERCENT),
    )


def targets_text(year: int, asked: Targets) -> str:
    """Returns targets, required share and ranges as TOML: the basis for a simulation of this country."""
    return f"""\
title = "Made-up country of {year}: targets at its scale"
note = "Targets, baseline, required share and ranges are made up for this synthetic country; none of them is law."

[set]
{_scale(asked)}
[range]
"wet_banenafspraak.agency_share_government" = ["0", "24"]
"wet_banenafspraak.required_share" = ["{_share(asked, -SHARE_RANGE)}", "{_share(asked, SHARE_RANGE)}"]
"wtl.bonus_rate" = ["3.50", "4.00"]
"""


def _share(asked: Targets, more: int) -> str:
    return hundredths_text(min(max(1, asked.required_share_hundredths + more), PERCENT * HUNDREDTHS_PER_PERCENT))


def _scale(asked: Targets) -> str:
    return f"""\
"wet_banenafspraak.baseline_hours_government" = {asked.baseline_hours_government}
"wet_banenafspraak.baseline_hours_market" = {asked.baseline_hours_market}
"wet_banenafspraak.baseline_jobs_with_hired" = {asked.baseline_jobs_with_hired}
"wet_banenafspraak.required_share" = "{hundredths_text(asked.required_share_hundredths)}"
"wet_banenafspraak.target_jobs_government" = {asked.government_jobs}
"wet_banenafspraak.target_jobs_market" = {asked.market_jobs}
"""


def scenario_text(year: int, asked: Targets) -> str:
    """Returns the scenario as TOML."""
    return f"""\
title = "Made-up country of {year}: activated in {year - 2}, surcharge in balance with the bonus"
note = "Targets, baseline, required share and dates are made up for this synthetic country; none of them is law."

[set]
"wet_banenafspraak.in_force_from" = {year - 2}-01-01
"wet_banenafspraak.activated_in" = {year - 2}
"wet_banenafspraak.surcharge_rate" = "balance"
{_scale(asked)}"""
