"""Every table that passes between stages, declared once: its columns and types, what identifies a row, what is null.

The files of deliveries, archive and run are declared in `quotum.tables`; what stages give each other stands here, and
beside each stage `gives` names its own. Identifiers are whole numbers inside, as everywhere while computing.
"""

from typing import Final

from quotum.tables import (
    BONUS_LINES,
    EMPLOYERS,
    FRAGMENTS,
    INCOME_RELATIONS,
    OTHER_LKV_LINES,
    QUOTA_LINES,
    QUOTA_SETTLEMENT,
    SETTLEMENT,
    SIMULATION,
    SUMS,
    SURCHARGE_LINES,
    Column,
    Kind,
    Table,
)


def _whole(name: str, meaning: str, unit: str = "", *, null: bool = False) -> Column:
    return Column(name, Kind.WHOLE, meaning, unit, null=null)


def _cents(name: str, meaning: str, *, null: bool = False) -> Column:
    return Column(name, Kind.CENTS, meaning, "cents", null=null)


def _flags(**meanings: str) -> tuple[Column, ...]:
    """Columns that are 1 where something holds, and 0 elsewhere, so that they can be summed."""
    return tuple(Column(name, Kind.WHOLE, f"1: {meaning}; 0: not") for name, meaning in meanings.items())


def _columns_of(table: Table, *names: str) -> tuple[Column, ...]:
    return tuple(table.column(name) for name in names)


def _computed(table: Table) -> tuple[Column, ...]:
    return tuple(column for column in table.columns if column is not SIMULATION)


_RSIN: Final = Column("rsin", Kind.RSIN, "employer: fiscal number (RSIN)")
_BSN: Final = Column("bsn", Kind.BSN, "citizen service number")
_RETURN: Final = _columns_of(FRAGMENTS, "payroll_tax_number", "period_start", "period_end")
_KEY: Final = tuple(column.name for column in _RETURN)
_MESSAGE: Final = _columns_of(FRAGMENTS, "payroll_tax_number", "message_id", "filed_at")
_FULL: Final = _flags(full="a full return is among its messages")
_PAID: Final = _whole("paid_hours", "paid hours", "hours")

_FACTS: Final = (
    *_flags(
        wsw_all_days="Wsw employment on each day in service",
        wsw_seconded_some_day="seconded Wsw employment on a day in service",
        wsw_seconded_all_days="seconded Wsw employment on each of them",
        sheltered_all_days="sheltered work on each of them",
        lent_out_all_days="lent out on each of them",
        lent_out_some_day="lent out on some of them",
        wsw_on_first_day="Wsw employment on the first of them",
        sheltered_on_first_day="sheltered work on the first of them",
        lent_out_on_first_day="lent out on the first of them",
    ),
    _whole("registered", "1: registered in the target group on a day of the period; empty: not", null=True),
    _RSIN,
    *_flags(
        out_of_count="kind of work that is left out of the count",
        out_until_2025="kind of work without LKV until 2025",
        out_of_base="kind of work that owes no surcharge",
        trait_contradicts="a trait says otherwise than the nature of the employment",
        in_target_group="in the target group",
    ),
)
_NOT_OPENED: Final = ("action", "social_wage_cents", "premium_benefit_cents")
_OPENED: Final = tuple(column for column in INCOME_RELATIONS.columns if column.name not in _NOT_OPENED)

ROWS: Final = Table("rows_in_force", "row in force with the facts of the law", (*INCOME_RELATIONS.columns, *_FACTS))
OPENED: Final = Table("opened_rows", "row in force that the law looks at by itself", (*_OPENED, *_FACTS))
SUMS_IN_FORCE: Final = Table(
    "sums_in_force",
    "part of what the rows of a return in force add up to by nature",
    tuple(column for column in SUMS.columns if column.name != "fragment"),
)
RETURNS_IN_FORCE: Final = Table("returns_in_force", "return in force", (*_RETURN, *_FULL), _KEY)
SCATTERED: Final = Table("scattered_returns", "return of which no message stands as it came", (*_RETURN, *_FULL), _KEY)
PERSONS: Final = Table("persons", "person", (_BSN,), ("bsn",))
MESSAGES: Final = Table(
    "messages",
    "message filed by the day",
    (*_MESSAGE, *_columns_of(FRAGMENTS, "filing_given")),
    tuple(column.name for column in (*_MESSAGE, *_columns_of(FRAGMENTS, "filing_given"))),
)
SOME_MESSAGES: Final = Table(
    "some_messages", "message that is remarkable", _MESSAGE, tuple(column.name for column in _MESSAGE)
)
WITHDRAWALS: Final = Table(
    "unknown_withdrawals",
    "withdrawal of an income relation that no message reports",
    (
        *_RETURN,
        _whole("bsn_key", "citizen service number; 0 without one"),
        Column("personnel_key", Kind.TEXT, "personnel number where there is no citizen service number; else empty"),
        _whole("relation_number", "number of the income relation"),
    ),
    (*_KEY, "bsn_key", "personnel_key", "relation_number"),
)
OVERLAPPING: Final = Table("overlapping_returns", "return whose period overlaps another", _RETURN, _KEY)

_COUNTS: Final = (
    _cents("base_cents", "premium wage that owes surcharge"),
    _whole("base_hours", "paid hours of the rows in it", "hours"),
    _PAID,
    _whole("target_hours", "paid hours of the target group", "hours"),
    _whole("high_rows", "rows with premium wage in the high class", "rows"),
    _whole("low_rows", "rows with premium wage in the low class", "rows"),
    _whole("all_rows", "rows", "rows"),
    _cents("wage_cents", "premium wage"),
    _whole("rows_without_bsn", "rows without a BSN", "rows"),
    _whole("trait_contradictions", "rows of which a trait contradicts the nature", "rows"),
    _whole("rows_without_birth_date", "rows that ask LKV and have no birth date", "rows"),
    _whole("hired_in_hours", "hours of hired-in work of the target group", "hours"),
    _whole("employment_rows", "rows of a kind that is an employment", "rows"),
)
_MAGNITUDE: Final = SUMS.column("wage_magnitude")
PARTS: Final = Table("parts", "part of what a return adds up to", (*_RETURN, _RSIN, *_COUNTS, _MAGNITUDE))
LOOKED_AT: Final = Table("looked_at", "return with rows that are looked at", PARTS.columns, _KEY)
COUNTED_EMPLOYERS: Final = Table("counted_employers", "employer with a return in force", (_RSIN, *_COUNTS), ("rsin",))
BASES: Final = Table("bases", "return with its surcharge base", (*_RETURN, _RSIN, *_COUNTS[:2]), _KEY)
SUMMED_WAGES: Final = Table(
    "summed_wages",
    "employer with complete returns of a year",
    (_RSIN, _cents("summed_cents", "premium wage of the year")),
    ("rsin",),
)

TESTED: Final = Table(
    "tested_employers",
    "employer, whether it is small, and why",
    (
        _RSIN,
        SETTLEMENT.column("sector"),
        Column("started_on", Kind.DATE, "since when it is an employer; empty when it is not listed", null=True),
        *_flags(listed="in the delivery of employers"),
        *_COUNTS,
        _cents("delivered_cents", "premium wage of t-2 as delivered", null=True),
        _cents("summed_cents", "premium wage of t-2 by its returns", null=True),
        _cents("corrected_cents", "premium wage of t-2 after transfers of undertaking", null=True),
        *_flags(
            corrected="a transfer of undertaking corrects the wage",
            took_over="took over an undertaking",
            took_over_unknown="took over one of which the wage is not known",
            took_over_too_much="took over from one that gave away more than the whole",
        ),
        _cents("own_wage_t2_cents", "premium wage of t-2 before transfers", null=True),
        SETTLEMENT.column("premium_wage_t2_cents"),
        *_flags(wages_differ="delivered and summed wage differ", unknown_employer="not in the delivery of employers"),
        *_columns_of(SETTLEMENT, "small_ground", "small_employer"),
        *_flags(
            class_contradicts="the declared class says otherwise than the test",
            wage_before_start="a starter with a wage of t-2",
            not_tested="not tested",
        ),
    ),
    ("rsin",),
)

_CATEGORIES: Final = {
    "jobs_agreement": "LKV doelgroep banenafspraak",
    "older": "LKV oudere werknemer",
    "disabled": "LKV arbeidsgehandicapte werknemer",
    "reassigned": "LKV herplaatsen arbeidsgehandicapte werknemer",
}
_RIGHT: Final = Column("right", Kind.TEXT, "right that hangs on an employment")
_CATEGORY: Final = Column("category", Kind.CHOICE, "category of the benefit", choices=tuple(_CATEGORIES))
_PERSON: Final = ("rsin", "bsn")
ASKS: Final = Table(
    "asks",
    "employer and person for whom it asks a benefit",
    (
        _RSIN,
        _BSN,
        *_flags(**{f"asked_{name}": f"asks {dutch}" for name, dutch in _CATEGORIES.items()}),
        *_flags(asked_in_group="asks the LKV doelgroep banenafspraak for a row in the target group"),
        *(_whole(f"hours_{name}", f"hours of the rows that ask {dutch}") for name, dutch in _CATEGORIES.items()),
        _whole("hours_without_birth_date", "hours of rows of the target group without a birth date", "hours"),
    ),
    _PERSON,
)
REQUESTS: Final = Table("requests", "employer, person and category asked", (_RSIN, _BSN, _CATEGORY, _PAID))
TOLD: Final = Table(
    "employment_reports",
    "what rows say of the start and end of an employment",
    (
        _RSIN,
        *_columns_of(INCOME_RELATIONS, "payroll_tax_number"),
        _BSN,
        *_columns_of(INCOME_RELATIONS, "relation_number", "started_on", "ended_on", "period_start", "period_end"),
    ),
    ("rsin", "payroll_tax_number", "bsn", "relation_number", "started_on", "ended_on"),
)
WINDOWS: Final = Table(
    "windows",
    "right of a person with an employer, over an interval",
    (
        _RSIN,
        _BSN,
        _RIGHT,
        Column("from_day", Kind.DATE, "first day of the right"),
        Column("ends_before", Kind.DATE, "first day after it"),
    ),
)
HOURS_MISSED: Final = Table("hours_missed", "hours that count for no right", (_RSIN, _BSN, _RIGHT, _PAID))
HOURS_BY_RIGHT: Final = Table("hours_by_right", "employer, person and right", HOURS_MISSED.columns, (*_PERSON, "right"))
BONUS: Final = Table(BONUS_LINES.name, BONUS_LINES.meaning, _computed(BONUS_LINES), BONUS_LINES.key)
OTHER_LKV: Final = Table(OTHER_LKV_LINES.name, OTHER_LKV_LINES.meaning, _computed(OTHER_LKV_LINES), OTHER_LKV_LINES.key)

DEDUCTIONS_OF_YEAR: Final = Table(
    "deductions_of_year",
    "return with a deduction",
    (*_RETURN, _cents("deduction_cents", "premium wage to be left out of the base")),
    _KEY,
)
NOT_LEFT_OUT: Final = Table(
    "not_left_out",
    "return with a deduction that cannot be taken off as it came",
    (*_RETURN, _cents("cents", "premium wage that is not left out")),
    _KEY,
)
CHARGED: Final = Table(
    SURCHARGE_LINES.name, SURCHARGE_LINES.meaning, (_RSIN, *_computed(SURCHARGE_LINES)), SURCHARGE_LINES.key
)
SETTLED: Final = Table(SETTLEMENT.name, SETTLEMENT.meaning, _computed(SETTLEMENT), SETTLEMENT.key)

_COUNTED_HOURS: Final = (
    _whole("counted_hours", "paid hours that count for the levy", "hours"),
    _whole("target_hours", "paid hours of the target group", "hours"),
    _whole("counted_target_hours", "hours of the target group that count for the levy", "hours"),
)
MEASURED: Final = Table(
    "measured_rows",
    "row that the law looks at by itself, with what of its hours counts for the levy",
    (*OPENED.columns, _whole("trait_leaves_out", "1: a trait leaves it out; empty: not", null=True), *_COUNTED_HOURS),
)
HOURS_OF_YEAR: Final = Table(
    "hours_of_year", "employer with hours of a year", (_RSIN, _PAID, *_COUNTED_HOURS), ("rsin",)
)
_BORROWED: Final = _whole("borrowed_hours", "hours allocated to it as a borrower", "hours")
_LENT: Final = _whole("lent_hours", "hours taken off it as a lender", "hours")
BORROWED: Final = Table("borrowed", "borrower of hours", (_RSIN, _BORROWED), ("rsin",))
LENT: Final = Table("lent", "lender of hours", (_RSIN, _LENT), ("rsin",))
REFUSED: Final = Table("refused_allocations", "allocation that is refused, by its lender", (_RSIN,))
EVERYONE: Final = Table(
    "everyone",
    "employer with a return in force or in the delivery of employers",
    (
        _RSIN,
        SETTLEMENT.column("sector"),
        Column("started_on", Kind.DATE, "since when it is an employer; empty when it is not listed", null=True),
        EMPLOYERS.column("ended_on"),
    ),
    ("rsin",),
)
LEVIED: Final = Table(
    "levied",
    "employer with its quota levy",
    (
        *EVERYONE.columns,
        QUOTA_SETTLEMENT.column("paid_hours_t1"),
        QUOTA_LINES.column("counted_hours_t1"),
        _PAID,
        *_COUNTED_HOURS,
        _BORROWED,
        _LENT,
        *_columns_of(QUOTA_LINES, "levy_target_hours", "bound", "part_of_year"),
        *_columns_of(QUOTA_SETTLEMENT, "quota_percentage_hundredths", "target_group_hours"),
        *_columns_of(QUOTA_SETTLEMENT, "quota_shortage_tenths", "quota_levy_cents"),
        *_flags(without_sector="without a sector", part_year_employer="an employer for part of year t-1 or t only"),
    ),
    ("rsin",),
)
