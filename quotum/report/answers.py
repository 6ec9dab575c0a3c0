"""The five questions of a newcomer, answered in plain sentences from the tables of a comparison."""

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import Any, Final

from attrs import frozen

from quotum.comparison.record import Comparison
from quotum.comparison.tables import ALL, JOINED, SIZE_CLASSES, SIZES
from quotum.money import CENTS_PER_EURO
from quotum.report.parts import Answer, Question
from quotum.report.reader import LAW, Reader

Row = dict[str, Any]
_SEEN: Final = ("sector", "employees")
"""Groupings in which who gains most is looked for."""
_OUTCOMES: Final = ("balance_cents", "savings_loss_cents", "surcharge_cents", "missing_jobs_hundredths")
"""Outcomes in the order in which they are asked after."""
_PLACES: Final = 4


@frozen
class Answers:
    """The tables that the answers are read from, as rows."""

    reader: Reader
    """Who reads."""
    headline: list[Row]
    """Headline figures."""
    groups: list[Row]
    """Groups."""
    ranges: list[Row]
    """Figures given as a range."""
    dutch: dict[str, str]
    """Dutch term of each parameter."""

    @property
    def compared(self) -> list[Row]:
        """The scenarios, without the law as it is when there are others."""
        return [row for row in self.headline if row["scenario"] != LAW] or self.headline

    def of(self, row: Row, grouping: str) -> list[Row]:
        """The groups of a scenario; none where all are put together, which says nothing of any."""
        found = [one for one in self.groups if one["place"] == row["place"] and one["grouping"] == grouping]
        return found if len(found) > 1 else []

    def figure(self, name: str) -> str:
        """A parameter in words: its Dutch term and its name."""
        term = self.dutch.get(name)
        plain = name.partition(".")[2].replace("_", " ")
        return f"{(term if self.reader.language == 'nl' else None) or plain} ({name})"


def questions(reader: Reader, comparison: Comparison) -> tuple[Question, ...]:
    """What rate balances, who pays, who gains most, what one more percent of jobs changes, what figure matters most."""
    found = Answers(
        reader,
        comparison.comparison.to_pylist(),
        comparison.groups.to_pylist(),
        comparison.ranges.to_pylist(),
        {row["parameter"]: row["dutch"] for row in comparison.parameters.to_pylist()},
    )
    asked: tuple[tuple[str, Callable[[Answers, Row], str]], ...] = (
        ("rate", _rate), ("pays", _pays), ("gains", _gains), ("one_percent", _one_percent), ("figure", _figure),
    )  # fmt: skip
    return tuple(Question(reader.say(f"answer.{name}_question"), tuple(_each(found, answer))) for name, answer in asked)


def _each(found: Answers, answer: Callable[[Answers, Row], str]) -> Iterator[Answer]:
    """An answer per scenario; scenarios with the same answer share one."""
    together: dict[str, list[str]] = {}
    for row in found.compared:
        together.setdefault(answer(found, row), []).append(found.reader.scenario(row["scenario"]))
    for text, names in together.items():
        yield Answer(", ".join(names), text)


def _rate(found: Answers, row: Row) -> str:
    say, percent = found.reader.say, found.reader.percent
    if row["rate_hundredths"] is None:
        return say("answer.rate_none")
    rate = percent(row["rate_hundredths"])
    if not row["bonus_cents"] + row["unplaced_bonus_cents"]:
        return say("answer.rate_no_bonus", rate=rate, surcharge=found.reader.short_euro(row["surcharge_cents"]))
    if row["rate_source"] == "balance" and row["rate_quotient"] is not None:
        exact = found.reader.decimal(Fraction(row["rate_quotient"]), _PLACES)
        return say("answer.rate_balance", rate=rate, exact=exact)
    if row["rate_source"] == "budget":
        told = say("answer.rate_budget", rate=rate, surcharge=found.reader.short_euro(row["surcharge_cents"]))
        if row["rate_below_hundredths"] is None:
            return told
        return f"{told} {say('answer.rate_below', rate=percent(row['rate_below_hundredths']))}"
    return say("answer.rate_given", rate=rate)


def _pays(found: Answers, row: Row) -> str:
    reader, charge = found.reader, row["surcharge_cents"] + row["levy_cents"]
    if not row["payers"]:
        return reader.say("answer.pays_nobody")
    told = reader.say(
        "answer.pays", payers=reader.count(row["payers"]), employers=reader.count(row["employers"]),
        amount=reader.short_euro(charge), mean=reader.short_euro(_mean(charge, row["payers"])),
    )  # fmt: skip
    most = [_largest(found.of(row, grouping), _charge) for grouping in _SEEN]
    parts = [
        reader.say(f"answer.pays_{name}", group=_group(reader, one), share=_share(reader, _charge(one), charge))
        for name, one in zip(_SEEN, most, strict=True)
        if one is not None
    ]
    exempt = reader.say("answer.pays_small", small=reader.count(row["small_employers"])) if row["surcharge_due"] else ""
    return " ".join(part for part in (told, *parts, exempt) if part)


def _gains(found: Answers, row: Row) -> str:
    reader = found.reader
    if not row["winners"]:
        return reader.say("answer.gains_nobody")
    told = reader.say(
        "answer.gains", winners=reader.count(row["winners"]), losers=reader.count(row["losers"]),
        unchanged=reader.count(row["unchanged"]),
    )  # fmt: skip
    everywhere = [group for name in _SEEN for group in found.of(row, name)]
    parts = []
    for key, chosen in (
        ("employer", _largest(everywhere, lambda one: one["mean_gain_cents"] or 0)),
        ("winner", _largest(everywhere, lambda one: one["mean_gain_winners_cents"] or 0)),
    ):
        if chosen is not None:
            value = chosen["mean_gain_cents"] if key == "employer" else chosen["mean_gain_winners_cents"]
            parts.append(
                reader.say(
                    f"answer.gains_{key}", group=_group(reader, chosen), mean=reader.short_euro(value),
                    winners=reader.count(chosen["winners"]),
                )
            )  # fmt: skip
    return " ".join((told, *parts))


def _one_percent(found: Answers, row: Row) -> str:
    reader, say = found.reader, found.reader.say
    told = say("answer.one_percent", jobs=reader.jobs(row["one_percent_jobs_hundredths"]))
    change, change_of_loss = row["one_percent_missing_jobs_hundredths"], row["one_percent_savings_loss_cents"]
    parts = []
    if change:
        left = reader.jobs(row["missing_jobs_hundredths"] + change)
        parts.append(say("answer.one_percent_missing", jobs=reader.jobs(-change), left=left))
    elif change is not None:
        parts.append(say("answer.one_percent_no_missing"))
    if change_of_loss is None:
        parts.append(say("answer.one_percent_withheld"))
    elif change_of_loss:
        parts.append(say("answer.one_percent_loss", amount=reader.short_euro(-change_of_loss)))
    else:
        parts.append(say("answer.one_percent_no_loss"))
    parts.append(say("answer.one_percent_paid", amount=reader.short_euro(row["one_percent_paid_cents"])))
    return f"{told} {' '.join(parts)}"


def _figure(found: Answers, row: Row) -> str:
    reader = found.reader
    mine = [one for one in found.ranges if one["place"] == row["place"] and one["rank"] == 1 and one["width"]]
    moving = {one["outcome"]: one for one in mine}
    chosen = [moving[name] for name in _OUTCOMES if name in moving][:2]
    if not chosen:
        return reader.say("answer.figure_none")
    return " ".join(_moves(found, one) for one in chosen)


def _moves(found: Answers, one: Row) -> str:
    reader = found.reader
    written = reader.short_euro if one["outcome"].endswith("_cents") else reader.jobs
    return reader.say(
        "answer.figure", figure=found.figure(one["parameter"]), outcome=reader.say(f"outcome.{one['outcome']}"),
        low_value=reader.plain(one["low_value"]), high_value=reader.plain(one["high_value"]),
        low=written(one["outcome_low"]), high=written(one["outcome_high"]), middle=written(one["outcome_middle"]),
    )  # fmt: skip


def _charge(group: Row) -> int:
    charge: int = group["surcharge_cents"] + group["levy_cents"]
    return charge


def _largest(groups: Sequence[Row], value: Callable[[Row], int]) -> Row | None:
    """The group with the largest value above zero; the first of equals."""
    best = max(groups, key=value, default=None)
    return best if best is not None and value(best) > 0 else None


def _group(reader: Reader, group: Row) -> str:
    parts = group["group"].split(JOINED)
    if parts == [ALL] or {SIZE_CLASSES[0], SIZE_CLASSES[-1]} <= set(parts):
        return reader.group(ALL)
    sized = all(part in SIZE_CLASSES for part in parts)
    either = f" {reader.say('unit.or')} "
    words = _sizes(reader, parts) if sized else either.join(reader.group(part) for part in parts)
    return reader.say(f"group_of.{group['grouping']}", group=words)


def _sizes(reader: Reader, parts: Sequence[str]) -> str:
    """Neighbouring classes of employees as one: the classes between that are not named hold nobody."""
    first, last = SIZE_CLASSES.index(parts[0]), SIZE_CLASSES.index(parts[-1])
    if last == len(SIZES):
        return reader.say("sizes.from", low=SIZES[first - 1])
    if first == 0:
        return reader.say("sizes.below", end=SIZES[last])
    return reader.say("sizes.between", low=SIZES[first - 1], high=SIZES[last] - 1)


def _share(reader: Reader, part: int, whole: int) -> str:
    return f"{reader.decimal(Fraction(part * CENTS_PER_EURO, whole), 0)}%"


def _mean(total: int, count: int) -> int:
    return (2 * total + count) // (2 * count)


__all__ = ["questions"]
