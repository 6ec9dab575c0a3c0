"""A comparison for the operator: totals, causes, and the largest differences; no identifiers."""

from collections.abc import Iterator

from rich.table import Table

from quotum.diff import lines, words
from quotum.diff.comparison import MESSAGES, Comparison, LargeDifference, MessagePlace
from quotum.diff.employers import ColumnDifference
from quotum.diff.terms import FigureDifference
from quotum.money import count_text, euro_text
from quotum.run.words import RATE_SOURCES
from quotum.tables import Kind
from quotum.terminal import console as console_of_output
from quotum.words import ENGLISH, NOTHING, Sentence, in_language, joined, phrase

_SHOWN_FIGURES = 20


def show(comparison: Comparison, language: str = ENGLISH) -> None:
    """Prints a comparison to standard output.

    Args:
        comparison: The comparison.
        language: `en` or `nl`.
    """
    console = console_of_output(markup=False)
    lines.show(console, lines.heading(comparison.pair, words.WHAT_DIFFERS.sentence()), language, style="bold")
    for line in (*lines.side_lines(comparison.pair), *employer_lines(comparison)):
        lines.show(console, line, language)
    if comparison.differing:
        console.print()
        console.print(_columns(comparison.columns, language))
        unchanged = ", ".join(column.name for column in comparison.columns if not column.employers)
        columns = unchanged or words.NO_COLUMN.sentence()
        lines.show(console, words.SAME_FOR_ALL.sentence(columns=columns), language)
    console.print()
    for line in cause_lines(comparison):
        lines.show(console, line, language)
    if comparison.largest:
        console.print()
        lines.show(console, words.LARGEST.sentence(), language)
        console.print(_largest(comparison.largest, language))
        for line in message_lines(comparison.largest):
            lines.show(console, line, language)


def employer_lines(comparison: Comparison) -> Iterator[Sentence]:
    """Yields the number of employers, and how many differ."""
    shared, first, second = comparison.employers
    alone = words.ALONE.sentence(first=first, second=second) if first or second else NOTHING
    count = comparison.differing
    differing = words.DIFFER.sentence(count=count) if count else words.NONE_DIFFERS.sentence()
    yield words.EMPLOYERS.sentence(both=shared, alone=alone, differing=differing)


def _columns(columns: tuple[ColumnDifference, ...], language: str) -> Table:
    table = lines.grid(*(heading.words(language) for heading in words.COLUMNS))
    for column in columns:
        if not column.employers:
            continue
        sums: tuple[str, ...]
        if column.first is None or column.second is None:
            sums = ("", "", "")
        elif column.kind is Kind.CENTS:
            difference = lines.signed_euros(column.second - column.first)
            sums = (euro_text(column.first), euro_text(column.second), difference)
        else:
            difference = lines.signed(column.second - column.first)
            sums = (count_text(column.first), count_text(column.second), difference)
        counts = (count_text(column.employers), count_text(column.more), count_text(column.less))
        cells = (column.name.removesuffix("_cents"), *sums, *counts)
        table.add_row(*(in_language(cell, language) for cell in cells))
    return table


def cause_lines(comparison: Comparison) -> Iterator[Sentence]:
    """Yields the causes: parameters and rate first, then those of single employers."""
    terms = comparison.terms
    first, second = comparison.pair.first, comparison.pair.second
    yield words.BY_WHAT.sentence()
    yield from _figure_lines(terms.figures)
    if terms.other_rate:
        yield words.OTHER_RATE.sentence(
            first=lines.percentage(first.rate_hundredths), first_source=_source(first.rate_source),
            second=lines.percentage(second.rate_hundredths), second_source=_source(second.rate_source),
        )  # fmt: skip
    if terms.other_code:
        yield words.OTHER_CODE.sentence(first=first.version, second=second.version)
    for delivery in terms.deliveries:
        only_first, only_second = delivery.only_first, delivery.only_second
        yield words.OTHER_DELIVERIES.sentence(kind=delivery.kind, first=only_first, second=only_second)
    for cause in comparison.causes:
        what = words.WHAT[cause.name].sentence()
        yield words.CAUSE.sentence(count=cause.count, what=what, employers=cause.employers, differing=cause.differing)
        if cause.name == MESSAGES and comparison.files:
            named = (words.NAMED.sentence(name=name, count=count) for name, count in comparison.files)
            yield words.FILES.sentence(names=joined("; ", named))
    if comparison.untraced:
        reason = words.OF_ALL if terms.touch_every_employer else words.LOOK_WITH_EXPLAIN
        yield words.UNTRACED.sentence(count=comparison.untraced, reason=reason.sentence())
    if not (terms.touch_every_employer or terms.deliveries or comparison.causes):
        yield words.NOTHING.sentence()


def _source(name: str) -> str:
    return RATE_SOURCES[name].sentence() if name in RATE_SOURCES else name


def _figure_lines(figures: tuple[FigureDifference, ...]) -> Iterator[Sentence]:
    if not figures:
        yield words.SAME_PARAMETERS.sentence()
    not_used = words.NOT_USED.sentence()
    for figure in figures[:_SHOWN_FIGURES]:
        since = words.SINCE.sentence(day=figure.valid_from) if figure.valid_from else NOTHING
        yield words.PARAMETER.sentence(
            name=figure.name, since=since, first=figure.first or not_used, second=figure.second or not_used,
            source=figure.source,
        )  # fmt: skip
    if len(figures) > _SHOWN_FIGURES:
        yield words.MORE_PARAMETERS.sentence(count=len(figures) - _SHOWN_FIGURES)


def _largest(largest: tuple[LargeDifference, ...], language: str) -> Table:
    columns = [name for name, _ in largest[0].differences]
    own_heading = words.BY_ITS_OWN.words(language)
    table = lines.grid("", *(name.removesuffix("_cents") for name in columns), own_heading)
    table.columns[-1].justify = "left"
    for employer in largest:
        amounts = (lines.signed_euros(cents) for _, cents in employer.differences)
        causes = joined(", ", (_cause(name, count) for name, count in employer.causes))
        name = phrase("  {name}", name=lines.employer_name(employer.first_number, employer.second_number))
        cells = (name, *amounts, causes or words.NOTHING_OF_ITS_OWN.sentence())
        table.add_row(*(in_language(cell, language) for cell in cells))
    return table


def _cause(name: str, count: int) -> Sentence:
    return words.NAMED.sentence(name=words.MESSAGES.sentence() if name == MESSAGES else name, count=count)


def message_lines(largest: tuple[LargeDifference, ...]) -> Iterator[Sentence]:
    """Yields the last message of each visible employer, by file and sequence number."""
    if any(employer.messages for employer in largest):
        yield words.LAST_MESSAGE.sentence()
    for employer in largest:
        for message in employer.messages[:1]:
            name = lines.employer_name(employer.first_number, employer.second_number)
            yield words.OF_EMPLOYER.sentence(employer=name, message=_message(message))


def _message(message: MessagePlace) -> Sentence:
    return words.MESSAGE.sentence(
        kind=words.KINDS[message.kind].sentence(),
        period=message.period,
        moment=message.filed_at,
        rows=words.ONE_ROW.sentence() if message.rows == 1 else words.ROWS.sentence(count=message.rows),
        file=message.file,
        member=words.MEMBER.sentence(number=message.member) if message.member else "",
        call=message.call,
        number=message.message,
        counted=words.ONLY_FIRST_COUNTED.sentence() if message.counted_by == "first" else "",
    )
