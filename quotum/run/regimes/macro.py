"""The figures for the whole country: jobs, savings loss, totals (Wfsv art. 122n; Regeling Wfsv art. 3.32 to 3.34)."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Final

import narwhals as nw
from attrs import asdict, evolve, frozen

from quotum.engine.interface import Engine
from quotum.frames import Frame
from quotum.law.readings import Reading
from quotum.law.wet_banenafspraak.activation import brings_in_revenue
from quotum.law.wet_banenafspraak.rate import Rate
from quotum.law.wet_banenafspraak.savings_loss import HiredIn, SectorCount
from quotum.law.wfsv.job_count import GOVERNMENT, MARKET, Counts, Jobs, losses
from quotum.money import count_text, decimal_text, euro_text, hundredths_text
from quotum.parameters import Figure
from quotum.run import words
from quotum.run.stages.columns import sums
from quotum.run.terms import Savings, Terms
from quotum.words import phrase

Numbers = dict[str, Fraction | None]


@frozen
class Totals:
    """Sums over all employers; amounts in cents."""

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
    employers: int
    """Employers."""
    small_employers: int | None
    """Small ones among them; None when nobody is tested."""
    payers: int
    """Employers that pay a surcharge."""
    receivers: int
    """Employers that receive LKV or bonus."""


@frozen
class Macro:
    """Everything `macro.json` says."""

    simulation: bool
    """Whether a scenario set any parameter."""
    jobs: Jobs
    """The job count."""
    missing: Fraction | None
    """Missing jobs that count for the savings loss; None without a baseline."""
    savings_loss: Savings | None
    """Savings loss in cents: low, middle, high, each None without a figure; None where it is withheld."""
    totals: Totals
    """Sums over all employers."""
    rate: Rate
    """The surcharge rate."""
    terms: Terms
    """What was computed with."""
    assumed: tuple[Figure, ...]
    """Assumed figures used."""
    readings: tuple[Reading, ...]
    """Readings the figures rest on."""

    @property
    def savings_loss_booked_cents(self) -> Mapping[str, int | None]:
        """Savings loss in the budget documents, by part; None for years without."""
        return self.terms.savings_loss_booked_cents


def in_force(terms: Terms) -> str:
    """Says in a line what is in force in the year."""
    if terms.required_government_share_hundredths is not None:
        return _conditional(terms)
    if terms.due:
        return words.DUE.sentence()
    return (words.IN_FORCE if terms.in_force else words.NOT_IN_FORCE).sentence()


def _conditional(terms: Terms) -> str:
    """Says it of a regime that depends on what government has realised."""
    share = hundredths_text(terms.required_government_share_hundredths or 0)
    condition = words.CONDITION.sentence(share=share)
    if terms.condition_met is None:
        return words.DEPENDS.sentence(condition=condition)
    if not terms.condition_met:
        return words.CONDITION_UNMET.sentence(condition=condition)
    due = (words.THEN_DUE if terms.due else words.THEN_NOT_DUE).sentence()
    return words.CONDITION_MET.sentence(due=due, condition=condition)


def totals(macro: Macro) -> tuple[tuple[str, str], ...]:
    """The sums over all employers in words."""
    sums_of, rate = macro.totals, macro.rate
    rate_name = words.RATE.sentence(source=words.RATE_SOURCES[rate.source].sentence())
    rates = ((rate_name, phrase("{number}%", number=hundredths_text(rate.hundredths))),) if macro.terms.due else ()
    tested = sums_of.small_employers
    return (
        (words.LKV.sentence(), euro_text(sums_of.lkv_cents)),
        (words.BONUS.sentence(), euro_text(sums_of.bonus_cents)),
        (words.PAYABLE.sentence(), euro_text(sums_of.payable_cents)),
        (words.SURCHARGE.sentence(), euro_text(sums_of.surcharge_cents)),
        (words.NET.sentence(), euro_text(sums_of.net_cents)),
        *rates,
        (words.EMPLOYERS.sentence(), count_text(sums_of.employers)),
        (words.SMALL.sentence(), words.NOT_TESTED.sentence() if tested is None else count_text(tested)),
        (words.PAYING.sentence(), count_text(sums_of.payers)),
        (words.RECEIVING.sentence(), count_text(sums_of.receivers)),
    )


def sum_up(engine: Engine, settlement: Frame, *, tested: bool = True) -> Totals:
    """Sums over all employers.

    Args:
        engine: Where it runs.
        settlement: As `tables.SETTLEMENT`.
        tested: Whether it was tested which of them are small.
    """
    yes, no = nw.lit(1), nw.lit(0)
    amounts = ("surcharge_cents", "lkv_cents", "bonus_cents", "payable_cents", "net_cents")
    flags = {
        "employers": yes,
        "small_employers": nw.when(nw.col("small_employer")).then(yes).otherwise(no),
        "payers": nw.when(nw.col("surcharge_cents") > 0).then(yes).otherwise(no),
        "receivers": nw.when(nw.col("payable_cents") > 0).then(yes).otherwise(no),
    }
    counted = settlement.select(*amounts, "small_employer").with_columns(**flags)
    row = engine.collect(counted.select(*sums(*amounts, *flags))).to_pylist()[0]
    totals = Totals(**{name: value or 0 for name, value in row.items()})
    return totals if tested else evolve(totals, small_employers=None)


def savings_losses(jobs: Jobs, totals: Totals, terms: Terms) -> tuple[Fraction | None, Savings | None]:
    """Missing jobs that count, and the savings loss over them; None where nothing can be said of it."""
    revenue = brings_in_revenue(totals.surcharge_cents, due=terms.due)
    return losses(jobs, terms.sectors, terms.saving_per_job_cents, revenue=revenue)


def sectors_json(jobs: Jobs, missing: Fraction | None) -> dict[str, dict[str, str | None]]:
    """What `macro.json` holds of the parts of the job count and of the total.

    The numbers of government and market are without hired-in work, so that the parts add up; what they
    realised with their share of it, from which what they miss follows, stands beside. The missing jobs of
    the total are those that count for the savings loss.
    """
    parts: dict[str, Numbers] = {
        "government": {"target": jobs.targets[GOVERNMENT], "december": jobs.december.government},
        "market": {"target": jobs.targets[MARKET], "december": jobs.december.market},
        "hired_in": {"target": Fraction(0), "december": jobs.december.hired_in},
        "total": {"target": sum(jobs.targets.values(), Fraction(0)), "december": jobs.december.total},
    }
    above = dict.fromkeys(parts, _ABOVE) if jobs.counts is None else _above(jobs.counts, missing)
    annual = jobs.annual
    years: Numbers = {"government": annual.government, "market": annual.market, "hired_in": annual.hired_in}
    years["total"] = annual.total
    return {
        name: _part_json(numbers | above[name] | {"annual": years[name]}, jobs.baseline_source)
        for name, numbers in parts.items()
    }


_ABOVE: Final[Numbers] = dict.fromkeys(("baseline", "realised", "missing"))


def _above(counts: Counts, missing: Fraction | None) -> dict[str, Numbers]:
    """The numbers of each part that need a baseline; of hired-in work nothing was agreed, so it misses nothing."""
    government, market = counts.sectors_with_hired_in
    hired_in: Numbers = dict(_ABOVE) if counts.hired_in is None else _over(counts.hired_in)
    return {
        "government": _over(counts.government) | _judged(government),
        "market": _over(counts.market) | _judged(market),
        "hired_in": hired_in | {"missing": Fraction(0)},
        "total": _over(counts.total) | {"missing": missing},
    }


def _over(count: SectorCount | HiredIn) -> Numbers:
    return {"baseline": count.baseline, "realised": count.realised}


def _judged(count: SectorCount) -> Numbers:
    return {"realised_with_hired_in": count.realised, "missing": count.missing}


def _part_json(numbers: Numbers, source: str) -> dict[str, str | None]:
    """Numbers with two decimals, each with its exact fraction; null where there is no baseline."""
    exact: dict[str, str | None] = {}
    for name, number in numbers.items():
        exact[f"{name}_jobs"] = None if number is None else decimal_text(number)
        exact[f"{name}_jobs_exact"] = exact_text(number)
    return exact | {"baseline_source": source}


def exact_text(number: Fraction | None) -> str | None:
    """An exact fraction as numerator/denominator."""
    return None if number is None else f"{number.numerator}/{number.denominator}"


def losses_json(jobs: Jobs, missing: Fraction | None, losses: Savings | None, saving: Savings) -> dict[str, object]:
    """The savings loss with the factors it is the product of; null where it is withheld."""
    low, middle, high = losses or (None, None, None)
    return {
        "savings_loss_cents": middle,
        "savings_loss_low_cents": low,
        "savings_loss_high_cents": high,
        "savings_loss_withheld": jobs.losses_withheld,
        "savings_loss_factors": {
            "missing_jobs_exact": exact_text(missing),
            "saving_per_job_cents": saving[1],
            "saving_per_job_low_cents": saving[0],
            "saving_per_job_high_cents": saving[2],
        },
    }


def as_json(macro: Macro) -> dict[str, object]:
    """What `macro.json` holds."""
    jobs = macro.jobs
    extra = jobs.extra_government
    return {
        "simulation": macro.simulation,
        "year": macro.terms.year,
        "regime_in_force": macro.terms.in_force,
        "surcharge_due": macro.terms.due,
        "sectors_judged": macro.terms.sectors,
        "government_condition_met": macro.terms.condition_met,
        "baseline_source": jobs.baseline_source,
        "sectors": sectors_json(jobs, macro.missing),
        "extra_government_jobs": None if extra is None else decimal_text(extra),
        **losses_json(jobs, macro.missing, macro.savings_loss, macro.terms.saving_per_job_cents),
        "savings_loss_booked_cents": macro.terms.savings_loss_booked_cents,
        "totals": asdict(macro.totals),
        "rate_hundredths": macro.rate.hundredths if macro.terms.due else None,
        "rate_source": macro.rate.source,
        "rate_quotient": None if macro.rate.quotient is None else str(macro.rate.quotient),
        "assumed": assumed_json(macro.assumed),
        "readings": [asdict(reading) for reading in macro.readings],
    }


def assumed_json(figures: Iterable[Figure]) -> list[dict[str, object]]:
    """What `macro.json` holds of the assumed figures."""
    return [
        {"name": figure.name, "value": figure.value, "unit": figure.unit, "source": figure.source} for figure in figures
    ]
