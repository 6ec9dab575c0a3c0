"""The archive as known on a day: the derived tables that a run reads."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import date
from hashlib import file_digest
from pathlib import Path

import attrs
import pyarrow as pa
import pyarrow.parquet as pq
from attrs import field, frozen

from quotum.archive import words
from quotum.archive.layout import Layout
from quotum.archive.receipts import (
    PIECES_PER_CALL,
    Delivery,
    Derived,
    Receipt,
    deliveries_of,
    place_in,
    receipts,
)
from quotum.archive.withdrawals import Numbered, active_withdrawals, receipts_in_force
from quotum.engine.lookup import EmployerCondition, NumberCondition, RowCondition, matching_rows
from quotum.errors import ArchiveLacks, Forbidden
from quotum.tables import FINDINGS, INCOME_RELATIONS, OF_RETURNS, OF_ROWS, Table
from quotum.words import Sentence

_ROWS = "rows/"
Digests = Callable[[Sequence[Path | str]], list[str | None]]
"""Returns the SHA-256 of files, in their order; None for an unreadable file."""


@frozen
class Subjects:
    """Some employers and persons, to read only their rows of the small tables."""

    employers: Collection[int]
    """Employers by RSIN, with the other parties of their transfers."""
    persons: Collection[int]
    """Persons by BSN."""

    def conditions(self, names: Collection[str]) -> Iterator[RowCondition]:
        """Yields the conditions on a small table for rows about any of them.

        Args:
            names: Names of its columns.
        """
        of_employers = [name for name in names if name.endswith("rsin")]
        if "payroll_tax_number" in names:
            yield EmployerCondition(self.employers)
        elif of_employers:
            yield from (NumberCondition(name, self.employers) for name in of_employers)
        else:
            yield NumberCondition("bsn", self.persons)


@frozen
class Known:
    """An archive as it was known on a day."""

    layout: Layout
    """The archive."""
    receipts: tuple[Receipt, ...]
    """Receive calls that count, in order."""
    digests: Digests | None = field(default=None, repr=False, eq=False)
    """Computes the digests of the tables of returns; this process when None."""
    rows: str | None = field(default=None, repr=False)
    """URI of a copy of the folder `rows`, from which the tables of returns are read; the archive itself when None."""
    every: tuple[Receipt, ...] = field(default=(), repr=False)
    """Receive calls and withdrawals, including those out of force."""
    withdrawals: tuple[Receipt, ...] = field(default=(), repr=False)
    """Withdrawals taken into account."""
    gone: frozenset[Numbered] = field(default=frozenset(), repr=False)
    """Withdrawn deliveries of calls in which other deliveries still count, by call and number."""
    strict: bool = field(default=False, repr=False)
    """Whether a message that contradicts itself is an error; otherwise it is set aside."""
    subjects: Subjects | None = field(default=None, repr=False)
    """Employers and persons to whom small tables are restricted; None for all."""
    set_aside: dict[int, pa.Table] = field(factory=dict, repr=False, eq=False)
    """Returns with a message set aside, by year that was read, as `setting_aside.RETURNS_ASIDE`."""
    contradicting: dict[str, None] = field(factory=dict, repr=False, eq=False)
    """Places of the rows for which messages were set aside, in words."""
    _subject_rows: dict[str, pa.Table] = field(factory=dict, init=False, repr=False, eq=False)
    """Rows of small tables, restricted to `subjects`."""
    _sound: set[Path | str] = field(factory=set, init=False, repr=False, eq=False)
    """Derived files with a right digest, so that each is hashed once."""
    _seen: dict[Path | str, str | None] = field(factory=dict, init=False, repr=False, eq=False)
    """Results of `digests`."""

    def read_by(self, digests: Digests, rows: str | None = None) -> "Known":
        """Returns the same archive, with an engine that reads the tables of returns and computes their digests.

        Args:
            digests: Returns the SHA-256 of files, as `Engine.digests` does.
            rows: URI of a copy of the folder `rows`.
        """
        return attrs.evolve(self, digests=digests, rows=rows)

    def of(self, subjects: Subjects) -> "Known":
        """Returns the same archive, with only the rows of small tables about some employers and persons."""
        archive = attrs.evolve(self, subjects=subjects)
        # Files with a right digest are not hashed again.
        archive._sound.update(self._sound)  # noqa: SLF001
        return archive

    def subject_rows(self, table: Table, paths: tuple[Path, ...]) -> pa.Table:
        """Returns the rows of a small table about `subjects`, read once."""
        if table.name not in self._subject_rows and self.subjects is not None:
            rows = matching_rows(paths, self.subjects.conditions(table.names))
            self._subject_rows[table.name] = rows.cast(pq.read_schema(paths[0])) if len(paths) == 1 else rows
        return self._subject_rows[table.name]

    def paths(self, table: Table, year: int = 0) -> tuple[Path | str, ...]:
        """Returns the derived files of a table over all receive calls, for a calendar year where the table has years.

        Files of the income relations include full returns and corrections.

        Raises:
            ArchiveLacks: A file is missing.
        """
        tables = [
            derived
            for receipt in self.receipts
            for derived in receipt.tables
            if derived.table in _stored_names(table) and derived.year == year and derived.rows
        ]
        self.look_at(tables)
        return tuple(self._checked(derived) for derived in tables)

    def without(self, table: Table, year: int) -> "Known":
        """Returns the same archive without receive calls that have a table of a calendar year."""
        lacking = (call for call in self.receipts if (table.name, year) not in {(t.table, t.year) for t in call.tables})
        return attrs.evolve(self, receipts=tuple(lacking))

    def latest(self, table: Table) -> tuple[Receipt, tuple[Path, ...]] | None:
        """Returns the latest receive call with a delivery of a kind, and its files; None when none came."""
        for receipt in reversed(self.receipts):
            files = [derived for derived in receipt.tables if derived.table == table.name]
            if files and (not self.out_of(receipt) or deliveries_of(receipt, (table.name,))):
                return receipt, tuple(self._checked_here(derived) for derived in files)
        return None

    def out_of(self, receipt: Receipt) -> list[int]:
        """Returns the numbers of withdrawn deliveries of a call in which others count."""
        return sorted(number for call, number in self.gone if call == receipt.sequence)

    def years(self) -> frozenset[int]:
        """Returns the calendar years with rows of returns."""
        return frozenset(
            derived.year
            for receipt in self.receipts
            for derived in receipt.tables
            if derived.table in _stored_names(INCOME_RELATIONS)
        )

    def place(self, fragment: int, member: int, delivery: int, row: int) -> Sentence:
        """Returns the origin of a row, in words."""
        return place_in(self._delivery(fragment, delivery), member, row)

    def digest_of(self, fragment: int, delivery: int) -> str:
        """Returns the SHA-256 of the delivery of a fragment."""
        return self._delivery(fragment, delivery).sha256

    def _delivery(self, fragment: int, number: int) -> Delivery:
        receipt = next(receipt for receipt in self.receipts if receipt.sequence == fragment // PIECES_PER_CALL)
        return next(delivery for delivery in receipt.deliveries if delivery.number == number)

    def look_at(self, tables: Iterable[Derived]) -> None:
        """Computes the digests of tables of returns, all at once, where an engine does that."""
        if self.digests is None:
            return
        places = [self._place(table) for table in tables if table.table in OF_RETURNS]
        unseen = [place for place in places if place not in self._sound and place not in self._seen]
        if unseen:
            self._seen.update(zip(unseen, self.digests(unseen), strict=True))

    def _place(self, derived: Derived) -> Path | str:
        """Returns the place of a derived file."""
        if self.rows is None or derived.table not in OF_RETURNS:
            return self.layout.root / derived.path
        return f"{self.rows.rstrip('/')}/{derived.path.removeprefix(_ROWS)}"

    def _checked(self, derived: Derived) -> Path | str:
        place = self._place(derived)
        digest = self._seen.pop(place, None)
        if isinstance(place, Path) and digest is None:
            return self._checked_here(derived)
        if place not in self._sound:
            if digest is None:
                raise ArchiveLacks(words.NOT_COPIED.sentence(place=place))
            if digest != derived.sha256:
                raise _alteration(place)
            self._sound.add(place)
        return place

    def _checked_here(self, derived: Derived) -> Path:
        path = self.layout.root / derived.path
        if path not in self._sound:
            try:
                with path.open("rb") as stream:
                    digest = file_digest(stream, "sha256").hexdigest()
            except PermissionError as error:
                raise Forbidden(path) from error
            except OSError as error:
                raise ArchiveLacks(words.TABLE_UNREADABLE.sentence(place=path, why=error.strerror)) from error
            if digest != derived.sha256:
                raise _alteration(path)
            self._sound.add(path)
        return path

    def tables(self) -> tuple[Derived, ...]:
        """Returns every derived file of the receive calls that count."""
        return tuple(derived for receipt in self.receipts for derived in receipt.tables)

    def damage(self, derived: Derived) -> str | None:
        """Returns the problem of a derived file; None when its digest is that of the receipt."""
        try:
            self._checked(derived)
        except ArchiveLacks as problem:
            return problem.message
        return None

    def findings(self, digests: Collection[str]) -> Iterator[tuple[Delivery, Path]]:
        """Yields the latest findings of each delivery, and their file.

        Raises:
            ArchiveLacks: A file is missing or damaged.
        """
        latest = {delivery.sha256: receipt for receipt in self.receipts for delivery in receipt.deliveries}
        for digest in sorted(set(digests) & set(latest)):
            receipt = latest[digest]
            delivery = next(delivery for delivery in receipt.deliveries if delivery.sha256 == digest)
            for derived in receipt.tables:
                if derived.table == FINDINGS.name and derived.rows:
                    yield delivery, self._checked_here(derived)


def _alteration(place: Path | str) -> ArchiveLacks:
    return ArchiveLacks(words.TABLE_ALTERED.sentence(place=place))


def _stored_names(table: Table) -> tuple[str, ...]:
    """Returns the names under which a table is kept."""
    return OF_ROWS if table is INCOME_RELATIONS else (table.name,)


def known(layout: Layout, known_on: date | None) -> Known:
    """Returns an archive as it was known on a day; as it is now when None."""
    every = receipts(layout, known_on)
    return less_withdrawn(Known(layout, (), every=every), active_withdrawals(every))


def less_withdrawn(archive: Known, withdrawals: tuple[Receipt, ...]) -> Known:
    """Returns an archive with only the given withdrawals taken into account."""
    counted, gone = receipts_in_force(archive.every, withdrawals)
    return attrs.evolve(archive, receipts=counted, withdrawals=withdrawals, gone=gone)


__all__ = ["Known", "Subjects", "known", "less_withdrawn"]
