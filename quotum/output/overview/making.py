"""Making the preliminary overview of a run: everything is checked first, and written whole or not at all."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final

import narwhals as nw
import pyarrow as pa
import pyarrow.dataset as ds
from attrs import field, frozen

from quotum.errors import WrongUse
from quotum.frames import Frame
from quotum.identifiers import employer_number
from quotum.law.calendar_days import last_day_of_requests
from quotum.law.wtl.cumulation import JOBS_AGREEMENT
from quotum.output import words
from quotum.output.employer_names import names_in_archive
from quotum.output.list_folder import Listing, require_new, write_list
from quotum.output.overview.assessment import GIVES_WAY, GRANTED, NO_RIGHT, overview_of
from quotum.output.overview.page import Heading, as_page
from quotum.output.permission import require_certain
from quotum.output.rerun import Means, Rerun, read_as_enacted, rerun_of
from quotum.output.sequence_numbers import sequence_numbers
from quotum.run.stages.columns import sums_by
from quotum.run_folder.reader import Finished
from quotum.tables import OVERVIEW, SETTLEMENT

ASSESSMENTS: Final = (GRANTED, GIVES_WAY, NO_RIGHT)
_SO: Final = words.NO_OVERVIEW.sentence()
_MARKED: Final = words.MARKED_FILES.sentence()


@frozen
class Request:
    """A request for an overview."""

    run: Path
    """Folder of the run."""
    out: Path
    """Folder to make."""
    employers: tuple[str, ...] = ()
    """RSINs of the employers that get a page."""
    language: str = "en"
    """Language of the pages."""
    simulation: bool = False
    """Whether it is asked as a simulation."""
    means: Means = field(factory=Means)
    """Folders, threads and memory that it may use."""


@frozen
class Overview:
    """An overview that was written."""

    simulation: bool
    """Whether everything says that it is a simulation."""
    rows: int
    """Employers, persons and categories."""
    assessed: dict[str, int]
    """Their number by assessment."""
    lkv_cents: int
    """LKV doelgroep banenafspraak as it would be decided."""
    bonus_cents: int
    """Bonus as it would be decided."""
    remarks: tuple[str, ...]
    """Remarks for the user."""


def make_overview(request: Request, progress: Callable[[str], None] = lambda _stage: None) -> Overview:
    """Write the preliminary overview of a run.

    Args:
        request: What is asked.
        progress: Told the name of each stage as it begins.

    Raises:
        WrongUse: It is no run, or no overview can be made of it; the folder is there; an employer is unknown.
        CannotCertify: The run was altered.
        ArchiveLacks: The archive is not there, or lacks what the run read.
        CannotWrite: There is no permission or no room.
        SelfCheckFailed: The overview does not come to the amounts of the run.
    """
    require_new(request.out, request.run)
    run = read_as_enacted(request.run, _SO)
    if not request.simulation:
        require_certain(request.run, run, words.NOT_ASSESSED.sentence(), _MARKED)
    numbers = _numbers(request.run, request.employers)
    simulation = run.simulation or request.simulation
    with rerun_of(request.run, run, request.means, progress) as rerun:
        progress("overview")
        rows = overview_of(rerun.engine, rerun.results, run.figures)
        progress("write")
        listing = Listing(rerun.engine, OVERVIEW, rows, simulation)
        pages = partial(_pages, request=request, run=run, numbers=numbers)
        count = write_list(request.out, listing, pages)
        assessed = _by_assessment(rerun, rows)
    own = [row for row in assessed if row["category"] == JOBS_AGREEMENT]
    return Overview(
        simulation=simulation,
        rows=count,
        assessed={name: sum(row["requests"] for row in assessed if row["assessment"] == name) for name in ASSESSMENTS},
        lkv_cents=sum(row["lkv_cents"] for row in own),
        bonus_cents=sum(row["bonus_cents"] for row in own),
        remarks=_remarks(run),
    )


def _by_assessment(rerun: Rerun, rows: Frame) -> list[dict[str, Any]]:
    counted = rows.with_columns(requests=nw.col("asked_rows") * 0 + 1)
    sums: list[dict[str, Any]] = rerun.engine.collect(
        sums_by(counted, ("category", "assessment"), "requests", "lkv_cents", "bonus_cents")
    ).to_pylist()
    return sums


def _remarks(run: Finished) -> tuple[str, ...]:
    """A remark where the run looks at other returns than an overview does."""
    last = last_day_of_requests(run.year)
    if run.as_of == last:
        return ()
    return (words.OTHER_AS_OF.sentence(as_of=run.as_of, year=run.year, last=last),)


def _numbers(run: Path, employers: Sequence[str]) -> dict[str, int]:
    """Sequence numbers in the run of the employers that get a page, by RSIN.

    Raises:
        WrongUse: A number is no RSIN or payroll tax number, or is not in the run.
    """
    wanted = []
    for place, given in enumerate(employers, 1):
        number = employer_number(given)
        if number is None:
            raise WrongUse(
                f"--employer, number {place}: write an RSIN (nine digits) or a payroll tax number (nine digits, L, two "
                "digits)"
            )
        wanted.append(number[0])
    numbers = sequence_numbers(run / "data" / f"{SETTLEMENT.name}.parquet", wanted)
    for place, rsin in enumerate(wanted, 1):
        if rsin not in numbers:
            raise WrongUse(f"--employer, number {place}: the run has no such employer")
    return numbers


def _pages(parquet: Path, request: Request, run: Finished, numbers: dict[str, int]) -> dict[str, str]:
    """The pages of employers, by file name: the number of the employer in the run."""
    if not numbers:
        return {}
    names = names_in_archive(request.run, run, request.means.archive)
    called = dict(zip(numbers, names.of(pa.array(list(numbers), pa.string())), strict=True))
    table = ds.dataset(parquet)
    pages = {}
    for rsin, number in numbers.items():
        heading = Heading(number, called[rsin], run.year, run.as_of, run.simulation or request.simulation)
        rows = table.to_table(filter=ds.field("rsin") == rsin).to_pylist()
        pages[f"employer-{number}.html"] = as_page(heading, rows, request.language)
    return pages


__all__ = ["ASSESSMENTS", "Overview", "Request", "make_overview"]
