"""Other programs answer what the settlement says, to the cent: otherwise nothing is compared by measuring them."""

import subprocess
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from tests.benches import countries
from tests.benches.countries import YEAR, Country
from tests.benches.peers import answers, figures, rows_in_force, with_pandas
from tests.benches.peers.answers import AnswerDiffers, require_equal

WITHDRAWAL = ("IdBer", "DatTdAanm", "Soort", "LhNr", "DatAanvTv", "DatEindTv", "NumIV", "SofiNr", "PersNr")
HOUSE = Path(__file__).parents[2]
OPENFISCA = HOUSE / ".venv-openfisca" / "bin" / "python"


def corrected_again(returns: pa.Table) -> pa.Table:
    """Corrections of corrections: made later, at the same moment under a later name, and withdrawals."""
    corrections = returns.filter(pc.and_(pc.equal(returns["Soort"], "C"), pc.equal(returns["Actie"], "I"))).to_pylist()
    for number, row in enumerate(corrections):
        row["IdBer"] += "-again"
        row["DatTdAanm"] += timedelta(days=0 if number % 3 else 1)
        row["AantVerlU"] += 8
        row["PrlnAofAnwLg"] += 100
        if number % 3 == 2:
            row.update({name: None for name in row if name not in WITHDRAWAL}, Actie="X")
    return pa.Table.from_pylist(corrections, returns.schema)


def deduction_above_base(returns: pa.Table, known: str) -> str:
    """A line of `deductions.csv`: far above the base of a return of the payroll tax number with the most rows."""
    number, _ = max(Counter(returns["LhNr"].to_pylist()).items(), key=lambda counted: counted[1])
    rows = returns.filter(pc.equal(returns["LhNr"], number)).select(["DatAanvTv", "DatEindTv"]).to_pylist()
    periods = sorted({(str(row["DatAanvTv"]), str(row["DatEindTv"])) for row in rows})
    start, end = next(period for period in periods if f"{number},{period[0]}" not in known)
    return f"{number},{start},{end},99999999.99\n"


@pytest.fixture(scope="module")
def country(tmp_path_factory) -> Country:
    """A generated country, and what the generator does not make."""
    country, _ = countries.generate(tmp_path_factory.mktemp("peers"), 200)
    returns = pq.read_table(country.deliveries / f"returns-{YEAR}-0001.parquet")
    pq.write_table(corrected_again(returns), country.deliveries / f"returns-{YEAR}-0002.parquet")
    deductions = country.deliveries / "deductions.csv"
    known = deductions.read_text("utf-8")
    deductions.write_text(known + deduction_above_base(returns, known), "utf-8")
    countries.receive(country)
    countries.settle(country)
    return country


@pytest.fixture(scope="module")
def settled(country) -> pa.Table:
    return answers.read(country.run / "data" / "settlement.parquet")


def test_the_country_has_what_makes_an_answer_difficult(country, settled):
    corrections = pq.read_table(country.rows / f"corrections-{YEAR}-0001.parquet")
    assert set(corrections["action"].to_pylist()) == {"I", "X"}
    about = [*with_pandas.RELATION, "personnel_number", "period_start", "period_end"]
    assert corrections.group_by(about).aggregate([]).num_rows < corrections.num_rows - 100
    fragments = pq.read_table(country.rows / "fragments.parquet")
    filings = fragments.filter(pc.equal(fragments["return_kind"], "V")).group_by(["payroll_tax_number", "period_start"])
    assert pc.max(filings.aggregate([([], "count_all")])["count_all"]).as_py() > 1
    assert pc.max(fragments["filed_at"]).as_py() >= figures.read(country.run).filed_before
    assert all(pq.read_metadata(country.rows / f"{name}-0001.parquet").num_rows for name in countries.BESIDE)
    assert set(settled["small_ground"].to_pylist()) == {"starter", "wage_bill", "declared_class"}
    for column in ("target_group_hours", "surcharge_cents", "lkv_cents", "bonus_cents"):
        assert pc.sum(settled[column]).as_py() > 0


def answer_of(module: str, rows: Path, country: Country, out: Path, python: Path | str = sys.executable) -> pa.Table:
    """The answer of a peer, run as `make bench` runs it."""
    command = [python, "-m", f"tests.benches.peers.{module}", rows, country.run, out]
    subprocess.run([str(part) for part in command], check=True, cwd=HOUSE)
    return answers.read(out)


def test_pandas_answers_the_same(country, settled, tmp_path):
    answer = answer_of("with_pandas", country.rows, country, tmp_path / "answer.parquet")
    assert require_equal("pandas", answer, settled) == 200


@pytest.mark.bench
def test_polars_answers_the_same(country, settled, tmp_path):
    pytest.importorskip("polars", reason="make bench installs it")
    answer = answer_of("with_polars", country.rows, country, tmp_path / "answer.parquet")
    assert require_equal("Polars", answer, settled) == 200


@pytest.mark.bench
@pytest.mark.skipif(not OPENFISCA.exists(), reason="make bench sets up .venv-openfisca")
def test_openfisca_answers_the_same(country, settled, tmp_path):
    rows_in_force.write(country.rows, figures.read(country.run), tmp_path)
    answer = answer_of("with_openfisca", tmp_path, country, tmp_path / "answer.parquet", OPENFISCA)
    assert require_equal("openfisca-core", answer, settled) == 200


@pytest.mark.parametrize("column", [name for name in figures.ANSWER if name not in ("rsin", "small_ground")])
def test_one_value_of_one_employer_is_enough_to_differ(settled, column):
    values = settled[column].to_pylist()
    place = next(place for place, value in enumerate(values) if value is not None)
    values[place] = not values[place] if column == "small_employer" else values[place] + 1
    wrong = settled.set_column(settled.column_names.index(column), column, pa.array(values, settled[column].type))
    with pytest.raises(AnswerDiffers, match=f"somebody: differs in {column} of 1 of 200 employers"):
        require_equal("somebody", wrong, settled)


def test_nothing_differs_from_an_amount(settled):
    known = settled["premium_wage_t2_cents"]
    assert known.null_count
    filled = settled.set_column(3, "premium_wage_t2_cents", pc.fill_null(known, 0))
    with pytest.raises(AnswerDiffers, match=f"premium_wage_t2_cents of {known.null_count} of 200"):
        require_equal("somebody", filled, settled)


def test_an_employer_too_few_differs(settled):
    with pytest.raises(AnswerDiffers, match="not the same employers, 199 and 200"):
        require_equal("somebody", settled.slice(1), settled)
