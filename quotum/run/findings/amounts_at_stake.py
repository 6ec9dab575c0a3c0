"""Euros beside findings: the most that hangs on what was remarkable, where it can be computed from what is kept.

Each is an upper bound and no amount of anybody: what would be granted, or is or would be charged, if what is missing or
doubtful turned out one way for everybody it is about. Within a finding no euro counts twice; two findings can be about
the same euros. What hangs on other findings cannot be computed (of a row without a BSN nobody knows the person), and
they have none.
"""

from collections.abc import Mapping
from typing import Final

import narwhals as nw
from attrs import frozen

from quotum.engine.interface import Engine
from quotum.frames import Frame
from quotum.identifiers import SUB_NUMBERS
from quotum.law.wet_banenafspraak import surcharge
from quotum.money import LARGEST_EXACT, euro_text
from quotum.run.findings.levy import PART_YEAR
from quotum.run.findings.quality import ABOVE_WAGE, Above
from quotum.run.stages.bounds import size_of
from quotum.run.stages.columns import sums, sums_by
from quotum.run.stages.deductions import ABOVE_BASE, WITHOUT_RETURN, Deducted
from quotum.run.stages.grants import WITHOUT_BIRTH_DATE, Granted, amounts
from quotum.run.stages.rights import WITHOUT_DECLARATION
from quotum.run.terms import Terms

BENEFIT, SURCHARGE, LEVY = "benefit", "surcharge", "levy"
_BY_CLASS: Final = "declared_class_decides"
_WAGES_DIFFER: Final = "wage_bills_differ"
# Findings that make the exemption of an employer doubtful, and the column that says so with 1.
_EXEMPTION: Final = {
    "declared_class_contradicts_test": "class_contradicts",
    "took_over_more_than_whole": "took_over_too_much",
    "took_over_unknown_wage": "took_over_unknown",
    _WAGES_DIFFER: "wages_differ",
}
KINDS: Final = {
    WITHOUT_DECLARATION: BENEFIT,
    WITHOUT_BIRTH_DATE: BENEFIT,
    **dict.fromkeys((_BY_CLASS, *_EXEMPTION, ABOVE_BASE, WITHOUT_RETURN, ABOVE_WAGE), SURCHARGE),
    PART_YEAR: LEVY,
}
"""What hangs on a finding, by its code."""
MEANINGS: Final = {
    BENEFIT: "LKV and bonus that would be granted besides",
    SURCHARGE: "surcharge that is charged or would be",
    LEVY: "levy that is figured",
}


@frozen
class Stages:
    """What the stages gave, as far as something hangs on it."""

    employers: Frame
    """Every employer, and whether it is small."""
    deducted: Deducted
    """The returns after deductions."""
    granted: Granted
    """LKV and bonus."""
    above: Above
    """Persons with more than can be."""


def hanging(engine: Engine, made: Stages, rate_hundredths: int, terms: Terms) -> dict[str, int]:
    """The most that hangs on each finding, in cents, at the rate of the run; without what cannot be computed.

    Args:
        engine: Where it runs.
        made: What the stages gave.
        rate_hundredths: Rate of the surcharge, hundredths of a percent point of the wage; 0 when none is due.
        terms: The figures of the year.
    """
    by_right = made.granted.by_right
    found: dict[str, int] = {}
    if by_right is not None:
        for code, missed in made.granted.missed.items():
            cents = of_benefits(engine, engine.keep(missed), by_right, terms)
            found |= {} if cents is None else {code: cents}
    return found | of_surcharge(engine, made, rate_hundredths, terms)


def of_benefits(engine: Engine, missed: Frame, by_right: Frame, terms: Terms) -> int | None:
    """What persons would be granted besides with the hours they miss: the highest benefit then, less the highest now.

    Args:
        engine: Where it runs.
        missed: Hours that count for no right, as `by_right`.
        by_right: The hours that count: `rsin`, `bsn`, `right`, `paid_hours`.
        terms: The figures of the year.

    Returns:
        Cents; None when a product could leave what every engine computes exactly.
    """
    person = ("rsin", "bsn")
    now = by_right.join(missed.select(*person).unique(), on=list(person), how="semi")
    columns = (*person, "right", "paid_hours")
    both = nw.concat([now.select(*columns), missed.select(*columns)], how="vertical")
    then = engine.keep(sums_by(both, (*person, "right"), "paid_hours"))
    if size_of(engine, then, "paid_hours").largest * _highest_rate(terms) > LARGEST_EXACT:
        return None
    highest, granted = _highest(then, terms), _highest(now, terms).rename({"highest": "granted"})
    besides = (
        highest.join(granted, on=list(person), how="left")
        .with_columns(granted=nw.col("granted").fill_null(0))
        .with_columns(cents=nw.col("highest") - nw.col("granted"))
    )
    return _total(engine, besides)


def _highest_rate(terms: Terms) -> int:
    lkv = terms.lkv
    others = (lkv.older, lkv.older_before_2024, lkv.disabled, lkv.reassigned)
    return max(terms.lkv_rate_cents, terms.bonus_rate_cents, *(one.rate_cents for one in others if one is not None))


def _highest(by_right: Frame, terms: Terms) -> Frame:
    """The highest benefit of each person at an employer: no other is granted (Wtl art. 4.1 lid 3)."""
    priced = amounts(by_right, terms).with_columns(highest=nw.col("lkv_cents") + nw.col("bonus_cents"))
    return priced.group_by("rsin", "bsn").agg(nw.col("highest").max())


def _total(engine: Engine, frame: Frame) -> int:
    """The sum of `cents` above zero: what works the other way round takes nothing off."""
    above = frame.filter(nw.col("cents") > 0)
    return int(engine.collect(above.select(*sums("cents"))).to_pylist()[0]["cents"] or 0)


def of_surcharge(engine: Engine, made: Stages, rate_hundredths: int, terms: Terms) -> dict[str, int]:
    """The surcharge that hangs on an exemption, on what was not left out of a base, or on wages above the maximum.

    Whether an employer is small decides over all of its surcharge; over amounts beside the base it is one for those
    that are not small.
    """
    employers, limit = made.employers, terms.small_limit_cents
    if not rate_hundredths or limit is None:
        return dict.fromkeys((code for code, kind in KINDS.items() if kind == SURCHARGE), 0)
    doubtful = {code: employers.filter(nw.col(column) == 1) for code, column in _EXEMPTION.items()}
    doubtful[_WAGES_DIFFER] = doubtful[_WAGES_DIFFER].filter(_other_verdict(limit))
    doubtful[_BY_CLASS] = employers.filter(nw.col("small_ground") == "declared_class")
    # Few of all employers: the returns of no others are added up.
    concerned = engine.keep(nw.concat([one.select("rsin") for one in doubtful.values()], how="vertical").unique())
    returns = engine.keep(made.deducted.bases(concerned).select("rsin", cents=nw.col("base_cents")))
    if size_of(engine, returns, "cents").largest * rate_hundredths > LARGEST_EXACT:
        return {}
    owed = engine.keep(sums_by(_charged(returns, rate_hundredths), ("rsin",), "cents"))
    found = {
        code: _total(engine, owed.join(some.select("rsin"), on="rsin", how="semi")) for code, some in doubtful.items()
    }
    small = employers.filter(nw.col("small_employer")).select("rsin")
    for code, beside in _beside_the_base(made, terms).items():
        of_owing = engine.keep(beside.join(small, on="rsin", how="anti"))
        if size_of(engine, of_owing, "cents").largest * rate_hundredths <= LARGEST_EXACT:
            found[code] = _total(engine, _charged(of_owing, rate_hundredths))
    return found


def _charged(amounts_of: Frame, rate_hundredths: int) -> Frame:
    return amounts_of.select("rsin", cents=surcharge.surcharge_cents(nw.col("cents"), rate_hundredths).cast(nw.Int64))


def _other_verdict(limit: int) -> nw.Expr:
    """Whether delivered wage and sum of the returns make of an employer something else, or a transfer decides."""
    one, other = nw.col("delivered_cents") <= limit, nw.col("summed_cents") <= limit
    return (one != other) | (nw.col("corrected") == 1)


def _beside_the_base(made: Stages, terms: Terms) -> Mapping[str, Frame]:
    """Amounts over which surcharge is charged or not, by finding: `rsin`, `cents`."""
    beside = {
        code: left.select("cents", rsin=nw.col("payroll_tax_number") // SUB_NUMBERS).select("rsin", "cents")
        for code, left in made.deducted.not_left_out().items()
    }
    if ABOVE_WAGE in made.above:
        excess = made.above[ABOVE_WAGE][0].with_columns(
            cents=nw.col("wage_cents") - nw.lit(terms.maximum_premium_wage_cents)
        )
        beside[ABOVE_WAGE] = sums_by(excess, ("rsin",), "cents")
    return beside


def on_it(code: str, cents: int | None) -> str:
    """What hangs on a finding, in words that follow it; none where that is nothing, or unknown."""
    return f"at most {euro_text(cents)} euro hang on it: {MEANINGS[KINDS[code]]}" if cents else ""


def of_levy(engine: Engine, levied: Frame) -> dict[str, int]:
    """The levy of employers for whom the law demands a rule that was not found (Wfsv art. 34 lid 8 b)."""
    part = levied.filter(nw.col("part_year_employer") == 1).select("rsin", cents=nw.col("quota_levy_cents"))
    return {PART_YEAR: _total(engine, part)}


__all__ = ["BENEFIT", "KINDS", "LEVY", "MEANINGS", "SURCHARGE", "Stages", "hanging", "of_benefits", "of_levy", "on_it"]
