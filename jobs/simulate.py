"""`quotum simulate`: scenarios beside the law as it is."""

from datetime import date
from pathlib import Path

import click

from jobs.options import (
    INPUT,
    OUTPUT,
    YEAR,
    Years,
    archive_option,
    as_of_option,
    baseline_option,
    complete_scenarios,
    engine_options,
    known_on_option,
    language_option,
    memory_limit_option,
    threads_option,
)
from jobs.progress import SIMULATING, followed
from jobs.terminal import LANGUAGE_OF_COMMAND, remark
from quotum.words import in_language, phrase


def _list(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    if not value or ctx.resilient_parsing:
        return
    from quotum.simulate.scenario_list import print_list

    language = ctx.meta[LANGUAGE_OF_COMMAND]
    print_list(click.echo, language)
    ctx.exit()


@click.command("simulate")
@archive_option
@click.option("--year", required=True, type=YEAR, help="Calendar year to simulate.")
@as_of_option
@click.option("--out", required=True, type=OUTPUT, help="Folder of the comparison; must be new.")
@click.option(
    "--scenario", "scenarios", multiple=True, metavar="FILE|NAME[+...]", shell_complete=complete_scenarios,
    help="Scenario file, or the name of a shipped one; each is an alternative, and a.toml+b.toml merges two.",
)  # fmt: skip
@click.option(
    "--basis", multiple=True, metavar="FILE|NAME", shell_complete=complete_scenarios,
    help="Scenario that holds for the law as it is too, such as targets at the scale of a made-up country.",
)  # fmt: skip
@click.option(
    "--sweep", "sweeps", multiple=True, metavar="PARAMETER=FROM:TO:STEP",
    help="Compute every scenario at each value of a parameter; twice for two parameters.",
)  # fmt: skip
@click.option(
    "--solve", type=click.Choice(["balance", "budget"]),
    help="Solve the surcharge rate of every scenario by this rule, whatever it sets.",
)  # fmt: skip
@click.option(
    "--as-if", "as_if", multiple=True, type=Years(), metavar="YEAR|YEAR..YEAR",
    help="Take the law and the figures of this later year over the rows of --year, unchanged; more than one, or a span "
    "(2027..2031), gives a column a year. A figure that year lacks runs on, or grows as [growth] of a scenario says, "
    "and is called assumed.",
)  # fmt: skip
@known_on_option
@baseline_option
@language_option
@engine_options
@threads_option
@memory_limit_option
@click.option(
    "--assumptions", is_flag=True,
    help="Print the readings of the law and the notes of the scenarios too; page and tables always hold them.",
)  # fmt: skip
@click.option(
    "--sign-key", type=INPUT, metavar="KEY",
    help="Sign the folder with this private Ed25519 key (PEM); needs the extra `sign`. The figures stay the same.",
)  # fmt: skip
@click.option(
    "--list", is_flag=True, expose_value=False, callback=_list,
    help="Show the scenarios that come with quotum, with what they change, and stop.",
)  # fmt: skip
def command(
    archive: Path,
    year: int,
    as_of: date,
    out: Path,
    scenarios: tuple[str, ...],
    basis: tuple[str, ...],
    sweeps: tuple[str, ...],
    solve: str | None,
    as_if: tuple[tuple[int, ...], ...],
    known_on: date | None,
    baseline: str | None,
    language: str,
    engine: str,
    rows: str | None,
    threads: int | None,
    memory_limit: str | None,
    assumptions: bool,
    sign_key: Path | None,
) -> None:
    """Compare scenarios with the law as it is, settling nothing: who pays, who gains, and what it comes to.

    Nothing is simulated about behaviour: who hires more because of a bonus is not in these figures. Groups of fewer
    than ten employers, or of which fewer than ten pay, receive or notice a difference, are put together or left out.
    Totals of all that is delivered are no group and are always shown, so a delivery of fewer than ten employers shows
    its own totals.

    The folder is sealed with what was asked, the scenario files and the digest of every delivery that was read: quotum
    verify checks it, and quotum replay computes every figure again.
    """
    from datetime import UTC, datetime

    from quotum.output.layout import paragraph, screen
    from quotum.run_folder.bag import require_free_for_simulation
    from quotum.run_folder.signing import signer
    from quotum.simulate import compare, show
    from quotum.simulate.request import SimulationRequest, later_years
    from quotum.simulate.sweeps import parse_sweep, points
    from quotum.simulation_folder.outcome import sealed_line
    from quotum.simulation_folder.sealing import write_simulation

    started = datetime.now(UTC)
    require_free_for_simulation(out)
    sign = None if sign_key is None else signer(sign_key)
    request = SimulationRequest(
        archive=archive,
        year=year,
        as_of=as_of,
        scenarios=scenarios,
        known_on=known_on,
        baseline=baseline,
        sweeps=tuple(parse_sweep(text) for text in sweeps),
        solve=solve,
        basis=basis,
        threads=threads,
        memory_limit=memory_limit,
        engine=engine,
        rows=rows,
        as_if=later_years([law_year for years in as_if for law_year in years], year),
    )
    planned = compare.plan(request)
    swept = len(points(planned, request.sweeps)) * max(len(planned.scenarios), len(request.law_years))
    remarks = [(alternative.name, line) for alternative in planned.alternatives for line in alternative.remarks]
    for name, line in dict.fromkeys(remarks):
        remark(phrase("{name}: {line}", name=name, line=line), language)
    show.show_differences(planned, language)
    with followed("simulate", SIMULATING, repeats={"sweep": swept}, language=language) as course:
        comparison = compare.carry_out(planned, course.stage)
        course.stage("write")
        sealed = write_simulation(comparison, planned, out, language, started, sign)
    show.show(comparison, sealed.folder, language, written=sealed.written, assumptions=assumptions)
    click.echo(paragraph(in_language(sealed_line(sealed), language), screen()))
