"""For notebooks: the same numbers as the commands, as pandas frames.

    import quotum
    found = quotum.compare("archive", 2026, "2027-05-01", ["activated-budget"])
    found.comparison                # a row per scenario; amounts in cents
    run = quotum.read_run("run-2026")
    run.settlement                  # a row per employer

Whole numbers stay whole: frames have Arrow types, in which an absent value turns nothing into a float. What
a column means, `quotum tables` says, and `quotum.columns(name)` gives as a frame.
"""

import json
from collections.abc import Iterable
from datetime import date
from os import PathLike
from pathlib import Path
from typing import Any, Final

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from attrs import frozen

from quotum import tables
from quotum.comparison.record import BEHAVIOUR, Comparison
from quotum.comparison.tables import SIMULATION_TABLES
from quotum.errors import WrongUse
from quotum.run_folder.bag import require_unaltered
from quotum.run_folder.reader import require_run
from quotum.simulate.compare import compare as compare_tables
from quotum.simulate.request import SimulationRequest
from quotum.simulate.sweeps import parse_sweep

Place = str | PathLike[str]


@frozen(eq=False)
class Compared:
    """A comparison as frames, each with the columns of the table of the same name (`quotum.columns`)."""

    comparison: pd.DataFrame
    """Headline figures, a row per scenario; `law` first."""
    groups: pd.DataFrame
    """All employers, by sector, employees, wage bill and region."""
    cliffs: pd.DataFrame
    """Bands just below and above a limit."""
    distribution: pd.DataFrame
    """Net amount per employee."""
    shares: pd.DataFrame
    """Surcharge against bonus by share of target-group hours."""
    sweep: pd.DataFrame
    """Points of a sweep."""
    ranges: pd.DataFrame
    """Outcomes at both ends of figures given as a range."""
    parameters: pd.DataFrame
    """What each scenario reads, and where it differs."""
    assumptions: pd.DataFrame
    """What the figures rest on that is not law."""
    measures: pd.DataFrame
    """Cost of measures by published numbers."""
    panel: pd.DataFrame
    """The law over the published figures of the past."""
    tables: Comparison
    """The same as Arrow tables."""
    note: str = BEHAVIOUR
    """What these figures say nothing about."""


@frozen(eq=False)
class Run:
    """A finished run as frames, each with the columns of the table of the same name (`quotum.columns`)."""

    settlement: pd.DataFrame
    """A row per employer."""
    bonus_lines: pd.DataFrame
    """A row per employer and person."""
    other_lkv_lines: pd.DataFrame
    """A row per employer, person and other category."""
    surcharge_lines: pd.DataFrame
    """A row per payroll tax number and period of employers that owe."""
    quality: pd.DataFrame
    """A row per finding."""
    parameters: pd.DataFrame
    """A row per parameter used."""
    macro: dict[str, Any]
    """What `macro.json` holds; jobs are strings with two decimals."""
    simulation: bool
    """Whether a scenario set any parameter."""


_FRAMES: Final = ("settlement", "bonus_lines", "other_lkv_lines", "surcharge_lines", "quality")


def compare(
    archive: Place,
    year: int,
    as_of: date | str,
    scenarios: Iterable[str] = (),
    *,
    known_on: date | str | None = None,
    baseline: str | None = None,
    sweep: str | Iterable[str] = (),
    solve: str | None = None,
    basis: Iterable[str] = (),
    threads: int | None = None,
) -> Compared:
    """Scenarios beside the law as it is, as `quotum simulate` compares them; nothing is settled or decided.

    Args:
        archive: Folder of the archive.
        year: Calendar year.
        as_of: Returns count as filed by the end of this day.
        scenarios: Files or shipped names, each an alternative; `a+b` merges two.
        known_on: Deliveries and parameters as known on this day.
        baseline: `counted`, `national` or `none`; counted when the archive holds returns of December 2012, otherwise
            national, when left out.
        sweep: One or two of PARAMETER=FROM:TO:STEP.
        solve: `balance` or `budget`, for the surcharge rate of every scenario.
        basis: Scenarios that hold for the law as it is too.
        threads: Number of threads; all when None.

    Raises:
        QuotumError: Something is wrong with what was asked, a scenario or the archive; each kind has its exit code.
    """
    sweeps = (sweep,) if isinstance(sweep, str) else tuple(sweep)
    request = SimulationRequest(
        archive=Path(archive),
        year=year,
        as_of=_day(as_of),
        scenarios=(scenarios,) if isinstance(scenarios, str) else tuple(str(scenario) for scenario in scenarios),
        known_on=None if known_on is None else _day(known_on),
        baseline=baseline,
        sweeps=tuple(parse_sweep(text) for text in sweeps),
        solve=solve,
        basis=tuple(str(scenario) for scenario in basis),
        threads=threads,
    )
    result = compare_tables(request)
    return Compared(**{declared.name: _frame(result.table(declared)) for declared in SIMULATION_TABLES}, tables=result)


def read_run(path: Place) -> Run:
    """A finished run, checked against its digests.

    Args:
        path: Folder of the run.

    Raises:
        WrongUse: It is no run of quotum.
        CannotCertify: A byte of it was altered.
    """
    folder = Path(path)
    require_run(folder)
    tables = (f"data/{name}.parquet" for name in _FRAMES)
    require_unaltered(folder, "nothing of it is read", (*tables, "data/run.json", "data/macro.json"))
    data = folder / "data"
    record = json.loads((data / "run.json").read_text("utf-8"))
    frames = {name: _frame(pq.read_table(data / f"{name}.parquet")) for name in _FRAMES}
    return Run(
        **frames,
        parameters=_frame(pa.Table.from_pylist(record["parameters"])),
        macro=json.loads((data / "macro.json").read_text("utf-8")),
        simulation=record["simulation"],
    )


def columns(name: str) -> pd.DataFrame:
    """Lists the columns of a table: name, unit, whether it may be empty, and its meaning.

    Args:
        name: Name of a table, such as `comparison` or `settlement`.

    Raises:
        WrongUse: There is no such table.
    """
    declared = (*tables.RUN_TABLES, *SIMULATION_TABLES, *tables.DELIVERIES)
    table = next((table for table in declared if table.name == name), None)
    if table is None:
        names = ", ".join(dict.fromkeys(table.name for table in declared))
        raise WrongUse(f"no table is named {name}; there are {names}")
    rows = [
        {"column": column.name, "unit": column.unit, "null": column.null, "meaning": column.meaning}
        for column in table.columns
    ]
    return pd.DataFrame(rows)


def _frame(table: pa.Table) -> pd.DataFrame:
    return table.to_pandas(types_mapper=pd.ArrowDtype)


def _day(day: date | str) -> date:
    return date.fromisoformat(day) if isinstance(day, str) else day


__all__ = ["Compared", "Run", "columns", "compare", "read_run"]
