"""A revision for the operator: three lists, and what does not follow from them by themselves; no identifiers."""

from rich.text import Text

from quotum.diff import lines
from quotum.diff.revision_lists import RevisionLists


def show(revision: RevisionLists) -> None:
    """Prints a revision to standard output."""
    console = lines.console()
    console.print(Text(lines.heading(revision.pair, "revision (herziening) between two runs"), style="bold"))
    for line in lines.side_lines(revision.pair):
        console.print(line, soft_wrap=True)
    for remark in revision.remarks:
        console.print(f"Remark: {remark}.", soft_wrap=True)
    table = lines.grid("", "lines", "euro")
    for item in revision.lists:
        table.add_row(item.title, f"{item.lines:,}", lines.signed_euros(item.difference_cents))
    console.print()
    console.print(table)
    for number, item in enumerate(revision.lists, 1):
        console.print()
        console.print(f"{number}. {item.title} [{item.provision}]", soft_wrap=True)
        console.print(f"   who acts: {item.who}", soft_wrap=True)
        console.print(f"   not automatic: {item.not_automatic}", soft_wrap=True)
        console.print(f"   until when: {item.until}", soft_wrap=True)
    console.print()
    console.print("Nothing nets the lists, and none of them is a decision.")
