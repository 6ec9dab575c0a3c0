"""Looking after an archive: every digest checked, everything named that is missing, altered or too many."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from attrs import frozen

from quotum.archive.hashing import in_threads, not_as
from quotum.archive.layout import Layout, held_still, partial_of
from quotum.archive.notes import notes
from quotum.archive.orders import orders
from quotum.archive.receipts import Receipt, current, history, read_receipt, receipt_paths
from quotum.archive.withdrawals import active, in_words
from quotum.engine.scratch import is_scratch
from quotum.errors import ArchiveLacks
from quotum.identifiers import masked
from quotum.tables import OF_ROWS

_SEAL = ".sha256"


@frozen
class Checked:
    """What a look through an archive found."""

    files: int
    """Files that are kept under a digest."""
    problems: tuple[str, ...]
    """What is missing, altered or too many."""
    remarks: tuple[str, ...]
    """What is worth nothing and does no harm."""


@frozen
class Sizes:
    """How much an archive holds."""

    calls: int
    """Receive calls."""
    deliveries: int
    """Deliveries with their original bytes."""
    original_bytes: int
    """Bytes of the originals."""
    derived_bytes: int
    """Bytes of the derived tables."""
    base_bytes: int
    """Bytes of what simulations brought together, which can be thrown away."""
    other_bytes: int
    """Bytes of receipts, notes and work in progress."""
    rows: tuple[tuple[int, int, int], ...]
    """Calendar year, rows of returns, and bytes of their tables."""


Contents = Callable[[tuple[Receipt, ...], frozenset[str]], Iterable[str]]
"""Looks into derived files: the receipts that count and the paths of unsound files in, what is wrong out."""


def check(
    layout: Layout,
    progress: Callable[[int], None] = lambda _files: None,
    waiting: Callable[[], None] = lambda: None,
    contents: Contents = lambda _receipts, _unsound: (),
) -> Checked:
    """Check every digest of an archive; writers wait meanwhile, and nothing is written.

    Args:
        layout: The archive.
        progress: Told the number of files read since the last call.
        waiting: Called once when a writer holds the archive.
        contents: Checks what is in files whose digest is right.
    """
    with held_still(layout, waiting):
        receipts, problems = _receipts(layout)
        problems += _notes(layout)
        counted = current(receipts)
        kept = _kept(layout, counted)
        judged = in_threads(lambda one: not_as(one[0], one[1]), kept.items(), progress)
        unsound = {path: wrong for path, wrong in zip(kept, judged, strict=True) if wrong}
        problems += [f"{_name(layout, path)} {wrong}" for path, wrong in unsound.items()]
        problems += contents(counted, frozenset(path.relative_to(layout.root).as_posix() for path in unsound))
        known = {*kept, *receipt_paths(layout), *_fixed(layout)}
        whole = len(receipts) == len(receipt_paths(layout))
        problems += _too_many(layout, known, receipts, whole=whole)
        problems += _bases(layout)
        left, under_way = len(_files(layout.staging)), sum(_of_scratch(layout, path) for path in _files(layout.bases))
    remarks = [
        f"withdrawal {one.sequence} of {one.received}: {in_words(one.withdrawal, counted)}: {one.withdrawal.reason}"
        for one in active(counted)
        if one.withdrawal is not None
    ]
    if left:
        remarks.append(f"{left} files in staging were left by a call that was broken off; the next one removes them")
    if under_way:
        remarks.append(f"{under_way} files in bases are of a simulation at work, or the next one removes them")
    return Checked(len(kept), tuple(problems), tuple(remarks))


def sizes(layout: Layout) -> Sizes:
    """How much an archive holds.

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
        deliveries=len({one.sha256 for receipt in counted for one in receipt.deliveries}),
        original_bytes=originals,
        derived_bytes=derived,
        base_bytes=bases,
        other_bytes=_bytes(_files(layout.root)) - originals - derived - bases,
        rows=rows,
    )


def _receipts(layout: Layout) -> tuple[tuple[Receipt, ...], list[str]]:
    """The receipts that can be read, and what is the matter with the others."""
    found, problems = [], []
    for path in receipt_paths(layout):
        try:
            found.append(read_receipt(path))
        except ArchiveLacks as problem:
            problems.append(str(problem))
    if not problems:
        try:
            history(layout)
        except ArchiveLacks as problem:
            problems.append(str(problem))
    return tuple(found), problems


def _notes(layout: Layout) -> Iterator[str]:
    """What is the matter with the notes on runs and on payment orders."""
    for read in (notes, orders):
        try:
            read(layout)
        except ArchiveLacks as problem:
            yield str(problem)


def _kept(layout: Layout, receipts: Iterable[Receipt]) -> dict[Path, str]:
    """Every file that is kept under a digest."""
    kept: dict[Path, str] = {}
    for receipt in receipts:
        kept |= {layout.original(one.sha256): one.sha256 for one in receipt.deliveries}
        kept |= {layout.root / one.path: one.sha256 for one in receipt.tables}
    return dict(sorted(kept.items()))


def _fixed(layout: Layout) -> tuple[Path, ...]:
    """The files that every archive has."""
    return layout.marker, layout.lock, layout.runs, layout.orders, layout.notes_lock


def _too_many(layout: Layout, known: set[Path], receipts: tuple[Receipt, ...], *, whole: bool) -> Iterator[str]:
    """Files that no receipt accounts for."""
    forgotten = set(_kept(layout, receipts))
    for path in _files(layout.root):
        name = _name(layout, path)
        if path in (layout.lock, layout.notes_lock):
            if path.is_symlink() or path.stat().st_size:
                yield f"{name} must be empty and is not"
        elif path in known or layout.staging in path.parents or layout.bases in path.parents:
            if path.is_symlink():
                yield f"{name} is a link: an archive has none"
        elif path in forgotten:
            yield f"{name} was forgotten and is still there: run the same `quotum archive forget` again"
        elif any(path == partial_of(one) for one in (*known, *_next_receipts(layout, receipts))):
            yield f"{name} was left by a call that was broken off: remove it, or run that call again"
        elif whole or (layout.root / "originals" not in path.parents and layout.root / "rows" not in path.parents):
            yield (
                f"{name} is too many: no receipt accounts for it. A receive call that was broken off left it (receive "
                "the same again), a receipt is gone (restore it), or somebody put it there"
            )


def _bases(layout: Layout) -> Iterator[str]:
    """What simulations brought together and is not as it was written: each file has its digest beside it."""
    there = [path for path in _files(layout.bases) if not _of_scratch(layout, path)]
    for path in there:
        sealed = path if path.suffix == _SEAL else path.with_name(path.name + _SEAL)
        kept = sealed.with_name(sealed.name.removesuffix(_SEAL))
        wrong = not_as(kept, sealed.read_text("utf-8", "replace")) if sealed in there else "has no digest beside it"
        if wrong and (path == kept or kept not in there):
            yield f"{_name(layout, path)} {wrong}: remove the folder {layout.bases.name}, a simulation makes it again"


def _of_scratch(layout: Layout, path: Path) -> bool:
    return any(is_scratch(name) for name in path.relative_to(layout.root).parts)


def _next_receipts(layout: Layout, receipts: tuple[Receipt, ...]) -> Iterator[Path]:
    yield layout.receipt(max((one.sequence for one in receipts), default=0) + 1)
    yield from (layout.receipt(one.sequence, one.revision + 1) for one in receipts)


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_symlink() or not path.is_dir())


def _bytes(paths: Iterable[Path]) -> int:
    return sum(path.lstat().st_size for path in paths if path.is_file())


def _name(layout: Layout, path: Path) -> str:
    return masked(path.relative_to(layout.root).as_posix())


__all__ = ["Checked", "Contents", "Sizes", "check", "sizes"]
