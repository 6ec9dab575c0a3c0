"""The same rows give the same rows and findings in every form: XML, CSV, and Parquet of whatever program wrote it."""

import zipfile
from decimal import Decimal
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from quotum.intake.receive import receive
from tests.helpers import RECEIVED, ended, receive_command
from tests.rows import Row
from tests.written import CSV, DUTCH, PARQUET, ROWS, SPARK, Writer, in_fixtures, spark_session, with_spark

Result = dict[str, list[dict[str, object]]]
BY_OTHERS = ("polars", "fastparquet_int64", *map("spark_{}".format, SPARK))
INT96 = [form for form in PARQUET if "int96" in form]


def _result(folder: Path, paths: list[Path], dialect: str = "") -> Result:
    """Every table that came of files, and the findings."""
    with zipfile.ZipFile(folder / "all.zip", "w") as container:
        for number, path in enumerate(paths):
            container.write(path, str(number))
    reception = receive([folder / "all.zip"], folder / "archive", RECEIVED, dialect=dialect)
    assert (reception.refused, reception.members_refused) == ((), ())
    (rows,) = (folder / "archive" / "rows").iterdir()
    return {file.stem: pq.read_table(file).to_pylist() for file in sorted(rows.iterdir())}


def _written(folder: Path, write: Writer) -> list[Path]:
    """The rows of every kind, written by a program."""
    paths = [folder / f"{kind}.rows" for kind in ROWS]
    for kind, path in zip(ROWS, paths, strict=True):
        write(path, kind)
    return paths


@pytest.fixture(scope="module")
def expected(tmp_path_factory) -> Result:
    """What comes of the plain files."""
    folder = tmp_path_factory.mktemp("plain")
    return _result(folder, _written(folder, CSV["plain"]))


def _require_equal(result: Result, expected: Result, loose: bool = False) -> None:
    """The same tables and findings; a bad value that came in another case is shown so."""
    if loose:
        result, expected = _without_values(result), _without_values(expected)
    for name in expected:
        assert result[name] == expected[name], name
    assert result.keys() == expected.keys()


def _without_values(result: Result) -> Result:
    return result | {"findings": [row | {"value": None} for row in result["findings"]]}


def test_the_rows_are_good_and_bad(expected):
    """Or nothing is tested."""
    rejected = {row["member"] for row in expected["findings"] if row["level"] == "reject"}
    assert rejected == set(range(1, len(ROWS) + 1))
    assert {name.split("-")[0] for name in expected} >= ROWS.keys()


@pytest.mark.parametrize("form", CSV)
def test_csv(form, expected, tmp_path):
    _require_equal(_result(tmp_path, _written(tmp_path, CSV[form])), expected, "loose" in form)


@pytest.mark.parametrize("form", DUTCH)
def test_csv_of_the_dutch_dialect(form, expected, tmp_path):
    _require_equal(_result(tmp_path, _written(tmp_path, DUTCH[form]), "nl"), expected)


@pytest.mark.parametrize("form", [form for form in PARQUET if form not in INT96])
def test_parquet(form, expected, tmp_path):
    _require_equal(_result(tmp_path, _written(tmp_path, PARQUET[form])), expected, "loose" in form)


@pytest.mark.parametrize("form", BY_OTHERS)
def test_parquet_of_programs_that_are_not_here(form, expected, tmp_path):
    """Their files are in the fixtures (`python -m tests.written`)."""
    _require_equal(_result(tmp_path, [in_fixtures(form, kind) for kind in ROWS]), expected)


@pytest.mark.spark
@pytest.mark.parametrize("form", SPARK)
def test_parquet_of_spark(form, expected, tmp_path):
    session = spark_session()
    try:
        _require_equal(_result(tmp_path, [with_spark(session, tmp_path, kind, form) for kind in ROWS]), expected)
    finally:
        session.stop()


@pytest.mark.parametrize("form", [*INT96, "fastparquet"])
def test_old_moments_that_do_not_say_whether_they_are_local(form, tmp_path):
    """Only of what the library of Java writes it is known."""
    path = tmp_path / "returns.parquet"
    if form in INT96:
        PARQUET[form](path, "returns")
    output = ended(
        receive_command(tmp_path / "archive", path if form in INT96 else in_fixtures("fastparquet_int96")), 10
    )
    assert "DatTdAanm as INT96, which does not say whether its moments are local or of UTC" in output


# XML.


def _xml() -> str:
    """The rows as one message."""
    first = ROWS["returns"][0]
    bericht = _elements(first, "IdBer", "DatTdAanm")
    when = _elements(first, "DatAanvTv", "DatEindTv")
    totals = "".join(f"<Tot{name}>{_total(name)}</Tot{name}>" for name in AMOUNTS)
    return (
        '<Loonaangifte xmlns="http://xml.belastingdienst.nl/schemas/Loonaangifte/2026/01" version="2.0">'
        f"<Bericht>{bericht}</Bericht><AdministratieveEenheid>{_elements(first, 'LhNr')}<TijdvakAangifte>{when}"
        f"<VolledigeAangifte><CollectieveAangifte>{totals}</CollectieveAangifte>"
        f"{''.join(map(_relation, ROWS['returns']))}</VolledigeAangifte>"
        "</TijdvakAangifte></AdministratieveEenheid></Loonaangifte>"
    )


AMOUNTS = ("LnSV", "PrlnAofAnwLg", "PrlnAofAnwHg", "PrlnAofAnwUit")


def _total(name: str) -> int:
    """Of the rows that are accepted, cut off to whole euros."""
    return int(sum(Decimal(row[name]) for row in ROWS["returns"] if row["NumIV"] not in REJECTED))


def _elements(row: Row, *names: str) -> str:
    return "".join(f"<{name}>{row[name]}</{name}>" for name in names if row.get(name))


def _relation(row: Row) -> str:
    period = _elements(row, "SrtIV", "CdAard", *REQUESTS, "IndWAO", "IndWW", "IndZW")
    return (
        f"<InkomstenverhoudingInitieel>{_elements(row, 'NumIV', 'DatAanv', 'DatEind', 'PersNr')}"
        f"<NatuurlijkPersoon>{_elements(row, 'SofiNr', 'Gebdat')}<Nat>1</Nat></NatuurlijkPersoon>"
        f"<Inkomstenperiode><DatAanv>2026-01-01</DatAanv>{period}</Inkomstenperiode>"
        f"<Werknemersgegevens>{_elements(row, *AMOUNTS, 'AantVerlU')}</Werknemersgegevens>"
        "</InkomstenverhoudingInitieel>"
    )


REQUESTS = ("IndAvrLkvOudrWn", "IndAvrLkvAgWn", "IndAvrLkvDgBaf", "IndAvrLkvHpAgWn")
REJECTED = ("5", "6", "7", "10000", "8", "9")


def test_xml(tmp_path):
    for name in ("xml", "csv"):
        (tmp_path / name).mkdir()
    (tmp_path / "xml" / "rows").write_text(_xml())
    CSV["plain"](tmp_path / "csv" / "rows", "returns")
    _require_equal(*(_result(tmp_path / name, [tmp_path / name / "rows"]) for name in ("xml", "csv")))
