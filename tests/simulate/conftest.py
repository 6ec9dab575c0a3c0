"""One small country of two years, with everything that can be delivered, for all tests of simulation."""

import csv
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from quotum.generate.country import generate
from quotum.simulate.plan import plan
from quotum.simulate.request import SimulationRequest
from quotum.simulate.session import session
from tests.helpers import take_in

YEAR = 2026
AS_OF = date(2027, 5, 1)
EMPLOYERS = 90


def write(path: Path, names: str, rows) -> Path:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(names.split(","))
        writer.writerows(rows)
    return path


def _asking_twice(folder: Path) -> pa.Table:
    """Let every request for the jobs agreement be one for disabled workers too; gives the returns of the year."""
    tables = []
    for path in sorted(folder.glob("returns-*.parquet")):
        table = pq.read_table(path)
        place = table.schema.get_field_index("IndAvrLkvAgWn")
        table = table.set_column(place, table.schema.field(place), table["IndAvrLkvDgBaf"])
        pq.write_table(table, path)
        tables += [] if "2012" in path.name else [table]
    return pa.concat_tables(tables)


def _declarations(folder: Path) -> list[tuple[str, ...]]:
    """Half of the people of the register declared for the jobs agreement, a third as disabled too."""
    with (folder / "register.csv").open(encoding="utf-8") as stream:
        persons = [row["bsn"] for row in csv.DictReader(stream)]
    declared = [(bsn, "jobs_agreement", "2015-01-01", "") for bsn in persons[::2]]
    return declared + [(bsn, "disabled", "2010-01-01", "") for bsn in persons[::3]]


def _give_starters_a_wage(folder: Path) -> list[str]:
    """A wage of t-2, far above every limit, beside the start of two that began in the year before; gives both."""
    with (folder / "employers.csv").open(encoding="utf-8") as stream:
        starters = [row["rsin"] for row in csv.DictReader(stream) if row["started_on"] >= f"{YEAR - 1}"][:2]
    path = folder / "wage_bills.csv"
    with path.open(encoding="utf-8") as stream:
        names, *bills = csv.reader(stream)
    kept = [bill for bill in bills if bill[0] not in starters]
    write(path, ",".join(names), [*kept, *((starter, YEAR - 2, "5000000.00") for starter in starters)])
    return starters


@pytest.fixture(scope="session")
def country(tmp_path_factory) -> Path:
    """Folder with `archive` and the deliveries of both years."""
    place = tmp_path_factory.mktemp("simulated")
    for year in (YEAR - 1, YEAR):
        generate(EMPLOYERS, year, 5, place / str(year), "parquet", people=2_600)
    folder = place / str(YEAR)
    _asking_twice(place / str(YEAR - 1))
    returns = _asking_twice(folder)
    numbers, starts, ends = (returns[name].to_pylist() for name in ("LhNr", "DatAanvTv", "DatEindTv"))
    rsins = sorted({number[:9] for number in numbers})
    starters = _give_starters_a_wage(folder)
    moves = [(rsins[3], rsins[4], "2025-05-01", "0.4"), (rsins[7], rsins[9], "2025-01-01", "0.25")]
    moves += [(starters[1], rsins[9], "2025-12-31", "0.1")]
    periods = sorted(set(zip(numbers, starts, ends, strict=True)))
    more = [
        write(folder / "declarations.csv", "bsn,category,from,until", _declarations(folder)),
        write(folder / "transfers.csv", "from_rsin,to_rsin,on,share", moves),
        write(
            folder / "deductions.csv",
            "lhnr,period_start,period_end,amount",
            [(*key, "150.00") for key in periods[::5]],
        ),
    ]
    earlier = [path for path in sorted((place / str(YEAR - 1)).glob("returns-*.parquet")) if "2012" not in path.name]
    side = [folder / f"{name}.csv" for name in ("register", "employers", "wage_bills", "traits")]
    take_in(place / "archive", earlier, datetime.fromisoformat("2026-05-01T06:00:00"))
    take_in(place / "archive", [*sorted(folder.glob("returns-*.parquet")), *side, *more])
    return place


@pytest.fixture(scope="session")
def larger(tmp_path_factory) -> Path:
    """Folder with `archive` and `scenario.toml` of a country in which groups have ten employers and more."""
    place = tmp_path_factory.mktemp("larger")
    generate(2_000, YEAR, 5, place / "country", "parquet", people=80_000)
    side = [place / "country" / f"{name}.csv" for name in ("register", "employers", "wage_bills", "traits")]
    take_in(place / "archive", [*sorted((place / "country").glob("returns-*.parquet")), *side])
    (place / "scenario.toml").write_bytes((place / "country" / "scenario.toml").read_bytes())
    return place


@pytest.fixture(scope="session")
def archive(country) -> Path:
    return country / "archive"


@pytest.fixture(scope="session")
def targets(country) -> Path:
    """A scenario at the scale of the country, activated and in balance."""
    return country / str(YEAR) / "scenario.toml"


def request_of(archive: Path, *scenarios: object, year=YEAR, **more) -> SimulationRequest:
    as_of = AS_OF.replace(year=year + 1)
    return SimulationRequest(archive, year, as_of, tuple(str(scenario) for scenario in scenarios), threads=1, **more)


def outcomes(archive: Path, *scenarios: object, **more):
    """The country and what each scenario comes to, the law first."""
    planned = plan(request_of(archive, *scenarios, **more))
    with session(planned) as working:
        result = [working.outcome(alternative) for alternative in planned.alternatives]
        return working, result
