"""Euros beside findings: the most that hangs on what was remarkable, where it can be computed from what is kept.

Each is an upper bound and no amount of anybody: what would be granted, or is or would be charged, if missing or
doubtful data turned out one way for everybody concerned. Within a finding no euro counts twice; two findings can be
about the same euros. Other findings have no euros, since these cannot be computed (a row without a BSN has no person).
"""

from collections.abc import Mapping
from typing import Final

import narwhals as nw

from quotum.engine.interface import Engine
from quotum.frames import Frame, each_once
from quotum.identifiers import SUB_NUMBERS
from quotum.law.wet_banenafspraak import surcharge
from quotum.money import LARGEST_EXACT, euro_text
from quotum.run import words
from quotum.run.findings.counting import places_of
from quotum.run.findings.declared import BY_CODE, FINDINGS
from quotum.run.findings.finding import Finding, Material, Of, OfSettlement, Stake
from quotum.run.findings.persons_above import ABOVE_WAGE
from quotum.run.stages.bounds import size_of
from quotum.run.stages.columns import sums, sums_by
from quotum.run.stages.grants import amounts
from quotum.run.terms import Terms

_WAGES_DIFFER: Final = "wage_bills_differ"
_EXEMPTION: Final = tuple(
    finding for finding in FINDINGS if finding.stake is Stake.SURCHARGE and finding.of is Of.EMPLOYER
)
"""Findings that make the exemption of an employer doubtful."""
MEANINGS: Final = {stake: words.STAKES[stake].sentence() for stake in Stake}
"""What hangs on a finding."""


def hanging(material: Material, rate_hundredths: int) -> dict[str, int]:
    """The most that hangs on each finding of a settlement, in cents; without what cannot be computed.

    Args:
        material: What the stages gave.
        rate_hundredths: Rate of the surcharge, hundredths of a percent point of the wage; 0 when none is due.
    """
    engine, of, euros = material.engine, material.settled, dict[str, int]()
    if of is None:
        return of_levy(material)
    if of.granted is not None and of.granted.by_right is not None:
        for code, missed in of.granted.missed.items():
            cents = of_benefits(engine, engine.keep(missed), of.granted.by_right, of.terms)
            euros |= {} if cents is None else {code: cents}
    return euros | of_surcharge(material, of, rate_hundredths)


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
    hours = nw.concat([now.select(*columns), missed.select(*columns)], how="vertical")
    with_missed = engine.keep(sums_by(hours, (*person, "right"), "paid_hours"))
    if size_of(engine, with_missed, "paid_hours").largest * _highest_rate(terms) > LARGEST_EXACT:
        return None
    highest, granted = _highest(with_missed, terms), _highest(now, terms).rename({"highest": "granted"})
    besides = (
        highest.join(granted, on=list(person), how="left")
        .with_columns(granted=nw.col("granted").fill_null(0))
        .with_columns(cents=nw.col("highest") - nw.col("granted"))
    )
    return _total(engine, besides)


def _highest_rate(terms: Terms) -> int:
    lkv = terms.lkv
    benefits = (lkv.older, lkv.older_before_2024, lkv.disabled, lkv.reassigned)
    return max(
        terms.lkv_rate_cents,
        terms.bonus_rate_cents,
        *(benefit.rate_cents for benefit in benefits if benefit is not None),
    )


def _highest(by_right: Frame, terms: Terms) -> Frame:
    """The highest benefit of each person at an employer: no other is granted (Wtl art. 4.1 lid 3)."""
    priced = amounts(by_right, terms).with_columns(highest=nw.col("lkv_cents") + nw.col("bonus_cents"))
    return priced.group_by("rsin", "bsn").agg(nw.col("highest").max())


def _total(engine: Engine, frame: Frame) -> int:
    """The sum of `cents` above zero: what works the other way round takes nothing off."""
    above = frame.filter(nw.col("cents") > 0)
    return int(engine.collect(above.select(*sums("cents"))).to_pylist()[0]["cents"] or 0)


def of_surcharge(material: Material, of: OfSettlement, rate_hundredths: int) -> dict[str, int]:
    """The surcharge that hangs on an exemption, on what was not left out of a base, or on wages above the maximum.

    Whether an employer is small decides over all of its surcharge; over amounts beside the base it is one for those
    that are not small.
    """
    engine, limit = material.engine, of.terms.small_limit_cents
    if not rate_hundredths or limit is None:
        return {finding.code: 0 for finding in FINDINGS if finding.stake is Stake.SURCHARGE}
    doubtful = {finding.code: _doubtful(material, finding, limit) for finding in _EXEMPTION}
    # Few of all employers: the returns of no others are added up.
    concerned = engine.keep(each_once(nw.concat(list(doubtful.values()), how="vertical"), "rsin"))
    returns = engine.keep(of.deducted.bases(concerned).select("rsin", cents=nw.col("base_cents")))
    if size_of(engine, returns, "cents").largest * rate_hundredths > LARGEST_EXACT:
        return {}
    owed = engine.keep(sums_by(_charged(returns, rate_hundredths), ("rsin",), "cents"))
    euros = {
        code: _total(engine, owed.join(concerned_by, on="rsin", how="semi")) for code, concerned_by in doubtful.items()
    }
    small = of.employers.filter(nw.col("small_employer")).select("rsin")
    for code, beside in _beside_the_base(of).items():
        of_owing = engine.keep(beside.join(small, on="rsin", how="anti"))
        if size_of(engine, of_owing, "cents").largest * rate_hundredths <= LARGEST_EXACT:
            euros[code] = _total(engine, _charged(of_owing, rate_hundredths))
    return euros


def _doubtful(material: Material, finding: Finding, limit: int) -> Frame:
    """The employers of a finding about their exemption, without those whom it leaves what they are: `rsin`."""
    places = places_of(material, finding)
    if places is None or material.settled is None:
        raise ValueError(f"no employer is the place of {finding.code}")
    if finding.code == _WAGES_DIFFER:
        places = places.join(
            material.settled.employers.filter(_other_verdict(limit)).select("rsin"), on="rsin", how="semi"
        )
    return places.select("rsin")


def _charged(amounts_of: Frame, rate_hundredths: int) -> Frame:
    return amounts_of.select("rsin", cents=surcharge.surcharge_cents(nw.col("cents"), rate_hundredths).cast(nw.Int64))


def _other_verdict(limit: int) -> nw.Expr:
    """Whether delivered wage and sum of the returns make of an employer something else, or a transfer decides."""
    delivered_small, summed_small = nw.col("delivered_cents") <= limit, nw.col("summed_cents") <= limit
    return (delivered_small != summed_small) | (nw.col("corrected") == 1)


def _beside_the_base(of: OfSettlement) -> Mapping[str, Frame]:
    """Amounts over which surcharge is charged or not, by finding: `rsin`, `cents`."""
    beside = {
        code: left.select("cents", rsin=nw.col("payroll_tax_number") // SUB_NUMBERS).select("rsin", "cents")
        for code, left in of.deducted.not_left_out.items()
    }
    if ABOVE_WAGE in of.above:
        excess = of.above[ABOVE_WAGE].with_columns(
            cents=nw.col("wage_cents") - nw.lit(of.terms.maximum_premium_wage_cents)
        )
        beside[ABOVE_WAGE] = sums_by(excess, ("rsin",), "cents")
    return beside


def of_findings(numbers: Mapping[str, int], euros: Mapping[str, int]) -> dict[str, int]:
    """What hangs on the findings that there are."""
    return {code: cents for code, cents in euros.items() if code in numbers}


def on_it(code: str, cents: int | None) -> str:
    """What hangs on a finding, in words that follow it; none where that is nothing, or unknown."""
    return words.ON_IT.sentence(euros=euro_text(cents), what=_said_of(code)) if cents else ""


def _said_of(code: str) -> str:
    stake = BY_CODE[code].stake
    if stake is None:
        raise ValueError(f"nothing can be computed that hangs on {code}")
    return MEANINGS[stake]


def of_levy(material: Material) -> dict[str, int]:
    """The levy of employers for whom the law demands a rule that was not found (Wfsv art. 34 lid 8 b)."""
    euros = {}
    for finding in FINDINGS:
        employers = places_of(material, finding) if finding.stake is Stake.LEVY else None
        if employers is not None and material.levied is not None:
            of_finding = material.levied.levied.join(employers, on="rsin", how="semi")
            euros[finding.code] = _total(material.engine, of_finding.select("rsin", cents=nw.col("quota_levy_cents")))
    return euros


__all__ = ["MEANINGS", "hanging", "of_benefits", "of_findings", "of_levy", "of_surcharge", "on_it"]
