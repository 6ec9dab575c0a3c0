"""Parquet is read in the order of the file and in bounded memory, or refused with a reason."""

import os
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from quotum.errors import DeliveryRefused
from quotum.intake.flat import parquet_rows
from quotum.intake.flat.parquet_rows import BROKEN, read_parquet
from quotum.intake.receive import receive
from quotum.intake.sources import Source
from quotum.tables import RETURNS
from tests.helpers import RECEIVED, arrow_rows
from tests.rows import cells, numbered
from tests.written import WRITTEN

ROWS = arrow_rows("returns", [cells("returns", SofiNr=numbered(601))], typed=True)


def _rows(texts, name="PersNr") -> pa.Table:
    """As many payroll rows as texts, alike but for them."""
    values = texts if isinstance(texts, pa.Array) else pa.array(texts, pa.string())
    rows = ROWS.take(pa.array(np.zeros(len(values), np.int64)))
    return rows.set_column(rows.schema.get_field_index(name), name, values)


def _same_text(text: str, rows: int) -> pa.Array:
    return pa.DictionaryArray.from_arrays(pa.array(np.zeros(rows, np.int32)), pa.array([text]))


def _written(path, rows, **how):
    pq.write_table(rows, path, **how)
    return path


def _read(path, name="PersNr") -> list[object]:
    source = Source(0, 0, path.name, lambda: path.open("rb"))
    return [value for part in read_parquet(source, path, RETURNS) for value in part.table[name].to_pylist()]


def _refused(path) -> str:
    with pytest.raises(DeliveryRefused) as refused:
        _read(path)
    return str(refused.value)


def _peak_of_reading(path) -> tuple[str, int]:
    """What is said of a file in a process of its own, and the megabytes that reading it added."""
    out, into = os.pipe()
    child = os.fork()
    if not child:
        before = _resident("VmRSS")
        try:
            text = str(len(_read(path)))
        except DeliveryRefused as refused:
            text = str(refused)
        os.write(into, f"{_resident('VmHWM') - before} {text}".encode())
        os._exit(0)
    os.waitpid(child, 0)
    megabytes, text = os.read(out, 1_000).decode().split(" ", 1)
    os.close(out)
    os.close(into)
    return text, int(megabytes)


def _resident(what: str) -> int:
    return int(Path("/proc/self/status").read_text("ascii").split(f"{what}:")[1].split()[0]) // 1024


FORMS = {
    "first_pages": {"data_page_version": "1.0", "compression": "zstd"},
    "second_pages": {"data_page_version": "2.0", "compression": "snappy"},
    "bare": {"compression": "none", "write_statistics": False},
    "gzip": {"compression": "gzip"},
    "brotli": {"compression": "brotli"},
    "lz4": {"compression": "lz4"},
    "small_groups": {"row_group_size": 700},
    "small_pages": {"data_page_size": 100, "write_batch_size": 10},
    "without_dictionaries": {"use_dictionary": False},
    "that_leaves_its_dictionary": {"dictionary_pagesize_limit": 400, "write_batch_size": 200, "data_page_size": 100},
    "delta": {"use_dictionary": False, "column_encoding": {"PersNr": "DELTA_BYTE_ARRAY"}},
}


@pytest.mark.parametrize("how", FORMS.values(), ids=FORMS)
def test_rows_come_in_the_order_of_the_file(how, tmp_path, monkeypatch):
    monkeypatch.setattr(parquet_rows, "_BATCH_ROWS", 2_048)
    texts = [f"P {number * 7919 % 5_003}" if number % 11 else None for number in range(6_000)]
    assert _read(_written(tmp_path / "rows.parquet", _rows(texts), **how)) == texts


def test_decimals_of_very_many_digits_stay_in_their_rows(tmp_path, monkeypatch):
    """Arrow reads them beside the columns that DuckDB reads."""
    monkeypatch.setattr(parquet_rows, "_BATCH_ROWS", 2_048)
    amounts = [str(number) if number % 7 else None for number in range(6_000)]
    rows = _rows(pa.array(amounts).cast(pa.decimal128(38, 4)).cast(pa.decimal256(60, 4)), "LnSV")
    path = _written(tmp_path / "rows.parquet", rows, row_group_size=1_000)
    assert _read(path, "LnSV") == amounts
    monkeypatch.setattr(parquet_rows, "exact_texts", lambda values: values)
    monkeypatch.setattr(parquet_rows.pq.ParquetFile, "iter_batches", lambda *_, **__: iter(()))
    assert _refused(path) == BROKEN


def test_a_file_and_a_group_without_rows(tmp_path):
    assert _read(_written(tmp_path / "none.parquet", _rows([]))) == []
    with pq.ParquetWriter(tmp_path / "some.parquet", _rows(["a"]).schema) as file:
        for texts in (["a"], [], ["b", "c"], []):
            file.write_table(_rows(texts))
    assert _read(tmp_path / "some.parquet") == ["a", "b", "c"]


LARGE = {
    "a_text_of_200_megabytes": (["x" * 200_000_000], {}, "rows of more than 4,096 bytes"),
    "a_text_that_comes_with_each_row": (_same_text("x" * 1_000_000, 30_000), {}, "texts of more than 32,768 bytes"),
    "texts_that_begin_alike": (
        ["x" * 33_000] * 20_000,
        {"use_dictionary": False, "column_encoding": {"PersNr": "DELTA_BYTE_ARRAY"}},
        "more than 256MB to read",
    ),
    "rows_of_many_bytes": (["x" * 5_000] * 20_000, {"use_dictionary": False}, "rows of more than 4,096 bytes"),
}


@pytest.mark.parametrize(("texts", "how", "reason"), LARGE.values(), ids=LARGE)
def test_what_would_fill_the_memory_is_refused_at_a_small_peak(texts, how, reason, tmp_path):
    """In some kilobytes, as they are packed."""
    path = _written(tmp_path / "rows.parquet", _rows(texts), compression="zstd", write_statistics=False, **how)
    assert path.stat().st_size < 50_000
    text, megabytes = _peak_of_reading(path)
    assert reason in text
    assert megabytes < 100


@pytest.mark.parametrize("length", [41, 1_000, 30_000])
@pytest.mark.parametrize("name", ["PersNr", "SofiNr", "SrtIV"])
def test_of_a_text_that_means_nothing_little_is_left(name, length, tmp_path):
    """It comes with each row, as one that is rejected; written out it would be up to a gigabyte."""
    rows = _rows(_same_text("1" * length, 30_000), name)
    path = _written(tmp_path / "rows.parquet", rows, compression="zstd")
    (left,) = set(_read(path, name))
    assert len(left) <= 40 + 3 * (name == "PersNr" and length == 41)
    reception = receive([path], tmp_path / "archive", RECEIVED)
    assert {(rule, count) for rule, _, count in reception.findings} >= {(f"{name}_form", 30_000)}


def test_a_padded_text_is_as_good_as_without_its_blanks(tmp_path):
    rows = _rows([" " * 3_000 + numbered(601) + " " * 3_000], "SofiNr")
    assert _read(_written(tmp_path / "rows.parquet", rows), "SofiNr") == [numbered(601)]


def test_more_rows_than_a_delivery_can_have_in_so_many_bytes_are_refused(tmp_path, monkeypatch):
    """All values are the same, so that each column says once how often its value comes."""
    path = _written(tmp_path / "rows.parquet", _rows(_same_text("a", 40_000)), compression="zstd")
    assert len(_read(path)) == 40_000
    monkeypatch.setattr(parquet_rows, "_SOME_ROWS", 1_000)
    monkeypatch.setattr(parquet_rows, "_MOST_ROWS_OF_BYTE", 1)
    assert f"has 40,000 rows in {path.stat().st_size:,} bytes, as no delivery can" in _refused(path)


def test_rows_that_are_not_there_are_missed(tmp_path, monkeypatch):
    path = _written(tmp_path / "rows.parquet", _rows(["a", "b"]))
    monkeypatch.setattr(parquet_rows, "_size_of", lambda *_: parquet_rows._Size(3, small=True))
    assert "rows that it says it has are not there" in _refused(path)


@pytest.mark.parametrize("damage", [0x00, 0x17, 0xFF])
def test_a_damaged_page_is_refused(damage, tmp_path):
    path = _written(tmp_path / "rows.parquet", _rows(["a", "b"] * 50))
    column = pq.read_metadata(path).row_group(0).column(ROWS.schema.get_field_index("PersNr"))
    whole = bytearray(path.read_bytes())
    for place in (column.dictionary_page_offset, column.data_page_offset):
        path.write_bytes(whole[:place] + bytes([damage]) + whole[place + 1 :])
        assert _refused(path) == BROKEN


def test_a_file_that_lies_of_its_size_is_refused_by_the_memory_limit(tmp_path, monkeypatch):
    """And the next one is read."""
    how = {"compression": "zstd", "write_statistics": False, "use_dictionary": False}
    bad = _written(tmp_path / "bad.parquet", _rows(["x" * 200_000_000]), **how)
    monkeypatch.setattr(parquet_rows, "_SOME_BYTES", 1 << 30)
    text, megabytes = _peak_of_reading(bad)
    assert "more than 256MB to read" in text
    assert megabytes < 100
    assert "more than 256MB to read" in _refused(bad)
    assert _read(_written(tmp_path / "good.parquet", _rows(["a"]))) == ["a"]


def test_a_damaged_value_of_spark_is_found_by_the_sum_of_its_page(tmp_path, monkeypatch):
    """Its page is so small that it is hardly packed, and would be read as it stands."""
    path = tmp_path / "rows.parquet"
    path.write_bytes((WRITTEN / "spark_micros-returns.parquet").read_bytes())
    assert _read(path)[:2] == ["P-1", "P 2"]
    path.write_bytes(path.read_bytes().replace(b"P-1", b"P-9", 1))
    assert _refused(path) == BROKEN
    monkeypatch.setattr(parquet_rows, "_refuse_wrong_sums", lambda *_: None)
    assert _read(path)[:2] == ["P-9", "P 2"]


def test_text_that_is_no_utf_8_is_refused(tmp_path):
    path = _written(tmp_path / "rows.parquet", _rows(pa.array([b"caf\xe9"])))
    assert _refused(path) == "has texts that are not UTF-8 (they may be Latin-1); have it written as UTF-8"


def test_a_long_end_is_refused_before_it_is_read(tmp_path):
    """Reading it takes fifty times its bytes."""
    for megabytes, refused in ((1, False), (3, True)):  # Arrow writes a note twice
        notes = {"notes": "x" * (megabytes * 1_000_000)}
        path = _written(tmp_path / f"{megabytes}.parquet", _rows(["a"]).replace_schema_metadata(notes))
        reception = receive([path], tmp_path / "archive", RECEIVED)
        assert ["has more than 5,000,000 bytes at its end" in item.reason for item in reception.refused] == [
            True
        ] * refused


# Columns without values, and types that do not fit.


@pytest.mark.parametrize(
    "kind",
    [pa.null(), pa.int64(), pa.float64(), pa.bool_(), pa.timestamp("us"), pa.decimal128(5, 1), pa.list_(pa.string())],
    ids=str,
)
@pytest.mark.parametrize("name", ["PersNr", "DatEind", "CdAard", "IndZW", "LnSV"])
def test_a_column_without_values_is_empty_whatever_its_type(name, kind, tmp_path):
    assert _read(_written(tmp_path / "rows.parquet", _rows(pa.nulls(3, kind), name)), name) == [None] * 3


def test_numbers_that_are_none_are_no_values(tmp_path):
    rows = _rows(pa.array([float("nan"), None]), "CdAard")
    assert _read(_written(tmp_path / "rows.parquet", rows), "CdAard") == [None, None]


def test_a_column_with_one_value_is_not_empty(tmp_path):
    """Be it the last one."""
    rows = _rows(pa.array([float("nan")] * 5_000 + [1.0]), "CdAard")
    assert _refused(_written(tmp_path / "rows.parquet", rows)) == (
        "has the column CdAard as double; expected a whole number, or text"
    )
