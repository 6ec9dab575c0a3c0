"""The checks on what is delivered: named positive predicates, each with its reason and source.

A predicate is a function of the rows (`rows.Rows`), with delivered and understood values. True is valid; false and
unknown break the rule. An absent value breaks only the rule that requires it. A predicate that can tell from a whole
column that no row breaks it says so at once, and so costs almost nothing. What the official schema requires beyond
the form of a value is in `schema_rules`; implausible values are in `plausible`.
"""

from collections.abc import Callable
from functools import cache, partial, reduce

import pyarrow as pa
import pyarrow.compute as pc

from quotum.intake.checks.accounts import accounts_pass
from quotum.intake.checks.plausibility import ODDITIES
from quotum.intake.checks.rule import FORM, MESSAGE, Rule, can_be_understood, has_value, in_order, never
from quotum.intake.checks.rule import SCHEMA as _FORMATS
from quotum.intake.checks.schema_rules import schema_rules
from quotum.intake.checks.spreadsheets import written_as_number
from quotum.intake.rows import CUT_OFF, Rows, Verdict
from quotum.tables import (
    ALLOCATIONS,
    DECLARATIONS,
    DEDUCTIONS,
    DELIVERIES,
    EMPLOYERS,
    FINDING,
    REGISTER,
    REJECT,
    RETURNS,
    TRAITS,
    TRANSFERS,
    Column,
    Kind,
    Table,
)

_FORMS = {
    Kind.TEXT: "text of at most {longest} characters, without control characters",
    Kind.BSN: "nine digits that pass the eleven test",
    Kind.RSIN: "nine digits that pass the eleven test",
    Kind.PAYROLL_TAX_NUMBER: "nine digits that pass the eleven test, L, and two digits other than 00",
    Kind.WHOLE: "a whole number of at most {longest} digits",
    Kind.CODE: "a code of at most {longest} digits",
    Kind.EUROS: "an amount in euros with a decimal point (in CSV with --dialect nl a comma), at most two decimals and "
    "nothing between the thousands",
    Kind.SHARE: "a decimal number between 0 and 1",
    Kind.DATE: "an existing day, yyyy-mm-dd (in CSV with --dialect nl also dd-mm-yyyy)",
    Kind.MOMENT: "an existing moment, yyyy-mm-ddThh:mm:ss",
    Kind.FLAG: "J or N",
    Kind.CHOICE: "one of {choices}",
}

_WHEN_INITIAL = (
    "started_on", "income_kind", "insured_wao", "insured_ww", "insured_zw", "social_wage_cents",
    "premium_wage_low_cents", "premium_wage_high_cents", "premium_benefit_cents", "paid_hours",
)  # fmt: skip
_WHEN_ROW = ("action",)
# What an income relation contains; `filed_at` belongs to the message, and `action` says nothing by itself.
_OF_RELATION = tuple(
    column.name
    for column in RETURNS.columns
    if column.null and column.name not in ("relation_number", "action", "filed_at")
)


def _form(table: Table, column: Column) -> Rule:
    words = _FORMS[column.kind].format(longest=column.longest, choices=", ".join(column.choices))
    return Rule(
        name=f"{column.delivered_name}_form",
        table=table.name,
        level=REJECT,
        reason=f"{column.delivered_name} must be {words}",
        source=f"{_FORMATS}: {column.source}" if column.source else FORM,
        holds=can_be_understood(column.name),
        column=column.name,
    )


def _required(table: Table, column: Column, when: Callable[[Rows], pa.Array] | None = None, words: str = "") -> Rule:
    return Rule(
        name=f"{column.delivered_name}_required",
        table=table.name,
        level=REJECT,
        reason=f"{column.delivered_name} must have a value{words}",
        source=f"{_FORMATS}: {column.source}" if column.source else FORM,
        holds=has_value(column.name, when),
    )


def _reports(rows: Rows) -> pa.Array:
    """Rows that report an income relation; unknown where the action is unknown."""
    return pc.and_kleene(rows.given("relation_number"), rows.equals("action", "I"))


def _has_relation(rows: Rows) -> pa.Array:
    return rows.given("relation_number")


def _has_relation_or_nothing(rows: Rows) -> Verdict:
    if rows.all_given("relation_number"):
        return None
    something = reduce(pc.or_, map(rows.given, _OF_RELATION))
    return pc.or_(rows.given("relation_number"), pc.invert(something))


def _period_is_one(rows: Rows) -> Verdict:
    """Whether the days are a period; also true when another rule covers their length, or a day is unknown."""
    is_period = rows.marks["period_known"]
    if is_period.true_count == len(rows):
        return None
    is_period = pc.or_(is_period, rows.marks["period_long"])
    both_present = pc.and_(rows.values("period_start").is_valid(), rows.values("period_end").is_valid())
    return pc.or_(is_period, pc.invert(both_present))


def _withdrawn_in_full(rows: Rows) -> pa.Array | None:
    withdrawn = rows.equals("action", "X")
    return pc.and_(rows.equals("return_kind", "V"), withdrawn) if withdrawn.true_count else None


def _returns_rules() -> tuple[Rule, ...]:
    return (
        *(_required(RETURNS, RETURNS.column(name), _reports, " in a row that reports") for name in _WHEN_INITIAL),
        *(_required(RETURNS, RETURNS.column(name), _has_relation, " in a row with NumIV") for name in _WHEN_ROW),
        Rule(
            "NumIV_required", RETURNS.name, REJECT,
            "a row about an income relation or a person must have NumIV; only a return without rows leaves it empty",
            f"{_FORMATS}: NumIV", _has_relation_or_nothing,
        ),
        Rule(
            "period_of_half_a_year_or_more", RETURNS.name, REJECT,
            "returns over half a year or a year are not counted in months or four-week periods",
            f"Regeling Wfsv art. 3.33; {MESSAGE}", never(lambda rows: rows.marks["period_long"]),
        ),
        Rule(
            "period_days_belong_together", RETURNS.name, REJECT,
            "DatAanvTv and DatEindTv must be the first and last day of one month or one four-week period",
            f"{_FORMATS}: DatAanvTv, DatEindTv; the four-week calendar", _period_is_one,
        ),
        Rule(
            "full_return_withdraws_nothing", RETURNS.name, REJECT,
            "a full return (V) reports and withdraws nothing",
            f"{_FORMATS}: VolledigeAangifte", never(_withdrawn_in_full),
        ),
        *schema_rules(),
        *(oddity.rule for oddity in ODDITIES),
    )  # fmt: skip


def _order(table: Table, first: str, last: str, level: str = REJECT) -> Rule:
    names = f"{table.column(first).delivered_name} and {table.column(last).delivered_name}"
    return Rule(
        f"{table.column(last).delivered_name}_not_before_{table.column(first).delivered_name}",
        table.name,
        level,
        f"{names} must be in order",
        FORM,
        in_order(first, last),
    )


def _digits_kept(table: Table, column: Column) -> Rule:
    return Rule(
        f"{column.delivered_name}_digits_kept",
        table.name,
        REJECT,
        f"{column.delivered_name} must have all its digits: it came as spreadsheets write a number, without the zeros "
        "before it or as 1,23E+08; have the column written as text",
        FORM,
        never(partial(written_as_number, column.name)),
    )


def _last_line(table: Table) -> Rule:
    return Rule(
        "last_line_ends", table.name, FINDING,
        "the last line of a CSV file must have a line end: without one its last value may have been cut off",
        FORM, never(lambda rows: rows.marks.get(CUT_OFF)),
    )  # fmt: skip


_IBAN = Rule(
    "iban_check_digits", EMPLOYERS.name, FINDING,
    "iban must pass its check digits: nothing can be paid to an employer with another",
    "ISO 13616", accounts_pass,
)  # fmt: skip
_MORE = {
    # Findings only: without the row the employer would lose its sector.
    EMPLOYERS.name: (_order(EMPLOYERS, "started_on", "ended_on", FINDING), _IBAN),
    REGISTER.name: (_order(REGISTER, "registered_from", "registered_until"),),
    TRAITS.name: (_order(TRAITS, "from_day", "until_day"),),
    DECLARATIONS.name: (_order(DECLARATIONS, "from_day", "until_day"),),
    DEDUCTIONS.name: (_order(DEDUCTIONS, "period_start", "period_end"),),
    TRANSFERS.name: (),
    ALLOCATIONS.name: (),
}


@cache
def rules_of(table: Table) -> tuple[Rule, ...]:
    """Returns the rules for one kind of delivery, in order of evaluation."""
    forms = tuple(_form(table, column) for column in table.columns)
    required = tuple(_required(table, column) for column in table.columns if not column.null)
    special = _returns_rules() if table is RETURNS else _MORE.get(table.name, ())
    digits = tuple(_digits_kept(table, column) for column in table.columns if column.kind in (Kind.BSN, Kind.RSIN))
    return (*forms, *digits, *required, *special, _last_line(table))


# Rules about a whole return or message, evaluated where its rows are together.
REPEATED = Rule(
    "row_twice_in_message", RETURNS.name, FINDING,
    "an income relation stands twice in one message and period of a receive call: equal rows count once, unequal ones "
    "put the message out of force",
    MESSAGE,
)  # fmt: skip
TOTALS = Rule(
    "total_matches_rows", RETURNS.name, FINDING,
    "a total of the return (CollectieveAangifte) is the sum of its rows, cut off to whole euros",
    f"{_FORMATS}: CollectieveAangifte",
)  # fmt: skip


MEMBER = Rule(
    "member_refused", RETURNS.name, REJECT,
    "a member of a container must be a delivery that can be read whole; why one was refused is said when it comes",
    FORM,
)  # fmt: skip

# Findings about a whole call compared with the archive: reported on receipt, attached to no row.
LOSES_ROWS = Rule(
    "table_loses_rows", "call", FINDING,
    "a table that takes the place of another has at least nine tenths of its rows; `quotum archive withdraw` puts the "
    "other in force again",
    FORM,
)  # fmt: skip
CONTRADICTS = Rule(
    "message_contradicts_itself", "call", FINDING,
    "rows of one message with the same period, kind, person and NumIV are equal, whatever files they came in: one "
    "with others is out of force, and its returns are settled without it",
    MESSAGE,
)  # fmt: skip
OF_CALLS = (LOSES_ROWS, CONTRADICTS)


REFUSE = "refuse"
# Requirements on a payroll return before its rows are read: a message that fails is refused whole, with its line.
MESSAGES = tuple(
    Rule(name, "loonaangifte", REFUSE, reason, source)
    for name, reason, source in (
        (
            "sound_xml",
            "is well-formed to its end: tags that match, one root with nothing behind it, known entities",
            "XML",
        ),
        ("no_doctype", "has no DOCTYPE, and so no entities of its own", FORM),
        ("encoding", "is written in UTF-8 or ISO-8859-1, as it says itself", f"{_FORMATS}: Loonaangifte"),
        ("namespace", "has the namespace and the version of a known schema", f"{_FORMATS}: Loonaangifte"),
        ("elements_in_place", "has what is read where, in the order and as often as the schema has it", _FORMATS),
        ("elements_filled", "has a value, and no attribute, in each element that is read", _FORMATS),
        ("elements_known", "has elements of the schema only, where that of its year is known", _FORMATS),
        ("short_parts", "has no text, tag or comment of more than 32 megabytes", FORM),
    )
)


def all_rules() -> tuple[Rule, ...]:
    """Returns every rule, for `quotum receive --rules`."""
    return (*(rule for table in DELIVERIES for rule in rules_of(table)), REPEATED, TOTALS, MEMBER)


__all__ = [
    "CONTRADICTS",
    "FINDING",
    "LOSES_ROWS",
    "MEMBER",
    "MESSAGES",
    "OF_CALLS",
    "REJECT",
    "REPEATED",
    "TOTALS",
    "Rule",
    "all_rules",
    "rules_of",
]
