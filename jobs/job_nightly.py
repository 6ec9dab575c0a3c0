"""`quotum job nightly`: receives the files of a drop folder into the archive."""

import time
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from jobs import words
from jobs.log import Field, Log, log_format_option
from jobs.options import OUTPUT, Moment, archive_option, language_option, now, stopped_in_order
from jobs.progress import bytes_of, followed
from jobs.receive import dialect_option, kind_option, schemas_option
from jobs.terminal import say
from quotum.errors import DeliveryRefused, QuotumError
from quotum.words import joined, phrase, stripped

if TYPE_CHECKING:
    from quotum.intake.drop_folder import Outcome

_ROWS_REJECTED = 3
_DAY = 86_400


@click.command("nightly")
@click.option(
    "--drop",
    required=True,
    type=OUTPUT,
    metavar="DIR",
    help="Folder into which deliveries are put; done/ and refused/ are made in it.",
)
@archive_option
@kind_option
@dialect_option
@schemas_option
@click.option("--received", type=Moment(), help="When the files were received (local time); now when left out.")
@click.option(
    "--quiet-for",
    type=click.FloatRange(min=0),
    default=60.0,
    show_default=True,
    metavar="SECONDS",
    help="Leave files alone that changed less than this long ago: they may still grow.",
)
@click.option("--new-archive", is_flag=True, help="Make the archive when it is not there.")
@click.option(
    "--keep-done",
    type=click.IntRange(min=0),
    metavar="DAYS",
    help="Remove what has lain in done/ for longer than this; the archive has the bytes. Kept for good when left out.",
)
@log_format_option
@language_option
def command(
    drop: Path,
    archive: Path,
    kind: str,
    dialect: str | None,
    schemas: Path | None,
    received: datetime | None,
    quiet_for: float,
    new_archive: bool,
    keep_done: int | None,
    log_format: str,
    language: str,
) -> None:
    """Receive every file in a drop folder once and move it to done/ or refused/, with the reason beside it.

    The files make one receive call together. A file that changed a short while ago, or is named .part or .tmp,
    waits for the next run. Run it again at any time, also after a crash: a file is never received twice. Ends
    with 3 when rows or members were rejected, with 10 when a file was refused, and with 13 when the archive is not
    there and --new-archive is not said.
    """
    from quotum.intake.drop_folder import clear_done, empty_folder, folder_lock
    from quotum.intake.receive import Reception, receive

    log = Log(log_format, "nightly", language)
    stopped_in_order()

    def receiving(files: list[Path]) -> Reception:
        size = bytes_of(files)
        with followed("job nightly", unit="rows", say=log.progress) as course:
            reception = receive(
                files, archive, received or now(), kind=kind, dialect=dialect or "", schemas=schemas,
                progress=lambda rows: course.count(rows, "receiving"), reading=lambda read: course.measure(read, size),
                waiting=lambda: say(words.ANOTHER_RECEIVES.sentence(), language, aside=True),
            )  # fmt: skip
        for remark in reception.remarks:
            log.line("info", "remark", remark, {"remark": remark})
        return reception

    code = 0
    try:
        with folder_lock(drop) as lock_held:
            if not lock_held:
                log.line("info", "busy", words.BUSY_NIGHTLY.sentence(), {})
                return
            if not new_archive:
                _require_archive(archive)
            for outcome in empty_folder(drop, archive, receiving, time.time() - quiet_for, language):
                code = max(code, _log_outcome(log, outcome))
            if keep_done is not None:
                removed = clear_done(drop, time.time() - keep_done * _DAY)
                message = words.REMOVED_DONE.sentence(files=removed, days=keep_done)
                log.line("info", "removed", message, {"files": removed, "days": keep_done})
    except QuotumError as error:
        log.failed(error)
        raise
    log.line("info", "finished", words.FINISHED.sentence(code=code), {"code": code})
    log.require_written()
    raise SystemExit(code)


def _require_archive(archive: Path) -> None:
    """The archive must exist: a mistyped name makes no new archive."""
    from quotum.archive.layout import Layout, existing, is_there
    from quotum.errors import ArchiveLacks

    if not is_there(Layout(archive).marker):
        raise ArchiveLacks(words.NO_ARCHIVE.sentence(archive=archive))
    existing(archive)


def _log_outcome(log: Log, outcome: "Outcome") -> int:
    """Writes the line of a file; returns its exit code."""
    from quotum.output.reconciliation import figures, reconciliation

    fields: dict[str, Field] = {"file": outcome.name}
    verdict = words.VERDICTS[outcome.verdict].sentence()
    delivery = outcome.delivery
    if delivery is not None:
        fields |= {"kind": delivery.kind, "rows": delivery.received, "accepted": delivery.accepted}
        fields |= {"rejected": delivery.rejected, "members_refused": delivery.refused_members} | dict(figures(delivery))
        reconciled = joined("; ", map(stripped, reconciliation((delivery,))))
        refused = words.MEMBERS_REFUSED.sentence(what=reconciled, count=delivery.refused_members)
        message = joined("; ", (phrase("{verdict} {what}", verdict=verdict, what=refused), *outcome.reasons))
    else:
        known = [words.ADDS_NOTHING.sentence()] if outcome.verdict == "known" else []
        named = phrase("{verdict} {name}", verdict=verdict, name=outcome.name)
        message = joined(": ", filter(None, (named, joined("; ", (*known, *outcome.reasons)))))
    message = joined("; ", (message, *outcome.remarks))
    fields |= {"reason": " ".join(outcome.reasons)} if outcome.reasons else {}
    fields |= {"remark": " ".join(outcome.remarks)} if outcome.remarks else {}
    partly = _ROWS_REJECTED if outcome.reasons else 0
    code = {"refused": DeliveryRefused.exit_code, "received": partly, "known": partly}
    exit_code = code.get(outcome.verdict, 0)
    level = {0: "warning" if outcome.remarks else "info", _ROWS_REJECTED: "warning"}.get(exit_code, "error")
    log.line(level, outcome.verdict.value, message, fields)
    return exit_code
