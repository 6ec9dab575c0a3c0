"""Small deliveries, archives and runs for the tests of the commands, and what may not be seen of them."""

import csv
import os
import re
import subprocess
import sys
import traceback
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from click.testing import CliRunner, Result

from jobs.cli import main
from quotum.identifiers import passes_eleven_test
from quotum.intake.receive import Reception, receive
from quotum.run.settle import Settled, prepare, settle
from quotum.run_folder.request import Request
from quotum.tables import Kind
from tests.rows import (
    EMPLOYER,
    NAME,
    OTHER_EMPLOYER,
    OTHER_NAME,
    OTHER_PERSON,
    PERSON,
    WAGE,
    Cells,
    Row,
    cells,
    csv_text,
    header,
    table,
)

HOUSE = Path(__file__).parents[1]
FIXTURES = HOUSE / "fixtures"
EXAMPLES = ("eight_employers_2026", "sixty_employers_2026")
KINDS = ("returns", "register", "employers", "wage_bills", "traits")
RECEIVED = datetime.fromisoformat("2027-05-02T06:00:00")
AS_OF = date(2027, 5, 1)
RESULTS = (
    "settlement.parquet",
    "settlement.csv",
    "bonus_lines.parquet",
    "other_lkv_lines.parquet",
    "surcharge_lines.parquet",
    "macro.json",
)
TAG_FILES = ("bagit.txt", "bag-info.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt")

ACTIVATED = """\
title = "Activated in 2024, surcharge of 0.35%"

[set]
"wet_banenafspraak.in_force_from" = 2024-01-01
"wet_banenafspraak.activated_in" = 2024
"wet_banenafspraak.surcharge_rate" = "0.35"
"wtl.bonus_rate" = "3.76"
"""


def write_csv(path: Path, kind: str, rows: Sequence[Cells], columns: Sequence[str] = ()) -> Path:
    """Write rows as CSV."""
    path.write_text(csv_text(kind, rows, columns), "utf-8")
    return path


def deliver(folder: Path, **rows: Sequence[Cells]) -> list[Path]:
    """Write a file per kind; without rows a small sound set of all but the traits."""
    folder.mkdir(parents=True, exist_ok=True)
    chosen = rows or {kind: [cells(kind)] for kind in KINDS if kind != "traits"}
    return [write_csv(folder / f"{kind}.csv", kind, group) for kind, group in chosen.items()]


def rows_of(path: Path) -> list[Row]:
    """The rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def example(name: str) -> Path:
    """The folder of a worked example."""
    return FIXTURES / name


def example_files(name: str) -> list[Path]:
    """The deliveries of a worked example."""
    return [example(name) / f"{kind}.csv" for kind in KINDS]


_TYPED = {
    Kind.WHOLE: pa.int64(),
    Kind.CODE: pa.int64(),
    Kind.EUROS: pa.decimal128(12, 2),
    Kind.DATE: pa.date32(),
    Kind.MOMENT: pa.timestamp("us"),
}


def arrow_rows(kind: str, rows: Sequence[Cells], *, typed: bool) -> pa.Table:
    """Rows as Arrow: all strings, or dates, decimals and whole numbers in types of their own."""
    names = header(kind, rows)
    columns = {column.delivered_name: column for column in table(kind).columns}
    arrays = []
    for name in names:
        texts = pa.array([row.get(name) or None for row in rows], pa.string())
        arrays.append(texts.cast(_TYPED.get(columns[name].kind, pa.string())) if typed else texts)
    return pa.table(arrays, names=names)


def write_parquet(path: Path, kind: str, rows: Sequence[Cells], *, typed: bool = True) -> Path:
    """Write rows as Parquet."""
    pq.write_table(arrow_rows(kind, rows, typed=typed), path)
    return path


def take_in(archive: Path, paths: Iterable[Path], received: datetime = RECEIVED) -> Reception:
    """Receive in this process; everything must be accepted."""
    reception = receive(list(paths), archive, received)
    assert (reception.exit_code, reception.refused, reception.members_refused) == (0, (), ()), reception
    return reception


def settled(archive: Path, out: Path, *scenarios: Path, **more: object) -> Settled:
    """Settle 2026 in this process, on one thread: quicker for so little."""
    more = {"threads": 1} | more
    request = Request(archive, 2026, AS_OF, out, tuple(str(path) for path in scenarios), **more)  # type: ignore[arg-type]
    return settle(prepare(request))


def files_under(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its bytes; nothing when the folder is not there."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def kept(archive: Path) -> dict[str, bytes]:
    """What an archive holds, without its lock, its marker and the notes on runs."""
    return {
        name: content
        for name, content in files_under(archive).items()
        if name not in ("lock", "quotum-archive.json") and not name.startswith("notes/")
    }


def results(run: Path) -> dict[str, bytes]:
    """The results of a run."""
    return {name: (run / "data" / name).read_bytes() for name in RESULTS}


def record_and_results(run: Path) -> dict[str, bytes]:
    """Everything of a run but what is about the machine and the moment."""
    return {name: content for name, content in files_under(run).items() if name != "environment.json"}


def paid_hours(run: Path) -> dict[str, int]:
    """Paid hours of each employer of a run."""
    return {row["rsin"]: int(row["paid_hours"]) for row in rows_of(run / "data" / "settlement.csv")}


def table_rows(run: Path, name: str) -> list[dict[str, object]]:
    """The rows of a table of a run."""
    rows: list[dict[str, object]] = pq.read_table(run / "data" / f"{name}.parquet").to_pylist()
    return rows


def quotum(*arguments: object) -> Result:
    """A command in this process."""
    return CliRunner(env={"QUOTUM_ARCHIVE": None}).invoke(main, [str(argument) for argument in arguments])


def settle_command(archive: Path, out: Path, *more: object) -> Result:
    """`quotum settle` of 2026 in this process."""
    return quotum("settle", "--archive", archive, "--year", 2026, "--as-of", AS_OF, "--out", out, *more)


def receive_command(archive: Path, *more: object) -> Result:
    """`quotum receive` in this process, at the usual moment."""
    return quotum("receive", *more, "--archive", archive, "--received", RECEIVED.isoformat())


def process(
    *arguments: object, environment: Mapping[str, str] | None = None, **more: object
) -> subprocess.CompletedProcess[str]:
    """A command in a process of its own."""
    kept_variables = {name: value for name, value in os.environ.items() if name != "QUOTUM_ARCHIVE"}
    return subprocess.run(
        [sys.executable, "-m", "jobs.cli", *(str(argument) for argument in arguments)],
        cwd=HOUSE,
        env=kept_variables | dict(environment or {}),
        capture_output=True,
        text=True,
        check=False,
        **more,  # type: ignore[call-overload]
    )


def process_and_peak(*arguments: object) -> tuple[subprocess.CompletedProcess[str], int]:
    """A command in a process of its own, and the most memory it had, in megabytes."""
    script = (
        "import sys; from jobs.cli import main\n"
        "try: main(sys.argv[1:])\n"
        "finally: print('peak', int(open('/proc/self/status').read().split('VmHWM:')[1].split()[0]) // 1024)"
    )
    result = subprocess.run(
        [sys.executable, "-c", script, *map(str, arguments)],
        cwd=HOUSE, capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    return result, int(result.stdout.rsplit("peak", 1)[1])


def ended(result: Result, code: int) -> str:
    """Assert that a command ended with a code, as quotum does and not by accident; gives all it said."""
    accident = result.exception is not None and not isinstance(result.exception, SystemExit)
    text = "".join(traceback.format_exception(result.exception)) if accident else ""
    assert not accident, f"an error that is not for users:\n{text}{result.output}"
    assert result.exit_code == code, result.output
    return result.output


_NINE_DIGITS = re.compile(r"(?<![0-9A-Za-z])(\d{9})(?!\d|[a-f])")
_SECRET_COLUMNS = frozenset(
    {"SofiNr", "LhNr", "PersNr", "bsn", "rsin", "lhnr", "name", "iban", "Gebdat"}
    | {"LnSV", "PrlnAofAnwLg", "PrlnAofAnwHg", "PrlnAofAnwUit", "premium_wage"}
)
SMALL_SET_SECRETS = frozenset(
    {EMPLOYER, OTHER_EMPLOYER, PERSON, OTHER_PERSON, NAME, OTHER_NAME, WAGE, "7654321", "4.321,98", "4,321.98"}
)


def personal_values(paths: Iterable[Path]) -> frozenset[str]:
    """Identifiers, names and wages in CSV deliveries, as they stand there."""
    result: set[str] = set()
    for path in paths:
        for row in rows_of(path):
            result |= {value for name, value in row.items() if name in _SECRET_COLUMNS and value}
    return frozenset(value for value in result if len(value) > 4)


def discreet(text: str, secrets: Iterable[str] = SMALL_SET_SECRETS) -> None:
    """Assert that nothing personal was said: no number that can be a BSN or RSIN, no name, no wage."""
    numbers = [number for number in _NINE_DIGITS.findall(text) if passes_eleven_test(number)]
    assert numbers == [], text
    assert [secret for secret in secrets if secret in text] == [], text
