"""`quotum archive check`: every digest of an archive, and sums against their rows."""

from pathlib import Path

import click

from jobs import words
from jobs.options import archive_option, language_option
from jobs.progress import followed
from jobs.terminal import say


@click.command("check")
@archive_option
@language_option
def command(archive: Path, language: str) -> None:
    """Check every digest of an archive, and name what is missing, altered or too many.

    The sums kept beside messages are added up again from their rows, too. A receive call that is running is waited
    for. Ends with 13 when anything is not in order.
    """
    from quotum.archive.layout import existing
    from quotum.errors import ArchiveLacks
    from quotum.maintenance.held_sums import check

    def added(fragments: int, number: int) -> None:
        course.count(0, "sums")
        course.measure(fragments, number)

    layout = existing(archive)
    with followed("archive check", unit="files", language=language) as course:
        result = check(
            layout,
            lambda files: course.count(files, "digests"),
            lambda: say(words.SOMEBODY_WRITES.sentence(), language, aside=True),
            added,
        )
    for remark in result.remarks:
        say(words.REMARK.sentence(what=remark), language)
    for problem in result.problems:
        say(words.WRONG.sentence(what=problem), language)
    say(words.FILES_AND_PROBLEMS.sentence(files=result.files, problems=len(result.problems)), language)
    if result.problems:
        raise ArchiveLacks(words.NOT_IN_ORDER.sentence(archive=archive, problem=result.problems[0]))
