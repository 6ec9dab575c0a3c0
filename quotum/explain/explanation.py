"""Explaining one employer: read, walk, and compare with what the run settled.

The walk is written from the law row by row, beside the expressions that settle: when the two differ, one of
them is wrong and nobody is told a story that does not add up.
"""

from pathlib import Path

import attrs
from attrs import frozen

from quotum.archive.as_read import as_read
from quotum.archive.hashing import digest_of
from quotum.archive.known import Known, known
from quotum.archive.layout import existing
from quotum.engine.digests import digests_of
from quotum.errors import ArchiveLacks, CannotCertify, SelfCheckFailed, WrongUse
from quotum.explain import levy_walk, walk
from quotum.explain.looking import look
from quotum.explain.results import BonusLine, LevyLine, LevyRow, SettledEmployer, SettledLevy, SettledRow
from quotum.explain.rows import Facts
from quotum.explain.settled import RunRecord, parse_employer, parse_person, read_employer, read_levy, read_run
from quotum.explain.step import Step
from quotum.identifiers import nine_digits
from quotum.run_folder.record import years_read
from quotum.run_folder.request import QUOTA_LEVY
from quotum.version import code_digest


@frozen
class Explanation:
    """How the amounts of one employer came about."""

    simulation: bool
    """Whether a scenario set any parameter of the run."""
    regime: str
    """`as-enacted` or `quota-levy`."""
    year: int
    """Calendar year."""
    as_of: str
    """Returns count as filed by the end of this day."""
    run_digest: str
    """Digest of the run."""
    employer: str
    """The employer, by RSIN."""
    person: str | None
    """The person it is limited to, by BSN."""
    not_shipped: tuple[str, ...]
    """Figures of the run that the same code does not ship and no scenario set, and how they differ."""
    settled: SettledRow | LevyRow
    """What the run settled: the steps add up to it."""
    hours: LevyLine | None
    """From hours to the variables of a quota levy; None under another regime."""
    steps: tuple[Step, ...]
    """The steps, in the order in which the law takes them."""


@frozen
class Opened:
    """A run that can be explained, with the archive as it read it."""

    run: RunRecord
    """The run."""
    archive: Known
    """The archive as the run read it."""


@frozen
class _Told:
    """The walk over one employer, held against what was settled."""

    facts: Facts
    """What the archive says of it."""
    people: frozenset[int]
    """Everybody in it, by BSN."""
    settled: SettledEmployer | SettledLevy
    """What was settled."""
    rebuilt: SettledEmployer | SettledLevy
    """What the walk comes to."""
    steps: tuple[Step, ...]
    """The steps."""


def open_run(folder: Path, archive: Path | None = None) -> Opened:
    """Open a run to explain employers of it.

    Args:
        folder: The run.
        archive: The archive of the run; the place that the run notes when None.

    Raises:
        WrongUse: It is no run.
        ArchiveLacks: The archive is not there, or lacks what the run read.
        CannotCertify: The run was altered.
    """
    run = read_run(folder)
    read = known(existing(_archive_of(run, archive)), run.known_on)
    return Opened(run, as_read(read.read_by(digests_of), run.named, years_read(run.year)))


def explain(folder: Path, employer: str, person: str | None = None, archive: Path | None = None) -> Explanation:
    """Explain the amounts of one employer in a run; `explain_in` with a run to open.

    Raises:
        WrongUse: No run, or nobody of that name in it.
        ArchiveLacks: The archive is not there, or lacks what the run read.
        CannotCertify: The run or the archive was altered.
        SelfCheckFailed: The steps do not add up to the settled amounts.
    """
    parse_employer(employer)
    if person is not None:
        parse_person(person)
    return explain_in(open_run(folder, archive), employer, person)


def explain_in(opened: Opened, employer: str, person: str | None = None) -> Explanation:
    """Explain the amounts of one employer in an open run.

    Args:
        opened: The run.
        employer: RSIN or payroll tax number.
        person: BSN to limit the explanation to; persons are named by sequence number without it.

    Raises:
        WrongUse: Nobody of that name is in the run.
        ArchiveLacks: The archive is damaged.
        CannotCertify: The archive was altered.
        SelfCheckFailed: The steps do not add up to the settled amounts.
    """
    rsin, number = parse_employer(employer)
    bsn = None if person is None else parse_person(person)
    run = opened.run
    told = _told_levy(opened, rsin, bsn) if run.regime == QUOTA_LEVY else _told(opened, rsin, bsn)
    _require_mentioned(told, run.year, number, bsn)
    _require_equal(run, opened.archive, told)
    name = None if bsn is None else nine_digits(bsn)
    return Explanation(
        simulation=run.simulation,
        regime=run.regime,
        year=run.year,
        as_of=run.as_of.isoformat(),
        run_digest=run.digest,
        employer=nine_digits(rsin),
        person=name,
        not_shipped=tuple(str(one) for one in run.not_shipped),
        settled=told.settled.row,
        hours=told.settled.line if isinstance(told.settled, SettledLevy) else None,
        steps=told.steps if name is None else tuple(step for step in told.steps if step.person == name),
    )


def _archive_of(run: RunRecord, given: Path | None) -> Path:
    place = given or run.archive
    if place is None:
        raise ArchiveLacks(f"{run.folder} does not say where its archive is; name it with --archive")
    return place


def _told(opened: Opened, rsin: int, bsn: int | None) -> _Told:
    settled = read_employer(opened.run, rsin)
    looked = look(opened.run, opened.archive, settled, rsin, bsn)
    found = walk.walked(looked, settled)
    return _Told(looked.facts, looked.people, settled, found.settled, found.steps)


def _told_levy(opened: Opened, rsin: int, bsn: int | None) -> _Told:
    settled = read_levy(opened.run, rsin)
    looked = levy_walk.look(opened.run, opened.archive, rsin, bsn)
    found = levy_walk.walked(looked, settled.row.number)
    return _Told(looked.facts, looked.people, settled, found.settled, found.steps)


def _require_mentioned(told: _Told, year: int, number: int | None, bsn: int | None) -> None:
    """The payroll tax number and the person asked for are among the rows of the year."""
    numbers = {message.payroll_tax_number for message, _ in told.facts.of_years(year)}
    if number is not None and number not in numbers:
        raise WrongUse("EMPLOYER is not in this run: that payroll tax number has no return of the year")
    if bsn is not None and bsn not in told.people:
        raise WrongUse("--person is in no row of this employer in the year")


def _require_equal(run: RunRecord, read: Known, told: _Told) -> None:
    """The walk gives what was settled, to the cent and the hour.

    Raises:
        CannotCertify: It does not, and the rows of the archive were altered.
        SelfCheckFailed: It does not.
    """
    differ = _differences(told.settled, told.rebuilt)
    if not differ:
        return
    for receipt in read.receipts:
        for table in receipt.tables:
            if digest_of(read.layout.root / table.path) != table.sha256:
                raise CannotCertify(
                    f"{read.layout.root / table.path} was altered after it was received: the amounts cannot be "
                    "rebuilt from it; restore the archive from its backup"
                )
    other_code = "" if run.code == code_digest() else "; the run was made by other code than explains it now"
    raise SelfCheckFailed(
        f"the steps for employer {told.settled.row.number} of the run do not add up to what was settled: "
        f"{', '.join(differ)}{other_code}"
    )


def _differences(settled: SettledEmployer | SettledLevy, rebuilt: SettledEmployer | SettledLevy) -> list[str]:
    """The columns that differ, by name."""
    differ = _columns("settlement", settled.row, rebuilt.row)
    if isinstance(settled, SettledLevy) and isinstance(rebuilt, SettledLevy):
        return differ + _columns("quota_lines", settled.line, rebuilt.line)
    if isinstance(settled, SettledEmployer) and isinstance(rebuilt, SettledEmployer):
        differ += _lines_differ(settled.bonus_lines, rebuilt.bonus_lines)
        differ += ["other_lkv_lines"] if settled.other_lines != rebuilt.other_lines else []
        differ += ["surcharge_lines"] if settled.charges != rebuilt.charges else []
    return differ


def _columns(table: str, settled: attrs.AttrsInstance, rebuilt: attrs.AttrsInstance) -> list[str]:
    was, is_now = attrs.asdict(settled), attrs.asdict(rebuilt)
    return [f"{table}.{name}" for name in was if was[name] != is_now[name]]


def _lines_differ(settled: tuple[BonusLine, ...], rebuilt: tuple[BonusLine, ...]) -> list[str]:
    if [line.bsn for line in settled] != [line.bsn for line in rebuilt]:
        return ["bonus_lines: other persons"]
    return [f"bonus_lines row {one.number}" for one, other in zip(settled, rebuilt, strict=True) if one != other]
