"""`quotum missed`: people for whom an LKV was not asked, and people asked for who were never registered."""

from pathlib import Path

import click

from jobs.options import INPUT, OUTPUT, memory_limit_option, scratch_option, threads_option
from jobs.progress import followed, stages_again

_WORDS = {"not_asked": "not asked for", "never_registered": "asked for and never registered"}


@click.command("missed")
@click.argument("run", type=INPUT)
@click.option(
    "--archive", envvar="QUOTUM_ARCHIVE", type=OUTPUT,
    help="Folder of the archive; QUOTUM_ARCHIVE, or else the place noted in the run, when left out.",
)  # fmt: skip
@click.option(
    "--out", type=OUTPUT,
    help="New folder for the list per employer and person, as Parquet and CSV; it holds RSINs and BSNs. Sums alone are "
    "shown when left out.",
)  # fmt: skip
@threads_option
@memory_limit_option
@scratch_option
def command(
    run: Path,
    archive: Path | None,
    out: Path | None,
    threads: int | None,
    memory_limit: str | None,
    scratch: Path | None,
) -> None:
    """Find people in service for whom the LKV was not asked, and people asked for who were never registered.

    RUN is the folder of a run, which is only read. The LKV is that of the doelgroep banenafspraak, with its bonus where
    one is due. Beside each person stand the hours, the amount that hangs on them (what would be granted then less what
    is granted now, with every maximum and other category), and the last day on which the return can be corrected for
    the decision: 1 May. A request for somebody who was never registered gives nothing and can be fined (Wtl 4.7).

    The list says of people that they are registered: quotum/output/README.md says what an employer may see of that.
    """
    from quotum.money import euro_text
    from quotum.output.missed import find_missed
    from quotum.output.rerun import Means

    with followed("missed", stages_again("missed")) as course:
        missed = find_missed(run, out, Means(archive, scratch, threads, memory_limit), course.stage)
    mark = "SIMULATION: " if missed.simulation else ""
    for kind in missed.kinds:
        click.echo(
            f"{mark}{_WORDS[kind.name]}: {kind.persons:,} persons at {kind.employers:,} employers, "
            f"{kind.hours:,} hours, {euro_text(kind.cents)} euro hang on it"
        )
    click.echo(f"Returns can be corrected for the decision until {missed.correct_until}")
    if out is not None:
        click.echo(f"List written: {out}")
