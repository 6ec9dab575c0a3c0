"""A revision for the operator: three lists, and what does not follow from them by itself; no identifiers."""

from rich.text import Text

from quotum.diff import lines
from quotum.diff.revising import Revised


def show(found: Revised) -> None:
    """Print a revision to standard output."""
    console = lines.console()
    console.print(Text(lines.heading(found.pair, "revision (herziening) between two runs"), style="bold"))
    for line in lines.side_lines(found.pair):
        console.print(line, soft_wrap=True)
    for remark in found.remarks:
        console.print(f"Remark: {remark}.", soft_wrap=True)
    table = lines.grid("", "lines", "euro")
    for one in found.lists:
        table.add_row(one.title, f"{one.lines:,}", lines.signed_euros(one.difference_cents))
    console.print()
    console.print(table)
    for number, one in enumerate(found.lists, 1):
        console.print()
        console.print(f"{number}. {one.title} [{one.provision}]", soft_wrap=True)
        console.print(f"   who acts: {one.who}", soft_wrap=True)
        console.print(f"   not automatic: {one.not_automatic}", soft_wrap=True)
        console.print(f"   until when: {one.until}", soft_wrap=True)
    console.print()
    console.print("Nothing nets the lists, and none of them is a decision.")
