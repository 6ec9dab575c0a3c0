"""What a run settled for one employer, in the columns of its files."""

from attrs import frozen

from quotum.periods import Period


@frozen
class SettledRow:
    """The row of an employer in `settlement`, in its columns."""

    number: int
    """Sequence number of the employer in the run, from 1."""
    sector: str | None
    """Sector."""
    small_employer: bool | None
    """Whether it is small; None when nobody is tested."""
    small_ground: str | None
    """What decided it; None when nobody is tested."""
    premium_wage_t2_cents: int | None
    """Wage that was tested."""
    paid_hours: int
    """Paid hours."""
    target_group_hours: int
    """Those of the target group."""
    surcharge_base_cents: int
    """Base of the surcharge."""
    surcharge_cents: int
    """Surcharge."""
    lkv_cents: int
    """LKV."""
    bonus_cents: int
    """Bonus."""
    payable_cents: int
    """LKV and bonus."""
    net_cents: int
    """Payable less surcharge."""


@frozen
class BonusLine:
    """A row of `bonus_lines`."""

    number: int
    """Sequence number of the line in the run, from 1."""
    bsn: int
    """The person."""
    paid_hours: int
    """Paid hours that count."""
    lkv_cents: int
    """LKV."""
    lkv_capped: bool
    """Whether the maximum cut it off."""
    bonus_cents: int
    """Bonus."""
    granted_category: str
    """Category that is granted."""


@frozen
class OtherLine:
    """A row of `other_lkv_lines`."""

    bsn: int
    """The person."""
    category: str
    """Category."""
    paid_hours: int
    """Paid hours that count."""
    lkv_cents: int
    """LKV of the category."""


@frozen
class Charge:
    """A row of `surcharge_lines`: the surcharge of one return."""

    number: int
    """Payroll tax number."""
    period: Period
    """Return period."""
    base_cents: int
    """Premium wage that counts."""
    surcharge_cents: int
    """Surcharge, whole euros."""


@frozen
class LevyRow:
    """The row of an employer in `settlement` of a quota levy, in its columns."""

    number: int
    """Sequence number of the employer in the run, from 1."""
    sector: str | None
    """Sector."""
    paid_hours_t1: int
    """Paid hours of year t-1."""
    paid_hours: int
    """Paid hours."""
    target_group_hours: int
    """Those of the target group."""
    quota_percentage_hundredths: int | None
    """Quota percentage of the sector; None without sector."""
    quota_shortage_tenths: int
    """Missing jobs, in tenths."""
    quota_levy_cents: int
    """Levy."""


@frozen
class LevyLine:
    """A row of `quota_lines`: from hours to the variables of the levy."""

    counted_hours_t1: int
    """Hours of t-1 that are held against the threshold."""
    counted_hours: int
    """Variable A."""
    counted_target_hours: int
    """Those of the target group."""
    borrowed_hours: int
    """Hours allocated to it as a borrower."""
    lent_hours: int
    """Hours taken off it as a lender."""
    levy_target_hours: int
    """Variable C."""
    bound: bool
    """Whether both years reach the threshold."""
    part_of_year: bool
    """Whether it was an employer for part of t-1 or t only."""


@frozen
class SettledLevy:
    """Everything a run of the quota levy figured for one employer."""

    row: LevyRow
    """Its row."""
    line: LevyLine
    """Its hours and variables."""


@frozen
class SettledEmployer:
    """Everything a run settled for one employer."""

    row: SettledRow
    """Its row."""
    bonus_lines: tuple[BonusLine, ...]
    """Its persons, by BSN."""
    other_lines: tuple[OtherLine, ...]
    """Other categories of LKV."""
    charges: tuple[Charge, ...]
    """Its returns, by number and period."""
