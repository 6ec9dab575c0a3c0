"""Sweeps and ranges: a scenario computed again with one or two parameters set to other values."""

from collections.abc import Callable, Iterator
from datetime import date
from fractions import Fraction
from itertools import product
from typing import Final

from quotum.comparison.record import BEHAVIOUR
from quotum.comparison.tables import RANGE_OUTCOMES, SWEEP
from quotum.errors import ParameterFileWrong, RateUnsolvable, WrongUse
from quotum.money import decimal_text
from quotum.parameters import ParameterBook, Setting
from quotum.parameters.kinds import Kind, WrongKind, as_text, closest
from quotum.simulate.country import Country
from quotum.simulate.headline import Row, figures_of
from quotum.simulate.outcome import Outcome, exact_surcharge_cents
from quotum.simulate.plan import Alternative, Plan
from quotum.simulate.ranges import ranges_of
from quotum.simulate.request import Sweep

MOST_POINTS: Final = 100_000
MOST_PARAMETERS: Final = 2
_UNORDERED: Final = (Kind.DATE, Kind.CHOICE)
_DECIMALS: Final = {Kind.EURO: 2, Kind.PERCENT: 2, Kind.PERCENT_OR_RULE: 2}

Outcomes = dict[str, int | None]
Compute = Callable[[Alternative], Outcome]


def parse_sweep(text: str) -> Sweep:
    """Parses PARAMETER=FROM:TO:STEP.

    Raises:
        WrongUse: The text does not have that form.
    """
    name, equals, ends = text.partition("=")
    parts = ends.split(":")
    if not equals or len(parts) != len(("from", "to", "step")) or not all(part.strip() for part in parts):
        raise WrongUse(f"--sweep {text}: write PARAMETER=FROM:TO:STEP, such as wtl.bonus_rate=3.00:4.00:0.10")
    return Sweep(name.strip(), *(part.strip() for part in parts))


def values_of(sweep: Sweep, book: ParameterBook) -> tuple[str, ...]:
    """Returns the values of a sweep, as a scenario writes them.

    Raises:
        ParameterFileWrong: There is no such parameter, or a value is not of its kind.
        WrongUse: The parameter has no order, or the step leads nowhere.
    """
    place = f"--sweep {sweep.parameter}"
    if sweep.parameter not in book:
        raise ParameterFileWrong(f"{place}: no parameter has this name{closest(sweep.parameter, book.names)}")
    kind = book.parameter(sweep.parameter).kind
    if kind in _UNORDERED:
        raise WrongUse(f"{place}: a {kind} cannot be swept; give each value its own scenario")
    whole = kind in (Kind.MONTHS, Kind.YEAR)
    first, last = (_number(text, kind, place) for text in (sweep.first, sweep.last))
    step = _number(sweep.step, Kind.MONTHS if kind is Kind.YEAR else kind, place)
    if step <= 0 or last < first:
        raise WrongUse(f"{place}: the step must be above zero, and the first value at most the last")
    count = int((last - first) / step) + 1
    if count > MOST_POINTS:
        raise WrongUse(f"{place}: {count:,} values are too many; at most {MOST_POINTS:,} points")
    places = 0 if whole else _DECIMALS.get(kind, max(_decimals(text) for text in (sweep.first, sweep.step)))
    return tuple(decimal_text(first + step * number, places) for number in range(count))


def _number(text: str, kind: Kind, place: str) -> Fraction:
    try:
        raw: object = int(text) if kind in (Kind.MONTHS, Kind.YEAR) else text
        return Fraction(as_text(kind if kind is not Kind.PERCENT_OR_RULE else Kind.PERCENT, raw))
    except (WrongKind, ValueError) as problem:
        raise ParameterFileWrong(f"{place}: {problem}") from problem


def _decimals(text: str) -> int:
    return len(text.partition(".")[2])


def _raw(text: str, kind: Kind) -> str:
    """Writes a value as a scenario does: whole numbers without decimals."""
    return text.partition(".")[0] if kind is Kind.NUMBER and not text.partition(".")[2].strip("0") else text


def points(plan: Plan, sweeps: tuple[Sweep, ...]) -> list[tuple[tuple[str, str], ...]]:
    """Returns every point of one or two sweeps: parameter and value, for each.

    Raises:
        WrongUse: There are too many points.
    """
    if len(sweeps) > MOST_PARAMETERS or len({sweep.parameter for sweep in sweeps}) < len(sweeps):
        raise WrongUse("--sweep: one parameter, or two that differ")
    lists = [[(sweep.parameter, text) for text in values_of(sweep, plan.book)] for sweep in sweeps]
    combinations = list(product(*lists)) if lists else []
    if len(combinations) > MOST_POINTS:
        raise WrongUse(f"--sweep: {len(combinations):,} points are too many; at most {MOST_POINTS:,}")
    return combinations


def sweep_rows(plan: Plan, country: Country, compute: Compute, progress: Callable[[str], None]) -> Iterator[Row]:
    """Yields the rows of `tables.SWEEP`: every scenario at every point; the law as it is when no scenario is given."""
    swept = plan.scenarios or plan.alternatives
    number = 0
    all_points = points(plan, plan.request.sweeps)
    for alternative in swept:
        for point in all_points:
            number += 1
            settings = [
                Setting(name, _raw(text, plan.book.parameter(name).kind), f"--sweep {name}") for name, text in point
            ]
            second = settings[1] if len(settings) == MOST_PARAMETERS else None
            row: Row = dict.fromkeys(SWEEP.computed) | {
                "point": number,
                "scenario": alternative.name,
                "year": alternative.year,
                "note": BEHAVIOUR,
                "parameter": settings[0].name,
                "value": settings[0].text,
                "parameter_2": second.name if second else None,
                "value_2": second.text if second else None,
            }
            try:
                figures = figures_of(country, compute(plan.with_setting(alternative, *settings)))
            except RateUnsolvable as problem:
                row["unsolved"] = str(problem)
            else:
                row |= {name: value for name, value in figures.items() if name in row}
            progress("sweep")
            yield row


def range_rows(
    plan: Plan, country: Country, compute: Compute, alternative: Alternative, outcome: Outcome
) -> Iterator[Row]:
    """Yields the rows of a scenario in `tables.RANGES`: each figure at both ends, the others unchanged.

    An outcome that is withheld has no range. A solved rate is rounded to hundredths, and each return to whole euros,
    which can move an outcome more than the figure does. So both ends are the outcome itself plus the effect of the
    figure at the exact rate.
    """
    middle = _outcomes(country, outcome)
    exact = _before_rounding(country, outcome)
    outcomes_at_ends = []
    for ends in ranges_of(plan, alternative):
        computed = [
            compute(plan.with_setting(alternative, Setting(ends.name, text, "[range]")))
            for text in (ends.low, ends.high)
        ]
        if all(end.rate.source == outcome.rate.source for end in computed):
            low, high = (_with_effect(middle, exact, _before_rounding(country, end)) for end in computed)
        else:
            low, high = (_outcomes(country, end) for end in computed)
        outcomes_at_ends.append((ends, low, high))
    on = date(alternative.year, 1, 1)
    for name in RANGE_OUTCOMES:
        widths = [
            (width, ends, low, high)
            for ends, low, high in outcomes_at_ends
            if (width := _width(low[name], middle[name], high[name])) is not None
        ]
        ordered = sorted(widths, key=lambda item: (-item[0], item[1].name))
        for rank, (width, ends, low, high) in enumerate(ordered, start=1):
            has = alternative.figures.has(ends.name, on)
            yield {
                "place": alternative.place,
                "scenario": alternative.name,
                "year": alternative.year,
                "outcome": name,
                "rank": rank,
                "parameter": ends.name,
                "low_value": ends.low,
                "value": alternative.figures.peek(ends.name, on).value if has else None,
                "high_value": ends.high,
                "outcome_low": low[name],
                "outcome_middle": middle[name],
                "outcome_high": high[name],
                "width": width,
                "rounding": (middle[name] or 0) - (exact[name] or 0),
            }


def _with_effect(middle: Outcomes, exact: Outcomes, changed: Outcomes) -> Outcomes:
    """Adds the effect of a change at the exact rate to outcomes; None where one of the three is withheld."""
    three = {name: (middle[name], exact[name], changed[name]) for name in middle}
    return {
        name: None if base is None or before is None or after is None else base + after - before
        for name, (base, before, after) in three.items()
    }


def _outcomes(country: Country, outcome: Outcome) -> Outcomes:
    figures = figures_of(country, outcome)
    return {name: figures[name] for name in RANGE_OUTCOMES}


def _before_rounding(country: Country, outcome: Outcome) -> Outcomes:
    """Returns the outcomes with the surcharge at the exact rate, where the rate was solved; to the cent, half up."""
    figures = _outcomes(country, outcome)
    less = int(outcome.surcharge.sum()) - exact_surcharge_cents(outcome)
    moved = {"surcharge_cents": -less, "net_cents": less, "balance_cents": -less}
    return {name: None if value is None else value + moved.get(name, 0) for name, value in figures.items()}


def _width(*values: int | None) -> int | None:
    """Returns the distance between values; None where one is withheld."""
    present = [value for value in values if value is not None]
    return max(present) - min(present) if len(present) == len(values) else None


__all__ = ["Compute", "parse_sweep", "points", "range_rows", "sweep_rows", "values_of"]
