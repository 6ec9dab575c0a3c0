"""Figures of a year to come: what that year lacks runs on or grows, and is called assumed.

A published value is never replaced by a growth, and a figure that nobody may invent (a surcharge rate, a quota
percentage, a required share) has no value in a later year either. A benefit that the law abolished stays abolished:
only parameters that say so in their file (`assumed_in_later_years`) run on after their last day.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from fractions import Fraction
from typing import Final

from attrs import evolve, frozen

from quotum.money import PERCENT, hundredths_text, round_half_up
from quotum.parameters.book import ASSUMED, SCENARIO, Figure, Parameter
from quotum.parameters.kinds import text_hundredths
from quotum.parameters.scenario import Growth

_ONE_DAY: Final = timedelta(days=1)


@frozen
class LaterYear:
    """A year to come whose law and figures are taken over the rows of an earlier year."""

    year: int
    """Calendar year of the law and the figures."""
    rows_year: int
    """Calendar year of the rows; not later."""

    @property
    def years_later(self) -> int:
        """Whole years between the two."""
        return self.year - self.rows_year

    @property
    def first_day(self) -> date:
        """First day of the year."""
        return date(self.year, 1, 1)

    @property
    def last_day(self) -> date:
        """Last day of the year."""
        return date(self.year, 12, 31)


@frozen
class AssumedFigure:
    """A figure that the later year lacks, or that a scenario lets grow, and how it came about."""

    figure: Figure
    """The figure of the later year; its status is `assumed`."""
    before: Figure
    """The figure from which it comes."""
    since: int
    """Calendar year of that figure."""
    growth: str | None = None
    """Percent a year by which it grew, as the scenario states; None: it runs on unchanged."""


def grown_cents(cents: int, growth: str, years: int) -> int:
    """Returns an amount after some years of growth, in cents, rounded half up once, after the last year.

    Args:
        cents: Amount in the first year.
        growth: Percent a year, as a scenario writes it.
        years: Number of years.
    """
    return round_half_up(cents * ((PERCENT + Fraction(growth)) / PERCENT) ** years)


def assumed_figures(
    lines: Mapping[str, tuple[Figure, ...]], parameters: Iterable[Parameter], growth: tuple[Growth, ...],
    later: LaterYear,
) -> tuple[AssumedFigure, ...]:  # fmt: skip
    """Returns the figures of a later year that no file and no scenario gives for it, by name.

    Args:
        lines: Values as known, and as a scenario sets them, by name and first day.
        parameters: The parameters.
        growth: Growth that a scenario states.
        later: The later year.
    """
    by_name = {stated.name: stated.text for stated in growth}
    figures = (
        _assumed(lines[parameter.name], parameter, by_name.get(parameter.name), later) for parameter in parameters
    )
    return tuple(figure for figure in figures if figure is not None)


def _assumed(
    values: tuple[Figure, ...], parameter: Parameter, growth: str | None, later: LaterYear
) -> AssumedFigure | None:
    """Returns the assumed figure of a parameter; None where its own value holds."""
    holding = next((figure for figure in values if figure.holds(later.first_day)), None)
    if holding is None:
        last = _last_before(values, later) if parameter.assumed_in_later_years else None
        if last is None or last.valid_until is None:
            return None
        since = last.valid_until.year
        return _running_on(last, since, later) if growth is None else _grown(last, since, growth, later)
    if growth is None:
        return None
    # A value that the law lets run on is that of the year of the rows, unless it began later.
    since = max(later.rows_year, 0 if holding.valid_from is None else holding.valid_from.year)
    return _grown(holding, since, growth, later) if since < later.year else None


def _last_before(values: tuple[Figure, ...], later: LaterYear) -> Figure | None:
    ended = [figure for figure in values if figure.valid_until is not None and figure.valid_until < later.first_day]
    return ended[-1] if ended else None


def _running_on(last: Figure, since: int, later: LaterYear) -> AssumedFigure:
    """Lets a value run on from the day after its last day, so that years between the two have it too."""
    source = f"the value of {since}, which runs on ({last.source})"
    first_day = later.first_day if last.valid_until is None else last.valid_until + _ONE_DAY
    figure = evolve(last, status=ASSUMED, source=source, valid_from=first_day, valid_until=later.last_day)
    return AssumedFigure(figure, last, since)


def _grown(before: Figure, since: int, growth: str, later: LaterYear) -> AssumedFigure:
    cents = grown_cents(text_hundredths(before.value), growth, later.year - since)
    origin = f"scenario: {before.source}" if before.status == SCENARIO else before.source
    source = (
        f"{before.value} of {since}, grown by {growth} percent a year as the scenario states, rounded half up to "
        f"whole cents once ({origin})"
    )
    figure = evolve(
        before, value=hundredths_text(cents), status=ASSUMED, source=source, valid_from=later.first_day,
        valid_until=later.last_day,
    )  # fmt: skip
    return AssumedFigure(figure, before, since, growth)


def with_assumed(values: tuple[Figure, ...], assumed: Figure) -> tuple[Figure, ...]:
    """Returns the values of a parameter with an assumed figure in place of what holds on its days."""
    first_day = assumed.valid_from or date.min
    earlier = [figure for figure in values if figure.valid_from is None or figure.valid_from < first_day]
    ended = [
        figure if figure.valid_until is not None and figure.valid_until < first_day
        else evolve(figure, valid_until=first_day - _ONE_DAY)
        for figure in earlier
    ]  # fmt: skip
    return (*ended, assumed)


__all__ = ["AssumedFigure", "LaterYear", "assumed_figures", "grown_cents", "with_assumed"]
