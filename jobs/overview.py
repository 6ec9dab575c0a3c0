"""`quotum overview`: the preliminary overview of a run."""

from pathlib import Path

import click

from jobs import words
from jobs.explain import Discreet
from jobs.options import INPUT, OUTPUT, language_option, memory_limit_option, scratch_option, threads_option
from jobs.progress import followed, stages_again
from jobs.terminal import remark, say


@click.command("overview", cls=Discreet)
@click.argument("run", type=INPUT)
@click.option(
    "--archive", envvar="QUOTUM_ARCHIVE", type=OUTPUT,
    help="Folder of the archive; QUOTUM_ARCHIVE, or else the place noted in the run, when left out.",
)  # fmt: skip
@click.option("--out", required=True, type=OUTPUT, help="Folder of the overview; must be new. It holds RSINs and BSNs.")
@click.option(
    "--employer", "employers", multiple=True, metavar="EMPLOYER",
    help="RSIN or payroll tax number of an employer that gets an HTML page for screen and print; repeat for more.",
)  # fmt: skip
@language_option
@click.option(
    "--simulation",
    is_flag=True,
    help="Take a simulation, or amounts that rest on an assumed figure; every row, page and file name then says so.",
)
@threads_option
@memory_limit_option
@scratch_option
def command(
    run: Path,
    archive: Path | None,
    out: Path,
    employers: tuple[str, ...],
    language: str,
    simulation: bool,
    threads: int | None,
    memory_limit: str | None,
    scratch: Path | None,
) -> None:
    """Write the preliminary overview of a run: who was asked for, right or not, why, hours and amount.

    RUN is the folder of a run, settled as of 31 January (Wtl 4.1 lid 4); of another day it says so. Its stages are made
    once more over the archive, and grant to the cent what the run says, or nothing is written (15). The folder --out
    holds overview.parquet and overview.csv: a row per employer, person and category of LKV asked for, with the number
    of rows that do not count by reason. A page per employer is named by its number in the run. An overview decides
    nothing.
    """
    from quotum.money import euro_text
    from quotum.output.overview.making import Request, make_overview
    from quotum.output.rerun import Means
    from quotum.words import joined, marked

    means = Means(archive, scratch, threads, memory_limit)
    with followed("overview", stages_again("overview"), language=language) as course:
        overview = make_overview(Request(run, out, employers, language, simulation, means), course.stage)
    counts = joined(", ", (words.ASSESSED[name].sentence(count=count) for name, count in overview.assessed.items()))
    say(words.REQUESTS.sentence(mark=marked(overview.simulation), rows=overview.rows, counts=counts), language)
    lkv, bonus = euro_text(overview.lkv_cents), euro_text(overview.bonus_cents)
    say(words.AS_WOULD_BE.sentence(lkv=lkv, bonus=bonus), language)
    say(words.OVERVIEW_WRITTEN.sentence(place=out), language)
    for line in overview.remarks:
        remark(line, language)
