"""`quotum replay`: a finished run or simulation repeated and compared byte for byte."""

from collections.abc import Iterable
from pathlib import Path

import click

from jobs.options import (
    INPUT,
    OUTPUT,
    engine_options,
    extra_registrations_option,
    language_option,
    memory_limit_option,
    scratch_option,
    threads_option,
)
from jobs.progress import followed, stages_of_replay, stages_of_replayed_simulation
from jobs.terminal import say


@click.command("replay")
@click.argument("run", type=INPUT)
@click.option(
    "--archive", envvar="QUOTUM_ARCHIVE", type=OUTPUT,
    help="Folder of the archive; QUOTUM_ARCHIVE, or else the place noted in the run, when left out.",
)  # fmt: skip
@click.option(
    "--from-originals",
    is_flag=True,
    help="Make the derived tables again from the original deliveries, and compare them.",
)
@click.option(
    "--public-key", type=INPUT, metavar="KEY",
    help="Public Ed25519 key (PEM) that the run must be signed with; needs the extra `sign`.",
)  # fmt: skip
@engine_options
@threads_option
@memory_limit_option
@scratch_option
@extra_registrations_option
@language_option
def command(
    run: Path,
    archive: Path | None,
    from_originals: bool,
    public_key: Path | None,
    engine: str,
    rows: str | None,
    threads: int | None,
    memory_limit: str | None,
    scratch: Path | None,
    extra_registrations: tuple[Path, ...],
    language: str,
) -> None:
    """Repeat a run or a simulation from its archived inputs and compare its results byte for byte.

    RUN is the folder of a run, or of a simulation: then every scenario is computed again from the rows, with the
    scenario files that the folder keeps, and every file is compared. Parameters of a run come from the run, never from
    the installed figures; where it was made by this very code they are compared with those. Nothing is written in the
    run or the archive. Ends with 0 when everything is identical, with 20 when the results differ (the first difference
    is named) or a figure that no scenario set is not what the same code ships, and with 21 when the run cannot be
    certified: an input is missing or altered, a byte of the run was altered, other code made it, or the archive has no
    note of it and no signature checked with --public-key vouches for it (a simulation needs neither: computing it again
    vouches for it); beside it stands whether the results are the same.
    """
    from quotum.output.outcome import replay_lines
    from quotum.replay.recompute import Means, replay
    from quotum.run.regimes.as_enacted import AsEnacted
    from quotum.run_folder.bag import looks_like_simulation
    from quotum.simulation_folder.outcome import repeated_lines
    from quotum.simulation_folder.recompute import replay_simulation

    means = Means(scratch, threads, memory_limit, engine, rows)
    if looks_like_simulation(run):
        stages = stages_of_replayed_simulation(from_originals=from_originals)
        with followed("replay", stages, language=language) as course:
            repeated = replay_simulation(
                run,
                archive,
                public_key=public_key,
                registers=extra_registrations,
                from_originals=from_originals,
                means=means,
                progress=course.stage,
            )
        _report(repeated_lines(repeated), repeated.error, language)
        return
    stages = stages_of_replay(AsEnacted.stages, from_originals=from_originals)
    with followed("replay", stages, language=language) as course:
        result = replay(
            run,
            archive,
            public_key=public_key,
            from_originals=from_originals,
            means=means,
            progress=course.stage,
        )
    _report(replay_lines(result), result.error, language)


def _report(lines: Iterable[str], error: Exception | None, language: str) -> None:
    for line in lines:
        say(line, language)
    if error is not None:
        raise error
