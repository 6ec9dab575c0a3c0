"""A drop folder for deliveries: each file is received once and then moved away.

Files that have stopped changing are received together in a single call, because a register may come as two files.
Before the call, its files are listed in `.batch.json`; a run that finds this list finishes that call first, with
those files only. A kill between receiving and moving does no harm: files already in the archive are only moved.
"""

import contextlib
import fcntl
import json
import os
import stat
from collections.abc import Callable, Iterator
from enum import StrEnum
from hashlib import file_digest
from itertools import islice
from pathlib import Path
from typing import Final

from attrs import evolve, frozen

from quotum.archive.findings import finding_lines, rejecting_rules
from quotum.archive.known import Known, known
from quotum.archive.layout import (
    Layout,
    existing,
    is_there,
    make_folder,
    open_for_owner,
    sync_folder,
    write_durably,
    writing,
)
from quotum.archive.receipts import Delivery, history, next_of
from quotum.errors import Forbidden, WrongUse
from quotum.identifiers import masked
from quotum.intake import words
from quotum.intake.delivery.litter import is_litter_file
from quotum.intake.receive import Reception
from quotum.words import ENGLISH, in_language, joined

DONE: Final = "done"
REFUSED: Final = "refused"
_LISTED: Final = 100
_BATCH: Final = ".batch.json"
_LOCK: Final = ".lock"
# Suffixes under which programs write unfinished files.
UNFINISHED: Final = (".part", ".partial", ".filepart", ".tmp", ".crdownload")


class Verdict(StrEnum):
    """Verdict on a file."""

    RECEIVED = "received"
    KNOWN = "known"
    REFUSED = "refused"
    WAITING = "waiting"
    LEFT = "left"


@frozen
class Outcome:
    """Result for one file."""

    name: str
    """Name of the file, fit to be shown."""
    verdict: Verdict
    """Verdict."""
    delivery: Delivery | None = None
    """The received delivery."""
    reasons: tuple[str, ...] = ()
    """Why the file, or rows or members of it, were refused, or why it stays where it is."""
    remarks: tuple[str, ...] = ()
    """Remarks on an accepted file: a table that loses rows, a message out of force."""
    rows: tuple[str, ...] = ()
    """Rows that broke a rule, up to a limit."""


@frozen
class _FileState:
    """State of a file when it was listed."""

    name: str
    """Name."""
    size: int
    """Size in bytes."""
    changed: int
    """Time of the last change of its content, in nanoseconds."""

    def is_unchanged(self, folder: Path) -> bool:
        """Whether the file is still there, unchanged."""
        try:
            return _file_state(folder / self.name) == self
        except FileNotFoundError:
            return False


def _file_state(path: Path) -> _FileState:
    status = path.stat()
    return _FileState(path.name, status.st_size, status.st_mtime_ns)


@contextlib.contextmanager
def folder_lock(folder: Path) -> Iterator[bool]:
    """Locks a drop folder against another run; yields False when another run has the lock.

    Raises:
        WrongUse: The folder does not exist.
        CannotWrite: Files cannot be moved in the folder.
    """
    if not is_there(folder) or not folder.is_dir():
        raise WrongUse(words.NO_DROP_FOLDER.sentence(folder=folder))
    with contextlib.ExitStack() as stack:
        with writing(folder):
            for name in (DONE, REFUSED):
                make_folder(folder / name)
            lock = stack.enter_context(open_for_owner(folder / _LOCK))
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


def empty_folder(
    folder: Path,
    archive: Path,
    receiving: Callable[[list[Path]], Reception],
    quiet_since: float,
    language: str = ENGLISH,
) -> Iterator[Outcome]:
    """Receives the files of a drop folder and moves each to `done/` or `refused/`, with its reasons beside it.

    Args:
        folder: The folder, held.
        archive: The archive that `receiving` fills.
        receiving: Receives files in one call.
        quiet_since: Files that changed after this moment may still grow, so they wait (seconds since 1970).
        language: Language of the reasons beside a file.

    Yields:
        The result for each file, after its move.

    Raises:
        CannotWrite: The archive or the folder cannot be written; the next run takes up files that were not moved.
    """
    batch, before = _written_batch(folder)
    if batch:
        came = _committed(folder, archive, batch, before)
        yield from _take_in(folder, archive, receiving, batch, came, language=language, is_resumed=True)
    ready: list[_FileState] = []
    for path in sorted(folder.iterdir()):
        try:
            outcome = _not_yet(path, quiet_since)
            state = _file_state(path) if outcome is None else None
        except FileNotFoundError:
            continue  # removed by somebody in the meantime
        if state is not None:
            ready.append(state)
        elif outcome is not None and outcome.reasons:
            yield outcome
    if ready:
        with writing(folder):
            write_durably(folder / _BATCH, _batch_bytes(ready, _calls(archive)))
        yield from _take_in(folder, archive, receiving, ready, language=language)


def _not_yet(path: Path, quiet_since: float) -> Outcome | None:
    """Returns why a file is not taken up; without a reason when it is not meant as a delivery."""
    name = masked(path.name)
    if path.name.startswith(".") or path.name in (DONE, REFUSED):
        return Outcome(name, Verdict.LEFT)
    status = path.lstat()
    if not stat.S_ISREG(status.st_mode):
        reason = words.IS_FOLDER if stat.S_ISDIR(status.st_mode) else words.IS_LINK
        return Outcome(name, Verdict.LEFT, reasons=(reason.sentence(),))
    if is_litter_file(path):
        return Outcome(name, Verdict.LEFT, reasons=("was left by an operating system or a tool; it is passed over",))
    waits = _waits(path, status, quiet_since)
    return Outcome(name, Verdict.WAITING, reasons=(waits,)) if waits else None


def _waits(path: Path, status: os.stat_result, quiet_since: float) -> str:
    """Returns why a file may still grow; empty when it has stopped changing."""
    if path.suffix.lower() in UNFINISHED:
        return words.STILL_WRITTEN.sentence(suffix=path.suffix)
    if status.st_ctime <= quiet_since < status.st_mtime:
        return words.TIME_AHEAD.sentence()
    grows = quiet_since < max(status.st_mtime, status.st_ctime)
    return words.MAY_GROW.sentence() if grows else ""


def _take_in(
    folder: Path,
    archive: Path,
    receiving: Callable[[list[Path]], Reception],
    batch: list[_FileState],
    came: frozenset[str] = frozenset(),
    *,
    language: str,
    is_resumed: bool = False,
) -> Iterator[Outcome]:
    """Receives a batch and moves its files; the list of the batch is removed when all are moved.

    In a batch that an earlier run did not finish, the archive can hold files whose reasons were never shown.
    """
    present = [state for state in batch if state.is_unchanged(folder)]
    if present:
        digests = {state: _digest(folder / state.name) for state in present}
        new = [folder / state.name for state in present if digests[state] not in came]
        reception = receiving(new) if new else Reception()
        read = known(existing(archive), None)
        deliveries = {delivery.sha256: delivery for receipt in read.every for delivery in receipt.deliveries}
        fresh = {delivery.sha256: delivery for delivery in reception.deliveries}
        for state in present:
            digest = digests[state]
            outcome = _outcome(state, fresh.pop(digest, None), reception, read)
            if outcome.verdict is Verdict.REFUSED and digest in deliveries:
                outcome = Outcome(
                    outcome.name, Verdict.KNOWN, None, _reasons(deliveries[digest], read) if is_resumed else ()
                )
            if outcome.reasons and outcome.verdict is not Verdict.REFUSED:
                outcome = evolve(outcome, rows=_listed(read, digest))
            if not state.is_unchanged(folder):
                changed = (words.CHANGED_MEANWHILE.sentence(),)
                yield Outcome(outcome.name, Verdict.WAITING, reasons=changed)
                continue
            with writing(folder):
                _move(folder, state.name, outcome, language)
            yield outcome
    with writing(folder):
        (folder / _BATCH).unlink(missing_ok=True)
        sync_folder(folder)


def _calls(archive: Path) -> int:
    """Returns the number of receive calls in an archive; 0 when there is no archive yet."""
    return next_of(history(existing(archive)))[0] - 1 if is_there(Layout(archive).marker) else 0


def _committed(folder: Path, archive: Path, batch: list[_FileState], before: int) -> frozenset[str]:
    """Returns digests of files in a batch that were received since the batch was listed: they are only moved.

    A register that is sent again counts again, but not when a job was killed while it moved the file.
    """
    if not is_there(Layout(archive).marker):
        return frozenset()
    remaining = {_digest(folder / state.name) for state in batch if state.is_unchanged(folder)}
    calls = [receipt for receipt in history(existing(archive)) if receipt.sequence > before]
    return frozenset(delivery.sha256 for call in calls for delivery in call.deliveries if delivery.sha256 in remaining)


def clear_done(folder: Path, before: float) -> int:
    """Removes files that have been in `done/` since before a moment: the archive has the bytes.

    Args:
        folder: The drop folder, held.
        before: Seconds since 1970.

    Returns:
        The number of files, reason files included.

    Raises:
        CannotWrite: A file cannot be removed.
    """
    with writing(folder):
        old = [path for path in sorted((folder / DONE).iterdir()) if path.is_file() and path.lstat().st_ctime < before]
        for path in old:
            path.unlink()
    return len(old)


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            return file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""  # receiving reports the fault


def _outcome(state: _FileState, delivery: Delivery | None, reception: Reception, read: Known) -> Outcome:
    name = masked(state.name)
    if delivery is not None:
        reasons: list[str] = [
            words.MEMBER_REASON.sentence(place=problem.place, reason=problem.reason)
            for problem in reception.members_refused
            if problem.place.startswith(f"{name},")
        ]
        reasons += _reasons(evolve(delivery, refused_members=0), read)
        return Outcome(name, Verdict.RECEIVED, delivery, tuple(reasons), _remarks(delivery, reception))
    # Two names can look alike once their digits are starred out: then the reasons of both are shown.
    return Outcome(
        name, Verdict.REFUSED, None, tuple(problem.reason for problem in reception.refused if problem.place == name)
    )


def _remarks(delivery: Delivery, reception: Reception) -> tuple[str, ...]:
    """Remarks for the operator on an accepted delivery."""
    kinds = delivery.kind.split("+")
    tables = [remark.words for remark in reception.replaced if remark.kind in kinds and (remark.lost or remark.stays)]
    return (*tables, *(remark.words for remark in reception.contradictions if delivery.sha256 in remark.digests))


def _reasons(delivery: Delivery, read: Known) -> tuple[str, ...]:
    """Reasons why parts of a delivery in the archive were refused, with the rules that rows broke."""
    members, rows = delivery.refused_members, delivery.rejected
    reasons = []
    if members:
        reasons.append(words.MEMBERS_REFUSED.sentence(count=members))
    if rows:
        rules = joined(", ", rejecting_rules(read, delivery.sha256))
        reasons.append(words.ROWS_REJECTED.sentence(count=rows, rules=rules))
    return tuple(reasons)


def _listed(read: Known, digest: str) -> tuple[str, ...]:
    """Lists rejected rows of a delivery, each with the rule it broke."""
    lines = list(islice(finding_lines(read, frozenset(), digest, rejected=True), _LISTED + 1))
    more = [words.MORE_LISTED.sentence(digest=digest[:16])] if len(lines) > _LISTED else []
    return (*lines[:_LISTED], *more)


def _move(folder: Path, name: str, outcome: Outcome, language: str) -> None:
    """Writes the reasons first and then moves the file: the next run repairs a crash in between."""
    target = folder / (REFUSED if outcome.verdict is Verdict.REFUSED else DONE) / name
    number = 1
    while target.exists():
        number += 1
        target = target.with_name(f"{name}.{number}")
    if outcome.reasons or outcome.remarks:
        lines = (*outcome.reasons, *outcome.remarks, *outcome.rows)
        text = "".join(f"{in_language(line, language)}\n" for line in lines)
        write_durably(target.with_name(f"{target.name}.reason.txt"), text.encode())
    (folder / name).rename(target)
    sync_folder(target.parent)


def _batch_bytes(batch: list[_FileState], calls: int) -> bytes:
    return json.dumps({"calls": calls, "files": [[state.name, state.size, state.changed] for state in batch]}).encode()


def _written_batch(folder: Path) -> tuple[list[_FileState], int]:
    """Returns the batch that an earlier run did not finish, and the number of calls in the archive before it."""
    try:
        batch = json.loads((folder / _BATCH).read_bytes())
        calls, files = (batch["calls"], batch["files"]) if isinstance(batch, dict) else (0, batch)
        return [_FileState(name, size, changed) for name, size, changed in files], int(calls)
    except FileNotFoundError:
        return [], 0
    except PermissionError as error:
        raise Forbidden(folder / _BATCH) from error
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise WrongUse(words.BATCH_UNREADABLE.sentence(place=folder / _BATCH)) from error
