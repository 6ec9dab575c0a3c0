"""Reruns: the stages of a finished run over its archive once more, for what the run does not hold itself."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import narwhals as nw
from attrs import frozen

from quotum import engine
from quotum.engine.interface import Engine
from quotum.errors import SelfCheckFailed
from quotum.frames import Frame
from quotum.output.permission import require_decides
from quotum.run import preparation
from quotum.run.preparation import Prepared
from quotum.run.regimes import as_enacted
from quotum.run.regimes.as_enacted import YearResults
from quotum.run.stages.columns import rows_of
from quotum.run.terms import Terms
from quotum.run_folder.bag import require_unaltered
from quotum.run_folder.reader import Finished, read_finished, require_run
from quotum.run_folder.run_archive import archive_read
from quotum.tables import BONUS_LINES
from quotum.version import code_digest


@frozen
class Means:
    """Folders, threads and memory that a rerun may use."""

    archive: Path | None = None
    """The archive of the run; the place that the run notes when None."""
    scratch: Path | None = None
    """Folder for work in progress; that of the system when None."""
    threads: int | None = None
    """Number of threads; all when None."""
    memory_limit: str | None = None
    """Most memory for the engine."""


@frozen
class Rerun:
    """The stages of a run over its archive once more."""

    engine: Engine
    """Engine of the stages."""
    prepared: Prepared[Terms]
    """Request, archive and figures of the run."""
    results: YearResults
    """Results of the stages."""


def read_as_enacted(folder: Path, so: str) -> Finished:
    """What an unaltered run that decides about benefits says of itself.

    Args:
        folder: The run.
        so: What is not done otherwise, in words.

    Raises:
        WrongUse: It is no run, or one of the quota levy.
        CannotCertify: It was altered.
    """
    require_run(folder)
    require_unaltered(folder, so)
    run = read_finished(folder)
    require_decides(run, ": nobody is granted anything in it")
    return run


@contextmanager
def rerun_of(folder: Path, run: Finished, means: Means, progress: Callable[[str], None]) -> Iterator[Rerun]:
    """Rerun the stages of a run on what it read; writes nothing in the run or the archive.

    Args:
        folder: The run.
        run: What it says of itself.
        means: Folders, threads and memory.
        progress: Told the name of each stage as it begins.

    Raises:
        ArchiveLacks: The archive is not there, or lacks what the run read.
        SelfCheckFailed: The stages do not grant what the run says.
    """
    archive = archive_read(folder, run, means.archive)
    request = run.request(archive.layout.root, folder, means.threads, means.memory_limit)
    prepared = preparation.prepare_from(request, archive, run.figures, run.scenario)
    near = means.scratch or Path(tempfile.gettempdir())
    with engine.open(engine.DUCKDB, near, means.threads, means.memory_limit) as opened:
        results = as_enacted.make(opened, prepared, progress)
        _require_same(opened, folder, results.granted.lines, run)
        yield Rerun(opened, prepared, results)


def _require_same(opened: Engine, folder: Path, lines: Frame, run: Finished) -> None:
    """Require that every line of a person is that of the run.

    Raises:
        SelfCheckFailed: A line is another, lacks or is new.
    """
    path = folder / "data" / f"{BONUS_LINES.name}.parquet"
    settled = opened.scan([path], BONUS_LINES.written_schema).with_columns(
        *(nw.col(name).cast(nw.Int64) for name in BONUS_LINES.key)
    )
    names = list(BONUS_LINES.computed)
    equal = rows_of(opened, lines.select(*names).join(settled.select(*names), on=names, how="inner"))
    if not equal == rows_of(opened, lines) == rows_of(opened, settled):
        other = "" if run.code == code_digest() else "; the run was made by other code than computes it now"
        raise SelfCheckFailed(f"the stages do not grant what the run says per person{other}")


__all__ = ["Means", "Rerun", "read_as_enacted", "rerun_of"]
