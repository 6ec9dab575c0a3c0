"""`quotum archive runs`: the runs that were noted in an archive."""

import json
from pathlib import Path

import click

from jobs import words
from jobs.options import archive_option, language_option
from jobs.terminal import say


@click.command("runs")
@archive_option
@click.option("--year", type=int, help="Only the runs of this calendar year.")
@click.option(
    "--format", "output_format", type=click.Choice(["table", "json"]), default="table", show_default=True,
    help="A line per run, or a line of JSON with every field.",
)  # fmt: skip
@language_option
def command(archive: Path, year: int | None, output_format: str, language: str) -> None:
    """List the runs that were finished with an archive, per year with their as-of days."""
    from quotum.archive.layout import existing
    from quotum.archive.notes import notes
    from quotum.maintenance.noted_runs import state_of

    run_notes = [note for note in notes(existing(archive)) if year in (None, note.year)]
    for note in run_notes:
        state = state_of(note)
        if output_format == "json":
            line = {
                "year": note.year,
                "as_of": note.as_of.isoformat(),
                "known_on": None if note.known_on is None else note.known_on.isoformat(),
                "regime": note.regime,
                "simulation": note.simulation,
                "digest": note.digest,
                "place": note.place,
                "state": state,
            }
            click.echo(json.dumps(line, ensure_ascii=False))
            continue
        noted = words.NOTED_RUN.sentence(
            year=note.year, as_of=note.as_of, regime=note.regime, place=note.place, digest=note.digest[:16],
            state=state, known=words.AS_KNOWN_ON.sentence(day=note.known_on) if note.known_on else "",
            mark=words.OF_SIMULATION.sentence() if note.simulation else "",
        )  # fmt: skip
        say(noted, language)
    if not run_notes:
        say(words.NO_RUN.sentence(), language)
