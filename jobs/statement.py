"""`quotum statement`: every file of a run tied to every other."""

from pathlib import Path

import click

from jobs import words
from jobs.options import INPUT, OUTPUT, language_option
from jobs.terminal import say
from quotum.places import FILE_IN_RUN


@click.command("statement")
@click.argument("run", type=INPUT)
@click.option(
    "--out", type=OUTPUT, metavar="FILE",
    help="Write one HTML page instead, outside the run; it needs no network.",
)  # fmt: skip
@language_option
def command(run: Path, out: Path | None, language: str) -> None:
    """Show what ties the files of a run: rows, hours and cents, each equality with both sides.

    RUN is the folder of a run, which is only read, after the digest of each of its files was checked (21). `settle`
    finishes no run in which an equality does not hold; one that does not hold here is named, and the end is 15. Only
    totals are shown, of no employer and of no person.
    """
    from quotum.archive.layout import writing
    from quotum.errors import WrongUse
    from quotum.output.statement.page import as_page
    from quotum.output.statement.statement import require_tied, statement_lines, statement_of

    if out is not None and run.resolve() in out.resolve().parents:
        raise WrongUse(FILE_IN_RUN.sentence(option="--out"))
    run_statement = statement_of(run)
    if out is None:
        for line in statement_lines(run_statement):
            say(line, language)
    else:
        with writing(out.parent):
            out.write_text(as_page(run_statement), encoding="utf-8", newline="\n")
        say(words.VERDICT_AT.sentence(verdict=run_statement.verdict, place=out), language)
    require_tied(run_statement)
