"""One receive call at work: deliveries in, tables and what became of the deliveries out; nothing counts yet."""

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
from quotum.intake.against import Contradiction, Replaced
from quotum.intake.checks.checking import Checker
from quotum.intake.checks.reconciling import amounts_of
from quotum.intake.checks.row_rules import OF_CALLS
from quotum.intake.delivery.litter import is_litter_file
from quotum.intake.delivery.recognise import DIALECTS, Dialect
from quotum.intake.incoming import Entrance, Incoming, Problem, new_and_old
from quotum.intake.payroll_xml.schemas import Schemas
from quotum.intake.reading import read_all
from quotum.intake.row_checks import check_all
from quotum.intake.staging.parts import Writer
from quotum.intake.staging.staged import OfDelivery, Staged
from quotum.tables import LOONAANGIFTE, RETURNS

_QUERY_MEMORY = "128MB"
_SHOWN = 6


@frozen
class Reception:
    """What became of one receive call."""

    deliveries: tuple[Delivery, ...] = ()
    """Deliveries kept, in the order in which they were named."""
    known: tuple[str, ...] = ()
    """Names of deliveries that were in the archive already."""
    refused: tuple[Problem, ...] = ()
    """Deliveries of which nothing was kept."""
    members_refused: tuple[Problem, ...] = ()
    """Members of kept containers that were refused."""
    findings: tuple[tuple[str, str, int], ...] = ()
    """Rule, level and count of what was found."""
    remarks: tuple[str, ...] = ()
    """What the user should know beside it; none changes the exit code."""
    replaced: tuple[Replaced, ...] = ()
    """Tables that take the place of others."""
    contradictions: tuple[Contradiction, ...] = ()
    """Messages that contradict themselves, also with what came before: they are out of force."""
    rows: tuple[str, ...] = ()
    """The first rows that broke a rule, of a dry run: nothing else keeps them."""

    @property
    def has_found_rows(self) -> bool:
        """Whether rows were found that broke a rule: a finding of a whole call has none."""
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
    """How the deliveries of a call are read: with their bytes, all that its derived tables depend on."""

    sequence: int
    """Number of the receive call."""
    kind: str
    """Kind expected, or `auto`."""
    dialect: str
    """Name of the CSV dialect, empty for the ordinary one."""
    left_out: frozenset[int] = frozenset()
    """Calendar years whose returns are left out."""


@frozen
class Made:
    """What a receive call adds to the archive."""

    deliveries: tuple[Delivery, ...]
    """What came, in order of digest."""
    tables: tuple[Derived, ...]
    """What was made of it; paths within its folder."""


class Call:
    """One receive call at work in a scratch folder."""

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
        self._progress, self._told = progress, reading
        self.derived = scratch / "rows"
        self.derived.mkdir(mode=archive_layout.OWNER_FOLDER)
        self.kept: list[Incoming] = []
        self._late: dict[tuple[int, int], Problem] = {}

    def run(
        self,
        paths: list[Path],
        known: Container[str],
        standing: Mapping[str, set[frozenset[str]]] = MappingProxyType({}),
    ) -> tuple[Reception, Made | None]:
        """Do everything but the commit.

        Args:
            paths: The deliveries.
            known: Digests of the deliveries that count in the archive.
            standing: By kind of table, the digests of the files that are in force; any of these sets counts.
        """
        litter = [path for path in paths if is_litter_file(path)]
        incoming, refused = self._taken_in([path for path in paths if path not in litter])
        remarks = _remarks([masked(path.name) for path in litter], incoming)
        fresh, old = new_and_old(incoming, known, standing)
        self.kept = sorted(fresh, key=lambda one: one.sha256)
        names = tuple(one.name for one in old if one.sha256 in known)
        twins = [one for one in old if one.sha256 not in known]  # come twice in this call
        while self.kept:
            with self._connected() as connection, Writer() as writer:
                staged = self._staged(connection, writer)
                lost = self._wholly_refused()
                if not lost:
                    staged.refuse(self._refused_members())
                    tables = staged.finish()
                    made = Made(self._deliveries(staged), tables)
                    places = {one.path: place for place, one in enumerate(incoming)}
                    return Reception(
                        deliveries=tuple(sorted(made.deliveries, key=lambda one: places[self.kept[one.number].path])),
                        known=names + tuple(one.name for one in twins),
                        refused=tuple(refused),
                        members_refused=self._member_problems(),
                        findings=_found(connection, self.derived),
                        remarks=remarks,
                    ), made
            twins = [one for one in twins if not self._is_lost(one, lost, refused)]
            refused += self._let_go(lost)
        return Reception(known=names, refused=tuple(refused), remarks=remarks), None

    def _taken_in(self, paths: list[Path]) -> tuple[list[Incoming], list[Problem]]:
        """Deliveries copied and recognised, and those that are refused."""
        incoming, refused = [], []
        for number, path in enumerate(paths):
            try:
                incoming.append(self._entrance.taken_in(path, number))
            except DeliveryRefused as problem:
                refused.append(Problem(masked(path.name), str(problem)))
        return incoming, refused

    def again(self, kept: list[tuple[Path, Delivery]]) -> tuple[Derived, ...]:
        """Make the derived tables of deliveries that are in the archive, in the order of the call."""
        self.kept = [
            self._entrance.recognised(Incoming(path, one.name, one.sha256, one.size, left_out=one.left_out_members))
            for path, one in kept
        ]
        with self._connected() as connection, Writer() as writer:
            staged = self._staged(connection, writer)
            for lost in self._wholly_refused():
                raise DeliveryRefused(f"{self.kept[lost].name}: {self._whole_problem(lost).reason}")
            staged.refuse(self._refused_members())
            return staged.finish()

    def _is_lost(self, twin: Incoming, lost: list[int], refused: list[Problem]) -> bool:
        """Whether a delivery of the same bytes is refused; then this one is, for the same reason."""
        for number in lost:
            if self.kept[number].sha256 == twin.sha256:
                refused.append(evolve(self._whole_problem(number), place=twin.name))
                return True
        return False

    def _let_go(self, lost: list[int]) -> list[Problem]:
        """Leave out deliveries of which nothing is left, so that the tables depend on what is kept alone."""
        problems = [self._whole_problem(number) for number in lost]
        gone = frozenset(lost)
        self.kept = [one for number, one in enumerate(self.kept) if number not in gone]
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

    def _staged(self, connection: duckdb.DuckDBPyConnection, writer: Writer) -> Staged:
        """Everything that is kept, read and checked."""
        staged = Staged(self.derived, self._terms.sequence, connection, writer, self._terms.left_out)
        read = read_all(self.kept, self.scratch, self._dialect, self._told)
        self._late = check_all(read, Checker(connection), staged, self._progress)
        return staged

    def _wholly_refused(self) -> list[int]:
        """Deliveries of which no member is left."""
        return [
            number
            for number, one in enumerate(self.kept)
            if all((number, piece.member.number) in self._late for piece in one.pieces)
        ]

    def _whole_problem(self, number: int) -> Problem:
        if (number, 0) in self._late:
            return self._late[number, 0]
        first = next(problem for key, problem in self._late.items() if key[0] == number)
        return Problem(
            self.kept[number].name, f"has no member that can be read; the first: {first.place}: {first.reason}"
        )

    def _refused_members(self) -> list[tuple[int, int]]:
        """Delivery and member, in order."""
        early = [(number, problem.member) for number, one in enumerate(self.kept) for problem in one.problems]
        return sorted([*early, *self._late])

    def _member_problems(self) -> tuple[Problem, ...]:
        early = [problem for one in self.kept for problem in one.problems]
        return (*early, *(self._late[key] for key in sorted(self._late)))

    def _deliveries(self, staged: Staged) -> tuple[Delivery, ...]:
        became = staged.of_deliveries()
        late = Counter(number for number, _ in self._late)
        return tuple(
            self._delivery(number, one, became.get(number, OfDelivery()), late[number])
            for number, one in enumerate(self.kept)
        )

    def _delivery(self, number: int, incoming: Incoming, became: OfDelivery, late: int) -> Delivery:
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


def _remarks(litter: Sequence[str], incoming: Sequence[Incoming]) -> tuple[str, ...]:
    """What the user should know beside what became of the deliveries.

    Args:
        litter: Names of files that an operating system or a tool left.
        incoming: The deliveries, with such members.
    """
    remarks = []
    passed_over = [*litter, *(place for one in incoming for place in one.litter)]
    if passed_over:
        more = f" and {len(passed_over) - _SHOWN:,} more" if len(passed_over) > _SHOWN else ""
        remarks.append(
            f"passed over, as left by an operating system or a tool: {'; '.join(passed_over[:_SHOWN])}{more}"
        )
    years = sorted({piece.schema_unseen for one in incoming for piece in one.pieces} - {0})
    remarks += [
        f"returns of {year} were read after a description of their schema: the schema itself was not held against them"
        for year in years
    ]
    return tuple(remarks)


def _found(connection: duckdb.DuckDBPyConnection, folder: Path) -> tuple[tuple[str, str, int], ...]:
    found = connection.execute(
        "SELECT rule, level, count(*) FROM read_parquet($path) GROUP BY ALL ORDER BY level DESC, 3 DESC, rule",
        {"path": str(folder / "findings.parquet")},
    )
    return tuple((str(rule), str(level), int(count)) for rule, level, count in found.fetchall())
