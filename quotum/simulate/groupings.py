"""Groups of employers, bands at a limit, net amounts per employee, and shares of target-group hours.

No group has fewer than ten employers: `small_groups` merges small groups before a figure is added up.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Final

import numpy as np
import pyarrow.compute as pc

from quotum.comparison.bins import SHARE_EDGES, bins_of, mean, name_of, share_bins
from quotum.comparison.small_groups import (
    FEWEST,
    Flags,
    Whole,
    counts,
    few,
    in_a_pool,
    in_order,
    sound,
    split_is_sound,
)
from quotum.comparison.tables import ALL, NO_GROUP, SIZE_CLASSES, SIZES, WAGE_CLASSES
from quotum.money import HUNDRED_PERCENT, round_half_up
from quotum.simulate.country import GOVERNMENT, MARKET, Country, starters, tested_wages
from quotum.simulate.headline import Row
from quotum.simulate.levy import LevyHours
from quotum.simulate.outcome import Outcome
from quotum.simulate.plan import Alternative

BANDS: Final = (1, 5, 10)
_PARTS: Final = (10, 25, 50, 75, 90)
_EUROS: Final = (1, 10, 25, 50, 100, 250, 500, 1_000, 2_500)
_EDGES: Final = (*(-100 * euros for euros in reversed(_EUROS)), 0, 1, *(100 * euros for euros in _EUROS))
_HOURS: Final = 1_000
_PERCENT: Final = 100


_AMOUNTS: Final = ("surcharge", "levy", "lkv", "bonus", "guidance")


class Groupings:
    """The groups of a country: each employer in one group of every grouping, the same for every scenario.

    A group has at least ten employers, and each of its amounts and gains under any scenario comes from nobody or from
    at least ten employers; smaller groups are merged.
    """

    def __init__(self, country: Country, limit_cents: int | None, marks: Sequence[Flags]) -> None:
        """Groups employers by sector, employees, wage bill and region.

        Args:
            country: The employers.
            limit_cents: Largest premium wage of a small employer under the law as it is; None when the law tests
                nobody: then there are no groups by wage bill.
            marks: Marks of the employers that contribute to a figure: of every scenario as `marks_of`, and of what
                differs between years.
        """
        self.groups: list[tuple[str, int, str, Whole]] = []
        if country.length >= FEWEST:
            self.groups.append(("all", 0, ALL, np.arange(country.length)))
        self._marks = tuple(marks)
        sector = np.where(country.sector == GOVERNMENT, 0, np.where(country.sector == MARKET, 1, 2))
        self._add("sector", ("overheid", "niet-overheid", NO_GROUP), sector, ordered=False)
        self._add("employees", SIZE_CLASSES, np.searchsorted(SIZES, country.employees, side="right"))
        if limit_cents is not None:
            self._add("wage_bill", (*WAGE_CLASSES, NO_GROUP), _wage_classes(country, limit_cents))
        region = country.table["region"]
        if region.null_count < country.length:
            names = (*sorted({name for name in pc.unique(region).to_pylist() if name is not None}), NO_GROUP)
            places = {name: place for place, name in enumerate(names)}
            codes = np.array([places[name] for name in pc.fill_null(region, NO_GROUP).to_pylist()], np.int64)
            self._add("region", names, codes, ordered=False)

    def _add(self, grouping: str, names: tuple[str, ...], places: Whole, *, ordered: bool = True) -> None:
        counted = counts(places, len(names), self._marks)
        filled = [number for number, row in enumerate(counted) if row[0]]
        chosen = (in_order if ordered else in_a_pool)(counted[filled])
        for place, numbers in enumerate(chosen):
            parts = [filled[number] for number in numbers]
            name = name_of([names[number] for number in parts], len(filled))
            self.groups.append((grouping, place, name, np.flatnonzero(np.isin(places, parts))))

    def splits(self, flag: Flags, marks: Sequence[Flags]) -> bool:
        """Whether totals by a flag, beside the visible groups, rest on enough employers; see `few.split_is_sound`."""
        by_grouping: dict[str, list[Flags]] = {}
        for grouping, _, _, members in self.groups:
            group = np.zeros(len(flag), np.bool_)
            group[members] = True
            by_grouping.setdefault(grouping, []).append(group)
        return all(split_is_sound(groups, flag, marks) for groups in by_grouping.values())

    def rows(self, alternative: Alternative, outcome: Outcome, law_net: Whole) -> Iterator[Row]:
        """Yields the rows of a scenario in `tables.GROUPS`."""
        gain = outcome.net - law_net
        for grouping, place, name, members in self.groups:
            yield {
                "place": alternative.place,
                "scenario": alternative.name,
                "year": alternative.year,
                "grouping": grouping,
                "group_place": place,
                "group": name,
                **_amounts(outcome, members),
                **_gains(gain[members]),
            }


def _wage_classes(country: Country, limit_cents: int) -> Whole:
    """Returns the class of each employer's wage bill; the last class where it is unknown.

    The wage is the tested wage, after transfers, as in the report of a run.
    """
    wages = tested_wages(country, limit_cents)
    known_wages = pc.fill_null(wages, 0).to_numpy()
    limits = (limit_cents // 2 + 1, limit_cents + 1, 2 * limit_cents + 1)
    classes = np.searchsorted(limits, known_wages, side="right")
    return np.where(wages.is_null().to_numpy(), len(WAGE_CLASSES), classes).astype(np.int64)


def marks_of(outcome: Outcome, law_net: Whole) -> list[Flags]:
    """Marks the employers that contribute to each amount of a scenario, and to the gain."""
    return [*(getattr(outcome, name) != 0 for name in _AMOUNTS), outcome.net != law_net]


def _amounts(outcome: Outcome, members: Whole) -> Row:
    columns = {name: getattr(outcome, name)[members] for name in (*_AMOUNTS, "net")}
    received = columns["lkv"] + columns["bonus"] + columns["guidance"]
    return {
        "employers": len(members),
        "small_employers": outcome.count_small(members),
        "payers": int(((columns["surcharge"] > 0) | (columns["levy"] > 0)).sum()),
        "receivers": int((received > 0).sum()),
        **{f"{name}_cents": int(values.sum()) for name, values in columns.items()},
    }


def _gains(gain: Whole) -> Row:
    up, down = gain[gain > 0], gain[gain < 0]
    ordered, count = np.sort(gain), len(gain)
    # A visible mean reveals the other, because the total gain is known.
    shown = not few(len(up)) and not few(len(down))
    spread = {f"gain_p{part}_cents": _part(ordered, part) for part in _PARTS}
    return {
        "winners": len(up),
        "losers": len(down),
        "unchanged": count - len(up) - len(down),
        "gain_cents": int(gain.sum()),
        "mean_gain_cents": mean(int(gain.sum()), count),
        "mean_gain_winners_cents": mean(int(up.sum()), len(up)) if shown else None,
        "mean_gain_losers_cents": mean(int(down.sum()), len(down)) if shown else None,
        **spread,
    }


def _part(ordered: Whole, part: int) -> int | None:
    """Returns a percentile of the gain; None where fewer than ten employers lie at it or on one side."""
    place = -(-part * len(ordered) // _PERCENT)
    if min(place, len(ordered) - place + 1) < FEWEST:
        return None
    return int(ordered[place - 1])


def cliffs(
    country: Country, alternative: Alternative, outcome: Outcome, law_net: Whole, levy: LevyHours | None
) -> Iterator[Row]:
    """Yields the rows of a scenario in `tables.CLIFFS`: just below (and on) the limit, and just above."""
    policy, terms = alternative.figured.policy, outcome.terms
    on_limit_below = False
    if alternative.figured.levy is not None and levy is not None:
        name, unit, limit = "quota_levy_hours", "hours", alternative.figured.levy.threshold_hours
        measure = np.minimum(levy.counted, levy.counted_t1)
        has_measure = np.ones(country.length, np.bool_)
    elif policy.small_by_hours is not None:
        name, unit, limit, measure = "small_employer_hours", "hours", policy.small_by_hours, country.paid_hours
        has_measure = np.ones(country.length, np.bool_)
    elif terms.small_limit_cents is None:
        return
    else:
        name, unit, limit, on_limit_below = "small_employer_wage", "cents", terms.small_limit_cents, True
        measure = pc.fill_null(country.table["premium_wage_cents"], 0).to_numpy()
        has_measure = ~country.table["premium_wage_cents"].is_null().to_numpy() & ~starters(country)
    below = measure <= limit if on_limit_below else measure < limit
    charge, net, gain = outcome.surcharge + outcome.levy, outcome.net, outcome.net - law_net
    pays, marks = charge != 0, marks_of(outcome, law_net)
    for side, beside in (("below", below), ("above", ~below)):
        charged, netted = _VisibleBand(country.length), _VisibleBand(country.length)
        for band in BANDS:
            in_band = has_measure & beside & (np.abs(measure - limit) * _PERCENT <= limit * band)
            charges = charged.enough(in_band, [pays])
            nets = charges and netted.enough(in_band, marks)
            yield {
                "place": alternative.place,
                "scenario": alternative.name,
                "year": alternative.year,
                "limit": name,
                "limit_value": limit,
                "unit": unit,
                "band_percent": band,
                "side": side,
                "left_out": not charges,
                **_of_band(in_band, {"employers": in_band, "payers": charge > 0}, {"charge_cents": charge}, charges),
                **_means(in_band, {"mean_charge_cents": charge}, charges),
                **_means(in_band, {"mean_net_cents": net, "mean_gain_cents": gain}, nets),
            }


class _VisibleBand:
    """The widest band so far with a visible figure: a wider band without it must not be small either."""

    def __init__(self, length: int) -> None:
        """Starts with no visible band."""
        self._shown = np.zeros(length, np.bool_)

    def enough(self, in_band: Flags, marks: Sequence[Flags]) -> bool:
        """Whether a figure of a band rests on enough employers, itself and beyond the narrower band."""
        fine = all(sound(_row(band, marks)) for band in (in_band, in_band & ~self._shown))
        self._shown = in_band if fine else self._shown
        return fine


def _row(in_band: Flags, marks: Sequence[Flags]) -> Whole:
    row: Whole = counts(np.zeros(int(in_band.sum()), np.int64), 1, [mark[in_band] for mark in marks])[0]
    return row


def _of_band(in_band: Flags, counted: Mapping[str, Flags], added: Mapping[str, Whole], shown: bool) -> Row:
    numbers = {name: int((in_band & flags).sum()) for name, flags in counted.items()}
    sums = {name: int(values[in_band].sum()) for name, values in added.items()}
    return {name: value if shown else None for name, value in (numbers | sums).items()}


def _means(in_band: Flags, columns: Mapping[str, Whole], shown: bool) -> Row:
    count = int(in_band.sum())
    return {name: mean(int(values[in_band].sum()), count) if shown else None for name, values in columns.items()}


def distribution(country: Country, alternative: Alternative, outcome: Outcome) -> Iterator[Row]:
    """Yields the rows of a scenario in `tables.DISTRIBUTION`; less than one employee counts as one."""
    employees = np.maximum(country.employees, 1)
    bins = np.searchsorted(_EDGES, outcome.net // employees, side="right")
    for numbers, low, high in bins_of(bins, _EDGES):
        in_bin = np.isin(bins, numbers)
        yield {
            "place": alternative.place,
            "scenario": alternative.name,
            "year": alternative.year,
            "bin": numbers[0],
            "from_cents": low,
            "to_cents": high,
            "employers": int(in_bin.sum()),
            "employees": int(employees[in_bin].sum()),
            "net_cents": int(outcome.net[in_bin].sum()),
        }


def shares(country: Country, alternative: Alternative, outcome: Outcome, grouped: Groupings) -> Iterator[Row]:
    """Yields the rows of a scenario in `tables.SHARES`; none when no surcharge is due."""
    if not outcome.terms.due:
        return
    owes = ~outcome.small & (country.paid_hours > 0)
    marks = [values != 0 for values in (outcome.surcharge, country.target_hours, outcome.bonus)]
    if not grouped.splits(owes, marks):
        return
    owing = np.flatnonzero(owes)
    paid, target = country.paid_hours[owing], country.target_hours[owing]
    surcharge, extra = outcome.surcharge[owing], outcome.bonus[owing]
    bins = np.searchsorted(SHARE_EDGES, np.maximum(target * HUNDRED_PERCENT // paid, 0), side="right") - 1
    for numbers in share_bins(bins, [mark[owes] for mark in marks], [~owes & mark for mark in (~owes, *marks)]):
        in_bin = np.isin(bins, numbers)
        hours = int(paid[in_bin].sum())
        yield {
            "place": alternative.place,
            "scenario": alternative.name,
            "year": alternative.year,
            "bin": numbers[0],
            "from_hundredths": SHARE_EDGES[numbers[0]],
            "to_hundredths": (*SHARE_EDGES, None)[numbers[-1] + 1],
            "employers": int(in_bin.sum()),
            "paid_hours": hours,
            "target_group_hours": int(target[in_bin].sum()),
            "surcharge_cents": int(surcharge[in_bin].sum()),
            "bonus_cents": int(extra[in_bin].sum()),
            "surcharge_per_1000_hours_cents": _per_hours(int(surcharge[in_bin].sum()), hours),
            "bonus_per_1000_hours_cents": _per_hours(int(extra[in_bin].sum()), hours),
        }


def _per_hours(cents: int, hours: int) -> int | None:
    return round_half_up(Fraction(cents * _HOURS, hours)) if hours > 0 else None


__all__ = ["BANDS", "Groupings", "cliffs", "distribution", "marks_of", "shares"]
