"""`quotum job audit`: every noted run of a year repeated, on one page."""

from pathlib import Path

import click

from jobs.options import archive_option, memory_limit_option, scratch_option, steps, threads_option


@click.command("audit")
@archive_option
@click.option("--year", required=True, type=click.IntRange(2006, 2099), help="Calendar year whose runs are repeated.")
@click.option(
    "--out", required=True, type=click.Path(path_type=Path, dir_okay=False),
    help="HTML file with the outcome of each run; one that is there is replaced.",
)  # fmt: skip
@click.option("--from-originals", is_flag=True, help="Make the derived tables again from the original deliveries.")
@threads_option
@memory_limit_option
@scratch_option
def command(
    archive: Path,
    year: int,
    out: Path,
    from_originals: bool,
    threads: int | None,
    memory_limit: str | None,
    scratch: Path | None,
) -> None:
    """Repeat every run of a year that is noted in the archive, and write one page with the outcome of each.

    Ends with 20 when the results of any run differ, else with 21 when any cannot be certified, else with 0.
    """
    from quotum.archive.layout import existing, writing
    from quotum.errors import CannotWrite
    from quotum.output.audit_page import as_lines, as_page
    from quotum.run.audit import audit, gravest
    from quotum.run.replay import Means

    layout = existing(archive)
    if not out.parent.is_dir():
        raise CannotWrite(f"{out} cannot be written: its folder is not there; make the folder first")
    means = Means(scratch, threads, memory_limit)
    with steps(None, "stages") as step:
        audited = audit(layout, year, from_originals=from_originals, means=means, progress=lambda stage: step(1, stage))
    with writing(out):
        out.write_text(as_page(audited, year), "utf-8")
    for line in as_lines(audited, year):
        click.echo(line)
    click.echo(f"page written: {out}")
    raise SystemExit(gravest(audited))
