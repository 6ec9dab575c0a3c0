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

from quotum.intake.checks import words
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
    form = words.FORMS[column.kind].sentence(longest=column.longest, choices=", ".join(column.choices))
    return Rule(
        name=f"{column.delivered_name}_form",
        table=table.name,
        level=REJECT,
        reason=words.MUST_BE.sentence(name=column.delivered_name, form=form),
        source=f"{_FORMATS}: {column.source}" if column.source else FORM,
        holds=can_be_understood(column.name),
        column=column.name,
    )


def _required(
    table: Table, column: Column, when: Callable[[Rows], pa.Array] | None = None, condition: str = ""
) -> Rule:
    return Rule(
        name=f"{column.delivered_name}_required",
        table=table.name,
        level=REJECT,
        reason=words.HAS_VALUE.sentence(name=column.delivered_name, when=condition),
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
    reporting, with_number = words.IN_REPORTING_ROW.sentence(), words.IN_ROW_WITH_NUMBER.sentence()
    return (
        *(_required(RETURNS, RETURNS.column(name), _reports, reporting) for name in _WHEN_INITIAL),
        *(_required(RETURNS, RETURNS.column(name), _has_relation, with_number) for name in _WHEN_ROW),
        Rule(
            "NumIV_required", RETURNS.name, REJECT,
            words.NUMBER_NEEDED.sentence(),
            f"{_FORMATS}: NumIV", _has_relation_or_nothing,
        ),
        Rule(
            "period_of_half_a_year_or_more", RETURNS.name, REJECT,
            words.HALF_A_YEAR.sentence(),
            f"Regeling Wfsv art. 3.33; {MESSAGE}", never(lambda rows: rows.marks["period_long"]),
        ),
        Rule(
            "period_days_belong_together", RETURNS.name, REJECT,
            words.DAYS_OF_PERIOD.sentence(),
            f"{_FORMATS}: DatAanvTv, DatEindTv; the four-week calendar", _period_is_one,
        ),
        Rule(
            "full_return_withdraws_nothing", RETURNS.name, REJECT,
            words.WITHDRAWS_NOTHING.sentence(),
            f"{_FORMATS}: VolledigeAangifte", never(_withdrawn_in_full),
        ),
        *schema_rules(),
        *(oddity.rule for oddity in ODDITIES),
    )  # fmt: skip


def _order(table: Table, first: str, last: str, level: str = REJECT) -> Rule:
    names = (table.column(first).delivered_name, table.column(last).delivered_name)
    return Rule(
        f"{names[1]}_not_before_{names[0]}",
        table.name,
        level,
        words.IN_ORDER.sentence(first=names[0], last=names[1]),
        FORM,
        in_order(first, last),
    )


def _digits_kept(table: Table, column: Column) -> Rule:
    return Rule(
        f"{column.delivered_name}_digits_kept",
        table.name,
        REJECT,
        words.DIGITS_KEPT.sentence(name=column.delivered_name),
        FORM,
        never(partial(written_as_number, column.name)),
    )


def _last_line(table: Table) -> Rule:
    return Rule(
        "last_line_ends", table.name, FINDING,
        words.LAST_LINE_ENDS.sentence(),
        FORM, never(lambda rows: rows.marks.get(CUT_OFF)),
    )  # fmt: skip


_IBAN = Rule(
    "iban_check_digits", EMPLOYERS.name, FINDING,
    words.IBAN.sentence(),
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
    words.ROW_TWICE.sentence(),
    MESSAGE,
)  # fmt: skip
TOTALS = Rule(
    "total_matches_rows", RETURNS.name, FINDING,
    words.TOTAL_MATCHES.sentence(),
    f"{_FORMATS}: CollectieveAangifte",
)  # fmt: skip


MEMBER = Rule(
    "member_refused", RETURNS.name, REJECT,
    words.MEMBER_READ.sentence(),
    FORM,
)  # fmt: skip

# Findings about a whole call compared with the archive: reported on receipt, attached to no row.
LOSES_ROWS = Rule(
    "table_loses_rows", "call", FINDING,
    words.KEEPS_ROWS.sentence(),
    FORM,
)  # fmt: skip
CONTRADICTS = Rule(
    "message_contradicts_itself", "call", FINDING,
    words.ROWS_EQUAL.sentence(),
    MESSAGE,
)  # fmt: skip
OF_CALLS = (LOSES_ROWS, CONTRADICTS)


REFUSE = "refuse"
# Requirements on a payroll return before its rows are read: a message that fails is refused whole, with its line.
MESSAGES = tuple(
    Rule(name, "loonaangifte", REFUSE, words.MESSAGES[name].sentence(), source)
    for name, source in (
        ("sound_xml", "XML"),
        ("no_doctype", FORM),
        ("encoding", f"{_FORMATS}: Loonaangifte"),
        ("namespace", f"{_FORMATS}: Loonaangifte"),
        ("elements_in_place", _FORMATS),
        ("elements_filled", _FORMATS),
        ("elements_known", _FORMATS),
        ("short_parts", FORM),
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
