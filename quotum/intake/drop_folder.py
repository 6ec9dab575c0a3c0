"""A folder into which others put deliveries: each file is received once and then moved out of the way.

The files that lie there quietly make one receive call together, as a register in two files must. Before it, the
call is written down in `.batch.json`; a run that finds one finishes that call first, with those files alone. So
it does no harm to be killed between receiving and moving: what is in the archive adds nothing, and is moved.
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

from quotum.archive.found import found_rows, rejecting_rules
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
from quotum.intake.delivery.litter import is_litter_file
from quotum.intake.receive import Reception

DONE: Final = "done"
REFUSED: Final = "refused"
_LISTED: Final = 100
_BATCH: Final = ".batch.json"
_LOCK: Final = ".lock"
# Names under which programs write what is not whole yet.
UNFINISHED: Final = (".part", ".partial", ".filepart", ".tmp", ".crdownload")


class Verdict(StrEnum):
    """What became of a file."""

    RECEIVED = "received"
    KNOWN = "known"
    REFUSED = "refused"
    WAITING = "waiting"
    LEFT = "left"


@frozen
class Outcome:
    """What became of one file."""

    name: str
    """Its name, fit to be shown."""
    verdict: Verdict
    """What became of it."""
    delivery: Delivery | None = None
    """What was received."""
    reasons: tuple[str, ...] = ()
    """Why it, or rows or members of it, were refused, or why it stays where it is."""
    remarks: tuple[str, ...] = ()
    """What is remarkable although all of it was taken over: a table that loses rows, a message out of force."""
    rows: tuple[str, ...] = ()
    """The rows that broke a rule, as far as they are listed."""


@frozen
class _Seen:
    """A file as it lay there."""

    name: str
    """Its name."""
    size: int
    """Bytes."""
    changed: int
    """When its content last changed, in nanoseconds."""

    def still(self, folder: Path) -> bool:
        """Whether it lies there unchanged."""
        try:
            return _seen(folder / self.name) == self
        except FileNotFoundError:
            return False


def _seen(path: Path) -> _Seen:
    status = path.stat()
    return _Seen(path.name, status.st_size, status.st_mtime_ns)


@contextlib.contextmanager
def held(folder: Path) -> Iterator[bool]:
    """Hold a drop folder against another run; yields False when one is at work there.

    Raises:
        WrongUse: The folder is not there.
        CannotWrite: Nothing can be moved in it.
    """
    if not is_there(folder) or not folder.is_dir():
        raise WrongUse(f"{folder} is no folder; name the folder into which deliveries are put")
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
    folder: Path, archive: Path, receiving: Callable[[list[Path]], Reception], quiet_since: float
) -> Iterator[Outcome]:
    """Receive the files of a drop folder and move each to `done/` or `refused/`, with a reason beside it.

    Args:
        folder: The folder, held.
        archive: The archive that `receiving` fills.
        receiving: Receives files in one call.
        quiet_since: Files that changed after this moment may still grow and wait (seconds since 1970).

    Yields:
        What became of each file, when it has been moved.

    Raises:
        CannotWrite: The archive or the folder cannot be written; what was not moved is taken up by the next run.
    """
    batch, before = _written_batch(folder)
    if batch:
        came = _committed(folder, archive, batch, before)
        yield from _take_in(folder, archive, receiving, batch, came, again=True)
    ready: list[_Seen] = []
    for path in sorted(folder.iterdir()):
        try:
            outcome = _not_yet(path, quiet_since)
            seen = _seen(path) if outcome is None else None
        except FileNotFoundError:
            continue  # whoever put it there took it away again
        if seen is not None:
            ready.append(seen)
        elif outcome is not None and outcome.reasons:
            yield outcome
    if ready:
        with writing(folder):
            write_durably(folder / _BATCH, _batch_bytes(ready, _calls(archive)))
        yield from _take_in(folder, archive, receiving, ready)


def _not_yet(path: Path, quiet_since: float) -> Outcome | None:
    """Why a file is not taken up; without a reason when it is none of this folder's deliveries."""
    name = masked(path.name)
    if path.name.startswith(".") or path.name in (DONE, REFUSED):
        return Outcome(name, Verdict.LEFT)
    status = path.lstat()
    if not stat.S_ISREG(status.st_mode):
        what = "is a folder, which is not looked into; put its files here"
        other = "is a link or a device, no file; put the file itself here"
        return Outcome(name, Verdict.LEFT, reasons=(what if stat.S_ISDIR(status.st_mode) else other,))
    if is_litter_file(path):
        return Outcome(name, Verdict.LEFT, reasons=("was left by an operating system or a tool; it is passed over",))
    waits = _waits(path, status, quiet_since)
    return Outcome(name, Verdict.WAITING, reasons=(waits,)) if waits else None


def _waits(path: Path, status: os.stat_result, quiet_since: float) -> str:
    """Why a file may still grow; empty when it is quiet."""
    if path.suffix.lower() in UNFINISHED:
        return f"is still being written, by its name ({path.suffix})"
    if status.st_ctime <= quiet_since < status.st_mtime:
        return "has a time that lies ahead and waits for it; `touch` it"
    return "changed a short while ago and may still grow" if quiet_since < max(status.st_mtime, status.st_ctime) else ""


def _take_in(
    folder: Path,
    archive: Path,
    receiving: Callable[[list[Path]], Reception],
    batch: list[_Seen],
    came: frozenset[str] = frozenset(),
    *,
    again: bool = False,
) -> Iterator[Outcome]:
    """Receive a batch and move its files; the note on it goes when all are moved.

    Of a batch that an earlier run did not finish, files can be in the archive whose reasons nobody has been told.
    """
    present = [seen for seen in batch if seen.still(folder)]
    if present:
        digests = {seen: _digest(folder / seen.name) for seen in present}
        new = [folder / seen.name for seen in present if digests[seen] not in came]
        reception = receiving(new) if new else Reception()
        read = known(existing(archive), None)
        kept = {one.sha256: one for receipt in read.every for one in receipt.deliveries}
        fresh = {delivery.sha256: delivery for delivery in reception.deliveries}
        for seen in present:
            digest = digests[seen]
            outcome = _outcome(seen, fresh.pop(digest, None), reception, read)
            if outcome.verdict is Verdict.REFUSED and digest in kept:
                outcome = Outcome(outcome.name, Verdict.KNOWN, None, _reasons(kept[digest], read) if again else ())
            if outcome.reasons and outcome.verdict is not Verdict.REFUSED:
                outcome = evolve(outcome, rows=_listed(read, digest))
            if not seen.still(folder):
                changed = ("changed while it was read, so it stays; the next run takes it up anew",)
                yield Outcome(outcome.name, Verdict.WAITING, reasons=changed)
                continue
            with writing(folder):
                _move(folder, seen.name, outcome)
            yield outcome
    with writing(folder):
        (folder / _BATCH).unlink(missing_ok=True)
        sync_folder(folder)


def _calls(archive: Path) -> int:
    """How many receive calls an archive has; none when it is not there yet."""
    return next_of(history(existing(archive)))[0] - 1 if is_there(Layout(archive).marker) else 0


def _committed(folder: Path, archive: Path, batch: list[_Seen], before: int) -> frozenset[str]:
    """Digests of files of a batch that came in a call since it was written down: they are only moved.

    A register that is sent again counts again, but not because a job was killed while it moved it.
    """
    if not is_there(Layout(archive).marker):
        return frozenset()
    left = {_digest(folder / seen.name) for seen in batch if seen.still(folder)}
    calls = [one for one in history(existing(archive)) if one.sequence > before]
    return frozenset(one.sha256 for call in calls for one in call.deliveries if one.sha256 in left)


def clear_done(folder: Path, before: float) -> int:
    """Remove what has lain in `done/` since before a moment: the archive has the bytes.

    Args:
        folder: The drop folder, held.
        before: Seconds since 1970.

    Returns:
        The number of files, those with reasons among them.

    Raises:
        CannotWrite: One cannot be removed.
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
        return ""  # receiving says what is the matter


def _outcome(seen: _Seen, delivery: Delivery | None, reception: Reception, read: Known) -> Outcome:
    name = masked(seen.name)
    if delivery is not None:
        reasons = [
            f"{one.place}: {one.reason}" for one in reception.members_refused if one.place.startswith(f"{name},")
        ]
        reasons += _reasons(evolve(delivery, refused_members=0), read)
        return Outcome(name, Verdict.RECEIVED, delivery, tuple(reasons), _remarks(delivery, reception))
    # Two names can look alike once a number in them is starred out: then the reasons of both stand there.
    return Outcome(name, Verdict.REFUSED, None, tuple(one.reason for one in reception.refused if one.place == name))


def _remarks(delivery: Delivery, reception: Reception) -> tuple[str, ...]:
    """What the operator must see of a delivery that was taken over."""
    kinds = delivery.kind.split("+")
    tables = [str(one) for one in reception.replaced if one.kind in kinds and (one.lost or one.stays)]
    return (*tables, *(str(one) for one in reception.contradictions if delivery.sha256 in one.digests))


def _reasons(delivery: Delivery, read: Known) -> tuple[str, ...]:
    """What of a delivery in the archive was not taken over, with the rules that rows broke."""
    members, rows = delivery.refused_members, delivery.rejected
    told = []
    if members:
        told.append(f"{members:,} members were refused; quotum archive findings --rule member_refused names them")
    if rows:
        told.append(f"{rows:,} rows rejected by {', '.join(rejecting_rules(read, delivery.sha256))}")
    return tuple(told)


def _listed(read: Known, digest: str) -> tuple[str, ...]:
    """The rows of a delivery that were rejected, each with the rule it broke."""
    lines = list(islice(found_rows(read, frozenset(), digest, rejected=True), _LISTED + 1))
    more = [f"and more; quotum archive findings --delivery {digest[:16]} lists them"] if len(lines) > _LISTED else []
    return (*lines[:_LISTED], *more)


def _move(folder: Path, name: str, outcome: Outcome) -> None:
    """Reason first, then the file: a crash between the two is repaired by the next run."""
    target = folder / (REFUSED if outcome.verdict is Verdict.REFUSED else DONE) / name
    number = 1
    while target.exists():
        number += 1
        target = target.with_name(f"{name}.{number}")
    if outcome.reasons or outcome.remarks:
        text = "".join(f"{line}\n" for line in (*outcome.reasons, *outcome.remarks, *outcome.rows))
        write_durably(target.with_name(f"{target.name}.reason.txt"), text.encode())
    (folder / name).rename(target)
    sync_folder(target.parent)


def _batch_bytes(batch: list[_Seen], calls: int) -> bytes:
    return json.dumps({"calls": calls, "files": [[seen.name, seen.size, seen.changed] for seen in batch]}).encode()


def _written_batch(folder: Path) -> tuple[list[_Seen], int]:
    """The batch that an earlier run did not finish, and how many calls the archive had when it began."""
    try:
        written = json.loads((folder / _BATCH).read_bytes())
        calls, files = (written["calls"], written["files"]) if isinstance(written, dict) else (0, written)
        return [_Seen(name, size, changed) for name, size, changed in files], int(calls)
    except FileNotFoundError:
        return [], 0
    except PermissionError as error:
        raise Forbidden(folder / _BATCH) from error
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise WrongUse(
            f"{folder / _BATCH} cannot be read: it names the files of a run that did not end. Move the files that "
            "the archive has already to done/ yourself, and delete it"
        ) from error
