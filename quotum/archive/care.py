"""Checks of an archive: every digest, and the names of everything missing, altered or superfluous."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from attrs import frozen

from quotum.archive import words
from quotum.archive.hashing import digest_problem, in_threads
from quotum.archive.layout import Layout, partial_of, reader_lock
from quotum.archive.notes import notes
from quotum.archive.orders import orders
from quotum.archive.receipts import Receipt, current, history, read_receipt, receipt_paths
from quotum.archive.withdrawals import active_withdrawals, in_words
from quotum.engine.scratch import is_scratch
from quotum.errors import ArchiveLacks
from quotum.identifiers import masked
from quotum.tables import OF_ROWS

_SEAL = ".sha256"


@frozen
class CheckResult:
    """Result of a check of an archive."""

    files: int
    """Number of files kept under a digest."""
    problems: tuple[str, ...]
    """Missing, altered or superfluous files."""
    remarks: tuple[str, ...]
    """Files of no value that do no harm."""


@frozen
class Sizes:
    """Contents of an archive in numbers."""

    calls: int
    """Receive calls."""
    deliveries: int
    """Deliveries with their original bytes."""
    original_bytes: int
    """Bytes of the originals."""
    derived_bytes: int
    """Bytes of the derived tables."""
    base_bytes: int
    """Bytes of data that simulations collected, which can be thrown away."""
    other_bytes: int
    """Bytes of receipts, notes and work in progress."""
    rows: tuple[tuple[int, int, int], ...]
    """Calendar year, rows of returns, and bytes of their tables."""


Contents = Callable[[tuple[Receipt, ...], frozenset[str]], Iterable[str]]
"""Checks derived files: takes the receipts that count and the paths of unsound files, and returns the problems."""


def check(
    layout: Layout,
    progress: Callable[[int], None] = lambda _files: None,
    waiting: Callable[[], None] = lambda: None,
    contents: Contents = lambda _receipts, _unsound: (),
) -> CheckResult:
    """Checks every digest of an archive; writers wait meanwhile, and nothing is written.

    Args:
        layout: The archive.
        progress: Called with the number of files read since the last call.
        waiting: Called once when a writer holds the archive.
        contents: Checks the contents of files with a right digest.
    """
    with reader_lock(layout, waiting):
        receipts, problems = _receipts(layout)
        problems += _notes(layout)
        counted = current(receipts)
        by_path = _paths_with_digest(layout, counted)
        judged = in_threads(lambda item: digest_problem(item[0], item[1]), by_path.items(), progress)
        unsound = {path: wrong for path, wrong in zip(by_path, judged, strict=True) if wrong}
        problems += [words.FILE_IS.sentence(name=_name(layout, path), wrong=wrong) for path, wrong in unsound.items()]
        problems += contents(counted, frozenset(path.relative_to(layout.root).as_posix() for path in unsound))
        known_paths = {*by_path, *receipt_paths(layout), *_fixed(layout)}
        whole = len(receipts) == len(receipt_paths(layout))
        problems += _superfluous(layout, known_paths, receipts, whole=whole)
        problems += _bases(layout)
        left_over, under_way = (
            len(_files(layout.staging)),
            sum(_of_scratch(layout, path) for path in _files(layout.bases)),
        )
    remarks = [
        words.WITHDRAWAL.sentence(
            number=receipt.sequence,
            moment=str(receipt.received),
            what=in_words(receipt.withdrawal, counted),
            reason=receipt.withdrawal.reason,
        )
        for receipt in active_withdrawals(counted)
        if receipt.withdrawal is not None
    ]
    if left_over:
        remarks.append(words.LEFT_OVER.sentence(count=left_over))
    if under_way:
        remarks.append(words.UNDER_WAY.sentence(count=under_way))
    return CheckResult(len(by_path), tuple(problems), tuple(remarks))


def sizes(layout: Layout) -> Sizes:
    """Returns the size of an archive's parts.

    Raises:
        ArchiveLacks: A receipt is damaged.
    """
    counted = current(history(layout))
    tables = [table for receipt in counted for table in receipt.tables]
    years = sorted({table.year for table in tables if table.year})
    rows = tuple(
        (
            year,
            sum(table.rows for table in tables if table.year == year and table.table in OF_ROWS),
            _bytes(layout.root / table.path for table in tables if table.year == year),
        )
        for year in years
    )
    originals, derived = _bytes(_files(layout.root / "originals")), _bytes(_files(layout.root / "rows"))
    bases = _bytes(_files(layout.bases))
    return Sizes(
        calls=sum(1 for receipt in counted if receipt.withdrawal is None),
        deliveries=len({delivery.sha256 for receipt in counted for delivery in receipt.deliveries}),
        original_bytes=originals,
        derived_bytes=derived,
        base_bytes=bases,
        other_bytes=_bytes(_files(layout.root)) - originals - derived - bases,
        rows=rows,
    )


def _receipts(layout: Layout) -> tuple[tuple[Receipt, ...], list[str]]:
    """Reads the receipts, with the problems of those that cannot be read."""
    readable, problems = [], []
    for path in receipt_paths(layout):
        try:
            readable.append(read_receipt(path))
        except ArchiveLacks as problem:
            problems.append(problem.message)
    if not problems:
        try:
            history(layout)
        except ArchiveLacks as problem:
            problems.append(problem.message)
    return tuple(readable), problems


def _notes(layout: Layout) -> Iterator[str]:
    """Yields the problems of the notes on runs and on payment orders."""
    for read in (notes, orders):
        try:
            read(layout)
        except ArchiveLacks as problem:
            yield problem.message


def _paths_with_digest(layout: Layout, receipts: Iterable[Receipt]) -> dict[Path, str]:
    """Returns every file that is kept under a digest."""
    by_path: dict[Path, str] = {}
    for receipt in receipts:
        by_path |= {layout.original(delivery.sha256): delivery.sha256 for delivery in receipt.deliveries}
        by_path |= {layout.root / table.path: table.sha256 for table in receipt.tables}
    return dict(sorted(by_path.items()))


def _fixed(layout: Layout) -> tuple[Path, ...]:
    """Returns the files that every archive has."""
    return layout.marker, layout.lock, layout.runs, layout.orders, layout.notes_lock


def _superfluous(
    layout: Layout, known_paths: set[Path], receipts: tuple[Receipt, ...], *, whole: bool
) -> Iterator[str]:
    """Yields files that no receipt accounts for."""
    forgotten = set(_paths_with_digest(layout, receipts))
    for path in _files(layout.root):
        name = _name(layout, path)
        if path in (layout.lock, layout.notes_lock):
            if path.is_symlink() or path.stat().st_size:
                yield words.MUST_BE_EMPTY.sentence(name=name)
        elif path in known_paths or layout.staging in path.parents or layout.bases in path.parents:
            if path.is_symlink():
                yield words.IS_LINK.sentence(name=name)
        elif path in forgotten:
            yield words.FORGOTTEN_STILL.sentence(name=name)
        elif any(path == partial_of(other) for other in (*known_paths, *_next_receipts(layout, receipts))):
            yield words.BROKEN_OFF.sentence(name=name)
        elif whole or (layout.root / "originals" not in path.parents and layout.root / "rows" not in path.parents):
            yield words.TOO_MANY.sentence(name=name)


def _bases(layout: Layout) -> Iterator[str]:
    """Yields altered data of simulations; each file has its digest beside it."""
    paths = [path for path in _files(layout.bases) if not _of_scratch(layout, path)]
    for path in paths:
        sealed = path if path.suffix == _SEAL else path.with_name(path.name + _SEAL)
        original = sealed.with_name(sealed.name.removesuffix(_SEAL))
        wrong = (
            digest_problem(original, sealed.read_text("utf-8", "replace"))
            if sealed in paths
            else words.NO_DIGEST.sentence()
        )
        if wrong and (path == original or original not in paths):
            yield words.BASE_WRONG.sentence(name=_name(layout, path), wrong=wrong, folder=layout.bases.name)


def _of_scratch(layout: Layout, path: Path) -> bool:
    return any(is_scratch(name) for name in path.relative_to(layout.root).parts)


def _next_receipts(layout: Layout, receipts: tuple[Receipt, ...]) -> Iterator[Path]:
    yield layout.receipt(max((receipt.sequence for receipt in receipts), default=0) + 1)
    yield from (layout.receipt(receipt.sequence, receipt.revision + 1) for receipt in receipts)


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_symlink() or not path.is_dir())


def _bytes(paths: Iterable[Path]) -> int:
    return sum(path.lstat().st_size for path in paths if path.is_file())


def _name(layout: Layout, path: Path) -> str:
    return masked(path.relative_to(layout.root).as_posix())


__all__ = ["CheckResult", "Contents", "Sizes", "check", "sizes"]
