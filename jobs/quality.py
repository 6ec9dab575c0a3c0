"""`quotum quality`: the findings of a run, to be read."""

from pathlib import Path

import click


@click.command("quality")
@click.argument("run", type=click.Path(path_type=Path))
@click.option(
    "--archive", envvar="QUOTUM_ARCHIVE", type=click.Path(path_type=Path),
    help="Folder of the archive; QUOTUM_ARCHIVE, or else the place noted in the run, when left out.",
)  # fmt: skip
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="FILE",
    help="Write one HTML file instead, outside the run; it needs no network.",
)  # fmt: skip
def command(run: Path, archive: Path | None, out: Path | None) -> None:
    """Show the findings of a run by rule, with counts, shares and where the rows are.

    RUN is the folder of a run, which is only read. Nothing personal is shown.
    """
    from quotum.archive.layout import existing, writing
    from quotum.archive.receipts import current, history
    from quotum.errors import WrongUse
    from quotum.output.quality_page import quality_lines, quality_of, quality_page
    from quotum.run.finished import noted_archive, read_finished, require_run

    require_run(run)
    finished = read_finished(run)
    place = archive or noted_archive(run)
    there = place is not None and (archive is not None or place.is_dir())
    receipts = current(history(existing(place))) if place is not None and there else ()
    found = quality_of(run, receipts)
    if out is None:
        for line in quality_lines(found):
            click.echo(line)
        return
    if run.resolve() in out.resolve().parents:
        raise WrongUse("--out lies in the run, which nothing is added to; name a file outside it")
    with writing(out.parent):
        out.write_text(quality_page(found, finished.year, finished.simulation), encoding="utf-8", newline="\n")
    click.echo(f"{len(found)} findings: {out}")
