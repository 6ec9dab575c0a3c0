"""Deliveries that are not what they claim to be: refused with a reason, and the archive as it was."""

import gzip
import io
import random
import resource
import shutil
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard

from quotum.archive.layout import writing
from quotum.errors import CannotWrite, SelfCheckFailed
from quotum.intake.flat import csv_rows
from quotum.intake.staging import staged_tables
from quotum.tables import RETURNS as RETURNS_TABLE
from tests.helpers import (
    FIXTURES,
    RECEIVED,
    arrow_rows,
    deliver,
    discreet,
    ended,
    files_under,
    kept,
    process,
    quotum,
    receive_command,
    rows_of,
    settled,
    take_in,
    write_csv,
    write_parquet,
)
from tests.rows import (
    EMPLOYER,
    NAME,
    OTHER_EMPLOYER,
    OTHER_PERSON,
    PERSON,
    WAGE,
    cells,
    csv_text,
    header,
    numbered,
    withdrawal,
)

XML = (FIXTURES / "loonaangifte-2026-with-correction.xml").read_bytes()
ROOT = XML.index(b"<Loonaangifte")
RETURNS = csv_text("returns", [cells("returns")])
REGISTER = csv_text("register", [cells("register")])
# More than the head that is looked at to recognise a delivery, and more than a small message.
MANY = csv_text("returns", [cells("returns", NumIV=str(number)) for number in range(1, 9_999)])


def _noise(size: int) -> bytes:
    return random.Random(1).randbytes(size)  # noqa: S311 (the same each time)


def _without(column: str, kind: str = "returns") -> str:
    row = cells(kind)
    return csv_text(kind, [row], [name for name in header(kind, [row]) if name != column])


def _renamed(old: str, new: str) -> str:
    return RETURNS.replace(old, new, 1)


def _parquet(kind: str, **types: pa.DataType) -> bytes:
    table = arrow_rows(kind, [cells(kind)], typed=True)
    for name, result in types.items():
        place = table.schema.get_field_index(name)
        values = table[name].cast(pa.int64(), safe=False) if pa.types.is_decimal(table[name].type) else table[name]
        table = table.set_column(place, name, values.cast(pa.string()).cast(result))
    buffer = io.BytesIO()
    pq.write_table(table, buffer)
    return buffer.getvalue()


def _with_index() -> bytes:
    """A register as pandas writes it with its index."""
    buffer = io.BytesIO()
    rows = arrow_rows("register", [cells("register")], typed=True)
    pq.write_table(rows.append_column("__index_level_0__", pa.array([0])), buffer)
    return buffer.getvalue()


def _transfers(share: pa.Array) -> bytes:
    buffer = io.BytesIO()
    texts = {"from_rsin": [EMPLOYER], "to_rsin": [OTHER_EMPLOYER], "on": ["2025-07-01"]}
    pq.write_table(pa.table(texts | {"share": share}), buffer)
    return buffer.getvalue()


def _zipped(*members: tuple[str, bytes | str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return buffer.getvalue()


def _bad_checksum(packed: bytes) -> bytes:
    """A gzip file of which the sum at the end is of other bytes."""
    return packed[:-8] + b"\x00\x00\x00\x00" + packed[-4:]


def _zstandard_parts() -> list[bytes]:
    """Zstandard with a block of its own for each line, so that a cut can fall between lines."""
    packer = zstandard.ZstdCompressor().compressobj()
    lines = [RETURNS, csv_text("returns", [cells("returns", NumIV="2")]).splitlines(keepends=True)[1]]
    blocks = [packer.compress(line.encode()) + packer.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK) for line in lines]
    return [blocks[0], blocks[1] + packer.flush()]


def _with_password() -> bytes:
    packed = bytearray(_zipped(("a.csv", RETURNS)))
    packed[6] |= 1
    packed[packed.rindex(b"PK\x01\x02") + 8] |= 1
    return bytes(packed)


def _bomb_like(first: bytes) -> bytes:
    return first + XML[ROOT:]


REFUSED: dict[str, tuple[str, bytes | str, str]] = {
    # What it is called, what it holds, and a word that the message must have.
    "text_named_xml": ("return.xml", "Dear sir,\nherewith our return.\n", "expected"),
    "html": ("return.xml", "<!DOCTYPE html><html><body>404</body></html>", "is a web page (HTML)"),
    "xml_with_another_root": ("return.xml", "<?xml version='1.0'?><Jaaropgave/>", "Loonaangifte"),
    "xml_of_another_namespace": ("return.xml", XML.replace(b"/Loonaangifte/2026/01", b"/Loonaangifte/1999/01"), "1999"),
    "xml_truncated": ("return.xml", XML[: XML.index(b"</TijdvakAangifte>")], "end"),
    "xml_truncated_at_the_root": ("return.xml", XML[: XML.rindex(b"</Loonaangifte>")], "end"),
    "xml_truncated_in_a_tag": ("return.xml", XML[: XML.rindex(b"</Loonaangifte>") - 3], ""),
    "xml_with_more_after_it": ("return.xml", XML + b"<Loonaangifte/>", "after"),
    "xml_twice": ("return.xml", XML + XML[ROOT:], ""),
    "xml_crossed_tags": ("return.xml", XML.replace(b"</IdBer>", b"</IdBre>", 1), ""),
    "doctype": ("return.xml", _bomb_like(b'<?xml version="1.0"?><!DOCTYPE Loonaangifte>'), "DOCTYPE"),
    "doctype_with_entity": (
        "return.xml",
        _bomb_like(b'<!DOCTYPE Loonaangifte [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
        "DOCTYPE",
    ),
    "xml_in_utf_16": ("return.xml", XML.decode().encode("utf-16"), "UTF-16"),
    "noise": ("return.parquet", _noise(5_000), ""),
    "zero_bytes": ("return.csv", b"\x00" * 100, "zero bytes"),
    "empty": ("return.csv", b"", "empty"),
    "a_blank_line": ("return.csv", "\n", "column"),
    "pdf": ("return.csv", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n", "PDF"),
    "bzip2": ("return.bz2", b"BZh91AY&SY" + _noise(300), ""),
    "csv_unknown_column": ("return.csv", _renamed("PersNr", "PersNmr"), "did you mean 'PersNr'"),
    "csv_missing_column": ("return.csv", _without("AantVerlU"), "lacks: AantVerlU"),
    "register_missing_column": ("register.csv", _without("ground", "register"), "lacks: ground"),
    "csv_doubled_column": ("return.csv", _renamed("PersNr", "SofiNr"), "'SofiNr' more than once"),
    "csv_columns_behind_the_table": ("register.csv", REGISTER.replace("\n", ",,\n"), "without a name (the last 2)"),
    "csv_column_behind_the_table": ("register.csv", REGISTER.replace("\n", ",\n"), "without a name (the last one)"),
    "csv_row_names": ("register.csv", REGISTER.replace("bsn", ",bsn").replace("\n1", "\n1,1"), "leave row names out"),
    "csv_row_names_again": ("register.csv", REGISTER.replace("bsn", "Unnamed: 0,bsn"), "leave row names out"),
    "csv_column_without_a_name": ("register.csv", REGISTER.replace(",", ",,", 1), "without a name (number 2)"),
    "parquet_index_of_pandas": ("register.parquet", _with_index(), "leave the index of pandas out"),
    "csv_line_too_short": ("return.csv", RETURNS + "M2,2026-02-20T10:00:00,V\n", "row 2: a line has more or fewer"),
    "csv_line_too_long": ("return.csv", RETURNS + RETURNS.splitlines()[1] + ",extra\n", "more or fewer values"),
    "csv_open_quote": ("register.csv", REGISTER + f'{PERSON},2020-01-01,,"a\n', ""),
    "csv_latin_1": (
        "employers.csv",
        csv_text("employers", [cells("employers", name="Café")]).encode("latin-1"),
        "UTF-8",
    ),
    "csv_latin_1_header": ("register.csv", REGISTER.replace("ground", "grönd").encode("latin-1"), "UTF-8"),
    "csv_in_utf_16": ("register.csv", REGISTER.encode("utf-16"), "UTF-16; CSV must be UTF-8"),
    "csv_with_semicolons": ("return.csv", RETURNS.replace(",", ";"), "--dialect nl"),
    "csv_with_tabs": ("return.csv", RETURNS.replace(",", "\t"), "first line without ','"),
    "csv_with_a_line_for_excel": ("return.csv", "sep=,\n" + RETURNS, "leave that line out"),
    "csv_without_header": ("return.csv", RETURNS.splitlines()[1] + "\n", "column"),
    "register_without_header": ("register.csv", REGISTER.splitlines()[1] + "\n", "column"),
    "employers_without_header": (
        "employers.csv",
        csv_text("employers", [cells("employers", iban="")]).splitlines()[1] + "\n",
        "column",
    ),
    "parquet_float_wage": ("return.parquet", _parquet("returns", PrlnAofAnwHg=pa.float64()), "float"),
    "parquet_float_hours": ("return.parquet", _parquet("returns", AantVerlU=pa.float64()), "AantVerlU as double"),
    "parquet_whole_bsn": ("return.parquet", _parquet("returns", SofiNr=pa.int64()), "SofiNr as int64; expected text"),
    "parquet_whole_rsin": ("employers.parquet", _parquet("employers", rsin=pa.int64()), "rsin as int64; expected text"),
    "parquet_whole_euros": (
        "wage_bills.parquet",
        _parquet("wage_bills", premium_wage=pa.int64()),
        "premium_wage as int64; expected decimal(12, 2), or text: a whole number can be euros or cents",
    ),
    "parquet_float_share": ("t.parquet", _transfers(pa.array([0.5])), "share as double; expected a decimal, or text"),
    "parquet_truncated": ("return.parquet", _parquet("returns")[:-200], "Parquet"),
    "parquet_magic_only": ("return.parquet", b"PAR1", "Parquet"),
    "gzip_truncated": ("return.csv.gz", gzip.compress(RETURNS.encode())[:-30], "unpacked"),
    "gzip_truncated_far_on": ("return.csv.gz", gzip.compress(MANY.encode())[:-30], "unpacked"),
    "gzip_xml_truncated_far_on": (
        "return.xml.gz",
        gzip.compress(XML.replace(b"<IdBer>", b"<!--" + b" " * (3 << 20) + b"--><IdBer>", 1))[:-30],
        "unpacked",
    ),
    "gzip_bad_checksum": ("return.csv.gz", _bad_checksum(gzip.compress(RETURNS.encode())), "unpacked"),
    "gzip_of_nothing": ("return.csv.gz", gzip.compress(b""), "empty"),
    "gzip_of_parquet_truncated": ("return.gz", gzip.compress(_parquet("returns"))[:-30], "unpacked"),
    "zstandard_truncated": ("return.zst", zstandard.compress(RETURNS.encode())[:-30], "unpacked"),
    "zstandard_truncated_far_on": ("return.zst", zstandard.compress(MANY.encode())[:-30], "unpacked"),
    "zstandard_truncated_after_a_line": ("return.zst", _zstandard_parts()[0], "unpacked"),
    "zstandard_with_noise_after_it": ("return.zst", zstandard.compress(RETURNS.encode()) + b"noise" * 9, ""),
    "zip_truncated": ("return.zip", _zipped(("a.csv", RETURNS))[:-30], "zip"),
    "zip_of_nothing": ("return.zip", _zipped(), "without members"),
    "zip_with_password": ("return.zip", _with_password(), "password"),
    "zip_of_bad_members": ("return.zip", _zipped(("a.xml", "hello\n"), ("b.csv", _without("NumIV"))), "member 1"),
    "zip_of_members_that_break_later": (
        "return.zip",
        _zipped(("a.csv", RETURNS + "short\n"), ("b.csv", REGISTER + "short\n")),
        "member 1",
    ),
}


@pytest.fixture(scope="module")
def sound_once(tmp_path_factory) -> Path:
    """An archive with a sound small set."""
    folder = tmp_path_factory.mktemp("sound")
    take_in(folder / "archive", deliver(folder / "files"))
    return folder / "archive"


@pytest.fixture
def sound(sound_once, tmp_path) -> Path:
    """A copy of it for one test."""
    return shutil.copytree(sound_once, tmp_path / "sound")


@pytest.mark.parametrize("case", REFUSED.values(), ids=REFUSED)
def test_refused_whole_with_a_reason(case, sound, tmp_path):
    """Code 10, a message that names the file and says what is wrong, and the archive is as it was."""
    name, content, word = case
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    before = files_under(sound)
    output = ended(receive_command(sound, path), 10)
    assert f"{name}" in output
    assert word in output
    assert len(output.splitlines()) == 1
    discreet(output)
    assert files_under(sound) == before


def test_a_refused_delivery_makes_no_archive_with_anything_in_it(tmp_path):
    path = tmp_path / "return.xml"
    path.write_text("Dear sir,\n")
    ended(receive_command(tmp_path / "archive", path), 10)
    assert kept(tmp_path / "archive") == {}
    assert {path.name for path in tmp_path.iterdir()} <= {"archive", "return.xml"}


@pytest.mark.parametrize("what", ["folder", "missing", "link_to_nothing"])
def test_no_file_at_all(what, sound, tmp_path):
    path = tmp_path / "delivery.csv"
    if what == "folder":
        path.mkdir()
    elif what == "link_to_nothing":
        path.symlink_to(tmp_path / "nowhere")
    before = files_under(sound)
    output = ended(receive_command(sound, path), 10)
    assert "delivery.csv" in output
    assert ("is a folder; give its files" if what == "folder" else "No such file") in output
    assert files_under(sound) == before


def test_a_file_name_that_holds_a_bsn_is_not_shown(sound, tmp_path):
    """Also when more digits stand around the nine."""
    for name in (f"{PERSON}.xml", f"{EMPLOYER}L01.xml", f"20260501{PERSON}.xml", f"{PERSON}20260501.xml"):
        path = tmp_path / name
        path.write_text("Dear sir,\n")
        output = ended(receive_command(sound, path), 10)
        discreet(output)
        assert ".xml" in output


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(REGISTER.replace("ground", PERSON, 1), id="a_bsn_as_column"),
        pytest.param(f"M1,2026-02-20T10:00:00,{WAGE},{WAGE}\n", id="a_wage_twice_without_header"),
        pytest.param(f"{PERSON},{NAME},{PERSON},{NAME}\n", id="persons_without_header"),
    ],
)
def test_what_stands_where_a_header_should_is_not_repeated(content, sound, tmp_path):
    path = tmp_path / "delivery.csv"
    path.write_text(content)
    discreet(ended(receive_command(sound, path), 10))


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("register", RETURNS.encode()),
        ("returns", XML),
        ("loonaangifte", RETURNS.encode()),
        ("traits", _parquet("register")),
    ],
)
def test_another_kind_than_asked_for(kind, content, sound, tmp_path):
    path = tmp_path / "delivery"
    path.write_bytes(content)
    before = files_under(sound)
    output = ended(receive_command(sound, path, "--kind", kind), 10)
    assert kind in output
    discreet(output)
    assert files_under(sound) == before


def test_decimal_commas_need_the_dialect_and_get_it(sound, tmp_path):
    """With --dialect nl the file is read; a decimal point in it is then no amount."""
    row = cells("returns", NumIV="77")
    comma = {name: value.replace(".", ",") if value in (WAGE, "0.00") else value for name, value in row.items()}
    path = tmp_path / "return.csv"
    path.write_text(csv_text("returns", [comma], delimiter=";"))
    ended(receive_command(sound, path, "--dialect", "nl", "--dry-run"), 0)
    path.write_text(csv_text("returns", [row], delimiter=";"))
    assert "LnSV_form" in ended(receive_command(sound, path, "--dialect", "nl", "--dry-run"), 3)


# Several deliveries and members.


def test_the_gravest_code_of_several_and_the_sound_one_is_kept(tmp_path):
    files = deliver(tmp_path / "files")
    bad = tmp_path / "bad.xml"
    bad.write_text("Dear sir,\n")
    faulty = write_csv(tmp_path / "faulty.csv", "returns", [cells("returns", IdBer="M2", SofiNr="123456789")])
    assert "1 rows received = 0 accepted + 1 rejected" in ended(receive_command(tmp_path / "a", *files, faulty), 3)
    output = ended(receive_command(tmp_path / "b", *files, faulty, bad), 10)
    assert "bad.xml" in output
    discreet(output)
    settled(tmp_path / "b", tmp_path / "run")
    assert {path.name for path in (tmp_path / "b" / "receipts").iterdir()} == {"000001.json"}
    assert len(list((tmp_path / "b" / "originals").glob("*/*"))) == len(files) + 1


@pytest.mark.parametrize(
    ("bad", "word"),
    [
        pytest.param("Dear sir,\n", "expected", id="that_is_nothing"),
        pytest.param("", "empty", id="that_is_empty", marks=pytest.mark.slow),
        pytest.param(REGISTER + "short\n", "more or fewer values", id="that_breaks_later", marks=pytest.mark.slow),
        pytest.param(XML[:2000].decode(), "", id="that_is_broken_xml"),
    ],
)
def test_one_bad_member_of_a_zip_and_the_rest_is_kept(bad, word, tmp_path):
    other = csv_text("returns", [cells("returns", SofiNr=OTHER_PERSON, NumIV="2", AantVerlU="7")])
    path = tmp_path / "all.zip"
    path.write_bytes(_zipped(("one.csv", RETURNS), ("bad.csv", bad), ("two.csv", other)))
    output = ended(receive_command(tmp_path / "archive", path), 3)
    assert "all.zip, member 2 (bad.csv)" in output
    assert word in output
    assert "2 rows received = 2 accepted + 0 rejected" in output
    discreet(output)
    settled(tmp_path / "archive", tmp_path / "run")
    row = rows_of(tmp_path / "run" / "data" / "settlement.csv")[0]
    assert (row["rsin"], row["paid_hours"]) == (EMPLOYER, "107")


def test_a_member_with_a_wrong_checksum_is_refused_alone(tmp_path):
    packed = bytearray(_zipped(("one.csv", RETURNS), ("two.csv", REGISTER)))
    for sign, place in ((b"PK\x03\x04", 14), (b"PK\x01\x02", 16)):
        packed[packed.index(sign) + place] ^= 0xFF
    path = tmp_path / "all.zip"
    path.write_bytes(bytes(packed))
    output = ended(receive_command(tmp_path / "archive", path), 3)
    assert "member 1 (one.csv)" in output
    assert "1 rows received = 1 accepted" in output


@pytest.mark.parametrize("container", ["plain", pytest.param("zip", marks=pytest.mark.slow)])
def test_a_refused_register_does_not_replace_the_one_before(container, sound, tmp_path, monkeypatch):
    """It breaks after rows of it were read already; what is refused whole was never delivered."""
    monkeypatch.setattr(csv_rows, "_BLOCK_BYTES", 400)
    rows = [cells("register", bsn=numbered(600 + number)) for number in range(60)]
    broken = csv_text("register", rows) + "short\n"
    archive = tmp_path / "archive"
    take_in(archive, deliver(tmp_path / "files"))
    settled(archive, tmp_path / "before")
    employers = csv_text("employers", [cells("employers"), cells("employers", rsin=OTHER_EMPLOYER)])
    if container == "plain":
        (tmp_path / "register.csv").write_text(broken)
        (tmp_path / "employers.csv").write_text(employers)
        output = ended(receive_command(archive, tmp_path / "register.csv", tmp_path / "employers.csv"), 10)
    else:
        (tmp_path / "all.zip").write_bytes(_zipped(("register.csv", broken), ("employers.csv", employers)))
        output = ended(receive_command(archive, tmp_path / "all.zip"), 3)
    assert "more or fewer values" in output
    settled(archive, tmp_path / "run")
    row = rows_of(tmp_path / "run" / "data" / "settlement.csv")[0]
    assert (row["rsin"], row["target_group_hours"]) == (EMPLOYER, "100")


# Rows.


FAULTY = {
    "bsn_fails_the_eleven_test": ({"SofiNr": "123456789"}, "SofiNr_form"),
    "bsn_of_eight_digits": ({"SofiNr": PERSON[1:]}, "SofiNr_form"),
    "bsn_of_ten_digits": ({"SofiNr": PERSON + "0"}, "SofiNr_form"),
    "bsn_of_zeros": ({"SofiNr": "000000000"}, "SofiNr_form"),
    "payroll_tax_number": ({"LhNr": f"{EMPLOYER}L00"}, "LhNr_form"),
    "payroll_tax_number_of_nobody": ({"LhNr": "123456789L01"}, "LhNr_form"),
    "three_decimals": ({"LnSV": "1.234"}, "LnSV_form"),
    "decimal_comma": ({"LnSV": "'1,23'".replace("'", '"')}, "LnSV_form"),
    "thousands": ({"PrlnAofAnwHg": "4.321.98"}, "PrlnAofAnwHg_form"),
    "exponent": ({"PrlnAofAnwHg": "1e3"}, "PrlnAofAnwHg_form"),
    "not_a_number": ({"PrlnAofAnwHg": "NaN"}, "PrlnAofAnwHg_form"),
    "half_an_hour": ({"AantVerlU": "7.5"}, "AantVerlU_form"),
    "six_digits_of_hours": ({"AantVerlU": "100000"}, "AantVerlU_form"),
    "no_hours": ({"AantVerlU": ""}, "AantVerlU_required"),
    "30_february": ({"DatAanv": "2026-02-30"}, "DatAanv_form"),
    "day_first": ({"DatAanv": "01-03-2025"}, "DatAanv_form"),
    "period_of_a_month_and_a_day": ({"DatEindTv": "2026-02-01"}, "period_days_belong_together"),
    "half_a_year": ({"DatEindTv": "2026-06-30"}, "period_of_half_a_year_or_more"),
    "a_year": ({"DatEindTv": "2026-12-31"}, "period_of_half_a_year_or_more"),
    "indicator_yes": ({"IndWW": "Y"}, "IndWW_form"),
    "kind_of_return": ({"Soort": "B"}, "Soort_form"),
    "bsn_without_its_zero": ({"SofiNr": "12345672"}, "SofiNr_digits_kept"),
    "bsn_with_an_exponent": ({"SofiNr": "1.23E+08"}, "SofiNr_digits_kept"),
    "hours_with_a_decimal": ({"AantVerlU": "100.0"}, "AantVerlU_form"),
    "moment_without_seconds": ({"DatTdAanm": "2026-02-20 10:00"}, "DatTdAanm_form"),
    "day_at_noon": ({"DatAanv": "2025-03-01 12:00:00"}, "DatAanv_form"),
    "withdrawal_in_a_full_return": ({"Actie": "X"}, "full_return_withdraws_nothing"),
    "no_message": ({"IdBer": ""}, "IdBer_required"),
    "no_relation_number": ({"NumIV": ""}, "NumIV_required"),
    "nobodys_hours": (dict.fromkeys(("NumIV", "SofiNr", "PersNr", "DatAanv", "SrtIV"), ""), "NumIV_required"),
    "relation_number_of_five_digits": ({"NumIV": "10000"}, "NumIV_form"),
}  # fmt: skip


@pytest.mark.parametrize("case", FAULTY.values(), ids=FAULTY)
def test_a_faulty_row_is_rejected_and_counted(case, tmp_path):
    """Code 3; accepted and rejected add up to received, and the rule is named."""
    changed, rule = case
    path = write_csv(
        tmp_path / "return.csv", "returns", [cells("returns"), cells("returns", **({"NumIV": "2"} | changed))]
    )
    output = ended(receive_command(tmp_path / "archive", path, "--dry-run"), 3)
    assert "2 rows received = 1 accepted + 1 rejected" in output
    assert f"reject   {rule}: 1" in output
    discreet(output, {*changed.values()} - {"", "X", "B", "v", "Y", "7.5", "1e3"} | {PERSON, EMPLOYER})


@pytest.mark.parametrize(
    "column", [name for name in header("returns") if name in {"AantVerlU", "LnSV", "IndWW", "Gebdat"}]
)
def test_whatever_a_row_says_of_a_relation_needs_its_number(column, tmp_path):
    """A return without rows says nothing of one; a row that did would count nowhere."""
    nothing = dict.fromkeys((delivery.delivered_name for delivery in RETURNS_TABLE.columns if delivery.null), "")
    rows = [
        cells("returns"),
        cells("returns", **nothing),
        cells("returns", **nothing | {column: cells("returns")[column]}),
    ]
    output = ended(receive_command(tmp_path / "archive", write_csv(tmp_path / "return.csv", "returns", rows)), 3)
    assert "3 rows received = 2 accepted + 1 rejected" in output
    assert "reject   NumIV_required: 1" in output


def test_what_is_accepted_and_not_kept_is_an_error_of_quotum():
    rows = pa.table(dict.fromkeys(staged_tables._COUNTED, pa.array([1, None, 2], pa.int64())))
    staged_tables._require_all(rows, [rows.slice(0, 1), rows.slice(1)])
    with pytest.raises(SelfCheckFailed, match="paid_hours"):
        staged_tables._require_all(rows, [rows.slice(0, 1)])


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("Gebdat", pa.scalar(-(1 << 31), pa.int32()).cast(pa.date32())),
        ("DatEind", pa.scalar(2_932_897, pa.int32()).cast(pa.date32())),
        ("DatTdAanm", pa.scalar(-719_162 * 86_400_000_000 - 1, pa.int64()).cast(pa.timestamp("us"))),
        ("DatTdAanm", pa.scalar(1 << 62, pa.int64()).cast(pa.timestamp("us"))),
    ],
    ids=["day_before", "day_after", "moment_before", "moment_after"],
)
def test_years_of_other_than_four_digits_are_rejected_in_parquet_as_in_text(column, value, tmp_path):
    """Arrow has days of five million years ago, which nothing else can show."""
    table = arrow_rows("returns", [cells("returns"), cells("returns", NumIV="2")], typed=True)
    place = table.schema.get_field_index(column)
    part = pa.concat_arrays([table[column].combine_chunks().slice(0, 1), pa.array([value], value.type)])
    pq.write_table(table.set_column(place, column, part), tmp_path / "return.parquet")
    output = ended(receive_command(tmp_path / "archive", tmp_path / "return.parquet"), 3)
    assert "2 rows received = 1 accepted + 1 rejected" in output
    assert f"reject   {column}_form: 1" in output
    assert f"{column}_form" in ended(quotum("archive", "findings", "--archive", tmp_path / "archive"), 0)


def test_a_transfer_on_the_first_day_there_is(tmp_path):
    """Programs write it for a day that is not known."""
    transfers = tmp_path / "transfers.csv"
    transfers.write_text(f"from_rsin,to_rsin,on,share\n{EMPLOYER},{OTHER_EMPLOYER},0001-01-01,0.5\n")
    take_in(tmp_path / "archive", [*deliver(tmp_path / "files"), transfers])
    settled(tmp_path / "archive", tmp_path / "run")


def test_a_file_that_was_cut_off_in_its_last_value_is_a_finding(tmp_path):
    for name, text, count in (("whole", RETURNS, 0), ("cut", RETURNS.rstrip("\n")[:-1], 1)):
        (tmp_path / f"{name}.csv").write_text(text)
        output = ended(receive_command(tmp_path / name, tmp_path / f"{name}.csv"), 0)
        assert output.count("finding  last_line_ends: 1") == count


def test_a_name_can_add_no_line(tmp_path):
    path = write_csv(tmp_path / "a\nreturn 111.222.333.csv", "returns", [cells("returns")])
    assert ended(receive_command(tmp_path / "archive", path), 0).startswith("a?return ***********.csv: returns")


def test_a_rejected_row_stays_out_of_the_sums(tmp_path):
    rows = [cells("returns"), cells("returns", NumIV="2", SofiNr="123456789")]
    ended(receive_command(tmp_path / "archive", write_csv(tmp_path / "return.csv", "returns", rows)), 3)
    settled(tmp_path / "archive", tmp_path / "run")
    assert rows_of(tmp_path / "run" / "data" / "settlement.csv")[0]["paid_hours"] == "100"


def test_sound_rows_of_every_shape_are_accepted(tmp_path):
    """The counterpart: what the rules allow."""
    rows = [
        cells("returns"),
        cells("returns", NumIV="2", SofiNr="", PersNr="P-7", Gebdat=""),
        cells("returns", NumIV="0", LnSV="-12.50", PrlnAofAnwHg="-12.5", AantVerlU="-3", CdAard=""),
        cells("returns", NumIV="9999", DatEind="2026-01-15", IndAvrLkvDgBaf="", Ingediend="2026-02-20T12:00:00+01:00"),
        cells("returns", IdBer="M2", DatAanvTv="2026-01-26", DatEindTv="2026-02-22"),
        withdrawal(IdBer="M3"),
    ]
    path = write_csv(tmp_path / "return.csv", "returns", rows)
    assert "6 rows received = 6 accepted + 0 rejected" in ended(receive_command(tmp_path / "archive", path), 0)


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.compress], ids=["gzip", "zstandard"])
def test_packed_parts_that_were_put_together_are_read_to_the_end(pack, tmp_path):
    """`cat a.gz b.gz` and parallel packers make such files: nothing after the first part is lost."""
    second = csv_text("returns", [cells("returns", NumIV="2")]).splitlines(keepends=True)[1]
    path = tmp_path / "return.packed"
    path.write_bytes(pack(RETURNS.encode()) + pack(second.encode()))
    assert "2 rows received = 2 accepted + 0 rejected" in ended(receive_command(tmp_path / "archive", path), 0)


def test_every_row_is_accounted_for_in_parquet_too(tmp_path):
    """The quality file names the rule of each rejected row."""
    rows = [cells("returns", NumIV=str(number)) for number in range(1, 8)]
    rows[2]["SofiNr"] = "123456789"
    rows[5]["LhNr"] = "no number"
    path = write_parquet(tmp_path / "return.parquet", "returns", rows)
    output = ended(receive_command(tmp_path / "archive", path), 3)
    assert "7 rows received = 5 accepted + 2 rejected" in output
    findings = pq.read_table(tmp_path / "archive" / "rows" / "000001" / "findings.parquet").to_pylist()
    assert [(row["row"], row["rule"], row["value"]) for row in findings] == [
        (3, "SofiNr_form", None),
        (6, "LhNr_form", None),
    ]


def test_an_amount_of_more_than_ten_digits_is_rejected_in_a_wider_parquet_column_too(tmp_path):
    """A typed column has the limits that its text would have: ten digits, decimals included, zeros behind them not."""
    edge = ("99999999.99", "9999999999.00", "-999999999.90", "-100000000.01", "10000000000.00", "-10000000000.00")
    rows = [cells("returns", NumIV=str(number), LnSV=amount) for number, amount in enumerate(edge, 1)]
    table = arrow_rows("returns", rows, typed=False)
    place = table.schema.get_field_index("LnSV")
    table = table.set_column(place, "LnSV", table["LnSV"].cast(pa.decimal128(18, 2)))
    pq.write_table(table, tmp_path / "return.parquet")
    output = ended(receive_command(tmp_path / "archive", tmp_path / "return.parquet"), 3)
    assert "6 rows received = 3 accepted + 3 rejected" in output


def test_rejected_rows_only_is_still_a_delivery(tmp_path):
    path = write_csv(tmp_path / "register.csv", "register", [cells("register", bsn="123456789")])
    output = ended(receive_command(tmp_path / "archive", path), 3)
    assert "1 rows received = 0 accepted + 1 rejected" in output


# A place that cannot be written.


def _files_limited_to(size: int):
    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return limit


@pytest.mark.parametrize("place", ["below_a_file", "proc", "a_file", "a_folder_of_something_else"])
def test_an_archive_that_cannot_be_written(place, tmp_path):
    files = deliver(tmp_path / "files")
    (tmp_path / "file").write_text("mine")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "mine.txt").write_text("mine")
    archive = {
        "below_a_file": tmp_path / "file" / "archive",
        "proc": Path("/proc/quotum-archive"),
        "a_file": tmp_path / "file",
        "a_folder_of_something_else": tmp_path / "other",
    }[place]
    before = files_under(tmp_path)
    output = ended(receive_command(archive, *files), 14)
    assert str(archive) in output
    discreet(output)
    assert files_under(tmp_path) == before


def test_a_full_disk_leaves_the_archive_as_it_was(tmp_path):
    """The system refuses files of more than a few kilobytes, as a full disk would."""
    archive = tmp_path / "archive"
    take_in(archive, deliver(tmp_path / "files"))
    more = tmp_path / "more.csv"
    more.write_text(MANY)
    before = kept(archive)
    ended_so = process(
        "receive", more, "--archive", archive, "--received", RECEIVED.isoformat(),
        preexec_fn=_files_limited_to(20_000),
    )  # fmt: skip
    assert ended_so.returncode == 14, ended_so.stderr
    assert "cannot be written" in ended_so.stderr
    assert "Traceback" not in ended_so.stderr
    discreet(ended_so.stdout + ended_so.stderr)
    assert kept(archive) == before
    # Afterwards, with room, it goes through.
    take_in(archive, [more])


def test_a_full_disk_while_rows_are_written(tmp_path, monkeypatch):
    """The originals fit, the tables made of them do not."""

    def no_room(*_arguments: object, **_more: object) -> None:
        raise OSError(28, "No space left on device")

    archive = tmp_path / "archive"
    take_in(archive, deliver(tmp_path / "files"))
    before = kept(archive)
    more = write_csv(tmp_path / "more.csv", "returns", [cells("returns", IdBer="M2")])
    with monkeypatch.context() as patched:
        patched.setattr(pq.ParquetWriter, "write_table", no_room)
        output = ended(receive_command(archive, more), 14)
    assert "No space left" in output
    assert kept(archive) == before
    take_in(archive, [more])


def test_an_archive_that_is_a_file(tmp_path):
    (tmp_path / "archive").write_text("")
    files = deliver(tmp_path / "files")
    assert "is a file; name a folder" in ended(receive_command(tmp_path / "archive", *files), 14)


def test_an_archive_where_one_may_not_look(tmp_path, monkeypatch):
    """Not even whether it is there can be asked."""

    def forbidden(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", forbidden)
    monkeypatch.setattr(Path, "exists", forbidden)
    monkeypatch.setattr(Path, "is_dir", forbidden)
    with pytest.raises(CannotWrite, match="cannot be written: Permission denied"), writing(tmp_path / "archive"):
        (tmp_path / "archive").mkdir()
