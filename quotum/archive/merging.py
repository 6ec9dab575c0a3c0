"""Two archives made one: every receive call of the other is received again from its original bytes."""

from collections.abc import Callable
from pathlib import Path

from attrs import frozen

from quotum.archive.hashing import not_as
from quotum.archive.layout import Layout, existing, prepared
from quotum.archive.notes import add_notes, notes
from quotum.archive.receipts import Receipt, current, history
from quotum.engine.scratch import scratch_folder
from quotum.errors import ArchiveLacks, WrongUse
from quotum.intake.receive import receive


@frozen
class Merged:
    """What a merge did."""

    calls: int
    """Receive calls of the other archive."""
    added: int
    """Those that added something."""
    runs: int
    """Runs noted in the other archive."""
    forgotten: tuple[int, ...]
    """Calendar years that the other archive has forgotten."""


def merge(into: Path, other: Path, progress: Callable[[int], None] = lambda _rows: None) -> Merged:
    """Take in what another archive holds, call by call, with the days on which it was received there.

    Args:
        into: The archive that grows; made when it is not there.
        other: The archive that is read.
        progress: Told the number of rows read since the last call.

    Raises:
        WrongUse: Both are one archive.
        ArchiveLacks: One is damaged, or a delivery is no longer accepted.
        CannotWrite: The archive cannot be written.
    """
    source = existing(other)
    if into.resolve() == other.resolve():
        raise WrongUse(f"{other} is the archive itself: name another one")
    calls = current(history(source))
    target = prepared(into)
    added = sum(_take_over(source, receipt, into, progress) for receipt in calls)
    runs = notes(source)
    add_notes(target, runs)
    forgotten = sorted({year for receipt in calls for year in receipt.forgotten_years})
    return Merged(len(calls), added, len(runs), tuple(forgotten))


def _take_over(source: Layout, receipt: Receipt, into: Path, progress: Callable[[int], None]) -> bool:
    """Receive the deliveries of a call under the names they had; whether that added anything."""
    with scratch_folder(None, "merge") as folder:
        paths = []
        for one in receipt.deliveries:
            original = source.original(one.sha256)
            wrong = not_as(original, one.sha256)
            if wrong:
                raise ArchiveLacks(f"{original} {wrong}: restore it from a backup, then merge again")
            named = folder / str(one.number) / one.name
            named.parent.mkdir()
            named.symlink_to(original.resolve())
            paths.append(named)
        done = receive(
            paths,
            into,
            receipt.received,
            kind=receipt.kind,
            dialect=receipt.dialect,
            broke_schema={one.sha256: one.left_out_members for one in receipt.deliveries},
            progress=progress,
        )
    if done.refused:
        raise ArchiveLacks(
            f"{done.refused[0].place} of receive call {receipt.sequence} is refused now and was accepted by quotum "
            f"{receipt.quotum}: {done.refused[0].reason}; merge with that version"
        )
    return bool(done.deliveries)


__all__ = ["Merged", "merge"]
