"""Making the derived tables of an archive again from the original deliveries, with the same digests."""

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from attrs import frozen

from quotum.archive.hashing import digest_problem
from quotum.archive.layout import Layout, writer_lock, writing
from quotum.archive.receipts import Receipt, current, history
from quotum.engine.disk_room import room_needed
from quotum.errors import DeliveryRefused
from quotum.intake.receive import derive_again, place_rows
from quotum.maintenance import words
from quotum.version import __version__


@frozen
class RebuildOutcome:
    """The outcome of a rebuild."""

    rebuilt: int
    """Receive calls whose tables were made again, with the digests of their receipts."""
    replaced: tuple[int, ...]
    """Numbers of the receive calls whose tables in the archive were damaged, and are replaced."""
    problems: tuple[str, ...]
    """Calls of which nothing was replaced, and why."""


def rebuild(
    layout: Layout,
    *,
    only_damaged: bool = False,
    progress: Callable[[int], None] = lambda _rows: None,
    waiting: Callable[[], None] = lambda: None,
    reading: Callable[[float, int], None] = lambda _bytes, _of: None,
) -> RebuildOutcome:
    """Makes the derived tables again; damaged tables in the archive are replaced.

    Args:
        layout: The archive.
        only_damaged: Leave calls alone whose tables are as they were.
        progress: Told the number of rows read since the last call.
        waiting: Called once when another writer holds the archive.
        reading: Told the number of bytes of deliveries read since the last call, and of how many.

    Raises:
        ArchiveLacks: A receipt is damaged.
        CannotWrite: The archive cannot be written.
    """
    again, replaced, problems = 0, [], []
    with writer_lock(layout, waiting), writing(layout.root), room_needed(layout.root):
        counted = [receipt for receipt in current(history(layout)) if receipt.withdrawal is None]
        size = sum(delivery.size for receipt in counted for delivery in receipt.deliveries)
        for receipt in counted:
            sound = _sound(layout, receipt)
            if sound and only_damaged:
                reading(sum(delivery.size for delivery in receipt.deliveries), size)
                continue
            wrong = _again(layout, receipt, progress, lambda size_read: reading(size_read, size), replace=not sound)
            if wrong:
                problems.append(words.OF_CALL.sentence(call=receipt.sequence, wrong=wrong))
                continue
            again += 1
            replaced += [] if sound else [receipt.sequence]
    return RebuildOutcome(again, tuple(replaced), tuple(problems))


def _sound(layout: Layout, receipt: Receipt) -> bool:
    """Whether the folder of a call holds its tables as they were and nothing else."""
    folder = layout.rows(receipt.sequence, receipt.revision)
    names = {layout.root / table.path for table in receipt.tables}
    paths = set(folder.iterdir()) if folder.is_dir() else set()
    return paths == names and not any(
        digest_problem(layout.root / table.path, table.sha256) for table in receipt.tables
    )


def _again(
    layout: Layout,
    receipt: Receipt,
    progress: Callable[[int], None],
    reading: Callable[[float], None],
    *,
    replace: bool,
) -> str:
    """Makes the tables of a call again, and returns why they are not the same; empty when they are."""
    for delivery in receipt.deliveries:
        wrong = digest_problem(layout.original(delivery.sha256), delivery.sha256)
        if wrong:
            return words.ORIGINAL.sentence(digest=delivery.sha256[:16], wrong=wrong)
    if not receipt.deliveries:
        return ""
    scratch = Path(tempfile.mkdtemp(dir=layout.staging))
    try:
        tables = derive_again(layout, receipt, scratch, progress, reading)
        if tables != receipt.tables:
            changed = sorted({table.path for table in set(tables) ^ set(receipt.tables)})
            return words.COMES_OUT_OTHER.sentence(place=changed[0], received=receipt.quotum, present=__version__)
        if replace:
            place_rows(scratch / "rows", layout.rows(receipt.sequence, receipt.revision))
    except DeliveryRefused as problem:
        return words.REFUSED_NOW.sentence(received=receipt.quotum, why=problem.message)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return ""


__all__ = ["RebuildOutcome", "rebuild"]
