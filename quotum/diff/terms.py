"""Requests and inputs of two runs: the causes outside any single employer."""

from attrs import frozen

from quotum.diff.sides import Input, Pair, Side, UsedFigure


@frozen
class FigureDifference:
    """A figure that differs between the runs."""

    name: str
    """File and table: `wtl.bonus_rate`."""
    valid_from: str
    """First day of its validity; empty when a scenario set it."""
    first: str | None
    """Value in the first run; None when it did not use the figure."""
    second: str | None
    """Value in the second run; None when it did not use the figure."""
    source: str
    """Publication of the value in the second run, or else in the first."""


@frozen
class DeliveryDifference:
    """Number of deliveries of a kind that only one of the runs read."""

    kind: str
    """Kind of delivery."""
    only_first: int
    """Deliveries, by digest, that only the first run read."""
    only_second: int
    """Deliveries, by digest, that only the second run read."""


@frozen
class Terms:
    """Differences in the terms of two runs."""

    figures: tuple[FigureDifference, ...]
    """Figures that differ, by name and first day."""
    deliveries: tuple[DeliveryDifference, ...]
    """Deliveries that differ, by kind."""
    other_rate: bool
    """Whether the rate of the surcharge differs, which affects every owing employer."""
    other_code: bool
    """Whether different code made the runs."""

    @property
    def touch_every_employer(self) -> bool:
        """Whether a difference is not limited to single employers."""
        return bool(self.figures) or self.other_rate or self.other_code


def terms_of(pair: Pair) -> Terms:
    """Returns the differences in requests and inputs of two runs."""
    return Terms(
        figures=_figures(pair.first, pair.second),
        deliveries=_deliveries(pair.first.inputs, pair.second.inputs),
        other_rate=pair.first.rate_hundredths != pair.second.rate_hundredths,
        other_code=pair.first.code != pair.second.code,
    )


def _figures(first: Side, second: Side) -> tuple[FigureDifference, ...]:
    differences = []
    for name in sorted({used.name for side in (first, second) for used in side.figures}):
        first_used, second_used = ([used for used in side.figures if used.name == name] for side in (first, second))
        # A scenario sets a value for every date: it is compared with the dated value that it replaces.
        alone = len(first_used) <= 1 and len(second_used) <= 1
        before, after = (
            {"" if alone else used.valid_from: used for used in side} for side in (first_used, second_used)
        )
        pairs = ((before.get(day), after.get(day)) for day in sorted({*before, *after}))
        differences += [_figure(was, is_now) for was, is_now in pairs if _value(was) != _value(is_now)]
    return tuple(differences)


def _value(used: UsedFigure | None) -> str | None:
    return None if used is None else used.value


def _figure(first: UsedFigure | None, second: UsedFigure | None) -> FigureDifference:
    shown = second or first
    if shown is None:
        raise ValueError("a figure that differs is in one of the runs")
    return FigureDifference(shown.name, shown.valid_from, _value(first), _value(second), shown.source)


def _deliveries(first: frozenset[Input], second: frozenset[Input]) -> tuple[DeliveryDifference, ...]:
    kinds = sorted({delivery.kind for delivery in first ^ second})
    return tuple(
        DeliveryDifference(
            kind,
            sum(delivery.kind == kind for delivery in first - second),
            sum(delivery.kind == kind for delivery in second - first),
        )
        for kind in kinds
    )
