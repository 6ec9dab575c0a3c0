"""The ties of a settlement as the parameters and scenarios say."""

from collections.abc import Iterator
from typing import Final

from quotum.law.wet_banenafspraak.surcharge import WHOLE_EURO
from quotum.law.wtl.cumulation import JOBS_AGREEMENT
from quotum.money import CENTS_PER_EURO
from quotum.parameters.kinds import RATE_RULES
from quotum.run_folder import words
from quotum.run_folder.ties.every_run import finding, marked, once
from quotum.run_folder.ties.statements import Statements
from quotum.run_folder.ties.tie import CENTS, ROWS, Equality, Known, Look, Side, every_row, number, total
from quotum.tables import BONUS_LINES, OTHER_LKV_LINES, SETTLEMENT, SURCHARGE_LINES
from quotum.words import Sentence

TABLES: Final = (SETTLEMENT, BONUS_LINES, OTHER_LKV_LINES, SURCHARGE_LINES)
"""Result tables of the run."""
_AMOUNTS: Final = ("surcharge_cents", "lkv_cents", "bonus_cents", "payable_cents", "net_cents")
_EMPLOYERS: Final = words.WHICH["employers"].sentence()


def looks(statements: Statements) -> Iterator[Look]:
    """What is counted over the files of a run."""
    yield Look(
        "settlement", (*_of_settlement(statements), statements.target_group_hours(), *marked(SETTLEMENT, statements))
    )
    yield Look("bonus_lines", (*_of_bonus_lines(statements), *marked(BONUS_LINES, statements)))
    yield Look("other_lkv_lines", marked(OTHER_LKV_LINES, statements))
    yield Look("surcharge_lines", (*_of_surcharge_lines(statements), *marked(SURCHARGE_LINES, statements)))
    yield from map(once, TABLES)
    yield _employers_and_bonus_lines()
    yield _employers_and_surcharge_lines()
    yield _employers_of_other_lines()
    yield from _bonus_and_other_lines()
    yield from _findings(statements)


def _of_settlement(statements: Statements) -> Iterator[Equality]:
    """Sums of the country, and what follows from the other columns of a row."""
    for name in _AMOUNTS:
        yield Equality(
            CENTS, total(words.SUM_OF.sentence(file="settlement", column=name), name), statements.total(name)
        )
    yield Equality(ROWS, number(words.ROWS.sentence(file="settlement")), statements.total("employers"))
    if statements.macro["totals"]["small_employers"] is not None:
        yield Equality(
            ROWS,
            number(words.SMALL_EMPLOYERS.sentence(file="settlement"), "small_employer"),
            statements.total("small_employers"),
        )
    for name, column in (("payers", "surcharge_cents"), ("receivers", "payable_cents")):
        said_so = number(words.ABOVE_NOTHING.sentence(file="settlement", column=column), f"{column} > 0")
        yield Equality(ROWS, said_so, statements.total(name))
    file = "settlement"
    yield every_row(file, words.PAYABLE_IS.sentence(), "payable_cents = lkv_cents + bonus_cents")
    yield every_row(file, words.NET_IS.sentence(), "net_cents = payable_cents - surcharge_cents")
    nothing = "surcharge_base_cents = 0 AND surcharge_cents = 0"
    yield every_row(file, words.NOT_OWED.sentence(), nothing, "small_employer", words.WHICH["small"].sentence())
    tested = "(small_employer IS NULL) = (small_ground IS NULL)"
    yield every_row(file, words.HAS_GROUND.sentence(), tested)


def _of_bonus_lines(statements: Statements) -> Iterator[Equality]:
    """Hours times rate, up to the maximum and never below zero, where the jobs agreement is granted."""
    on, due = statements.first_day, bool(statements.macro["surcharge_due"])
    rate, most = (statements.figures.cents(f"wtl.jobs_agreement_{name}", on) for name in ("rate", "cap"))
    extra, most_extra = (statements.figures.cents(f"wtl.bonus_{name}", on) if due else 0 for name in ("rate", "cap"))
    lkv, bonus = _capped(rate, most), _capped(extra, most_extra)
    file, granted = "bonus_lines", f"granted_category = '{JOBS_AGREEMENT}'"
    which = words.WHICH["jobs_agreement"].sentence()
    yield every_row(file, words.LKV_IS.sentence(), f"lkv_cents = {lkv}", granted, which)
    yield every_row(file, words.BONUS_IS.sentence(), f"bonus_cents = {bonus}", granted, which)
    nothing = "lkv_cents = 0 AND bonus_cents = 0 AND NOT lkv_capped"
    yield every_row(
        file, words.NOTHING_GRANTED.sentence(), nothing, f"NOT ({granted})", words.WHICH["another"].sentence()
    )


def _capped(rate: int, most: int) -> str:
    """An amount per hour in SQL; 0 is without maximum."""
    raw = f"greatest(paid_hours::HUGEINT * {rate}, 0)"
    return f"least({raw}, {most})" if most else raw


def _of_surcharge_lines(statements: Statements) -> Iterator[Equality]:
    """Base times rate, down to whole euros, over periods of the year."""
    file = "surcharge_lines"
    product = f"base_cents::HUGEINT * {statements.macro['rate_hundredths'] or 0}"
    # Towards minus infinity: the whole euros are at most the product, and less than a euro below it.
    euros = f"surcharge_cents::HUGEINT * {WHOLE_EURO // CENTS_PER_EURO}"
    rule = f"surcharge_cents % {CENTS_PER_EURO} = 0 AND {euros} <= {product} AND {product} < {euros} + {WHOLE_EURO}"
    yield every_row(file, words.SURCHARGE_IS.sentence(), rule)
    yield every_row(file, words.PERIOD_BEGINS.sentence(), f"year(period_start) = {statements.year}")


def _and_settlement(file: str) -> Sentence:
    return words.TWO_FILES.sentence(first="settlement", second=file)


def _employers_and_bonus_lines() -> Look:
    added = (
        "SELECT rsin, sum(lkv_cents) AS lkv, sum(bonus_cents) AS bonus, count(*) AS lines FROM bonus_lines GROUP BY ALL"
    )
    rows = f"settlement AS s FULL JOIN ({added}) AS b ON s.rsin = b.rsin"
    equal = "coalesce(s.lkv_cents, 0) = coalesce(b.lkv, 0) AND coalesce(s.bonus_cents, 0) = coalesce(b.bonus, 0)"
    return Look(
        rows,
        (
            *_sums_on_both_sides(("lkv_cents", "lkv"), ("bonus_cents", "bonus"), right="b", file="bonus_lines"),
            every_row(_and_settlement("bonus_lines"), words.GRANTED_ARE_LINES.sentence(), equal, which=_EMPLOYERS),
            _in_settlement("bonus_lines", "b"),
        ),
    )


def _employers_and_surcharge_lines() -> Look:
    added = (
        "SELECT left(lhnr, 9) AS rsin, sum(base_cents) AS base, sum(surcharge_cents) AS surcharge, count(*) AS lines "
        "FROM surcharge_lines GROUP BY ALL"
    )
    equal = (
        "coalesce(s.surcharge_base_cents, 0) = coalesce(l.base, 0) "
        "AND coalesce(s.surcharge_cents, 0) = coalesce(l.surcharge, 0)"
    )
    file, lines = "surcharge_lines", "l.lines IS NOT NULL"
    return Look(
        f"settlement AS s FULL JOIN ({added}) AS l ON s.rsin = l.rsin",
        (
            *_sums_on_both_sides(
                ("surcharge_base_cents", "base"), ("surcharge_cents", "surcharge"), right="l", file=file
            ),
            every_row(_and_settlement(file), words.OWED_ARE_LINES.sentence(), equal, which=_EMPLOYERS),
            _in_settlement(file, "l"),
            every_row(file, words.NOT_SMALL.sentence(), "NOT s.small_employer", lines, _EMPLOYERS),
        ),
    )


def _employers_of_other_lines() -> Look:
    added = "SELECT rsin, count(*) AS lines FROM other_lkv_lines GROUP BY ALL"
    rows = f"({added}) AS o LEFT JOIN settlement AS s ON s.rsin = o.rsin"
    return Look(rows, (_in_settlement("other_lkv_lines", "o"),))


def _sums_on_both_sides(*pairs: tuple[str, str], right: str, file: str) -> Iterator[Equality]:
    """Sums of columns of the settlement, and of lines."""
    for name, column in pairs:
        of = name.replace("surcharge_base", "base")
        of_settlement = total(words.SUM_OF.sentence(file="settlement", column=name), f"s.{name}")
        yield Equality(CENTS, of_settlement, total(words.SUM_OF.sentence(file=file, column=of), f"{right}.{column}"))


def _in_settlement(file: str, name: str) -> Equality:
    """Every line is of an employer of the settlement."""
    lines = total(words.ROWS.sentence(file=file), f"{name}.lines")
    return Equality(
        ROWS, lines, Side(words.IN_SETTLEMENT.sentence(),
        f"coalesce(sum({name}.lines) FILTER (WHERE s.rsin IS NOT NULL), 0)"),
    )  # fmt: skip


def _bonus_and_other_lines() -> Iterator[Look]:
    """Of the rights of a person only the granted one has cents (Wtl art. 4.1 lid 3)."""
    other_lines = "SELECT DISTINCT rsin, bsn, category, true AS there FROM other_lkv_lines"
    on = "o.rsin = b.rsin AND o.bsn = b.bsn"
    among = f"b.granted_category <> '{JOBS_AGREEMENT}'"
    which = words.WHICH["another"].sentence()
    has_line = every_row("bonus_lines", words.HAS_CATEGORY.sentence(), "o.there", among, which)
    yield Look(
        f"bonus_lines AS b LEFT JOIN ({other_lines}) AS o ON {on} AND o.category = b.granted_category", (has_line,)
    )
    gives_way = "o.category <> b.granted_category"
    which = words.WHICH["gives_way"].sentence()
    nothing = every_row("other_lkv_lines", words.LKV_NOTHING.sentence(), "o.lkv_cents = 0", gives_way, which)
    yield Look(f"other_lkv_lines AS o JOIN bonus_lines AS b ON {on}", (nothing,))


def _findings(statements: Statements) -> Iterator[Look]:
    """Findings that a result shows too."""
    for code, which, condition in (
        ("employer_without_sector", "without_sector", "sector IS NULL"),
        ("declared_class_decides", "declared_class", "small_ground = 'declared_class'"),
        ("small_employers_not_tested", "not_tested", "small_employer IS NULL"),
    ):
        named = words.OF_FILE.sentence(file="settlement", which=words.WHICH[which].sentence())
        yield finding(code, number(named, condition), "settlement")
    macro = statements.macro
    nothing = macro["surcharge_due"] and macro["rate_source"] in RATE_RULES and macro["totals"]["bonus_cents"] == 0
    yield finding("nothing_balances", Known(words.SOLVED_OVER_NOTHING.sentence(), int(nothing)))


__all__ = ["TABLES", "looks"]
