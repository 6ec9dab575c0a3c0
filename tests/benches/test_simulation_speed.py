"""A thousand points of a sweep over a base of the size of the country, and what one scenario costs beside a settlement.

Run by `make bench`. The base is made here: 650,000 employers with eight million returns and 250,000 people with
hours that count, in the proportions of the synthetic country.
"""

import time
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from quotum.generate.employers import HUNDRED_THOUSAND, SIZE_CLASSES
from quotum.law.wfsv.job_hours import DecemberHours
from quotum.simulate.compare import compare
from quotum.simulate.country import Country, Lines
from quotum.simulate.outcome import Reckoner
from quotum.simulate.plan import plan
from quotum.simulate.reduce import EMPLOYER_COLUMNS, DecemberCount
from quotum.simulate.request import SimulationRequest, Sweep
from quotum.simulate.sweeps import sweep_rows
from tests.benches import measure

EMPLOYERS, PEOPLE, RETURNS_PER_EMPLOYER, POINTS = 650_000, 250_000, 12, 1_000
YEAR, AS_OF = 2026, date(2027, 5, 1)
OF_A_SETTLEMENT = 14_000

pytestmark = pytest.mark.bench


def _country() -> Country:
    chance = np.random.default_rng(1)
    share = np.array([size_class[0] for size_class in SIZE_CLASSES]) / HUNDRED_THOUSAND
    low, high = np.array([size_class[1:] for size_class in SIZE_CLASSES]).T
    chosen = chance.choice(len(SIZE_CLASSES), EMPLOYERS, p=share / share.sum())
    employees = (low[chosen] + (high - low + 1)[chosen] * chance.random(EMPLOYERS) ** 2).astype(np.int64)
    wage = employees * chance.integers(28_000_00, 45_000_00, EMPLOYERS)
    hours = employees * 1_500
    unknown = chance.random(EMPLOYERS) < 0.08
    place = np.repeat(np.arange(EMPLOYERS), RETURNS_PER_EMPLOYER)
    base = (wage[place] // RETURNS_PER_EMPLOYER) + chance.integers(-5_000, 5_000, len(place))
    sector = np.where(chance.random(EMPLOYERS) < 0.06, 1, 2)
    target = np.minimum(hours, chance.integers(0, 60, EMPLOYERS) * employees)
    columns = {
        "rsin": pa.array(np.arange(EMPLOYERS) + 100_000_000),
        "sector": pa.array(np.where(sector == 1, "overheid", "niet-overheid")),
        "region": pa.nulls(EMPLOYERS, pa.string()),
        "started_on": pa.array([date(2001, 1, 1)] * EMPLOYERS, pa.date32()),
        "paid_hours": pa.array(hours),
        "target_hours": pa.array(target),
        "base_hours": pa.array(hours),
        "high_rows": pa.array(np.where(employees > 25, 1, 0)),
        "all_rows": pa.array(employees),
        "premium_wage_cents": pa.array(wage, mask=unknown),
        "employees": pa.array(employees),
    }
    december = {
        "overheid": DecemberHours(1_500_000, 90_000),
        "niet-overheid": DecemberHours(14_000_000, 900_000),
    }
    return Country(
        year=YEAR,
        table=pa.table(columns, schema=EMPLOYER_COLUMNS),
        sector=sector,
        employees=employees,
        paid_hours=hours,
        target_hours=target,
        base_hours=hours,
        return_place=place,
        return_base=base,
        corrections=(),
        now=DecemberCount(december, {}, {}),
        baseline=None,
    )


def _lines(country: Country) -> Lines:
    chance = np.random.default_rng(2)
    weights = country.employees / country.employees.sum()
    place = np.sort(chance.choice(EMPLOYERS, PEOPLE, p=weights)).astype(np.int64)
    hours = chance.integers(50, 2_000, PEOPLE)
    several = pa.table(
        {name: pa.array([], pa.int64()) for name in ("rsin", "bsn", "paid_hours")}
        | {"right": pa.array([], pa.string())}
    )
    return Lines(place, hours, several, place, hours, np.zeros(0, np.int64))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("simulation-bench")


@pytest.fixture(scope="module")
def archive(folder: Path) -> Path:
    """An archive of some two million rows, for what a settlement of it takes."""
    measure.command(
        "generate", "--employers", str(OF_A_SETTLEMENT), "--year", str(YEAR), "--seed", "1", "--format", "parquet",
        "--out", folder / "country",
    )  # fmt: skip
    side = [folder / "country" / f"{name}.csv" for name in ("register", "employers", "wage_bills", "traits")]
    returns = sorted((folder / "country").glob("returns-*.parquet"))
    measure.command("receive", *returns, *side, "--archive", folder / "archive", "--received", "2027-05-02T06:00:00")
    return folder / "archive"


SWEPT = {
    "rate": Sweep("wet_banenafspraak.surcharge_rate", "0.01", "10.00", "0.01"),
    "bonus_rate_budget": Sweep("wtl.bonus_rate", "1.01", "11.00", "0.01"),
    "small_limit": Sweep("wfsv.average_premium_wage", "33310", "43300", "10"),
}


def test_a_thousand_points_over_the_country(archive: Path) -> None:
    country = _country()
    lines, reckoner = _lines(country), Reckoner(country)
    for name, sweep in SWEPT.items():
        request = SimulationRequest(archive, YEAR, AS_OF, ("activated-budget",), sweeps=(sweep,))
        planned = plan(request)
        begun, busy = time.perf_counter(), time.process_time()
        rows = list(
            sweep_rows(planned, country, lambda item: reckoner.outcome(item.figured, lines), lambda _stage: None)
        )
        duration, busy = time.perf_counter() - begun, time.process_time() - busy
        assert len(rows) == POINTS
        sys_line = (
            f"sweep of {name}: {POINTS} points over {EMPLOYERS:,} employers, {len(country.return_base):,} returns"
        )
        print(f"{sys_line}: {duration:.1f} s, {busy:.1f} s of one processor")  # noqa: T201 - what a bench is for


def test_a_scenario_beside_a_settlement(archive: Path, folder: Path) -> None:
    settled = measure.command(
        "settle", "--archive", archive, "--year", str(YEAR), "--as-of", AS_OF, "--scenario", "activated-budget",
        "--threads", "2", "--out", folder / "run",
    )  # fmt: skip
    times = []
    for scenarios in ((), ("activated-budget",), tuple(["activated-budget"] * 21)):
        begun = time.perf_counter()
        compare(SimulationRequest(archive, YEAR, AS_OF, scenarios))
        times.append(time.perf_counter() - begun)
    first, _, many = times
    measure.report("settle 2 million rows", {"settle": settled}, "settle")
    item = (many - times[1]) / 20
    print(f"first pass {first:.1f} s; each further scenario {item * 1000:.0f} ms")  # noqa: T201
