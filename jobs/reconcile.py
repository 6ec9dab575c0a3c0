"""`quotum reconcile`: a run compared with the decision of somebody else."""

from pathlib import Path

import click

from jobs import words
from jobs.explain import Discreet
from jobs.options import INPUT, OUTPUT, language_option, memory_limit_option, scratch_option, threads_option
from jobs.progress import followed, stages_again
from jobs.terminal import say


@click.command("reconcile", cls=Discreet)
@click.argument("run", type=INPUT)
@click.option(
    "--decision", required=True, type=INPUT, metavar="FILE",
    help="CSV with the columns bsn and lkv (euros), rsin or lhnr where --employer is left out, and perhaps hours and "
    "bonus; each person of an employer once.",
)  # fmt: skip
@click.option("--employer", metavar="EMPLOYER", help="RSIN or payroll tax number, when the file is of one employer.")
@click.option(
    "--dialect", type=click.Choice(["nl"]), help="The CSV has ';' between values and a decimal comma.",
)  # fmt: skip
@click.option(
    "--archive", envvar="QUOTUM_ARCHIVE", type=OUTPUT,
    help="Folder of the archive; QUOTUM_ARCHIVE, or else the place noted in the run, when left out.",
)  # fmt: skip
@click.option(
    "--out", required=True, type=OUTPUT, help="Folder of the comparison; must be new. It holds RSINs and BSNs."
)
@language_option
@threads_option
@memory_limit_option
@scratch_option
def command(
    run: Path,
    decision: Path,
    employer: str | None,
    dialect: str | None,
    archive: Path | None,
    out: Path,
    language: str,
    threads: int | None,
    memory_limit: str | None,
    scratch: Path | None,
) -> None:
    """Compare a decision on the LKV doelgroep banenafspraak with a run, person by person, with the reason.

    RUN is the folder of a run, which is only read. The folder --out holds a row per person of the file, and per person
    to whom the run grants an amount at the employers in it: hours and amounts of both, their difference, and why: not
    asked for, another category is higher, other hours, the same hours with another amount, and the conditions that rows
    do not meet. A file that is not as it should be is refused whole (10); rows are named by number.
    """
    from quotum.money import euro_text
    from quotum.output.reconcile.comparison import TEXTS
    from quotum.output.reconcile.making import Request, reconcile
    from quotum.output.reconcile.specification import DIALECTS
    from quotum.output.rerun import Means
    from quotum.words import joined, marked

    means = Means(archive, scratch, threads, memory_limit)
    request = Request(run, decision, out, employer, DIALECTS[dialect or "iso"], means)
    with followed("reconcile", stages_again("reconcile"), language=language) as course:
        reconciliation = reconcile(request, course.stage)
    persons = reconciliation.persons.items()
    counts = joined(", ", (words.STATUSES[status].sentence(count=count) for status, count in persons))
    say(words.RECONCILED.sentence(mark=marked(reconciliation.simulation), counts=counts), language)
    say(words.LKV_DIFFERENCE.sentence(euros=euro_text(reconciliation.difference_cents)), language)
    for code, count in reconciliation.reasons.items():
        say(words.REASON_LINE.sentence(count=count, reason=TEXTS[code].sentence()), language)
    say(words.COMPARISON_WRITTEN.sentence(place=out), language)
