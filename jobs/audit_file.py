"""`quotum audit-file`: the journal of a settlement for accountants."""

from pathlib import Path

import click

from jobs import words
from jobs.options import INPUT, OUTPUT, language_option
from jobs.terminal import say


@click.command("audit-file")
@click.argument("run", type=INPUT)
@click.option(
    "--archive", envvar="QUOTUM_ARCHIVE", type=OUTPUT,
    help="Folder of the archive, which has the names; QUOTUM_ARCHIVE, or else the place noted in the run, when left "
    "out.",
)  # fmt: skip
@click.option(
    "--out", type=OUTPUT, metavar="FILE",
    help="File to write; beside the run, under its name with .xaf (.simulation.xaf for a simulation), when left out.",
)  # fmt: skip
@click.option(
    "--company-name", default="Belastingdienst", show_default=True, metavar="TEXT",
    help="Name of the administration whose books they are.",
)  # fmt: skip
@click.option(
    "--company-number", default="niet opgegeven", show_default=True, metavar="TEXT",
    help="Tax number of that administration.",
)  # fmt: skip
@click.option(
    "--employers-per-file", type=click.IntRange(1), metavar="N",
    help="Split into files of at most N employers, each with its own totals; all in one when left out.",
)  # fmt: skip
@language_option
def command(
    run: Path,
    archive: Path | None,
    out: Path | None,
    company_name: str,
    company_number: str,
    employers_per_file: int | None,
    language: str,
) -> None:
    """Write the journal of a settlement as an audit file: XML Auditfile Financieel (XAF) 4.0.

    RUN is the folder of a run. Every employer is a relation; surcharge owed, LKV and bonus granted are booked on
    the last day of the settled year, on accounts of their own, and nothing is netted. Debits equal credits and add
    up to the totals of the run, or nothing is written (15). Identifiers and descriptions name an employer by its
    number in the run; its RSIN stands only in the field for tax numbers. A simulation says so in every description;
    a run of the quota levy has nothing to book (2). The same run and archive give the same bytes.
    """
    from quotum.money import euro_text
    from quotum.output.audit_file.files import Request, write_audit_file
    from quotum.words import marked

    request = Request(archive, out, company_name, company_number, employers_per_file)
    result = write_audit_file(run, request)
    mark, euros = marked(result.simulation), euro_text(result.cents)
    booked = words.AUDIT_FILE.sentence(mark=mark, employers=result.employers, lines=result.lines, euros=euros)
    say(booked, language)
    for place in result.files:
        say(words.AUDIT_FILE_WRITTEN.sentence(place=place), language)
