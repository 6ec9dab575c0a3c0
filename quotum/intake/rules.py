"""The checks on what is delivered: named positive predicates, each with its reason and source.

A predicate is SQL over what was understood (`<column>`, empty when the value is absent or cannot be
understood) and whether there was anything (`given_<column>`, true or false). True is valid; false and
unknown both break the rule. A value that is absent breaks no rule but the one that demands it.
The rules of form are judged on distinct values, all others on rows; each costs some nanoseconds a row.
What the official schema demands beyond the form of a value is in `schema_rules`, what is odd in `plausible`.
"""

from functools import cache

from quotum.intake.plausible import ODD
from quotum.intake.rule import FINDING, REJECT, Rule
from quotum.intake.rule import SCHEMA as _FORMATS
from quotum.intake.schema_rules import schema_rules
from quotum.tables import (
    ALLOCATIONS,
    DECLARATIONS,
    DEDUCTIONS,
    DELIVERIES,
    REGISTER,
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
    Kind.EUROS: "an amount in euros with a decimal point and at most two decimals",
    Kind.SHARE: "a decimal number between 0 and 1",
    Kind.DATE: "an existing day, yyyy-mm-dd",
    Kind.MOMENT: "an existing moment, yyyy-mm-ddThh:mm:ss",
    Kind.FLAG: "J or N",
    Kind.CHOICE: "one of {choices}",
}

_WHEN_INITIAL = (
    "started_on", "income_kind", "insured_wao", "insured_ww", "insured_zw", "social_wage_cents",
    "premium_wage_low_cents", "premium_wage_high_cents", "premium_benefit_cents", "paid_hours",
)  # fmt: skip
_WHEN_ROW = ("action",)
_EMPTY_WITHOUT_ROWS = ("bsn", "personnel_number", "started_on", "income_kind")


def _form(table: Table, column: Column) -> Rule:
    words = _FORMS[column.kind].format(longest=column.longest, choices=", ".join(column.choices))
    return Rule(
        name=f"{column.delivered_name}_form",
        table=table.name,
        level=REJECT,
        reason=f"{column.delivered_name} must be {words}",
        source=f"{_FORMATS}: {column.source}" if column.source else "quotum, form of deliveries",
        predicate=f"NOT given_{column.name} OR {column.name} IS NOT NULL",
        column=column.name,
        form=True,
    )


def _required(table: Table, column: Column, when: str = "", words: str = "") -> Rule:
    given = f"given_{column.name}"
    return Rule(
        name=f"{column.delivered_name}_required",
        table=table.name,
        level=REJECT,
        reason=f"{column.delivered_name} must have a value{words}",
        source=f"{_FORMATS}: {column.source}" if column.source else "quotum, form of deliveries",
        predicate=f"{given} OR NOT ({when})" if when else given,
    )


def _returns_rules() -> tuple[Rule, ...]:
    initial = "given_relation_number AND action = 'I'"
    row = "given_relation_number"
    emptied = " AND ".join(f"NOT given_{name}" for name in _EMPTY_WITHOUT_ROWS)
    return (
        *(_required(RETURNS, RETURNS.column(name), initial, " in a row that reports") for name in _WHEN_INITIAL),
        *(_required(RETURNS, RETURNS.column(name), row, " in a row with NumIV") for name in _WHEN_ROW),
        Rule(
            "NumIV_required", RETURNS.name, REJECT,
            "a row with a person must have NumIV; only a return without rows leaves it empty",
            f"{_FORMATS}: NumIV", f"given_relation_number OR ({emptied})",
        ),
        Rule(
            "period_of_half_a_year_or_more", RETURNS.name, REJECT,
            "returns over half a year or a year are not counted in months or four-week periods",
            "Regeling Wfsv art. 3.33; law.md rule 2", "NOT period_long OR period_long IS NULL",
        ),
        Rule(
            "period_days_belong_together", RETURNS.name, REJECT,
            "DatAanvTv and DatEindTv must be the first and last day of one month or one four-week period",
            f"{_FORMATS}: DatAanvTv, DatEindTv; the four-week calendar",
            "period_known OR period_long OR period_start IS NULL OR period_end IS NULL",
        ),
        Rule(
            "full_return_withdraws_nothing", RETURNS.name, REJECT,
            "a full return (V) reports and withdraws nothing",
            f"{_FORMATS}: VolledigeAangifte", "coalesce(return_kind <> 'V' OR action <> 'X', true)",
        ),
        *schema_rules(),
        *(odd.rule for odd in ODD),
    )  # fmt: skip


def _order(table: Table, first: str, last: str) -> Rule:
    names = f"{table.column(first).delivered_name} and {table.column(last).delivered_name}"
    return Rule(
        f"{table.column(last).delivered_name}_not_before_{table.column(first).delivered_name}",
        table.name,
        REJECT,
        f"{names} must be in order",
        "quotum, form of deliveries",
        f"{first} IS NULL OR {last} IS NULL OR {first} <= {last}",
    )


_MORE = {
    REGISTER.name: (_order(REGISTER, "registered_from", "registered_until"),),
    TRAITS.name: (_order(TRAITS, "from_day", "until_day"),),
    DECLARATIONS.name: (_order(DECLARATIONS, "from_day", "until_day"),),
    DEDUCTIONS.name: (_order(DEDUCTIONS, "period_start", "period_end"),),
    TRANSFERS.name: (),
    ALLOCATIONS.name: (),
}


@cache
def rules_of(table: Table) -> tuple[Rule, ...]:
    """The rules for one kind of delivery, in the order in which they are evaluated."""
    forms = tuple(_form(table, column) for column in table.columns)
    required = tuple(_required(table, column) for column in table.columns if not column.null)
    more = _returns_rules() if table is RETURNS else _MORE.get(table.name, ())
    return (*forms, *required, *more)


# Rules about a whole return or message, evaluated where its rows are together.
REPEATED = Rule(
    "row_twice_in_message", RETURNS.name, FINDING,
    "an income relation stands twice in one message and period: equal rows count once, unequal ones stop a settlement",
    "contract.md, a message", "",
)  # fmt: skip
TOTALS = Rule(
    "total_matches_rows", RETURNS.name, FINDING,
    "a total of the return (CollectieveAangifte) is the sum of its rows, cut off to whole euros",
    f"{_FORMATS}: CollectieveAangifte", "",
)  # fmt: skip


def all_rules() -> tuple[Rule, ...]:
    """Every rule, for `quotum receive --rules`."""
    return (*(rule for table in DELIVERIES for rule in rules_of(table)), REPEATED, TOTALS)


__all__ = ["FINDING", "REJECT", "REPEATED", "TOTALS", "Rule", "all_rules", "rules_of"]
