"""What two runs were asked and read: the causes that lie outside any single employer."""

from attrs import frozen

from quotum.diff.sides import Input, Pair, Side, Used


@frozen
class FigureDifference:
    """A figure that is not the same in both runs."""

    name: str
    """File and table: `wtl.bonus_rate`."""
    valid_from: str
    """First day on which it holds; empty when a scenario set it."""
    first: str | None
    """Value in the first run; None when it did not use the figure."""
    second: str | None
    """Value in the second run; None when it did not use the figure."""
    source: str
    """Where the value of the second run was read, or else that of the first."""


@frozen
class DeliveryDifference:
    """How many deliveries of a kind only one of the runs read."""

    kind: str
    """Kind of delivery."""
    only_first: int
    """Deliveries, by digest, that only the first run read."""
    only_second: int
    """Deliveries, by digest, that only the second run read."""


@frozen
class Terms:
    """What differs in the terms of two runs."""

    figures: tuple[FigureDifference, ...]
    """Figures that differ, by name and first day."""
    deliveries: tuple[DeliveryDifference, ...]
    """Deliveries that differ, by kind."""
    other_rate: bool
    """Whether the rate of the surcharge differs: it touches every employer that owes one."""
    other_code: bool
    """Whether other code made the runs."""

    @property
    def touch_every_employer(self) -> bool:
        """Whether anything differs that is not about single employers."""
        return bool(self.figures) or self.other_rate or self.other_code


def terms_of(pair: Pair) -> Terms:
    """What differs in what two runs were asked and read."""
    return Terms(
        figures=_figures(pair.first, pair.second),
        deliveries=_deliveries(pair.first.inputs, pair.second.inputs),
        other_rate=pair.first.rate_hundredths != pair.second.rate_hundredths,
        other_code=pair.first.code != pair.second.code,
    )


def _figures(first: Side, second: Side) -> tuple[FigureDifference, ...]:
    found = []
    for name in sorted({used.name for side in (first, second) for used in side.figures}):
        one, other = ([used for used in side.figures if used.name == name] for side in (first, second))
        # A scenario sets a value for every date: it stands beside the dated one that it replaces.
        alone = len(one) <= 1 and len(other) <= 1
        before, now = ({"" if alone else used.valid_from: used for used in those} for those in (one, other))
        pairs = ((before.get(day), now.get(day)) for day in sorted({*before, *now}))
        found += [_figure(was, is_now) for was, is_now in pairs if _value(was) != _value(is_now)]
    return tuple(found)


def _value(used: Used | None) -> str | None:
    return None if used is None else used.value


def _figure(first: Used | None, second: Used | None) -> FigureDifference:
    shown = second or first
    if shown is None:
        raise ValueError("a figure that differs is in one of the runs")
    return FigureDifference(shown.name, shown.valid_from, _value(first), _value(second), shown.source)


def _deliveries(first: frozenset[Input], second: frozenset[Input]) -> tuple[DeliveryDifference, ...]:
    kinds = sorted({one.kind for one in first ^ second})
    return tuple(
        DeliveryDifference(
            kind,
            sum(one.kind == kind for one in first - second),
            sum(one.kind == kind for one in second - first),
        )
        for kind in kinds
    )
