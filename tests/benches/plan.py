"""Ten years on paper: computes `jobs/PLANNING.md` from the figures in `measured.toml`.

`python -m tests.benches.plan` writes the page; `--show` prints it instead.
"""

import argparse
import tomllib
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import Environment, StrictUndefined

HERE = Path(__file__).parent
PAGE = HERE.parents[1] / "jobs" / "PLANNING.md"
YEARS, NUMBERS, ROWS, SCENARIOS = 10, 720_000, 200_000_000, 1_000
LATE_SHARE, YEARS_TO_REVISE, MONTHS = 0.015, 5, 12
BEFORE_REVISIONS = 2
"""The preliminary overview and the decision."""
CORES = (16, 64, 256)
MILLION, GIGABYTE, SECONDS_AN_HOUR = 1e6, 1e9, 3600


class Figure(NamedTuple):
    """A measured figure."""

    text: str
    """What was measured."""
    value: float
    """How much."""
    unit: str
    """Of what."""
    where: str
    """Where it was measured."""
    placeholder: bool
    """Whether it is to be replaced."""

    @property
    def shown(self) -> str:
        """The figure with its unit."""
        return f"{self.value:,} {self.unit}"


class Storage(NamedTuple):
    """Gigabytes of a part of the archive."""

    name: str
    year: float

    @property
    def total(self) -> float:
        """Over all years."""
        return self.year * YEARS

    @property
    def months(self) -> float:
        """GB-months until the end of the last year."""
        return self.year * MONTHS * years_held()


class Work(NamedTuple):
    """A command that is given some number of times."""

    name: str
    once: float
    times: float

    @property
    def hours(self) -> float:
        """Over all years."""
        return self.once * self.times


class Cluster(NamedTuple):
    """All settlements on a number of cores."""

    cores: int
    seconds: float
    runs: int

    @property
    def minutes(self) -> float:
        """Of a settlement."""
        return self.seconds / 60

    @property
    def core_hours(self) -> float:
        """Of a settlement."""
        return self.seconds * self.cores / SECONDS_AN_HOUR

    @property
    def all_hours(self) -> float:
        """Of all settlements, one after another."""
        return self.seconds * self.runs / SECONDS_AN_HOUR

    @property
    def all_core_hours(self) -> float:
        """Of all settlements."""
        return self.core_hours * self.runs


def years_held() -> int:
    """For how many whole years what each year added is held, all years together."""
    return sum(range(YEARS))


def read_measured() -> tuple[dict[str, Any], dict[str, Figure]]:
    """What was measured: machine and way, and figures by name."""
    result = tomllib.loads((HERE / "measured.toml").read_text("utf-8"))
    about = {name: value for name, value in result.items() if not isinstance(value, dict)}
    figures = {
        name: Figure(row["text"], row["value"], row["unit"], row["from"], row.get("placeholder", False))
        for name, row in result.items()
        if isinstance(row, dict)
    }
    return about, figures


def storage(figures: dict[str, Figure], runs: dict[str, int]) -> list[Storage]:
    """Gigabytes by part; `runs` are settlements of a year by how often it is revised."""
    filed = ROWS * (1 + LATE_SHARE * YEARS_TO_REVISE)

    def of_rows(name: str, rows: float) -> float:
        return figures[name].value * rows / GIGABYTE

    of_run = figures["run"].value * NUMBERS / GIGABYTE
    return [
        Storage("originals as XML in zip", of_rows("originals_xml", filed)),
        Storage("originals as Parquet, instead", of_rows("originals_parquet", filed)),
        Storage("derived rows, messages and sums", of_rows("derived", filed)),
        *(Storage(f"runs, revised every {often}", of_run * number) for often, number in runs.items()),
        Storage("bases of simulations", of_rows("basis", ROWS)),
    ]


def work(figures: dict[str, Figure], runs: dict[str, int]) -> list[Work]:
    """Hours by command."""
    larger = ROWS / figures["rows"].value
    filed = YEARS * (1 + LATE_SHARE * YEARS_TO_REVISE)

    def hours(name: str, times: float = larger) -> float:
        return figures[name].value * times / SECONDS_AN_HOUR

    of_employers = NUMBERS / figures["employers"].value
    settled = [Work(f"settle, revised every {often}", hours("settle"), YEARS * runs[often]) for often in runs]
    few = YEARS * runs["year"]
    return [
        Work("receive a year from XML", hours("receive_xml", ROWS / 100_000), filed),
        Work("receive a year from Parquet, instead", hours("receive"), filed),
        *settled,
        Work("repeat every run once, of the yearly ones", hours("replay"), few),
        Work("compare a run with the one before it, of the yearly ones", hours("diff", of_employers), few - YEARS),
        Work("simulate: bring the rows of a year together", hours("simulate"), YEARS),
        Work(f"simulate: {SCENARIOS:,} scenarios of a year", hours("scenarios", SCENARIOS / 100 * of_employers), YEARS),
    ]


def page() -> str:
    """The page in Markdown."""
    about, figures = read_measured()
    runs = {"year": BEFORE_REVISIONS + YEARS_TO_REVISE, "month": BEFORE_REVISIONS + YEARS_TO_REVISE * MONTHS}
    held, work_done = storage(figures, runs), work(figures, runs)
    xml, parquet, derived, few_runs, _, bases = held
    from_xml, _, settled, settled_monthly, repeated, compared, *simulated = work_done
    hours = from_xml.hours + settled.hours + sum(item.hours for item in (repeated, compared, *simulated))
    processor = figures["spark"].value * ROWS / MILLION
    start = figures["spark_start"].value
    plan = {
        "years": YEARS, "numbers": NUMBERS, "rows": ROWS, "scenarios": SCENARIOS, "late_share": LATE_SHARE,
        "received_rows": ROWS * YEARS * (1 + LATE_SHARE * YEARS_TO_REVISE),
        "few_runs": runs["year"], "many_runs": runs["month"], "storage": held, "work": work_done,
        "years_held": years_held(), "xml_times": xml.year / parquet.year, "memory": figures["settle_memory"].value,
        "machine_hours": hours, "machine_hours_year": hours / YEARS,
        "machine_hours_monthly": hours - settled.hours + settled_monthly.hours,
        "night": from_xml.once + settled.once + repeated.once + compared.once,
        "settle_minutes": settled.once * 60, "settle_core_hours": settled.once * about["cores"],
        "scenarios_settled": settled.once * SCENARIOS * YEARS,
        "cluster": [Cluster(cores, start + processor / cores, runs["year"] * YEARS) for cores in CORES],
        "derived_total": derived.total,
        "gigabyte_months": sum(item.months for item in (xml, derived, few_runs, bases)),
    }  # fmt: skip
    known = {
        **about,
        "figures": list(figures.values()),
        "placeholders": any(figure.placeholder for figure in figures.values()),
    }
    words = Environment(undefined=StrictUndefined, keep_trailing_newline=True, autoescape=False)  # noqa: S701 - Markdown
    return words.from_string((HERE / "planning.md.jinja").read_text("utf-8")).render(plan=plan, measured=known)


def main() -> None:
    """Write or show the page."""
    parser = argparse.ArgumentParser(prog="python -m tests.benches.plan", description=__doc__)
    parser.add_argument("--show", action="store_true", help="print the page instead of writing it")
    if parser.parse_args().show:
        print(page())  # noqa: T201 - what was asked
    else:
        PAGE.write_text(page(), "utf-8")


if __name__ == "__main__":
    main()
