"""Repeating a finished run from its archive, with its own parameters, and comparing byte for byte.

Nothing is written in the archive or the run: everything is made in a scratch folder and thrown away.
"""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import attrs
from attrs import frozen

from quotum import engine
from quotum.archive.hashing import digest_of
from quotum.archive.known import Known
from quotum.archive.layout import Layout
from quotum.archive.receipts import Receipt
from quotum.engine.disk_room import room_needed
from quotum.engine.interface import Engine
from quotum.engine.scratch import scratch_folder
from quotum.errors import (
    ArchiveLacks,
    CannotCertify,
    CannotWrite,
    DeliveryRefused,
    ParameterFileWrong,
    ParameterMissing,
    QuotumError,
    RateUnsolvable,
    ResultsDiffer,
)
from quotum.intake.receive import derive_again
from quotum.releases import release_of
from quotum.replay import words
from quotum.replay.file_comparison import Difference, difference, record_difference, result_files
from quotum.replay.shipped_figures import made_by_this_code
from quotum.replay.verification import WRONG_FIGURE, Verification, verify
from quotum.run.regimes import regime as regimes
from quotum.run_folder import bag
from quotum.run_folder.reader import Finished
from quotum.version import __version__, code_digest
from quotum.words import NOTHING, Sentence, Text

# Errors that keep a run from being computed again, and are no mistake of the user.
NOT_REPEATED = (ArchiveLacks, DeliveryRefused, ParameterFileWrong, ParameterMissing, RateUnsolvable)


@frozen
class Repetition:
    """The outcome of repeating a run."""

    verified: Verification
    """What the digests say."""
    reasons: tuple[str, ...]
    """Why the run cannot be certified; none when it can."""
    identical: bool | None
    """Whether every row of the results is the same; None when they could not be made again."""
    difference: Difference | None
    """The first difference, of the results or else of the record."""
    files: int
    """Result files that were compared."""
    from_originals: bool
    """Whether the derived tables were made again from the original deliveries."""

    @property
    def error(self) -> QuotumError | None:
        """The error that the command ends with; None when everything is identical.

        Figures that the same code does not ship come first, whatever is missing. That nobody vouches for the run comes
        last: a run that differs is wrong, noted or not.
        """
        figures = self.verified.figures
        if figures:
            more = more_words(len(figures), words.MORE_FIGURES)
            return ResultsDiffer(
                words.NOT_THE_LAW.sentence(wrong=WRONG_FIGURE, figure=figures[0].words, more=more, verdict=self.verdict)
            )
        if self.reasons:
            return self._uncertified(self.reasons)
        if self.difference is not None:
            return ResultsDiffer(words.NOT_WHAT_INPUTS_GIVE.sentence(verdict=self.verdict))
        return self._uncertified((self.verified.unvouched,)) if self.verified.unvouched else None

    def _uncertified(self, reasons: tuple[str, ...]) -> CannotCertify:
        more = more_words(len(reasons), words.MORE_REASONS)
        return CannotCertify(words.NOT_CERTIFIED.sentence(reason=reasons[0], more=more, verdict=self.verdict))

    @property
    def verdict(self) -> Sentence:
        """Whether the results are the same, in words."""
        if self.identical is None:
            return words.CANNOT_BE_SAID.sentence()
        if self.difference is not None:
            verdict = words.SAME_BUT if self.identical else words.RESULTS_DIFFER
            return verdict.sentence(difference=self.difference.words)
        return words.SAME.sentence()


def more_words(count: int, text: Text) -> Sentence:
    """How many there are beside the first that is named; nothing when there is no other.

    Args:
        count: Number of all.
        text: Words with `{count}`.
    """
    return text.sentence(count=count - 1) if count > 1 else NOTHING


@frozen
class Means:
    """The means to repeat a run; no result depends on them."""

    scratch: Path | None = None
    """Folder for work in progress; that of the system when None."""
    threads: int | None = None
    """Number of threads; all when None."""
    memory_limit: str | None = None
    """Most memory for the engine."""
    engine: str = engine.DUCKDB
    """Where it computes, one of `engine.ENGINES`."""
    rows: str | None = None
    """URI of a copy of the folder `rows` of the archive, for Spark; the archive itself when None."""


def replay(
    folder: Path,
    archive: Path | None = None,
    *,
    public_key: Path | None = None,
    from_originals: bool = False,
    means: Means = Means(),
    progress: Callable[[str], None] = lambda _stage: None,
) -> Repetition:
    """Repeats a run from its archived inputs and compares its results byte for byte.

    Args:
        folder: The run.
        archive: The archive of the run; the place that the run notes when None.
        public_key: Ed25519 key that the run must be signed with; its signature then vouches for the run.
        from_originals: Make the derived tables again as well, and compare them.
        means: Scratch folder, threads and memory.
        progress: Told the name of each stage as it begins.

    Raises:
        WrongUse: It is no run, the key is none, or the memory limit is no size.
        ArchiveTooNew: The archive is of a newer format.
        CannotWrite: There is no room for work in progress.
        SelfCheckFailed: A check sum of quotum failed.
    """
    with ExitStack() as stack:
        if means.engine == engine.DUCKDB:
            return _replay(folder, archive, public_key, means, None, progress, from_originals=from_originals)
        # Spark computes the digests as well, so it is there from the beginning.
        near = means.scratch or Path(tempfile.gettempdir())
        opened = stack.enter_context(engine.open(means.engine, near, means.threads, means.memory_limit))
        return _replay(folder, archive, public_key, means, opened, progress, from_originals=from_originals)


def _replay(
    folder: Path,
    archive: Path | None,
    public_key: Path | None,
    means: Means,
    opened: Engine | None,
    progress: Callable[[str], None],
    *,
    from_originals: bool,
) -> Repetition:
    progress("digests")
    if opened is None:
        verified = verify(folder, archive, public_key)
    else:
        verified = verify(folder, archive, public_key, read_by=lambda known: known.read_by(opened.digests, means.rows))
    of_code = other_code(verified.run.version, verified.run.code) if verified.run else ()
    reasons = (*verified.reasons, *of_code)
    if verified.run is None or verified.read is None or verified.archive is None:
        return Repetition(verified, reasons, None, None, 0, from_originals=False)
    again = from_originals or bool(verified.unsound)
    damaged = {Path(table.path).parent.name for table in verified.unsound}
    with work_folder(means) as scratch:
        try:
            inputs = verified.read
            if again:
                progress("derive")
                inputs, changed = derived_again(verified.archive, inputs, scratch, None if from_originals else damaged)
                reasons += changed
            _compute(verified.run, inputs, scratch, means, opened, progress)
        except NOT_REPEATED as problem:
            reasons = (*reasons, *verified.forgotten, words.CANNOT_REPEAT.sentence(problem=problem.message))
            return Repetition(verified, reasons, None, None, 0, again)
        except (ArithmeticError, LookupError, TypeError, ValueError):
            # A record that was altered can say anything; of a sound one this is a defect and keeps its traceback.
            if bag.RUN_RECORD not in verified.altered:
                raise
            return Repetition(verified, reasons, None, None, 0, again)
        progress("compare")
        return _compared(verified, reasons, scratch / "data", again=again)


def other_code(version: str, code: str) -> tuple[str, ...]:
    """Why what other code made cannot be certified; nothing when this code made it.

    Args:
        version: Version of quotum that made it.
        code: Digest of the code that made it.
    """
    if made_by_this_code(code):
        return ()
    release, present = release_of(code), code_digest()[:16]
    commit = "" if release is None else words.COMMIT.sentence(commit=release.commit)
    return (
        words.OTHER_CODE.sentence(
            version=version, code=code[:16], commit=commit, present=__version__, present_code=present
        ),
    )


@contextmanager
def work_folder(means: Means) -> Iterator[Path]:
    """A folder of its own for work in progress, removed at the end.

    Raises:
        CannotWrite: There is no room, or no permission.
    """
    place = means.scratch or Path(tempfile.gettempdir())
    try:
        with scratch_folder(place, "replay") as folder, room_needed(place):
            (folder / "data").mkdir()
            yield folder
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise CannotWrite(words.NO_SCRATCH.sentence(place=place, why=reason)) from error


def derived_again(layout: Layout, inputs: Known, scratch: Path, only: set[str] | None) -> tuple[Known, tuple[str, ...]]:
    """The archive in a scratch folder with derived tables made again, and reasons for tables that differ.

    Args:
        layout: The archive.
        inputs: The archive as the run read it.
        scratch: Folder for the tables.
        only: Folders of the receive calls to make again; all when None.
    """
    reasons: list[str] = []
    receipts: list[Receipt] = []
    (scratch / "rows").mkdir()
    for receipt in inputs.receipts:
        folder = layout.rows(receipt.sequence, receipt.revision)
        if only is not None and folder.name not in only:
            (scratch / "rows" / folder.name).symlink_to(folder.resolve())
            receipts.append(receipt)
            continue
        work = Path(tempfile.mkdtemp(dir=scratch))
        derived = {table.path: table for table in derive_again(layout, _whole(layout, receipt, inputs), work)}
        (work / "rows").rename(scratch / "rows" / folder.name)
        reasons += [
            words.DERIVED_OTHER.sentence(place=table.path, version=receipt.quotum)
            for table in receipt.tables
            if table.path not in derived or derived[table.path].sha256 != table.sha256
        ]
        of_run = {(table.table, table.year) for table in receipt.tables}
        kept_tables = tuple(table for table in derived.values() if (table.table, table.year) in of_run)
        receipts.append(attrs.evolve(receipt, tables=kept_tables))
    again = attrs.evolve(inputs, layout=Layout(scratch), receipts=tuple(receipts), digests=None, rows=None)
    return again, tuple(reasons)


def _whole(layout: Layout, receipt: Receipt, inputs: Known) -> Receipt:
    """A receive call with its withdrawn deliveries, of which every original delivery is there."""
    receipt = next((whole for whole in inputs.every if whole.sequence == receipt.sequence), receipt)
    lost = [delivery for delivery in receipt.deliveries if not layout.original(delivery.sha256).is_file()]
    if lost:
        raise ArchiveLacks(words.ORIGINALS_LOST.sentence(call=receipt.sequence, count=len(lost)))
    return receipt


def _compute(
    run: Finished, inputs: Known, scratch: Path, means: Means, opened: Engine | None, progress: Callable[[str], None]
) -> None:
    request = run.request(inputs.layout.root, scratch, means.threads, means.memory_limit)
    regime = regimes.named(run.regime)
    prepared = regime.prepare_from(request, inputs, run.figures, run.scenario)
    with ExitStack() as stack:
        if opened is None:
            duck = engine.open(engine.DUCKDB, scratch, means.threads, means.memory_limit, scratch.parent)
            opened = stack.enter_context(duck)
        regime.compute(opened, prepared, scratch / "data", progress)


def _compared(verified: Verification, reasons: tuple[str, ...], repeated: Path, *, again: bool) -> Repetition:
    """Compares the results with those of the run; for an altered file the digest of its seal decides."""
    data = verified.folder / "data"
    names = result_files(data, repeated)
    differences = [_of_file(verified, name, data, repeated) for name in names]
    differing = [difference for difference in differences if difference is not None]
    changed = [difference for difference in differing if not difference.only_bytes]
    written = [difference.words for difference in differing if difference.only_bytes]
    first = next(iter(changed), None)
    if first is None and not {"data/run.json", "data/quality.parquet"} & verified.altered:
        first = record_difference(data, repeated)
        written += [first.words] if first is not None and first.only_bytes else []
        first = None if first is not None and first.only_bytes else first
    forgotten = tuple(verified.forgotten) if first is not None else ()
    of_writer = tuple(words.OTHER_SOFTWARE.sentence(difference=difference) for difference in written[:1])
    return Repetition(verified, (*reasons, *forgotten, *of_writer), not changed, first, len(names), again)


def _of_file(verified: Verification, name: str, data: Path, repeated: Path) -> Difference | None:
    inside = f"data/{name}"
    if inside in verified.altered and not verified.altered & {"manifest-sha256.txt", "tagmanifest-sha256.txt"}:
        sealed = bag.sealed_digests(verified.folder).get(inside)
        if sealed is None and not (repeated / name).exists():
            return None
        if (repeated / name).is_file() and digest_of(repeated / name) == sealed:
            return None
    return difference(name, data, repeated)


__all__ = ["NOT_REPEATED", "Means", "Repetition", "derived_again", "more_words", "other_code", "replay", "work_folder"]
