"""The ties of a run of the quota levy: from hours to shortage to levy, row by row (Wfsv art. 34, 38g, 38h)."""

from collections.abc import Iterator
from typing import Final

from quotum.law.wfsv.quota_levy import PER_TENTH, TENTHS_PER_JOB
from quotum.law.wfsv.quota_percentage import HUNDREDTHS, two_decimals_down
from quotum.money import HUNDRED_PERCENT
from quotum.run_folder import words
from quotum.run_folder.ties.every_run import finding, marked, once
from quotum.run_folder.ties.statements import Statements
from quotum.run_folder.ties.tie import CENTS, HOURS, ROWS, Equality, Known, Look, Side, every_row, number, total
from quotum.tables import BONUS_LINES, OTHER_LKV_LINES, QUOTA_LINES, QUOTA_SETTLEMENT, SURCHARGE_LINES

EMPTY: Final = (BONUS_LINES, OTHER_LKV_LINES, SURCHARGE_LINES)
"""Result tables of the ordinary regime, without rows."""
TABLES: Final = (QUOTA_SETTLEMENT, QUOTA_LINES, *EMPTY)
"""Result tables of the run."""
_SECTORS: Final = {"overheid": "government", "niet-overheid": "market"}


def looks(statements: Statements) -> Iterator[Look]:
    """What is counted over the files of a run."""
    yield Look(
        "settlement",
        (*_of_settlement(statements), statements.target_group_hours(), *marked(QUOTA_SETTLEMENT, statements)),
    )
    yield Look("quota_lines", (*_of_quota_lines(statements), *marked(QUOTA_LINES, statements)))
    yield from (once(table) for table in (QUOTA_SETTLEMENT, QUOTA_LINES))
    yield Look("settlement AS s FULL JOIN quota_lines AS q ON s.rsin = q.rsin", (*_of_both(statements),))
    for table in EMPTY:
        none = Known(words.NOTHING_ELSE.sentence(), 0)
        yield Look(table.name, (Equality(ROWS, number(words.ROWS.sentence(file=table.name)), none),))
    without = number(
        words.OF_FILE.sentence(file="settlement", which=words.WHICH["without_sector"].sentence()), "sector IS NULL"
    )
    yield finding("quota_employer_without_sector", without, "settlement")
    yield finding("quota_part_year_employer", number("quota_lines: part_of_year", "part_of_year"), "quota_lines")


def _of_settlement(statements: Statements) -> Iterator[Equality]:
    name = "quota_levy_cents"
    yield Equality(CENTS, total(words.SUM_OF.sentence(file="settlement", column=name), name), statements.total(name))
    yield Equality(ROWS, number(words.ROWS.sentence(file="settlement")), statements.total("employers"))
    yield Equality(
        ROWS,
        number(words.ABOVE_NOTHING.sentence(file="settlement", column=name), f"{name} > 0"),
        statements.total("payers"),
    )
    per_job = statements.figures.cents("wfsv.quota_levy_per_job", statements.first_day)
    # Cents are whole: at most the product, and less than a cent below it.
    product = f"quota_shortage_tenths::HUGEINT * {per_job}"
    levy = f"{name}::HUGEINT * {TENTHS_PER_JOB}"
    rule = f"{levy} <= {product} AND {product} < {levy} + {TENTHS_PER_JOB}"
    yield every_row("settlement", words.LEVY_IS.sentence(), rule)
    for sector, part in _SECTORS.items():
        percentage = statements.macro["quota_percentages"].get(part)
        equal = f"quota_percentage_hundredths = {percentage['hundredths']}" if percentage else "false"
        among, which = f"sector = '{sector}'", words.OF_SECTOR.sentence(sector=sector)
        yield every_row("settlement", words.PERCENTAGE_IS.sentence(), equal, among, which)
    nothing = "quota_percentage_hundredths IS NULL AND quota_shortage_tenths = 0"
    yield every_row(
        "settlement", words.NO_LEVY.sentence(), nothing, "sector IS NULL", words.WHICH["without_sector"].sentence()
    )


def _of_quota_lines(statements: Statements) -> Iterator[Equality]:
    summed = total(words.HOURS_SUM.sentence(), "counted_target_hours + borrowed_hours - lent_hours")
    yield Equality(
        HOURS, total(words.SUM_OF.sentence(file="quota_lines", column="levy_target_hours"), "levy_target_hours"), summed
    )
    target = "levy_target_hours = counted_target_hours + borrowed_hours - lent_hours"
    yield every_row("quota_lines", words.HOURS_COUNT.sentence(), target)
    least = int(statements.macro["quota_threshold_hours"])
    bound = f"bound = (counted_hours_t1 >= {least} AND counted_hours >= {least})"
    yield every_row("quota_lines", words.BOUND_FROM.sentence(), bound)


def _of_both(statements: Statements) -> Iterator[Equality]:
    left, right = (
        number(words.ROWS.sentence(file=file), condition)
        for file, condition in (("settlement", "s.rsin IS NOT NULL"), ("quota_lines", "q.rsin IS NOT NULL"))
    )
    yield Equality(ROWS, left, right)
    in_both = Side(words.OF_BOTH.sentence(), "count(*) FILTER (WHERE s.rsin IS NOT NULL AND q.rsin IS NOT NULL)")
    yield Equality(ROWS, left, in_both)
    hours = statements.figures.number("wfsv.average_paid_hours_target_group", statements.first_day)
    tenth = int(two_decimals_down(hours) * HUNDREDTHS) * PER_TENTH
    product, target = (
        "counted_hours::HUGEINT * quota_percentage_hundredths",
        f"levy_target_hours::HUGEINT * {HUNDRED_PERCENT}",
    )
    owed, short = f"greatest({product} - {target}, 0)", f"quota_shortage_tenths::HUGEINT * {tenth}"
    owes, nothing = "bound AND quota_percentage_hundredths IS NOT NULL", "quota_shortage_tenths = 0"
    # Tenths are whole: at most what is missing, and less than a tenth below it.
    rule = f"CASE WHEN {owes} THEN {short} <= {owed} AND {owed} < {short} + {tenth} ELSE {nothing} END"
    yield every_row("settlement", words.SHORTAGE_FOLLOWS.sentence(), rule, "s.rsin IS NOT NULL")


__all__ = ["EMPTY", "TABLES", "looks"]
