"""The statements of a run on itself, `macro.json` and `run.json`, and the ties between these two."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from attrs import frozen

from quotum.law.wet_banenafspraak.savings_loss import savings_loss_cents
from quotum.parameters import Figures
from quotum.run_folder import words
from quotum.run_folder.ties.tie import CENTS, HOURS, ROWS, WORDS, Equality, Known, Tie, total

_HOURS_PER_JOB = "wet_banenafspraak.hours_per_job_year"


@frozen
class Statements:
    """`macro.json` and `run.json`."""

    macro: Mapping[str, Any]
    """The first."""
    record: Mapping[str, Any]
    """The second."""
    figures: Figures
    """The parameters of the record."""

    @property
    def year(self) -> int:
        """Calendar year that was settled."""
        return int(self.record["year"])

    @property
    def first_day(self) -> date:
        """Day on which the figures of the year hold."""
        return date(self.year, 1, 1)

    def total(self, name: str) -> Known:
        """A total of the country."""
        return Known(f"macro.json: totals.{name}", int(self.macro["totals"][name]))

    def target_group_hours(self) -> Equality:
        """The hours of the target group: those of all employers, and the annual jobs times the hours of a job."""
        hours = Fraction(self.macro["sectors"]["total"]["annual_jobs_exact"]) * self.figures.number(
            _HOURS_PER_JOB, self.first_day
        )
        # A part of an hour ties to nothing.
        value = hours.numerator if hours.denominator == 1 else -1
        known = Known(words.ANNUAL_JOBS.sentence(), value)
        summed = words.SUM_OF.sentence(file="settlement", column="target_group_hours")
        return Equality(HOURS, total(summed, "target_group_hours"), known)


def read_statements(data: Path, figures: Figures) -> Statements:
    """Reads the statements in a folder `data` of a run.

    Args:
        data: The folder.
        figures: The parameters of its `run.json`.
    """
    macro, record = (json.loads((data / name).read_text("utf-8")) for name in ("macro.json", "run.json"))
    return Statements(macro, record, figures)


def ties_of_statements(statements: Statements, revenue_cents: int) -> Iterator[Tie]:
    """The ties between both files.

    Args:
        statements: What they say.
        revenue_cents: What a quota regime brings in: surcharge or levy.
    """
    macro, record = statements.macro, statements.record
    for name in ("year", "simulation", "baseline_source"):
        yield Tie(WORDS, f"macro.json: {name}", str(macro[name]), f"run.json: {name}", str(record[name]))
    listed = {(figure["name"], figure["value"]) for figure in record["parameters"] if figure["status"] == "assumed"}
    assumed = [(figure["name"], figure["value"]) for figure in macro["assumed"]]
    yield Tie(
        ROWS, words.ASSUMED.sentence(), len(assumed),
        words.ASSUMED_TOO.sentence(), sum(figure in listed for figure in assumed),
    )  # fmt: skip
    factors, lost = macro["savings_loss_factors"], macro["savings_loss_cents"]
    if lost is not None:
        missing = Fraction(factors["missing_jobs_exact"])
        product = savings_loss_cents(missing, factors["saving_per_job_cents"], revenue=revenue_cents > 0)
        yield Tie(
            CENTS, "macro.json: savings_loss_cents", lost,
            words.LOSS_IS.sentence(), product,
        )  # fmt: skip


__all__ = ["Statements", "read_statements", "ties_of_statements"]
