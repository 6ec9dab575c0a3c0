"""The figures of a quota levy for the whole country: `macro.json` under `--regime quota-levy`."""

from collections.abc import Mapping
from fractions import Fraction

import narwhals as nw
from attrs import asdict, frozen

from quotum.engine.interface import Engine
from quotum.frames import Frame
from quotum.law import readings
from quotum.law.readings import Reading
from quotum.law.wet_banenafspraak.savings_loss import SEPARATE
from quotum.law.wfsv.job_count import Jobs, losses
from quotum.money import count_text, euro_text, hundredths_text
from quotum.parameters import Figure, Figures
from quotum.run import words
from quotum.run.regimes.levy_terms import COMPUTED, SECTORS, LevyTerms
from quotum.run.regimes.macro import assumed_json, losses_json, sectors_json
from quotum.run.stages.columns import flag, sums
from quotum.run.stages.quota_levy import Allocated
from quotum.run.terms import Savings
from quotum.words import phrase


@frozen
class LevyTotals:
    """Sums over all employers; amounts in cents."""

    quota_levy_cents: int
    """Quota levy."""
    employers: int
    """Employers."""
    payers: int
    """Employers that would pay a levy."""


@frozen
class LevyMacro:
    """Everything `macro.json` says."""

    simulation: bool
    """Whether a scenario set any parameter."""
    jobs: Jobs
    """The job count."""
    missing: Fraction | None
    """Missing jobs that count for the savings loss; None without a baseline."""
    savings_loss: Savings | None
    """Savings loss in cents: low, middle, high, each None without a figure; None where it is withheld."""
    totals: LevyTotals
    """Sums over all employers."""
    terms: LevyTerms
    """What was computed with."""
    assumed: tuple[Figure, ...]
    """Assumed figures used."""
    readings: tuple[Reading, ...]
    """Readings the figures rest on."""

    @property
    def savings_loss_booked_cents(self) -> Mapping[str, int | None]:
        """Nothing: what was booked belongs to the regime that is in force."""
        return {}


def totals(macro: LevyMacro) -> tuple[tuple[str, str], ...]:
    """The sums over all employers in words, with what they follow from."""
    percentages = (
        (
            words.PERCENTAGE.sentence(
                part=words.PARTS[SECTORS[sector]].sentence(),
                sector=sector,
                source=words.PERCENTAGE_SOURCES[percentage.source].sentence(),
            ),
            phrase("{number}%", number=hundredths_text(percentage.hundredths)),
        )
        for sector, percentage in macro.terms.percentages.items()
    )
    return (
        (words.LEVY.sentence(), euro_text(macro.totals.quota_levy_cents)),
        *percentages,
        (words.THRESHOLD.sentence(), count_text(macro.terms.threshold_hours)),
        (words.EMPLOYERS.sentence(), count_text(macro.totals.employers)),
        (words.WOULD_PAY.sentence(), count_text(macro.totals.payers)),
    )


def levy_macro(
    engine: Engine, levied: Frame, allocated: Allocated, jobs: Jobs, figures: Figures, terms: LevyTerms
) -> LevyMacro:
    """Totals, missing jobs and savings loss: the levy is figured as if it were collected."""
    totals = _totals(engine, levied)
    missing, lost = losses(jobs, terms.sectors, terms.saving_per_job_cents, revenue=totals.quota_levy_cents > 0)
    return LevyMacro(
        simulation=figures.simulation,
        jobs=jobs,
        missing=missing,
        savings_loss=lost,
        totals=totals,
        terms=terms,
        assumed=tuple(figure for figure in figures.used if figure.status == "assumed"),
        readings=levy_readings(terms, allocated=bool(allocated.accepted)),
    )


def _totals(engine: Engine, levied: Frame) -> LevyTotals:
    counted = levied.with_columns(employers=nw.lit(1), payers=flag(nw.col("quota_levy_cents") > 0))
    row = engine.collect(counted.select(*sums("quota_levy_cents", "employers", "payers"))).to_pylist()[0]
    return LevyTotals(**{name: value or 0 for name, value in row.items()})


def levy_readings(terms: LevyTerms, *, allocated: bool) -> tuple[Reading, ...]:
    """The readings the figures rest on.

    Args:
        terms: The figures of the year.
        allocated: Whether hours of a lender are allocated to a borrower.
    """
    result = [
        readings.FILING_TIME,
        readings.LOCAL_TIME,
        readings.WHOLE_PERIOD_COUNTS,
        readings.THIRTEENTH_PERIOD,
        readings.SAVINGS_LOSS,
        readings.HIRED_IN,
        readings.QUOTA_PART_OF_YEAR,
        readings.QUOTA_REVENUE,
    ]
    result += [readings.AGENCY_SHARE] if terms.sectors == SEPARATE else []
    if allocated:
        result.append(readings.QUOTA_LENT_AGENCY_HOURS)
    if any(percentage.source == COMPUTED for percentage in terms.percentages.values()):
        result.append(readings.QUOTA_PERCENTAGE)
    return tuple(sorted(result, key=lambda reading: reading.name))


def as_json(macro: LevyMacro) -> dict[str, object]:
    """What `macro.json` holds: no decision, only figures."""
    terms = macro.terms
    return {
        "simulation": macro.simulation,
        "year": terms.year,
        "regime": "quota-levy",
        "decides": False,
        "sectors_judged": terms.sectors,
        "baseline_source": macro.jobs.baseline_source,
        "sectors": sectors_json(macro.jobs, macro.missing),
        **losses_json(macro.jobs, macro.missing, macro.savings_loss, terms.saving_per_job_cents),
        "totals": asdict(macro.totals),
        "rate_hundredths": None,
        "rate_source": "none",
        "quota_percentages": {SECTORS[sector]: asdict(percentage) for sector, percentage in terms.percentages.items()},
        "quota_threshold_hours": terms.threshold_hours,
        "assumed": assumed_json(macro.assumed),
        "readings": [asdict(reading) for reading in macro.readings],
    }
