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
"""Groupings searched for the largest gain."""
_OUTCOMES: Final = ("balance_cents", "savings_loss_cents", "surcharge_cents", "missing_jobs_hundredths")
"""Outcomes in order of the reader's interest."""
_PLACES: Final = 4


@frozen
class Answers:
    """The tables behind the answers, as rows."""

    reader: Reader
    """The reader."""
    headline: list[Row]
    """Headline figures."""
    groups: list[Row]
    """Groups."""
    ranges: list[Row]
    """Figures with a range."""
    dutch: dict[str, str]
    """Dutch term of each parameter."""

    @property
    def compared(self) -> list[Row]:
        """The scenarios, without the law as it is when there are others."""
        return [row for row in self.headline if row["scenario"] != LAW] or self.headline

    def of(self, row: Row, grouping: str) -> list[Row]:
        """Returns the groups of a scenario; none where all are merged, which says nothing of any group."""
        groups = [group for group in self.groups if group["place"] == row["place"] and group["grouping"] == grouping]
        return groups if len(groups) > 1 else []

    def figure(self, name: str) -> str:
        """Names a parameter by its Dutch term and its name."""
        term = self.dutch.get(name)
        plain = name.partition(".")[2].replace("_", " ")
        return f"{(term if self.reader.language == 'nl' else None) or plain} ({name})"


def questions(reader: Reader, comparison: Comparison) -> tuple[Question, ...]:
    """Answers which rate balances, who pays and gains most, what one percent more jobs changes, what matters most."""
    answers = Answers(
        reader,
        comparison.comparison.to_pylist(),
        comparison.groups.to_pylist(),
        comparison.ranges.to_pylist(),
        {row["parameter"]: row["dutch"] for row in comparison.parameters.to_pylist()},
    )
    answer_functions: tuple[tuple[str, Callable[[Answers, Row], str]], ...] = (
        ("rate", _rate), ("pays", _pays), ("gains", _gains), ("one_percent", _one_percent), ("figure", _figure),
    )  # fmt: skip
    return tuple(
        Question(reader.say(f"answer.{name}_question"), tuple(_by_scenario(answers, answer)))
        for name, answer in answer_functions
    )


def _by_scenario(answers: Answers, answer: Callable[[Answers, Row], str]) -> Iterator[Answer]:
    """Yields an answer per scenario; scenarios with the same answer share it."""
    together: dict[str, list[str]] = {}
    for row in answers.compared:
        together.setdefault(answer(answers, row), []).append(answers.reader.scenario(row["scenario"]))
    for text, names in together.items():
        yield Answer("; ".join(names), text)


def _rate(answers: Answers, row: Row) -> str:
    say, percent = answers.reader.say, answers.reader.percent
    if row["rate_hundredths"] is None:
        return say("answer.rate_none")
    rate = percent(row["rate_hundredths"])
    if not row["bonus_cents"] + row["unplaced_bonus_cents"]:
        return say("answer.rate_no_bonus", rate=rate, surcharge=answers.reader.short_euro(row["surcharge_cents"]))
    if row["rate_source"] == "balance" and row["rate_quotient"] is not None:
        exact = answers.reader.decimal(Fraction(row["rate_quotient"]), _PLACES)
        return say("answer.rate_balance", rate=rate, exact=exact)
    if row["rate_source"] == "budget":
        sentence = say("answer.rate_budget", rate=rate, surcharge=answers.reader.short_euro(row["surcharge_cents"]))
        if row["rate_below_hundredths"] is None:
            return sentence
        return f"{sentence} {say('answer.rate_below', rate=percent(row['rate_below_hundredths']))}"
    return say("answer.rate_given", rate=rate)


def _pays(answers: Answers, row: Row) -> str:
    reader, charge = answers.reader, row["surcharge_cents"] + row["levy_cents"]
    if not row["payers"]:
        return reader.say("answer.pays_nobody")
    sentence = reader.say(
        "answer.pays", payers=reader.count(row["payers"]), employers=reader.count(row["employers"]),
        amount=reader.short_euro(charge), mean=reader.short_euro(_mean(charge, row["payers"])),
    )  # fmt: skip
    most = [_largest(answers.of(row, grouping), _charge) for grouping in _SEEN]
    parts = [
        reader.say(f"answer.pays_{name}", group=_group(reader, group), share=_share(reader, _charge(group), charge))
        for name, group in zip(_SEEN, most, strict=True)
        if group is not None
    ]
    exempt = reader.say("answer.pays_small", small=reader.count(row["small_employers"])) if row["surcharge_due"] else ""
    return " ".join(part for part in (sentence, *parts, exempt) if part)


def _gains(answers: Answers, row: Row) -> str:
    reader = answers.reader
    if not row["winners"]:
        return reader.say("answer.gains_nobody")
    sentence = reader.say(
        "answer.gains", winners=reader.count(row["winners"]), losers=reader.count(row["losers"]),
        unchanged=reader.count(row["unchanged"]),
    )  # fmt: skip
    everywhere = [group for name in _SEEN for group in answers.of(row, name)]
    parts = []
    for key, chosen in (
        ("employer", _largest(everywhere, lambda group: group["mean_gain_cents"] or 0)),
        ("winner", _largest(everywhere, lambda group: group["mean_gain_winners_cents"] or 0)),
    ):
        if chosen is not None:
            value = chosen["mean_gain_cents"] if key == "employer" else chosen["mean_gain_winners_cents"]
            parts.append(
                reader.say(
                    f"answer.gains_{key}", group=_group(reader, chosen), mean=reader.short_euro(value),
                    winners=reader.count(chosen["winners"]),
                )
            )  # fmt: skip
    return " ".join((sentence, *parts))


def _one_percent(answers: Answers, row: Row) -> str:
    reader, say = answers.reader, answers.reader.say
    sentence = say("answer.one_percent", jobs=reader.jobs(row["one_percent_jobs_hundredths"]))
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
    return f"{sentence} {' '.join(parts)}"


def _figure(answers: Answers, row: Row) -> str:
    reader = answers.reader
    leading = [item for item in answers.ranges if item["place"] == row["place"] and item["rank"] == 1 and item["width"]]
    moving = {item["outcome"]: item for item in leading}
    chosen = [moving[name] for name in _OUTCOMES if name in moving][:2]
    if not chosen:
        return reader.say("answer.figure_none")
    return " ".join(_moves(answers, item) for item in chosen)


def _moves(answers: Answers, row: Row) -> str:
    reader = answers.reader
    format_value = reader.short_euro if row["outcome"].endswith("_cents") else reader.jobs
    return reader.say(
        "answer.figure", figure=answers.figure(row["parameter"]), outcome=reader.say(f"outcome.{row['outcome']}"),
        low_value=reader.plain(row["low_value"]), high_value=reader.plain(row["high_value"]),
        low=format_value(row["outcome_low"]), high=format_value(row["outcome_high"]),
        middle=format_value(row["outcome_middle"]),
    )  # fmt: skip


def _charge(group: Row) -> int:
    charge: int = group["surcharge_cents"] + group["levy_cents"]
    return charge


def _largest(groups: Sequence[Row], value: Callable[[Row], int]) -> Row | None:
    """Returns the group with the largest value above zero; the first of equals."""
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
    """Joins neighbouring classes of employees; unnamed classes between them are empty."""
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
