"""quotum beside other programs: the same rows, the same answers, one run, as a Markdown table.

`python -m tests.benches.peers --employers 20000 --openfisca .venv-openfisca/bin/python`

Every line is a whole process from start to end, the files read once before. A peer whose answer differs from the
settlement in any value of any employer ends the bench with an error.
"""

import argparse
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pyarrow.parquet as pq

from tests.benches import countries, machine, measure
from tests.benches.bench_loonaangifte import write_return
from tests.benches.countries import Country
from tests.benches.measure import Measured
from tests.benches.peers import answers

HEAD = """\
| what | rows | wall s | processor s | peak MB | rows a second | beside |
|---|---:|---:|---:|---:|---:|---|"""
BARE = "bare sum"
LXML = "lxml loop"
OPENFISCA = "openfisca-core, the rules over rows in force"


class Line(NamedTuple):
    """A line of the table."""

    name: str
    """What was measured."""
    rows: int
    """Rows it went over."""
    measured: Measured
    """What it took."""
    beside: tuple[str, Measured] | None = None
    """Name and figures of what it is compared with."""

    def text(self) -> str:
        """The line in Markdown."""
        seconds, processor, megabytes = self.measured
        ratio = ""
        if self.beside is not None:
            name, other = self.beside
            ratio = f"{seconds / other.seconds:.1f} x {name}, processor {processor / other.processor_seconds:.1f} x"
        figures = f"{self.rows:,} | {seconds:,.1f} | {processor:,.1f} | {megabytes:,} | {self.rows / seconds:,.0f}"
        return f"| {self.name} | {figures} | {ratio} |"


def peer(module: str, rows: Path, country: Country, python: str = sys.executable) -> Measured:
    """Run a peer; its answer must be that of the settlement."""
    out = country.folder / f"{module}.parquet"
    measured = measure.process(python, "-m", f"tests.benches.peers.{module}", str(rows), str(country.run), str(out))
    answers.require_equal(module, answers.read(out), answers.read(country.run / "data" / "settlement.parquet"))
    return measured


def bare_sum(country: Country) -> Measured:
    """The bare sum, with the files in memory as they are for what comes after it."""
    command = (sys.executable, "-m", "tests.benches.peers.bare_sum", str(country.rows), str(countries.YEAR))
    measure.process(*command)
    return measure.process(*command)


def country_lines(country: Country, received: Measured, say: Callable[[str], None]) -> list[Line]:
    """quotum, pandas and Polars over one country that was received."""
    rows = country.number_of_rows()
    bare = bare_sum(country)
    settled = countries.settle(country)
    say("quotum settled; now pandas and Polars")
    result = {
        "quotum settle": settled,
        "pandas, file by file": peer("with_pandas", country.rows, country),
        "Polars, streaming": peer("with_polars", country.rows, country),
        "quotum receive (Parquet to archive)": received,
    }
    lines = [Line("bare DuckDB sum, no rules", rows, bare)]
    return [*lines, *(Line(name, rows, measured, (BARE, bare)) for name, measured in result.items())]


def openfisca_line(country: Country, python: Path, bare: Measured) -> Line:
    """OpenFisca over the rows in force of a country that was settled."""
    facts = country.folder / "facts"
    module = "tests.benches.peers.rows_in_force"
    measure.process(sys.executable, "-m", module, str(country.rows), str(country.run), str(facts))
    measured = peer("with_openfisca", facts, country, str(python))
    return Line(OPENFISCA, pq.read_metadata(facts / "rows.parquet").num_rows, measured, (BARE, bare))


def smaller_country_lines(folder: Path, employers: int, python: Path) -> list[Line]:
    """OpenFisca over a smaller country, beside settling that one."""
    country, _ = countries.generate(folder, employers)
    countries.receive(country)
    bare, rows = bare_sum(country), country.number_of_rows()
    settled = countries.settle(country)
    return [
        Line(f"bare DuckDB sum, {employers:,} employers", rows, bare),
        Line(f"quotum settle, {employers:,} employers", rows, settled, (BARE, bare)),
        openfisca_line(country, python, bare),
    ]


def openfisca_lines(country: Country, asked: argparse.Namespace, folder: Path, bare: Line) -> list[Line]:
    """The lines of OpenFisca: over this country, or over a smaller one where this is large."""
    if asked.employers > asked.openfisca_employers:
        return smaller_country_lines(folder / "fewer", asked.openfisca_employers, asked.openfisca)
    return [openfisca_line(country, asked.openfisca, bare.measured)]


def xml_lines(folder: Path, relations: int) -> list[Line]:
    """A payroll return in XML to sealed archive, beside reading the same fields with lxml and keeping nothing."""
    delivery = folder / "return.xml"
    write_return(delivery, relations)
    loop = measure.process(sys.executable, "-m", "tests.benches.lxml_loop", str(delivery))
    received = measure.command(
        "receive", delivery, "--archive", folder / "archive", "--received", "2027-05-02T06:00:00"
    )
    return [
        Line("lxml loop over XML, keeps nothing", relations, loop),
        Line("quotum receive (XML to archive)", relations, received, (LXML, loop)),
    ]


def table(lines: list[Line], openfisca: Path | None, employers: int) -> str:
    """The table with machine and commands."""
    body = "\n".join(line.text() for line in lines)
    country = f"--employers {employers} --year {countries.YEAR} --seed {countries.SEED}"
    settled = f"received with {', '.join(countries.BESIDE)}, settled as of {countries.AS_OF} with its scenario.toml"
    return (
        f"{employers:,} employers, by `BENCH_EMPLOYERS={employers} make bench` on {machine.described(openfisca)}. Made "
        f"by `quotum generate {country} --format parquet`, {settled}.\n\n{HEAD}\n{body}"
    )


def arguments() -> argparse.Namespace:
    """What was asked."""
    parser = argparse.ArgumentParser(prog="python -m tests.benches.peers", description=__doc__)
    parser.add_argument("--employers", type=int, default=20_000, help="employers of the country (default 20000)")
    parser.add_argument("--openfisca", type=Path, help="Python with openfisca-core; left out, so is OpenFisca")
    parser.add_argument("--openfisca-employers", type=int, default=20_000, help="employers for OpenFisca, at most")
    parser.add_argument("--xml-rows", type=int, default=100_000, help="income relations in the XML return")
    parser.add_argument("--folder", type=Path, help="where to work (default: the temporary folder); emptied after")
    return parser.parse_args()


def main() -> None:
    """Measure, compare, print."""
    asked = arguments()
    folder = Path(tempfile.mkdtemp(prefix="quotum-bench-", dir=asked.folder))

    def say(text: str) -> None:
        print(text, file=sys.stderr, flush=True)  # noqa: T201 - says how far it is

    try:
        country, _ = countries.generate(folder / "whole", asked.employers)
        received = countries.receive(country)
        say(f"{country.number_of_rows():,} rows received in {received.seconds:.0f} s")
        lines = country_lines(country, received, say)
        if asked.openfisca is not None:
            say("now OpenFisca")
            lines += openfisca_lines(country, asked, folder, lines[0])
        countries.remove(country.folder)
        say("now XML")
        (folder / "xml").mkdir()
        lines += xml_lines(folder / "xml", asked.xml_rows)
    finally:
        countries.remove(folder)
    print(table(lines, asked.openfisca, asked.employers))  # noqa: T201 - what a bench is for


if __name__ == "__main__":
    main()
