"""Explains one employer: repeats the stages over its rows, compares with what the run settled, and gives the steps.

No explanation is given when the two differ, or when the steps do not add up.
"""

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from attrs import frozen

from quotum.archive.hashing import digest_of
from quotum.archive.known import Known, known
from quotum.archive.layout import existing
from quotum.archive.run_view import archive_of_run
from quotum.engine.digests import digests_of
from quotum.errors import CannotCertify, SelfCheckFailed, WrongUse
from quotum.explanations.rebuild import Rebuild, rebuild_of
from quotum.explanations.rules.regimes import RULES_BY_REGIME
from quotum.explanations.settled_rows import (
    Record,
    RunRecord,
    SettledRows,
    parse_employer,
    parse_person,
    read_run,
    read_settled,
)
from quotum.explanations.step import Step
from quotum.explanations.telling import telling_of
from quotum.explanations.words import NO_RETURN_OF_NUMBER, PERSON_IN_NO_ROW
from quotum.identifiers import nine_digits
from quotum.law.conditions import ENGLISH
from quotum.run_folder.record import years_read
from quotum.run_folder.run_archive import archive_place
from quotum.tables import BONUS_LINES, Table
from quotum.version import code_digest


@frozen
class Explanation:
    """How the amounts of an employer came about."""

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
    """The person the explanation is limited to, by BSN."""
    not_shipped: tuple[str, ...]
    """Figures of the run that the same code does not ship and no scenario set, and how they differ."""
    settled: SettledRows
    """What the run settled: the steps add up to it."""
    steps: tuple[Step, ...]
    """The steps, in the order in which the law takes them."""
    only: tuple[str, ...] = ()
    """The rules that the explanation is limited to, keys of `SECTIONS`; all of them when empty."""


@frozen
class OpenRun:
    """A run that can be explained, with the archive as it read it."""

    run: RunRecord
    """The run."""
    archive: Known
    """The archive as the run read it."""


def open_run(folder: Path, archive: Path | None = None) -> OpenRun:
    """Opens a run to explain employers of it.

    Args:
        folder: The run.
        archive: The archive of the run; the place that the run notes when None.

    Raises:
        WrongUse: The folder is no run.
        ArchiveLacks: The archive is not there, or lacks what the run read.
        CannotCertify: The run was altered.
    """
    run = read_run(folder)
    read = known(existing(archive_place(run.folder, archive)), run.known_on)
    return OpenRun(run, archive_of_run(read.read_by(digests_of), run.named, years_read(run.year)))


def explain(
    folder: Path,
    employer: str,
    person: str | None = None,
    archive: Path | None = None,
    language: str = ENGLISH,
    only: Collection[str] = (),
) -> Explanation:
    """Opens a run and explains the amounts of an employer in it.

    Raises:
        WrongUse: The folder is no run, or the employer or person is not in it.
        ArchiveLacks: The archive is not there, or lacks what the run read.
        CannotCertify: The run or the archive was altered.
        SelfCheckFailed: The steps do not add up to the settled amounts.
    """
    parse_employer(employer)
    if person is not None:
        parse_person(person)
    return explain_in(open_run(folder, archive), employer, person, language, only)


def explain_in(
    opened: OpenRun,
    employer: str,
    person: str | None = None,
    language: str = ENGLISH,
    only: Collection[str] = (),
) -> Explanation:
    """Explains the amounts of an employer in an open run.

    Args:
        opened: The run.
        employer: RSIN or payroll tax number.
        person: BSN to limit the explanation to; persons are named by sequence number without it.
        language: `en` or `nl`.
        only: Rules to limit the explanation to, keys of `SECTIONS`; all of them when empty.

    Raises:
        WrongUse: The employer or the person is not in the run.
        ArchiveLacks: The archive is damaged.
        CannotCertify: The archive was altered.
        SelfCheckFailed: The steps do not add up to the settled amounts.
    """
    rsin, number = parse_employer(employer)
    bsn = None if person is None else parse_person(person)
    run = opened.run
    settled = read_settled(run, rsin)
    rebuild = rebuild_of(run, opened.archive, rsin)
    people = rebuild.people | rebuild.neighbours.lent
    _require_mentioned(rebuild, number, bsn, people)
    telling = telling_of(language, run, settled.lines, people, bsn)
    steps = tuple(RULES_BY_REGIME[run.regime](rebuild, telling))
    _require_equal(run, opened.archive, settled, rebuild)
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
        not_shipped=tuple(str(figure) for figure in run.not_shipped),
        settled=settled,
        steps=tuple(step for step in steps if _is_asked(step, name, only)),
        only=tuple(only),
    )


def _is_asked(step: Step, person: str | None, only: Collection[str]) -> bool:
    return (person is None or step.person == person) and (not only or step.rule in only)


def _require_mentioned(rebuild: Rebuild, number: int | None, bsn: int | None, people: frozenset[int]) -> None:
    """Requires that the payroll tax number and the person asked for are in rows of the year."""
    if number is not None and number not in rebuild.numbers:
        raise WrongUse(NO_RETURN_OF_NUMBER.sentence())
    if bsn is not None and bsn not in people:
        raise WrongUse(PERSON_IN_NO_ROW.sentence())


def _require_equal(run: RunRecord, read: Known, settled: SettledRows, rebuild: Rebuild) -> None:
    """Requires that the stages give what was settled, to the cent and the hour.

    Raises:
        CannotCertify: They differ, and rows of the archive were altered.
        SelfCheckFailed: They differ.
    """
    differ = _differences(settled, rebuild)
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


def _differences(settled: SettledRows, rebuild: Rebuild) -> list[str]:
    """Names of the columns that differ."""
    differ = []
    for table, rows in settled.rows.items():
        again = rebuild.settled[table]
        if [[row[name] for name in table.key] for row in rows] != [[row[name] for name in table.key] for row in again]:
            differ.append(f"{table.name}: other rows")
        else:
            pairs = enumerate(zip(rows, again, strict=True))
            differ += [_column_name(settled, table, place, name) for place, pair in pairs for name in _columns(*pair)]
    return list(dict.fromkeys(differ))


def _columns(was: Record, is_now: Record) -> Iterator[str]:
    return (name for name in was if was[name] != is_now[name])


def _column_name(settled: SettledRows, table: Table, place: int, column: str) -> str:
    """Name of a column of a row; the row of a person goes by its sequence number."""
    if table is not BONUS_LINES:
        return f"{table.name}.{column}"
    return f"{table.name} row {min(settled.lines.values()) + place}.{column}"


def _require_sums(settled: SettledRows, steps: Iterable[Step]) -> None:
    """Requires that the steps add up to what was settled.

    Raises:
        SelfCheckFailed: They do not add up.
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
