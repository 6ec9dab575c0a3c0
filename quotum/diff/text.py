"""A comparison for the operator: totals, causes, and the largest differences; no identifiers."""

from collections.abc import Iterator

from rich.table import Table
from rich.text import Text

from quotum.diff import lines
from quotum.diff.comparison import MESSAGES, Comparison, LargeDifference, MessagePlace
from quotum.diff.employers import ColumnDifference
from quotum.diff.terms import FigureDifference
from quotum.money import euro_text
from quotum.tables import Kind

_SHOWN_FIGURES = 20
_KINDS = {"V": "full return", "A": "supplementary return", "C": "correction"}
_COUNTED = {"first": ", which only the first run counted", "second": ""}
_WHAT = {
    MESSAGES: "messages of returns that one run counted and the other did not",
    "register": "persons whose registration changed",
    "traits": "traits of income relations that changed",
    "declarations": "persons whose declarations changed",
    "employers": "changed rows of the employers delivery (sector, start)",
    "wage_bills": "premium wages of t-2 that changed",
    "transfers": "transfers of undertaking that changed",
    "deductions": "deductions that changed",
    "allocations": "allocations that changed",
}


def show(comparison: Comparison) -> None:
    """Prints a comparison to standard output."""
    console = lines.console()
    console.print(Text(lines.heading(comparison.pair, "what differs between two runs"), style="bold"))
    for line in lines.side_lines(comparison.pair):
        console.print(line, soft_wrap=True)
    for line in employer_lines(comparison):
        console.print(line, soft_wrap=True)
    if comparison.differing:
        console.print()
        console.print(_columns(comparison.columns))
        unchanged = [column.name for column in comparison.columns if not column.employers]
        console.print(f"The same for every employer: {', '.join(unchanged) or 'no column'}.", soft_wrap=True)
    console.print()
    for line in cause_lines(comparison):
        console.print(line, soft_wrap=True)
    if comparison.largest:
        console.print()
        console.print(
            "Largest differences, euro (an employer has the number of its row in settlement of the second run)"
        )
        console.print(_largest(comparison.largest))
        for line in message_lines(comparison.largest):
            console.print(line, soft_wrap=True)


def employer_lines(comparison: Comparison) -> Iterator[str]:
    """Yields the number of employers, and how many differ."""
    in_both, first, second = comparison.employers
    alone = f", {first:,} in the first run only, {second:,} in the second only" if first or second else ""
    differing = f"{comparison.differing:,} differ" if comparison.differing else "none differs"
    yield f"Employers: {in_both:,} in both runs{alone}; {differing}."


def _columns(columns: tuple[ColumnDifference, ...]) -> Table:
    table = lines.grid("Column", "first", "second", "difference", "employers", "more", "less")
    for column in columns:
        if not column.employers:
            continue
        if column.first is None or column.second is None:
            sums = ("", "", "")
        elif column.kind is Kind.CENTS:
            sums = (
                euro_text(column.first),
                euro_text(column.second),
                lines.signed_euros(column.second - column.first),
            )
        else:
            sums = (f"{column.first:,}", f"{column.second:,}", lines.signed(column.second - column.first))
        name = column.name.removesuffix("_cents")
        table.add_row(name, *sums, f"{column.employers:,}", f"{column.more:,}", f"{column.less:,}")
    return table


def cause_lines(comparison: Comparison) -> Iterator[str]:
    """Yields the causes: parameters and rate first, then those of single employers."""
    terms = comparison.terms
    first, second = comparison.pair.first, comparison.pair.second
    yield "By what"
    yield from _figure_lines(terms.figures)
    if terms.other_rate:
        yield (
            f"  - surcharge rate {lines.percentage(first.rate_hundredths)} ({first.rate_source}) to "
            f"{lines.percentage(second.rate_hundredths)} ({second.rate_source}): every employer that owes a surcharge"
        )
    if terms.other_code:
        yield f"  - the runs were made by other code: quotum {first.version} and {second.version}, not the same files"
    for delivery in terms.deliveries:
        first_only, second_only = delivery.only_first, delivery.only_second
        yield f"  - {delivery.kind}: files read by the first run only: {first_only}, by the second: {second_only}"
    for cause in comparison.causes:
        yield (
            f"  - {cause.count:,} {_WHAT[cause.name]}, of {cause.employers:,} employers; "
            f"{cause.differing:,} of these employers differ"
        )
        if cause.name == MESSAGES and comparison.files:
            named = "; ".join(f"{name} ({count:,})" for name, count in comparison.files)
            yield f"    files of the messages of employers that differ: {named}"
    if comparison.untraced:
        reason = "parameters, rate or code" if terms.touch_every_employer else "nothing of their own; look with explain"
        yield f"  - {comparison.untraced:,} employers differ without a message or row of their own: {reason}"
    if not (terms.touch_every_employer or terms.deliveries or comparison.causes):
        yield "  - nothing: the same returns, deliveries, parameters and code"


def _figure_lines(figures: tuple[FigureDifference, ...]) -> Iterator[str]:
    if not figures:
        yield "  - parameters: the same"
    for figure in figures[:_SHOWN_FIGURES]:
        since = f" from {figure.valid_from}" if figure.valid_from else ""
        change = f"{figure.first or 'not used'} to {figure.second or 'not used'}"
        yield f"  - parameter {figure.name}{since}: {change} ({figure.source})"
    if len(figures) > _SHOWN_FIGURES:
        yield f"  - and {len(figures) - _SHOWN_FIGURES} parameters more; --format json names all"


def _largest(largest: tuple[LargeDifference, ...]) -> Table:
    columns = [name for name, _ in largest[0].differences]
    table = lines.grid("", *(name.removesuffix("_cents") for name in columns), "by its own")
    table.columns[-1].justify = "left"
    for employer in largest:
        amounts = (lines.signed_euros(cents) for _, cents in employer.differences)
        own = ", ".join(f"{name} ({count:,})" for name, count in employer.causes) or "nothing of its own"
        table.add_row(f"  {lines.employer_name(employer.first_number, employer.second_number)}", *amounts, own)
    return table


def message_lines(largest: tuple[LargeDifference, ...]) -> Iterator[str]:
    """Yields the last message of each visible employer, by file and sequence number."""
    if any(employer.messages for employer in largest):
        yield "The last message of each"
    for employer in largest:
        for message in employer.messages[:1]:
            yield f"  {lines.employer_name(employer.first_number, employer.second_number)}: {_message(message)}"


def _message(message: MessagePlace) -> str:
    member = f" member {message.member}" if message.member else ""
    rows = "1 row" if message.rows == 1 else f"{message.rows:,} rows"
    return (
        f"{_KINDS[message.kind]} of {message.period} filed {message.filed_at}, {rows}, in {message.file}{member} "
        f"(receive call {message.call}, message {message.message}){_COUNTED[message.counted_by]}"
    )
