"""Person by person: what is known of everybody looked at put together, and what comes of it, in plain Python.

An engine hands over a bounded number of persons at a time, each with all that is known of it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

import narwhals as nw
import pyarrow as pa
import pyarrow.compute as pc

from quotum.frames import Frame
from quotum.law.wtl.cumulation import JOBS_AGREEMENT
from quotum.law.wtl.employments import Employment, ReportedRelation, Transfer, employments_of
from quotum.law.wtl.lkv_until_2025 import Interval
from quotum.law.wtl.other_lkv import CATEGORIES
from quotum.law.wtl.terms import LkvTerms
from quotum.law.wtl.transition import OWN_REQUEST, Registration
from quotum.law.wtl.windows import TRAINING, BenefitRequest, PersonPapers, covered, windows_of
from quotum.run.stages.columns import constant
from quotum.run.stages.reported_employments import TOLD, transfers_by_transferor
from quotum.run.stages.requests import asked_as_numbers, asked_in

# What a row says: of an employment, a registration by how it ended, or a declaration by its category.
EMPLOYMENT, _REGISTERED, _DECLARED = 0, 1, 11
_ENDED_BY: Final = (None, OWN_REQUEST, "other")
_CATEGORIES: Final = (JOBS_AGREEMENT, TRAINING, *(category.name for category in CATEGORIES))
_KNOWN: Final = pa.schema([*TOLD, ("asked", pa.int64()), ("says", pa.int64())])

WINDOW, COVERED, WITHOUT_START = "window", "covered", "without_start"
DECIDED: Final = pa.schema(
    {
        "rsin": pa.int64(), "bsn": pa.int64(), "what": pa.string(), "right": pa.string(), "from_day": pa.date32(),
        "ends_before": pa.date32(), "found": pa.int64(),
    }
)  # fmt: skip
"""What is decided: a `window` of a right, a request `covered` by a declaration (`right` is its category), or how many
employments are `without_start`."""

Decided = tuple[int, int, str, str | None, date | None, date | None, int]
"""A row of `DECIDED`."""
_COLUMNS: Final = (
    "bsn", "says", "rsin", "asked", "started_on", "ended_on", "payroll_tax_number", "relation_number", "period_start",
    "period_end",
)  # fmt: skip


def papers_of(register: pa.Table, declarations: pa.Table | None) -> pa.Table:
    """Registrations and declarations in one table, with the columns of `known_of`."""
    tables = [_papers(register, "registered_from", "registered_until", _REGISTERED, "ended_by", _ENDED_BY)]
    if declarations is not None:
        tables.append(_papers(declarations, "from_day", "until_day", _DECLARED, "category", _CATEGORIES))
    return pa.concat_tables(tables)


def _papers(rows: pa.Table, first: str, last: str, says: int, name: str, names: tuple[str | None, ...]) -> pa.Table:
    place = pc.index_in(rows[name], pa.array(names, pa.string())).cast(pa.int64())
    columns = {"bsn": rows["bsn"], "started_on": rows[first], "ended_on": rows[last], "says": pc.add(place, says)}
    return pa.table([columns.get(field.name, pa.nulls(rows.num_rows, field.type)) for field in _KNOWN], schema=_KNOWN)


def says_training() -> nw.Expr:
    """Whether a row of `papers_of` is the declaration of a scholingsbelemmerde."""
    return nw.col("says") == _DECLARED + _CATEGORIES.index(TRAINING)


def known_of(employment_reports: list[Frame], asks: Frame, papers: Frame) -> Frame:
    """Everything that is known of some persons: employments with what is asked, registrations, declarations.

    Args:
        employment_reports: What returns tell of employments, as `TOLD`, year by year.
        asks: As `asking.asks_of`: of each of these persons there is an employment.
        papers: As `papers_of`.

    Returns:
        `TOLD` (registrations and declarations begin on `started_on` and end on `ended_on`), `asked` as
        `asking.asked_as_numbers`, and `says`.
    """
    employments = (
        nw.concat([frame.select(*TOLD.names) for frame in employment_reports], how="vertical")
        .join(asked_as_numbers(asks), on=["rsin", "bsn"], how="left")
        .with_columns(asked=nw.col("asked").fill_null(0), says=constant(EMPLOYMENT))
    )
    return nw.concat([frame.select(*_KNOWN.names) for frame in (employments, papers)], how="vertical")


def deciding(lkv: LkvTerms, transfers: pa.Table | None) -> Callable[[pa.Table], pa.Table]:
    """What makes `DECIDED` of rows of `known_of`; it can be pickled."""
    return partial(_decided, lkv=lkv, transfers=transfers)


def _decided(known: pa.Table, lkv: LkvTerms, transfers: pa.Table | None) -> pa.Table:
    # Pandas brings an index along, and other types.
    ordered = known.select(_KNOWN.names).cast(_KNOWN).sort_by("bsn")
    moved = transfers_by_transferor(transfers)
    values = zip(*(_values(ordered[name]) for name in _COLUMNS), strict=True)
    rows = [row for bsn, of in groupby(values, itemgetter(0)) for row in _of_person(bsn, of, lkv, moved)]
    columns = zip(*rows, strict=True) if rows else [[] for _ in DECIDED]
    return pa.table([pa.array(column, kind.type) for column, kind in zip(columns, DECIDED, strict=True)], DECIDED)


def _of_person(
    bsn: int, rows: Iterable[tuple[Any, ...]], lkv: LkvTerms, transfers: Mapping[int, list[Transfer]]
) -> Iterator[Decided]:
    """What is decided of one person.

    One at a time: of objects that live together the garbage collector would look at all, again and again.
    """
    reports: dict[int, list[ReportedRelation]] = {}
    requests: dict[int, BenefitRequest] = {}
    registered: list[Registration] = []
    declared: dict[str, tuple[Interval, ...]] = {}
    for _, says, rsin, asked, first, last, *of_relation in rows:
        if says == EMPLOYMENT:
            number, relation, reported_from, reported_until = of_relation
            report = ReportedRelation(number, relation, first, last, reported_from, reported_until)
            reports.setdefault(rsin, []).append(report)
            if asked:
                requests[rsin] = BenefitRequest(rsin, bsn, *asked_in(asked))
        elif says < _DECLARED:
            registered.append(Registration(first, last, _ENDED_BY[says - _REGISTERED]))
        else:
            category = _CATEGORIES[says - _DECLARED]
            declared[category] = (*declared.get(category, ()), (first, last))
    known, papers = employments_of(reports, transfers), PersonPapers(tuple(registered), declared)
    for rsin, request in requests.items():
        yield from _of_request(request, known[rsin], papers, lkv)


def _of_request(
    request: BenefitRequest, known: tuple[Employment, ...], papers: PersonPapers, lkv: LkvTerms
) -> Iterator[Decided]:
    for rsin, bsn, right, first, after in windows_of(request, known, papers, lkv):
        yield rsin, bsn, WINDOW, right, first, after, 1
    for category in covered(request, known, papers, lkv):
        yield request.rsin, request.bsn, COVERED, category, None, None, 1
    unknown = sum(not employment.start_known for employment in known)
    if unknown:
        yield request.rsin, request.bsn, WITHOUT_START, None, None, None, unknown


def _values(column: pa.ChunkedArray) -> list[Any]:
    """A column as Python values; of days, which take long to make, each once."""
    if not pa.types.is_date32(column.type):
        values: list[Any] = column.to_pylist()
        return values
    coded = column.combine_chunks().dictionary_encode()
    days = [*coded.dictionary.to_pylist(), None]
    return [days[place] for place in coded.indices.fill_null(-1).to_pylist()]


__all__ = ["COVERED", "DECIDED", "WINDOW", "WITHOUT_START", "deciding", "known_of", "papers_of", "says_training"]
