"""Groups of employers, bands at a limit, net amounts per employee, and shares of target-group hours."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

import numpy as np
import pyarrow.compute as pc

from quotum.law.surcharge import HUNDRED_PERCENT
from quotum.money import round_half_up
from quotum.simulate.columns import Flags, Whole
from quotum.simulate.country import GOVERNMENT, MARKET, NO_SECTOR, Country, starters
from quotum.simulate.headline import Row, mean
from quotum.simulate.levied import LevyHours
from quotum.simulate.outcome import Outcome
from quotum.simulate.plan import Alternative
from quotum.simulate.tables import NO_GROUP, SIZE_CLASSES, WAGE_CLASSES

FEWEST: Final = 10
"""Fewer employers than this show no spread: a part of so few is nearly one employer."""
BANDS: Final = (1, 5, 10)
_PARTS: Final = (10, 25, 50, 75, 90)
_SIZES: Final = (10, 50, 250)
_EUROS: Final = (1, 10, 25, 50, 100, 250, 500, 1_000, 2_500)
_EDGES: Final = (*(-100 * one for one in reversed(_EUROS)), 0, 1, *(100 * one for one in _EUROS))
SHARE_EDGES: Final = (0, 1, 50, 100, 150, 200, 250, 300, 400, 500, 750, 1_000, 2_000)
_HOURS: Final = 1_000
_PERCENT: Final = 100


class Groupings:
    """The groups of a country, each employer in one group of every grouping."""

    def __init__(self, country: Country, limit_cents: int | None) -> None:
        """Groups by sector, employees, wage bill and region.

        Args:
            country: The employers.
            limit_cents: Largest premium wage of a small employer under the law as it is; None when the law
                tests nobody: then there are no groups by wage bill.
        """
        self.groups: list[tuple[str, int, str, Whole]] = [("all", 0, "all employers", np.arange(country.length))]
        sectors = {GOVERNMENT: "overheid", MARKET: "niet-overheid", NO_SECTOR: NO_GROUP}
        self._add("sector", [(name, country.sector == code) for code, name in sectors.items()])
        sizes = np.searchsorted(_SIZES, country.employees, side="right")
        self._add("employees", [(name, sizes == code) for code, name in enumerate(SIZE_CLASSES)])
        if limit_cents is not None:
            classes = _wage_classes(country, limit_cents)
            self._add("wage_bill", [(name, classes == code) for code, name in enumerate((*WAGE_CLASSES, NO_GROUP))])
        region = country.table["region"]
        if region.null_count < country.length:
            names = sorted({one for one in pc.unique(region).to_pylist() if one is not None})
            values = np.array(pc.fill_null(region, NO_GROUP).to_pylist(), dtype=object)
            self._add("region", [(name, values == name) for name in (*names, NO_GROUP)])

    def _add(self, grouping: str, groups: list[tuple[str, Flags]]) -> None:
        found = [(name, np.flatnonzero(where)) for name, where in groups]
        self.groups += [(grouping, place, name, where) for place, (name, where) in enumerate(found) if len(where)]

    def rows(self, alternative: Alternative, outcome: Outcome, law_net: Whole) -> Iterator[Row]:
        """The rows of a scenario in `tables.GROUPS`."""
        gain = outcome.net - law_net
        for grouping, place, name, where in self.groups:
            yield {
                "place": alternative.place,
                "scenario": alternative.name,
                "grouping": grouping,
                "group_place": place,
                "group": name,
                **_amounts(outcome, where),
                **_gains(gain[where]),
            }


def _wage_classes(country: Country, limit_cents: int) -> Whole:
    """The place of each employer's wage bill among the classes; the last where it is unknown."""
    wages = country.table["premium_wage_cents"]
    known = pc.fill_null(wages, 0).to_numpy()
    limits = (limit_cents // 2 + 1, limit_cents + 1, 2 * limit_cents + 1)
    found = np.searchsorted(limits, known, side="right")
    return np.where(wages.is_null().to_numpy(), len(WAGE_CLASSES), found).astype(np.int64)


def _amounts(outcome: Outcome, where: Whole) -> Row:
    columns = {name: getattr(outcome, name)[where] for name in ("surcharge", "levy", "lkv", "bonus", "guidance", "net")}
    received = columns["lkv"] + columns["bonus"] + columns["guidance"]
    return {
        "employers": len(where),
        "small_employers": outcome.count_small(where),
        "payers": int(((columns["surcharge"] > 0) | (columns["levy"] > 0)).sum()),
        "receivers": int((received > 0).sum()),
        **{f"{name}_cents": int(values.sum()) for name, values in columns.items()},
    }


def _gains(gain: Whole) -> Row:
    up, down = gain[gain > 0], gain[gain < 0]
    ordered, count = np.sort(gain), len(gain)
    # The smallest gain that at least so many percent do not exceed.
    spread = {
        f"gain_p{part}_cents": int(ordered[-(-part * count // _PERCENT) - 1]) if count >= FEWEST else None
        for part in _PARTS
    }
    return {
        "winners": len(up),
        "losers": len(down),
        "unchanged": count - len(up) - len(down),
        "gain_cents": int(gain.sum()),
        "mean_gain_cents": mean(int(gain.sum()), count),
        "mean_gain_winners_cents": mean(int(up.sum()), len(up)),
        "mean_gain_losers_cents": mean(int(down.sum()), len(down)),
        **spread,
    }


def cliffs(
    country: Country, alternative: Alternative, outcome: Outcome, law_net: Whole, levy: LevyHours | None
) -> Iterator[Row]:
    """The rows of a scenario in `tables.CLIFFS`: just below (and on) the limit, and just above; none without one."""
    policy, terms = alternative.figured.policy, outcome.terms
    on_limit_below = False
    if alternative.figured.levy is not None and levy is not None:
        name, unit, limit = "quota_levy_hours", "hours", alternative.figured.levy.threshold_hours
        measure = np.minimum(levy.counted, levy.counted_t1)
        known = np.ones(country.length, np.bool_)
    elif policy.small_by_hours is not None:
        name, unit, limit, measure = "small_employer_hours", "hours", policy.small_by_hours, country.paid_hours
        known = np.ones(country.length, np.bool_)
    elif terms.small_limit_cents is None:
        return
    else:
        name, unit, limit, on_limit_below = "small_employer_wage", "cents", terms.small_limit_cents, True
        measure = pc.fill_null(country.table["premium_wage_cents"], 0).to_numpy()
        known = ~country.table["premium_wage_cents"].is_null().to_numpy() & ~starters(country)
    below = measure <= limit if on_limit_below else measure < limit
    charge, net, gain = outcome.surcharge + outcome.levy, outcome.net, outcome.net - law_net
    for band in BANDS:
        near = known & (np.abs(measure - limit) * _PERCENT <= limit * band)
        for side, where in (("below", near & below), ("above", near & ~below)):
            count = int(where.sum())
            yield {
                "place": alternative.place,
                "scenario": alternative.name,
                "limit": name,
                "limit_value": limit,
                "unit": unit,
                "band_percent": band,
                "side": side,
                "employers": count,
                "payers": int((charge[where] > 0).sum()),
                "charge_cents": int(charge[where].sum()),
                "mean_charge_cents": mean(int(charge[where].sum()), count),
                "mean_net_cents": mean(int(net[where].sum()), count),
                "mean_gain_cents": mean(int(gain[where].sum()), count),
            }


def distribution(country: Country, alternative: Alternative, outcome: Outcome) -> Iterator[Row]:
    """The rows of a scenario in `tables.DISTRIBUTION`; an employer of less than one employee counts as one."""
    employees = np.maximum(country.employees, 1)
    bins = np.searchsorted(_EDGES, outcome.net // employees, side="right")
    ends = (None, *_EDGES, None)
    for number in range(len(_EDGES) + 1):
        where = bins == number
        yield {
            "place": alternative.place,
            "scenario": alternative.name,
            "bin": number,
            "from_cents": ends[number],
            "to_cents": ends[number + 1],
            "employers": int(where.sum()),
            "employees": int(employees[where].sum()),
            "net_cents": int(outcome.net[where].sum()),
        }


def shares(country: Country, alternative: Alternative, outcome: Outcome) -> Iterator[Row]:
    """The rows of a scenario in `tables.SHARES`; none when no surcharge is due."""
    if not outcome.terms.due:
        return
    owing = np.flatnonzero(~outcome.small & (country.paid_hours > 0))
    paid, target = country.paid_hours[owing], country.target_hours[owing]
    surcharge, extra = outcome.surcharge[owing], outcome.bonus[owing]
    bins = np.searchsorted(SHARE_EDGES, np.maximum(target * HUNDRED_PERCENT // paid, 0), side="right") - 1
    ends = (*SHARE_EDGES, None)
    for number, first in enumerate(SHARE_EDGES):
        where = bins == number
        hours = int(paid[where].sum())
        yield {
            "place": alternative.place,
            "scenario": alternative.name,
            "bin": number,
            "from_hundredths": first,
            "to_hundredths": ends[number + 1],
            "employers": int(where.sum()),
            "paid_hours": hours,
            "target_group_hours": int(target[where].sum()),
            "surcharge_cents": int(surcharge[where].sum()),
            "bonus_cents": int(extra[where].sum()),
            "surcharge_per_1000_hours_cents": _per_hours(int(surcharge[where].sum()), hours),
            "bonus_per_1000_hours_cents": _per_hours(int(extra[where].sum()), hours),
        }


def _per_hours(cents: int, hours: int) -> int | None:
    return round_half_up(Fraction(cents * _HOURS, hours)) if hours > 0 else None


__all__ = ["BANDS", "FEWEST", "SHARE_EDGES", "Groupings", "cliffs", "distribution", "shares"]
