"""Flat deliveries as other packages write them: right, or refused; never guessed."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.helpers import (
    discreet,
    ended,
    files_under,
    quotum,
    receive_command,
    rows_of,
    settled,
    take_in,
    write_csv,
    write_parquet,
)
from tests.rows import PERSON, WAGE, Row, cells, csv_text, header

SPOLISBUS = {
    "LhNr": "SLHNR", "DatAanvTv": "SDATUMAANVANGIKO", "DatEindTv": "SDATUMEINDEIKO", "DatAanv": "SDATUMAANVANGIKV",
    "DatEind": "SDATUMEINDEIKV", "AantVerlU": "SAANTVERLU", "LnSV": "SLNSV", "SrtIV": "SSRTIV", "CdAard": "SCDAARD",
    "PrlnAofAnwLg": "SPRLNAOFANWLG", "PrlnAofAnwHg": "SPRLNAOFANWHG", "PrlnAofAnwUit": "SPRLNAOFANWUIT",
    "IndAvrLkvOudrWn": "SIndAvrLkvOudrWn", "IndAvrLkvAgWn": "SIndAvrLkvAgWn", "IndAvrLkvDgBaf": "SIndAvrLkvDgBafSb",
    "IndAvrLkvHpAgWn": "SIndAvrLkvHpAgWn", "IndWAO": "SINDWAO", "IndWW": "SINDWW", "IndZW": "SINDZW",
}  # fmt: skip
AFAS = {
    "SrtIV": "ViIn", "CdAard": "ViEm", "IndZW": "YnZW", "IndWW": "YnWW", "IndWAO": "YWAO", "IndAvrLkvAgWn": "PiAw",
    "IndAvrLkvDgBaf": "PkBa", "IndAvrLkvHpAgWn": "PkHa", "IndAvrLkvOudrWn": "Lkvo",
}  # fmt: skip
# Different in every column that has another name, so that no two can be mixed up unseen.
ROWS = [
    cells("returns"),
    cells("returns", NumIV="2", SrtIV="11", CdAard="18", IndWAO="N", IndAvrLkvOudrWn="J", IndAvrLkvDgBaf="N"),
    cells("returns", NumIV="3", IndWW="N", IndZW="J", IndAvrLkvAgWn="J", PrlnAofAnwLg="1.00", PrlnAofAnwUit="2.00"),
    cells("returns", NumIV="4", IndWW="J", IndZW="N", IndAvrLkvHpAgWn="J", LnSV="3.00"),
]

NAMES = {
    "spolisbus": SPOLISBUS,
    "spolisbus_without_s": {name: other[1:] for name, other in SPOLISBUS.items()},
    "spolisbus_in_small_letters": {name: other.lower() for name, other in SPOLISBUS.items()},
    "spolisbus_as_formats_has_it": SPOLISBUS | {name: SPOLISBUS[name][1:] for name in SPOLISBUS if name[:4] == "Prln"},
    "afas_profit": AFAS,
    "older_name": {"IndAvrLkvDgBaf": "IndAvrLkvDgBafSb"},
}


def _accepted(archive) -> dict[str, bytes]:
    """The accepted rows as they are kept."""
    return {name: content for name, content in files_under(archive / "rows").items() if "returns-" in name}


def _text(rows: list[Row], names: dict[str, str], delimiter: str = ",") -> str:
    text = csv_text("returns", rows, delimiter=delimiter)
    first, _, rest = text.partition("\n")
    return delimiter.join(names.get(name, name) for name in first.split(delimiter)) + "\n" + rest


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    """The accepted rows under the names of the XML."""
    folder = tmp_path_factory.mktemp("plain")
    take_in(folder / "archive", [write_csv(folder / "returns.csv", "returns", ROWS)])
    result = _accepted(folder / "archive")
    assert result
    return result


@pytest.mark.parametrize("names", NAMES.values(), ids=NAMES)
def test_other_names_give_the_same_rows(names, plain, tmp_path):
    assert len(set(names.values())) == len(names)
    path = tmp_path / "returns.csv"
    path.write_text(_text(ROWS, names))
    take_in(tmp_path / "archive", [path])
    assert _accepted(tmp_path / "archive") == plain


def _in_dictionaries(path: Path) -> None:
    """A Parquet file of texts made one in which each text stands once."""
    rows = pq.read_table(path)
    columns = [column.dictionary_encode() for column in rows.columns]
    pq.write_table(pa.table(columns, rows.schema.names), path)
    assert pa.types.is_dictionary(pq.read_schema(path).field(0).type)


@pytest.mark.parametrize("form", ["typed", "texts", "dictionaries"])
def test_other_names_in_parquet(form, plain, tmp_path):
    names = SPOLISBUS | {"IndAvrLkvAgWn": "PiAw"}
    path = tmp_path / "returns.parquet"
    if form == "typed":
        rows = pq.read_table(write_parquet(path, "returns", ROWS))
        pq.write_table(rows.rename_columns([names.get(name, name) for name in rows.schema.names]), path)
    else:
        dashes = [row | {name: row[name].replace("N", "-") for name in ("IndWW", "IndZW")} for row in ROWS]
        rows = pq.read_table(write_parquet(path, "returns", dashes, typed=False))
        pq.write_table(rows.rename_columns([names.get(name, name) for name in rows.schema.names]), path)
        if form == "dictionaries":
            _in_dictionaries(path)
    take_in(tmp_path / "archive", [path])
    assert _accepted(tmp_path / "archive") == plain


@pytest.mark.parametrize("from_sign", [0, 1], ids=["with_s", "without_s"])
def test_spolisbus_writes_no_as_a_dash_and_days_without_dashes(from_sign, plain, tmp_path):
    rows = [dict(row) for row in ROWS]
    for row in rows:
        for name in filter(lambda name: name.startswith("Ind"), row):
            row[name] = row[name].replace("N", "-")
        for name in ("DatAanvTv", "DatEindTv", "DatAanv"):
            row[name] = row[name].replace("-", "")
    path = tmp_path / "returns.csv"
    path.write_text(_text(rows, {name: other[from_sign:] for name, other in SPOLISBUS.items()}))
    take_in(tmp_path / "archive", [path])
    assert _accepted(tmp_path / "archive") == plain
    # Under the names of the XML neither is known.
    path.write_text(_text(rows, {}))
    output = ended(receive_command(tmp_path / "other", path), 3)
    for rule in ("IndWAO_form", "DatAanvTv_form", "DatEindTv_form"):
        assert rule in output


def test_a_dash_is_no_only_where_an_indicator_stands(tmp_path):
    path = tmp_path / "returns.csv"
    path.write_text(_text([cells("returns", LnSV="-", SrtIV="-")], SPOLISBUS))
    output = ended(receive_command(tmp_path / "archive", path), 3)
    assert "LnSV_form" in output
    assert "SrtIV_form" in output


@pytest.mark.parametrize("other", ["SLNSV", "lnsv"])
def test_two_columns_of_one_meaning_are_refused(other, tmp_path):
    """Which of the two would count would be a guess."""
    path = tmp_path / "returns.csv"
    columns = [*header("returns"), other]
    path.write_text(csv_text("returns", [cells("returns") | {other: "1.00"}], columns))
    output = ended(receive_command(tmp_path / "archive", path), 10)
    assert f"'LnSV' and '{other}', which mean the same" in output


def test_a_name_that_nothing_has_is_still_refused(tmp_path):
    """Only those names of SPOLISBUS that are declared, and only for returns."""
    path = tmp_path / "returns.csv"
    for name in ("SSOFINR", "SSLNSV", "SIDBER"):
        path.write_text(_text(ROWS, {"LnSV": name}))
        assert f"'{name}'" in ended(receive_command(tmp_path / "archive", path), 10)


def test_the_dictionary_names_them():
    output = ended(quotum("tables", "returns", "--wide"), 0)
    line = next(line for line in output.splitlines() if line.startswith("  SrtIV "))
    assert "also ViIn" in line
    assert "in SPOLISBUS SSRTIV" in line


# Signs, lines and numbers.


def _variants() -> dict[str, bytes]:
    text = csv_text("returns", ROWS)
    lines = text.splitlines()
    return {
        "byte_order_mark": b"\xef\xbb\xbf" + text.encode(),
        "windows_line_ends": text.replace("\n", "\r\n").encode(),
        "old_line_ends": text.replace("\n", "\r").encode(),
        "mixed_line_ends": (lines[0] + "\r\n" + lines[1] + "\n" + lines[2] + "\r" + "\r\n".join(lines[3:])).encode(),
        "mixed_the_other_way": (lines[0] + "\r" + lines[1] + "\r\n" + "\n".join(lines[2:])).encode(),
        "no_line_end_at_the_end": text.rstrip("\n").encode(),
        "empty_lines": text.replace("\n", "\n\n").encode(),
        "quoted_values": "\n".join(",".join(f'"{value}"' for value in line.split(",")) for line in lines).encode(),
    }


@pytest.mark.parametrize("variant", _variants())
def test_ways_to_write_lines_give_the_same_rows(variant, plain, tmp_path):
    path = tmp_path / "returns.csv"
    path.write_bytes(_variants()[variant])
    output = ended(receive_command(tmp_path / "archive", path), 0)
    assert "4 rows received = 4 accepted + 0 rejected" in output
    assert _accepted(tmp_path / "archive") == plain


@pytest.mark.parametrize("names", [{}, SPOLISBUS], ids=["plain_names", "other_names"])
def test_a_decimal_comma_with_the_dialect_gives_the_same_rows(names, plain, tmp_path):
    amounts = [name for name in header("returns") if name.startswith(("LnSV", "Prln"))]
    rows = [row | {name: row[name].replace(".", ",") for name in amounts} for row in ROWS]
    path = tmp_path / "returns.csv"
    path.write_bytes(b"\xef\xbb\xbf" + _text(rows, names, ";").replace("\n", "\r\n").encode())
    ended(receive_command(tmp_path / "archive", path, "--dialect", "nl"), 0)
    assert _accepted(tmp_path / "archive") == plain
    assert "--dialect nl" in ended(receive_command(tmp_path / "other", path), 10)


AMBIGUOUS = {
    "thousands_with_a_point": ("1.230", ""),
    "thousands_with_a_comma": ('"1,230.00"', ""),
    "thousands_of_a_negative_amount": ("-12.340", ""),
    "decimal_comma_without_the_dialect": ('"4321,98"', ""),
    "thousands_with_a_space": ("1 230.00", ""),
    "dutch_thousands_without_cents": ("1.230", "nl"),
    "dutch_thousands_with_cents": ("1.230,50", "nl"),
    "english_thousands_in_the_dialect": ("1,230", "nl"),
    "decimal_point_in_the_dialect": ("4321.98", "nl"),
    "euro_sign": ("€ 12,50", "nl"),
    "accounting_negative": ("(12.50)", ""),
    "sign_behind": ("12.50-", ""),
}


@pytest.mark.parametrize(("amount", "dialect"), AMBIGUOUS.values(), ids=AMBIGUOUS)
def test_an_amount_that_can_be_read_in_two_ways_is_rejected(amount, dialect, tmp_path):
    rows = [cells("returns", LnSV=amount, PrlnAofAnwHg="0", PrlnAofAnwLg="0", PrlnAofAnwUit="0")]
    path = tmp_path / "returns.csv"
    path.write_text(csv_text("returns", rows, delimiter=";" if dialect else ","))
    more = ("--dialect", dialect) if dialect else ()
    output = ended(receive_command(tmp_path / "archive", path, *more), 3)
    assert "1 rows received = 0 accepted + 1 rejected" in output
    assert "LnSV_form" in output
    discreet(output, {WAGE, PERSON, amount})


@pytest.mark.parametrize("form", ["texts", "dictionaries"])
def test_ambiguous_text_in_parquet_is_rejected_too(form, tmp_path):
    path = write_parquet(tmp_path / "returns.parquet", "returns", [cells("returns", LnSV="1.230")], typed=False)
    if form == "dictionaries":
        _in_dictionaries(path)
    assert "LnSV_form" in ended(receive_command(tmp_path / "archive", path), 3)


def test_amounts_that_can_be_read_in_one_way_only_are_accepted(tmp_path):
    """12.3 and 12.3000 cannot be thousands."""
    amounts = ("12", "12.3", "12.30", "12.3000", "-0.05", "12345678.12")
    rows = [
        cells("returns", NumIV=str(number), LnSV=amount, AantVerlU="1")
        for number, amount in enumerate(amounts, start=1)
    ]
    path = write_csv(tmp_path / "returns.csv", "returns", rows)
    ended(receive_command(tmp_path / "archive", path), 0)
    settled(tmp_path / "archive", tmp_path / "run")
    assert rows_of(tmp_path / "run" / "data" / "settlement.csv")[0]["paid_hours"] == "6"


@pytest.mark.parametrize("dialect", ["", "nl"])
def test_latin_1_is_refused_whole(dialect, tmp_path):
    text = csv_text("employers", [cells("employers", name="Cafe")], delimiter=";" if dialect else ",")
    path = tmp_path / "employers.csv"
    path.write_bytes(text.replace("Cafe", "Caf\xe9").encode("latin-1"))
    more = ("--dialect", dialect) if dialect else ()
    assert "UTF-8" in ended(receive_command(tmp_path / "archive", path, *more), 10)


@pytest.mark.parametrize("text", [pa.string(), pa.large_string(), pa.string_view()], ids=str)
def test_a_wrong_value_is_shown_whatever_type_parquet_has_for_texts(text, tmp_path):
    """Arrow cannot take rows of a view."""
    days = {"registered_from": ["2020-13-01", "2020-12-01"], "registered_until": ["", ""]}
    rows = {"bsn": [PERSON, PERSON], **days, "ground": ["a", "a"]}
    table = pa.table({name: pa.array([value or None for value in values], text) for name, values in rows.items()})
    pq.write_table(table, tmp_path / "register.parquet")
    output = ended(receive_command(tmp_path / "archive", tmp_path / "register.parquet"), 3)
    assert "registered_from_form" in output
    findings = pq.read_table(tmp_path / "archive" / "rows" / "000001" / "findings.parquet")
    assert findings["value"].to_pylist() == ["2020-13-01"]
