"""`quotum settle`: one year, as filed by a day."""

from datetime import date
from pathlib import Path

import click

from jobs.options import (
    INPUT,
    OUTPUT,
    YEAR,
    Day,
    archive_option,
    as_of_option,
    baseline_option,
    engine_options,
    known_on_option,
    language_option,
    memory_limit_option,
    scenario_option,
    threads_option,
)
from jobs.progress import followed, stages_with_weights
from jobs.terminal import remark

_SET_ASIDE = 3


@click.command("settle")
@archive_option
@click.option("--year", required=True, type=YEAR, help="Calendar year to settle.")
@as_of_option
@click.option("--out", required=True, type=OUTPUT, help="Folder of the run; must be new.")
@scenario_option
@click.option(
    "--regime", type=click.Choice(["as-enacted", "quota-levy"]), default="as-enacted", show_default=True,
    help="What the parameters and scenarios say, or the older quota levy.",
)  # fmt: skip
@known_on_option
@click.option("--decided-on", type=Day(), help="Day of the decision, noted in the run.")
@baseline_option
@engine_options
@threads_option
@memory_limit_option
@click.option(
    "--sign-key", type=INPUT, metavar="KEY",
    help="Sign the run with this private Ed25519 key (PEM); needs the extra `sign`. The results stay the same.",
)  # fmt: skip
@click.option(
    "--strict", is_flag=True,
    help="Stop with 13 at a message that contradicts itself, where it is set aside otherwise and the end is 3.",
)  # fmt: skip
@click.option(
    "--dry-run", is_flag=True, help="Print what would be read and every parameter with its source; write nothing."
)
@click.option(
    "--assumptions", is_flag=True,
    help="Print every assumed figure, reading and delivery that is not used, those too that an earlier run of the year "
    "has said; the run always holds them.",
)  # fmt: skip
@language_option
def command(
    archive: Path,
    year: int,
    as_of: date,
    out: Path,
    scenarios: tuple[str, ...],
    regime: str,
    known_on: date | None,
    decided_on: date | None,
    baseline: str | None,
    engine: str,
    rows: str | None,
    threads: int | None,
    memory_limit: str | None,
    sign_key: Path | None,
    strict: bool,
    dry_run: bool,
    assumptions: bool,
    language: str,
) -> None:
    """Settle a year: count jobs, exempt small employers, compute surcharge, LKV and bonus, write the run folder.

    A message that contradicts itself is set aside: its returns are settled as if it had never come, set_aside.parquet
    lists them, and the end is 3.
    """
    from quotum.output import summary
    from quotum.output.news import NOTHING, earlier_runs
    from quotum.run.regimes import regime as regimes
    from quotum.run.room import room_remarks
    from quotum.run.settle import prepare, settle
    from quotum.run_folder.request import Request
    from quotum.run_folder.signing import signer

    request = Request(
        archive=archive,
        year=year,
        as_of=as_of,
        out=out,
        scenarios=scenarios,
        regime=regime,
        known_on=known_on,
        decided_on=decided_on,
        baseline=baseline,
        threads=threads,
        memory_limit=memory_limit,
        engine=engine,
        rows=rows,
        strict=strict,
    )
    sign = None if sign_key is None else signer(sign_key)
    prepared = prepare(request)
    earlier = NOTHING if assumptions else earlier_runs(prepared)
    for line in (*prepared.remarks, *(() if earlier.runs and not dry_run else prepared.unused)):
        remark(line, language)
    if dry_run:
        summary.show_plan(prepared, language)
        return
    for line in room_remarks(prepared):
        remark(line, language)
    with followed("settle", stages_with_weights(regimes.named(regime).stages), language=language) as course:
        settled = settle(prepared, course.stage, sign)
    summary.show(settled, earlier, language)
    for line in settled.used:
        remark(line, language)
    if settled.set_aside:
        raise SystemExit(_SET_ASIDE)
