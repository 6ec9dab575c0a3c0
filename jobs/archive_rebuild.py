"""`quotum archive rebuild`: derived tables from originals."""

from pathlib import Path

import click

from jobs import words
from jobs.options import archive_option, language_option
from jobs.progress import followed
from jobs.terminal import say


@click.command("rebuild")
@archive_option
@click.option("--damaged", is_flag=True, help="Only receive calls of which a table is missing, altered or too many.")
@language_option
def command(archive: Path, damaged: bool, language: str) -> None:
    """Make the derived tables again from the original deliveries, with the same digests.

    What is damaged is replaced; what would come out otherwise than its receipt says is left alone and named, and the
    command ends with 13.
    """
    from quotum.archive.layout import existing
    from quotum.errors import ArchiveLacks
    from quotum.maintenance.rebuilding import rebuild

    with followed("archive rebuild", unit="rows", language=language) as course:
        result = rebuild(
            existing(archive),
            only_damaged=damaged,
            progress=lambda rows: course.count(rows, "deriving"),
            reading=course.measure,
            waiting=lambda: say(words.SOMEBODY_WRITES.sentence(), language, aside=True),
        )
    say(words.MADE_AGAIN.sentence(calls=result.rebuilt), language)
    for sequence in result.replaced:
        say(words.REPLACED.sentence(call=sequence), language)
    for problem in result.problems:
        say(words.WRONG.sentence(what=problem), language)
    if result.problems:
        raise ArchiveLacks(words.NOT_REPLACED.sentence(calls=len(result.problems), problem=result.problems[0]))
