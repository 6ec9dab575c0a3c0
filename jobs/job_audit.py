"""`quotum job audit`: every noted run of a year repeated, on one page."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from jobs import words
from jobs.log import Field, Log, log_format_option
from jobs.options import (
    YEAR,
    Place,
    archive_option,
    language_option,
    memory_limit_option,
    scratch_option,
    threads_option,
)
from jobs.progress import followed
from quotum.errors import CannotWrite, QuotumError

if TYPE_CHECKING:
    from quotum.replay.audit import AuditedRun
    from quotum.replay.recompute import Means

_EVENTS = {0: ("info", "identical"), 20: ("error", "differs")}
_NOT_CERTIFIED = ("error", "not-certified")


@click.command("audit")
@archive_option
@click.option("--year", required=True, type=YEAR, help="Calendar year whose runs are repeated.")
@click.option(
    "--out", required=True, type=Place(is_input=False, dir_okay=False),
    help="HTML file with the outcome of each run; one that is there is replaced.",
)  # fmt: skip
@click.option("--from-originals", is_flag=True, help="Make the derived tables again from the original deliveries.")
@threads_option
@memory_limit_option
@scratch_option
@log_format_option
@language_option
def command(
    archive: Path,
    year: int,
    out: Path,
    from_originals: bool,
    threads: int | None,
    memory_limit: str | None,
    scratch: Path | None,
    log_format: str,
    language: str,
) -> None:
    """Repeat every run of a year that is noted in the archive, and write one page with the outcome of each.

    Ends with 20 when the results of any run differ, else with 21 when any cannot be certified, else with 0.
    """
    from quotum.output.audit_page import identical, summary_of
    from quotum.replay.audit import gravest
    from quotum.replay.recompute import Means

    log = Log(log_format, "audit", language)
    try:
        audited = _audited(log, archive, year, out, Means(scratch, threads, memory_limit), from_originals)
    except QuotumError as error:
        log.failed(error)
        raise
    for audit_result in audited:
        _log_result(log, audit_result)
    code = gravest(audited)
    fields: dict[str, Field] = {
        "code": code, "year": year, "runs": len(audited), "identical": identical(audited), "page": str(out),
    }  # fmt: skip
    finished = words.PAGE_WRITTEN.sentence(what=summary_of(audited, year), place=out)
    log.line("info", "finished", finished, fields)
    log.require_written()
    raise SystemExit(code)


def _audited(
    log: Log, archive: Path, year: int, out: Path, means: "Means", from_originals: bool
) -> "tuple[AuditedRun, ...]":
    """Repeats the runs and writes the page."""
    from quotum.archive.layout import existing, write_durably, writing
    from quotum.output.audit_page import as_page
    from quotum.replay.audit import audit

    layout = existing(archive)
    if not out.parent.is_dir():
        raise CannotWrite(words.FOLDER_NOT_THERE.sentence(place=out))
    with followed("job audit", say=log.progress) as course:
        audited = audit(layout, year, from_originals=from_originals, means=means, progress=course.stage)
    with writing(out):
        write_durably(out, as_page(audited, year).encode())
    return audited


def _log_result(log: Log, audit_result: "AuditedRun") -> None:
    """Writes the line of a run."""
    from quotum.identifiers import masked
    from quotum.output.audit_page import line_of, outcome_of

    note = audit_result.note
    fields: dict[str, Field] = {
        "run": masked(note.place), "digest": note.digest, "as_of": note.as_of.isoformat(),
        "known_on": "" if note.known_on is None else note.known_on.isoformat(), "regime": note.regime,
        "simulation": note.simulation, "outcome": outcome_of(audit_result), "code": audit_result.exit_code,
    }  # fmt: skip
    if audit_result.problem:
        fields["reason"] = audit_result.problem
    log.line(*_EVENTS.get(audit_result.exit_code, _NOT_CERTIFIED), line_of(audit_result), fields)
