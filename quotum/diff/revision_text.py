"""A revision for the operator: three lists, and what does not follow from them by themselves; no identifiers."""

from quotum.diff import lines, words
from quotum.diff.revision_lists import RevisionLists
from quotum.terminal import console as console_of_output
from quotum.words import ENGLISH, in_language, phrase


def show(revision: RevisionLists, language: str = ENGLISH) -> None:
    """Prints a revision to standard output.

    Args:
        revision: The revision.
        language: `en` or `nl`.
    """
    console = console_of_output(markup=False)
    lines.show(console, lines.heading(revision.pair, words.REVISION.sentence()), language, style="bold")
    for line in lines.side_lines(revision.pair):
        lines.show(console, line, language)
    for remark in revision.remarks:
        lines.show(console, words.REMARK.sentence(what=remark), language)
    table = lines.grid(*(heading.words(language) for heading in words.LISTS))
    for item in revision.lists:
        cells = (item.title, phrase("{count:,}", count=item.lines), lines.signed_euros(item.difference_cents))
        table.add_row(*(in_language(cell, language) for cell in cells))
    console.print()
    console.print(table)
    for number, item in enumerate(revision.lists, 1):
        console.print()
        numbered = phrase("{number}. {title} [{provision}]", number=number, title=item.title, provision=item.provision)
        lines.show(console, numbered, language)
        lines.show(console, words.WHO.sentence(who=item.who), language)
        lines.show(console, words.NOT_AUTOMATIC.sentence(why=item.not_automatic), language)
        lines.show(console, words.UNTIL.sentence(day=item.until), language)
    console.print()
    lines.show(console, words.NOTHING_NETS.sentence(), language)
