"""Explaining one employer: the stages once more over its rows, held against what the run settled, and told in words.

When the two differ, or what is told does not add up, nobody is told a story.
"""

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from attrs import frozen

from quotum.archive.hashing import digest_of
from quotum.archive.known import Known, known
from quotum.archive.layout import existing
from quotum.archive.run_view import archive_of_run
from quotum.engine.digests import digests_of
from quotum.errors import ArchiveLacks, CannotCertify, SelfCheckFailed, WrongUse
from quotum.explain.remaking import Remade, remade
from quotum.explain.rules.regimes import TOLD
from quotum.explain.settled import (
    Record,
    RunRecord,
    Settled,
    parse_employer,
    parse_person,
    read_run,
    read_settled,
)
from quotum.explain.step import Step
from quotum.explain.telling import told_in
from quotum.identifiers import nine_digits
from quotum.law.conditions import ENGLISH
from quotum.run_folder.record import years_read
from quotum.tables import BONUS_LINES, Table
from quotum.version import code_digest


@frozen
class Explanation:
    """How the amounts of one employer came about."""

    language: str
    """`en` or `nl`."""
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
    settled: Settled
    """What the run settled: the steps add up to it."""
    steps: tuple[Step, ...]
    """The steps, in the order in which the law takes them."""
    only: tuple[str, ...] = ()
    """The rules that it is limited to, keys of `SECTIONS`; all of them when there are none."""


@frozen
class Opened:
    """A run that can be explained, with the archive as it read it."""

    run: RunRecord
    """The run."""
    archive: Known
    """The archive as the run read it."""


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
    return Opened(run, archive_of_run(read.read_by(digests_of), run.named, years_read(run.year)))


def explain(
    folder: Path,
    employer: str,
    person: str | None = None,
    archive: Path | None = None,
    language: str = ENGLISH,
    only: Collection[str] = (),
) -> Explanation:
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
    return explain_in(open_run(folder, archive), employer, person, language, only)


def explain_in(
    opened: Opened,
    employer: str,
    person: str | None = None,
    language: str = ENGLISH,
    only: Collection[str] = (),
) -> Explanation:
    """Explain the amounts of one employer in an open run.

    Args:
        opened: The run.
        employer: RSIN or payroll tax number.
        person: BSN to limit the explanation to; persons are named by sequence number without it.
        language: `en` or `nl`.
        only: Rules to limit the explanation to, keys of `SECTIONS`; all of them when there are none.

    Raises:
        WrongUse: Nobody of that name is in the run.
        ArchiveLacks: The archive is damaged.
        CannotCertify: The archive was altered.
        SelfCheckFailed: The steps do not add up to the settled amounts.
    """
    rsin, number = parse_employer(employer)
    bsn = None if person is None else parse_person(person)
    run = opened.run
    settled = read_settled(run, rsin)
    made = remade(run, opened.archive, rsin)
    people = made.people | made.around.lent
    _require_mentioned(made, number, bsn, people)
    telling = told_in(language, run, settled.lines, people, bsn)
    steps = tuple(TOLD[run.regime](made, telling))
    _require_equal(run, opened.archive, settled, made)
    _require_sums(settled, steps)
    name = None if bsn is None else nine_digits(bsn)
    return Explanation(
        language=language,
        simulation=run.simulation,
        regime=run.regime,
        year=run.year,
        as_of=run.as_of.isoformat(),
        run_digest=run.digest,
        employer=nine_digits(rsin),
        person=name,
        not_shipped=tuple(str(one) for one in run.not_shipped),
        settled=settled,
        steps=tuple(one for one in steps if _wanted(one, name, only)),
        only=tuple(only),
    )


def _wanted(step: Step, person: str | None, only: Collection[str]) -> bool:
    return (person is None or step.person == person) and (not only or step.rule in only)


def _archive_of(run: RunRecord, given: Path | None) -> Path:
    place = given or run.archive
    if place is None:
        raise ArchiveLacks(f"{run.folder} does not say where its archive is; name it with --archive")
    return place


def _require_mentioned(made: Remade, number: int | None, bsn: int | None, people: frozenset[int]) -> None:
    """The payroll tax number and the person asked for are among the rows of the year."""
    if number is not None and number not in made.numbers:
        raise WrongUse("EMPLOYER is not in this run: that payroll tax number has no return of the year")
    if bsn is not None and bsn not in people:
        raise WrongUse("--person is in no row of this employer in the year")


def _require_equal(run: RunRecord, read: Known, settled: Settled, made: Remade) -> None:
    """The stages make what was settled, to the cent and the hour.

    Raises:
        CannotCertify: They do not, and the rows of the archive were altered.
        SelfCheckFailed: They do not.
    """
    differ = _differences(settled, made)
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
        f"the steps for employer {settled.number} of the run do not add up to what was settled: "
        f"{', '.join(differ)}{other_code}"
    )


def _differences(settled: Settled, made: Remade) -> list[str]:
    """The columns that differ, by name."""
    differ = []
    for table, rows in settled.rows.items():
        again = made.settled[table]
        if [[row[name] for name in table.key] for row in rows] != [[row[name] for name in table.key] for row in again]:
            differ.append(f"{table.name}: other rows")
        else:
            pairs = enumerate(zip(rows, again, strict=True))
            differ += [_named(settled, table, place, name) for place, pair in pairs for name in _columns(*pair)]
    return list(dict.fromkeys(differ))


def _columns(was: Record, is_now: Record) -> Iterator[str]:
    return (name for name in was if was[name] != is_now[name])


def _named(settled: Settled, table: Table, place: int, column: str) -> str:
    """A column of a row, the row of a person by its sequence number."""
    if table is not BONUS_LINES:
        return f"{table.name}.{column}"
    return f"{table.name} row {min(settled.lines.values()) + place}.{column}"


def _require_sums(settled: Settled, steps: Iterable[Step]) -> None:
    """The steps add up to what was settled.

    Raises:
        SelfCheckFailed: They do not.
    """
    added: dict[str, int] = {}
    for step in steps:
        if step.adds_to is not None:
            added[step.adds_to] = added.get(step.adds_to, 0) + (step.amount_cents or 0)
    differ = sorted(name for name, cents in added.items() if settled.employer[name] != cents)
    if differ:
        raise SelfCheckFailed(
            f"the steps for employer {settled.number} of the run do not add up to what was settled: {', '.join(differ)}"
        )
