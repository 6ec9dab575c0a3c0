"""A comparison for the operator: totals, what did it, and the largest differences; no identifiers."""

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


def show(found: Comparison) -> None:
    """Print a comparison to standard output."""
    console = lines.console()
    console.print(Text(lines.heading(found.pair, "what differs between two runs"), style="bold"))
    for line in lines.side_lines(found.pair):
        console.print(line, soft_wrap=True)
    for line in employer_lines(found):
        console.print(line, soft_wrap=True)
    if found.differing:
        console.print()
        console.print(_columns(found.columns))
        same = [one.name for one in found.columns if not one.employers]
        console.print(f"The same for every employer: {', '.join(same) or 'no column'}.", soft_wrap=True)
    console.print()
    for line in cause_lines(found):
        console.print(line, soft_wrap=True)
    if found.largest:
        console.print()
        console.print(
            "Largest differences, euro (an employer has the number of its row in settlement of the second run)"
        )
        console.print(_largest(found.largest))
        for line in message_lines(found.largest):
            console.print(line, soft_wrap=True)


def employer_lines(found: Comparison) -> Iterator[str]:
    """How many employers there are, and how many differ."""
    both, first, second = found.employers
    alone = f", {first:,} in the first run only, {second:,} in the second only" if first or second else ""
    differing = f"{found.differing:,} differ" if found.differing else "none differs"
    yield f"Employers: {both:,} in both runs{alone}; {differing}."


def _columns(columns: tuple[ColumnDifference, ...]) -> Table:
    table = lines.grid("Column", "first", "second", "difference", "employers", "more", "less")
    for one in columns:
        if not one.employers:
            continue
        if one.first is None or one.second is None:
            sums = ("", "", "")
        elif one.kind is Kind.CENTS:
            sums = (
                euro_text(one.first),
                euro_text(one.second),
                lines.signed_euros(one.second - one.first),
            )
        else:
            sums = (f"{one.first:,}", f"{one.second:,}", lines.signed(one.second - one.first))
        name = one.name.removesuffix("_cents")
        table.add_row(name, *sums, f"{one.employers:,}", f"{one.more:,}", f"{one.less:,}")
    return table


def cause_lines(found: Comparison) -> Iterator[str]:
    """By what: parameters and rate first, then what is about single employers."""
    terms = found.terms
    first, second = found.pair.first, found.pair.second
    yield "By what"
    yield from _figure_lines(terms.figures)
    if terms.other_rate:
        yield (
            f"  - surcharge rate {lines.percentage(first.rate_hundredths)} ({first.rate_source}) to "
            f"{lines.percentage(second.rate_hundredths)} ({second.rate_source}): every employer that owes a surcharge"
        )
    if terms.other_code:
        yield f"  - the runs were made by other code: quotum {first.version} and {second.version}, not the same files"
    for one in terms.deliveries:
        yield f"  - {one.kind}: files read by the first run only: {one.only_first}, by the second: {one.only_second}"
    for cause in found.causes:
        yield (
            f"  - {cause.count:,} {_WHAT[cause.name]}, of {cause.employers:,} employers; "
            f"{cause.differing:,} of these employers differ"
        )
        if cause.name == MESSAGES and found.files:
            named = "; ".join(f"{name} ({count:,})" for name, count in found.files)
            yield f"    files of the messages of employers that differ: {named}"
    if found.untraced:
        why = "parameters, rate or code" if terms.touch_every_employer else "nothing of their own; look with explain"
        yield f"  - {found.untraced:,} employers differ without a message or row of their own: {why}"
    if not (terms.touch_every_employer or terms.deliveries or found.causes):
        yield "  - nothing: the same returns, deliveries, parameters and code"


def _figure_lines(figures: tuple[FigureDifference, ...]) -> Iterator[str]:
    if not figures:
        yield "  - parameters: the same"
    for one in figures[:_SHOWN_FIGURES]:
        since = f" from {one.valid_from}" if one.valid_from else ""
        yield f"  - parameter {one.name}{since}: {one.first or 'not used'} to {one.second or 'not used'} ({one.source})"
    if len(figures) > _SHOWN_FIGURES:
        yield f"  - and {len(figures) - _SHOWN_FIGURES} parameters more; --format json names all"


def _largest(largest: tuple[LargeDifference, ...]) -> Table:
    columns = [name for name, _ in largest[0].differences]
    table = lines.grid("", *(name.removesuffix("_cents") for name in columns), "by its own")
    table.columns[-1].justify = "left"
    for one in largest:
        amounts = (lines.signed_euros(cents) for _, cents in one.differences)
        own = ", ".join(f"{name} ({count:,})" for name, count in one.causes) or "nothing of its own"
        table.add_row(f"  {lines.employer_name(one.first_number, one.second_number)}", *amounts, own)
    return table


def message_lines(largest: tuple[LargeDifference, ...]) -> Iterator[str]:
    """The last message of each of the employers shown, by file and sequence number."""
    if any(one.messages for one in largest):
        yield "The last message of each"
    for one in largest:
        for message in one.messages[:1]:
            yield f"  {lines.employer_name(one.first_number, one.second_number)}: {_message(message)}"


def _message(one: MessagePlace) -> str:
    member = f" member {one.member}" if one.member else ""
    rows = "1 row" if one.rows == 1 else f"{one.rows:,} rows"
    return (
        f"{_KINDS[one.kind]} of {one.period} filed {one.filed_at}, {rows}, in {one.file}{member} "
        f"(receive call {one.call}, message {one.message}){_COUNTED[one.counted_by]}"
    )
