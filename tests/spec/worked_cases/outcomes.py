"""What quotum makes of worked cases: received and settled, cases with the same question together."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import nullcontext
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from attrs import frozen

from quotum import engine
from quotum.engine.arrow import ArrowEngine
from quotum.engine.interface import Engine
from quotum.errors import QuotumError
from quotum.intake.receive import receive
from quotum.run.regimes import regime as regimes
from quotum.run.regimes.interface import SILENT
from quotum.run_folder.request import Request
from tests.spec.worked_cases.case import Case
from tests.spec.worked_cases.every import Worked
from tests.spec.worked_cases.files import KEYS, files_of, table_text

RECEIVED = datetime.fromisoformat("2029-12-01T06:00:00")


@frozen
class Given:
    """What quotum gives for a case."""

    exit_code: int
    """Code it would end with."""
    files: Mapping[str, str]
    """Outcomes in the form that the checker reads, by name."""


def outcomes(cases: Iterable[Worked], folder: Path, name: str = engine.DUCKDB) -> Iterator[tuple[Worked, Given]]:
    """Receives and settles every case.

    Args:
        cases: The cases.
        folder: Where files, archives and results are made.
        name: `duckdb`, or `arrow` in memory: quicker for so little.
    """
    written = [(worked, _written(worked, folder / "files" / worked.id)) for worked in cases]
    in_memory = nullcontext(ArrowEngine())
    with engine.open(name, folder, threads=1) if name == engine.DUCKDB else in_memory as opened:
        together = [(worked, paths) for worked, paths in written if not worked.case.alone]
        if together:
            archive = folder / "archive"
            _take_in([path for _, paths in together for path in paths], archive)
            ordered = sorted((worked for worked, _ in together), key=_question)
            for number, (_, group) in enumerate(groupby(ordered, key=_question)):
                yield from _settled(opened, archive, list(group), folder / f"results-{number}", folder)
        for number, (worked, paths) in enumerate((worked, paths) for worked, paths in written if worked.case.alone):
            archive = folder / f"archive-{number}"
            _take_in(paths, archive)
            yield from _settled(opened, archive, [worked], folder / f"result-{number}", folder)


def _question(worked: Worked) -> tuple[str, ...]:
    case = worked.case
    return f"{case.year}", f"{case.as_of}", case.regime, *(f"{name}={value}" for name, value in case.settings.items())


def _written(worked: Worked, folder: Path) -> list[Path]:
    """Writes the files of a case, and gives its deliveries."""
    folder.mkdir(parents=True)
    for name, text in files_of(worked).items():
        (folder / name).write_text(text, "utf-8")
    return [folder / f"{kind}.csv" for kind, rows in worked.case.deliveries.items() if rows]


def _take_in(paths: list[Path], archive: Path) -> None:
    reception = receive(paths, archive, RECEIVED)
    assert reception.exit_code == 0, (reception.refused, reception.findings)


def _settled(
    opened: Engine, archive: Path, cases: list[Worked], data: Path, folder: Path
) -> Iterator[tuple[Worked, Given]]:
    first = cases[0]
    scenario = folder / "files" / first.id / "scenario.toml"
    scenarios = (str(scenario),) if first.case.settings else ()
    case = first.case
    request = Request(archive, case.year, case.as_of, data, scenarios, case.regime, threads=1)
    try:
        data.mkdir()
        prepared = regimes.prepare(request)
        _, findings, _ = regimes.named(case.regime).compute(opened, prepared, data, SILENT)
    except QuotumError as error:
        yield first, Given(error.exit_code, {"refused.txt": f"{error}\n"})
        return
    aside = 3 if "message_contradicts_itself" in findings else 0
    for worked in cases:
        yield worked, Given(aside if worked.case.alone else 0, dict(read_files(data, worked.case)))


def read_files(data: Path, case: Case) -> Iterator[tuple[str, str]]:
    """The outcomes of a run about the employers of a case, as CSV and JSON.

    Args:
        data: The folder of its results.
        case: A case with numbers.
    """
    own = {row["LhNr"][:9] for row in case.deliveries["returns"]} | {
        row["rsin"] for row in case.deliveries["employers"]
    }
    for name, key in KEYS.items():
        path = data / f"{name}.parquet"
        if path.exists():
            rows: list[dict[str, Any]] = pq.read_table(path).to_pylist()
            yield f"{name}.csv", table_text([row for row in rows if row[key[0]][:9] in own], key)
    yield "macro.json", (data / "macro.json").read_text("utf-8")
