"""One receive call: turns deliveries into tables and a result for each delivery; nothing counts yet."""

import shutil
from collections import Counter
from collections.abc import Callable, Container, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

import duckdb
from attrs import evolve, frozen

from quotum.archive import layout as archive_layout
from quotum.archive.receipts import Delivery, Derived
from quotum.errors import DeliveryRefused
from quotum.identifiers import masked
from quotum.intake import words
from quotum.intake.archive_state import Contradiction, Replacement
from quotum.intake.checks.checker import Checker
from quotum.intake.checks.reconciliation import amounts_of
from quotum.intake.checks.row_rules import OF_CALLS
from quotum.intake.delivery.litter import is_litter_file
from quotum.intake.delivery.recognition import DIALECTS, Dialect
from quotum.intake.entrance import DeliveredFile, Entrance, Problem, split_known
from quotum.intake.payroll_xml.schemas import Schemas
from quotum.intake.readers import read_all
from quotum.intake.row_checks import check_all
from quotum.intake.staging.parts import Writer
from quotum.intake.staging.staged_tables import DeliveryTotals, StagedTables
from quotum.tables import LOONAANGIFTE, RETURNS
from quotum.words import joined

_QUERY_MEMORY = "128MB"
_SHOWN = 6


@frozen
class Reception:
    """Result of one receive call."""

    deliveries: tuple[Delivery, ...] = ()
    """Deliveries that are kept, in the order in which they were named."""
    known: tuple[str, ...] = ()
    """Names of deliveries that the archive already had."""
    refused: tuple[Problem, ...] = ()
    """Deliveries that are refused whole."""
    members_refused: tuple[Problem, ...] = ()
    """Members of kept containers that were refused."""
    findings: tuple[tuple[str, str, int], ...] = ()
    """Rule, level and number of the findings."""
    remarks: tuple[str, ...] = ()
    """Remarks for the user; none changes the exit code."""
    replaced: tuple[Replacement, ...] = ()
    """Tables that replace others."""
    contradictions: tuple[Contradiction, ...] = ()
    """Messages that contradict themselves or earlier messages: they are out of force."""
    rows: tuple[str, ...] = ()
    """The first rows that broke a rule, for a dry run: nothing else keeps them."""

    @property
    def has_found_rows(self) -> bool:
        """Whether rows broke a rule; a finding about a whole call has no rows."""
        return any(name not in {rule.name for rule in OF_CALLS} for name, _, _ in self.findings)

    @property
    def exit_code(self) -> int:
        """The gravest of 10, 3 and 0."""
        if self.refused:
            return DeliveryRefused.exit_code
        rejected = self.members_refused or any(delivery.rejected for delivery in self.deliveries)
        return 3 if rejected else 0


@frozen
class Terms:
    """Settings by which the deliveries of a call are read: its derived tables depend on these and the bytes alone."""

    sequence: int
    """Number of the receive call."""
    kind: str
    """Kind expected, or `auto`."""
    dialect: str
    """Name of the CSV dialect, empty for the ordinary one."""
    left_out: frozenset[int] = frozenset()
    """Calendar years whose returns are left out."""


@frozen
class CallOutput:
    """What a receive call adds to the archive."""

    deliveries: tuple[Delivery, ...]
    """The deliveries, in order of digest."""
    tables: tuple[Derived, ...]
    """The tables derived from them; paths within the folder of the call."""


class Call:
    """Runs one receive call in a scratch folder."""

    def __init__(
        self,
        scratch: Path,
        terms: Terms,
        progress: Callable[[int], None],
        schemas: Schemas | None = None,
        broke_schema: Mapping[str, tuple[int, ...]] | None = None,
        reading: Callable[[float], None] = lambda _bytes: None,
    ) -> None:
        self.scratch = scratch
        self.sequence = terms.sequence
        self._terms = terms
        self._dialect: Dialect = DIALECTS[terms.dialect]
        self._entrance = Entrance(scratch, terms.kind, self._dialect, schemas, broke_schema)
        self._progress, self._reading = progress, reading
        self.derived = scratch / "rows"
        self.derived.mkdir(mode=archive_layout.OWNER_FOLDER)
        self.files: list[DeliveredFile] = []
        self._late: dict[tuple[int, int], Problem] = {}

    def run(
        self,
        paths: list[Path],
        known: Container[str],
        standing: Mapping[str, set[frozenset[str]]] = MappingProxyType({}),
    ) -> tuple[Reception, CallOutput | None]:
        """Does everything but the commit.

        Args:
            paths: The deliveries.
            known: Digests of the deliveries that count in the archive.
            standing: Digests of the files in force, by kind of table; any of these sets counts.
        """
        litter = [path for path in paths if is_litter_file(path)]
        incoming, refused = self._taken_in([path for path in paths if path not in litter])
        remarks = _remarks([masked(path.name) for path in litter], incoming)
        fresh, old = split_known(incoming, known, standing)
        self.files = sorted(fresh, key=lambda file: file.sha256)
        names = tuple(file.name for file in old if file.sha256 in known)
        twins = [file for file in old if file.sha256 not in known]  # named twice in this call
        while self.files:
            with self._connected() as connection, Writer() as writer:
                staged = self._staged(connection, writer)
                lost = self._wholly_refused()
                if not lost:
                    staged.refuse(self._refused_members())
                    tables = staged.finish()
                    output = CallOutput(self._deliveries(staged), tables)
                    places = {file.path: place for place, file in enumerate(incoming)}
                    return Reception(
                        deliveries=tuple(
                            sorted(output.deliveries, key=lambda file: places[self.files[file.number].path])
                        ),
                        known=names + tuple(file.name for file in twins),
                        refused=tuple(refused),
                        members_refused=self._member_problems(),
                        findings=_count_findings(connection, self.derived),
                        remarks=remarks,
                    ), output
            twins = [file for file in twins if not self._is_lost(file, lost, refused)]
            refused += self._let_go(lost)
        return Reception(known=names, refused=tuple(refused), remarks=remarks), None

    def _taken_in(self, paths: list[Path]) -> tuple[list[DeliveredFile], list[Problem]]:
        """Copies and recognises deliveries; returns them with the problems of the refused ones."""
        incoming, refused = [], []
        for number, path in enumerate(paths):
            try:
                incoming.append(self._entrance.taken_in(path, number))
            except DeliveryRefused as problem:
                refused.append(Problem(masked(path.name), problem.message))
        return incoming, refused

    def derive(self, originals: list[tuple[Path, Delivery]]) -> tuple[Derived, ...]:
        """Makes the derived tables of deliveries that are in the archive, in the order of the call."""
        self.files = [
            self._entrance.recognised(
                DeliveredFile(path, delivery.name, delivery.sha256, delivery.size, left_out=delivery.left_out_members)
            )
            for path, delivery in originals
        ]
        with self._connected() as connection, Writer() as writer:
            staged = self._staged(connection, writer)
            for lost in self._wholly_refused():
                reason = self._whole_problem(lost).reason
                raise DeliveryRefused(words.DELIVERY_REFUSED.sentence(name=self.files[lost].name, reason=reason))
            staged.refuse(self._refused_members())
            return staged.finish()

    def _is_lost(self, twin: DeliveredFile, lost: list[int], refused: list[Problem]) -> bool:
        """Whether a delivery with the same bytes is refused; then this file is refused for the same reason."""
        for number in lost:
            if self.files[number].sha256 == twin.sha256:
                refused.append(evolve(self._whole_problem(number), place=twin.name))
                return True
        return False

    def _let_go(self, lost: list[int]) -> list[Problem]:
        """Leaves out deliveries that are wholly refused, so that the tables depend only on kept deliveries."""
        problems = [self._whole_problem(number) for number in lost]
        dropped = frozenset(lost)
        self.files = [file for number, file in enumerate(self.files) if number not in dropped]
        self._late.clear()
        shutil.rmtree(self.derived)
        self.derived.mkdir(mode=archive_layout.OWNER_FOLDER)
        return problems

    def _connected(self) -> duckdb.DuckDBPyConnection:
        return duckdb.connect(
            config={
                "temp_directory": str(self.scratch / "spilled"),
                "memory_limit": _QUERY_MEMORY,
                "threads": 1,
                "enable_external_file_cache": False,
            }
        )

    def _staged(self, connection: duckdb.DuckDBPyConnection, writer: Writer) -> StagedTables:
        """Reads, checks and stages the kept deliveries."""
        staged = StagedTables(self.derived, self._terms.sequence, connection, writer, self._terms.left_out)
        read = read_all(self.files, self.scratch, self._dialect, self._reading)
        self._late = check_all(read, Checker(connection), staged, self._progress)
        return staged

    def _wholly_refused(self) -> list[int]:
        """Lists the deliveries whose members are all refused."""
        return [
            number
            for number, file in enumerate(self.files)
            if all((number, piece.member.number) in self._late for piece in file.pieces)
        ]

    def _whole_problem(self, number: int) -> Problem:
        if (number, 0) in self._late:
            return self._late[number, 0]
        first = next(problem for key, problem in self._late.items() if key[0] == number)
        return Problem(self.files[number].name, words.NO_MEMBER.sentence(place=first.place, reason=first.reason))

    def _refused_members(self) -> list[tuple[int, int]]:
        """Lists delivery and member of each refused member, in order."""
        early = [(number, problem.member) for number, file in enumerate(self.files) for problem in file.problems]
        return sorted([*early, *self._late])

    def _member_problems(self) -> tuple[Problem, ...]:
        early = [problem for file in self.files for problem in file.problems]
        return (*early, *(self._late[key] for key in sorted(self._late)))

    def _deliveries(self, staged: StagedTables) -> tuple[Delivery, ...]:
        became = staged.of_deliveries()
        late = Counter(number for number, _ in self._late)
        return tuple(
            self._delivery(number, file, became.get(number, DeliveryTotals()), late[number])
            for number, file in enumerate(self.files)
        )

    def _delivery(self, number: int, incoming: DeliveredFile, became: DeliveryTotals, late: int) -> Delivery:
        returns = incoming.kinds & {LOONAANGIFTE, RETURNS.name}
        return Delivery(
            number=number,
            sha256=incoming.sha256,
            size=incoming.size,
            kind="+".join(sorted(incoming.kinds)),
            name=incoming.name,
            received=became.received.rows,
            accepted=became.accepted.rows,
            rejected=became.rejected.rows,
            refused_members=len(incoming.problems) + late,
            left_out_members=incoming.left_out,
            years=became.years,
            amounts=amounts_of(became.received, became.accepted, became.rejected) if returns else None,
        )


def _remarks(litter: Sequence[str], incoming: Sequence[DeliveredFile]) -> tuple[str, ...]:
    """Remarks about litter and about schemas that were not available.

    Args:
        litter: Names of files that an operating system or a tool left behind.
        incoming: The deliveries, with their litter.
    """
    remarks = []
    passed_over = [*litter, *(place for file in incoming for place in file.litter)]
    if passed_over:
        more = words.AND_MORE.sentence(count=len(passed_over) - _SHOWN) if len(passed_over) > _SHOWN else ""
        remarks.append(words.PASSED_OVER.sentence(names=joined("; ", passed_over[:_SHOWN]), more=more))
    years = sorted({piece.schema_unseen for file in incoming for piece in file.pieces} - {0})
    remarks += [words.SCHEMA_UNSEEN.sentence(year=year) for year in years]
    return tuple(remarks)


def _count_findings(connection: duckdb.DuckDBPyConnection, folder: Path) -> tuple[tuple[str, str, int], ...]:
    findings = connection.execute(
        "SELECT rule, level, count(*) FROM read_parquet($path) GROUP BY ALL ORDER BY level DESC, 3 DESC, rule",
        {"path": str(folder / "findings.parquet")},
    )
    return tuple((str(rule), str(level), int(count)) for rule, level, count in findings.fetchall())
