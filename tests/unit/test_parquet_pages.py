"""Parquet is read by what its pages say: in bounded memory, and right where Arrow alone would not be."""

import io
import re
from itertools import pairwise

import attrs
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from quotum.errors import DeliveryRefused
from quotum.intake.flat import parquet_pages, parquet_rows
from quotum.intake.flat.parquet_delta import longest_beginning
from quotum.intake.flat.parquet_pages import Dictionary, pages_of
from quotum.intake.flat.thrift import Cut, Damaged, read_struct
from quotum.intake.receive import receive
from quotum.intake.sources import Source
from quotum.tables import RETURNS
from tests.helpers import RECEIVED, arrow_rows, cells, numbered

ROWS = arrow_rows("returns", [cells("returns", SofiNr=numbered(601))], typed=True)
FORMS = {
    "first": {"data_page_version": "1.0", "compression": "zstd"},
    "second": {"data_page_version": "2.0", "compression": "snappy"},
    "bare": {"compression": "none", "write_statistics": False},
}
# Texts of which the first forty are in the dictionary, and those from the hundredth on are not.
MIXED = {"dictionary_pagesize_limit": 400, "write_batch_size": 200, "data_page_size": 100}


def _rows(texts, other=None, name="PersNr") -> pa.Table:
    """As many payroll rows as texts, alike but for them."""
    rows = ROWS.take(pa.array([0] * len(texts), pa.int64()))
    place = rows.schema.get_field_index(name)
    return rows.set_column(place, name, other if other is not None else pa.array(texts, pa.string()))


def _written(path, rows, **how):
    pq.write_table(rows, path, **how)
    return path


def _read(path, name="PersNr") -> list[str | None]:
    source = Source(0, 0, path.name, lambda: path.open("rb"))
    return [text for some in parquet_rows.read_parquet(source, path, RETURNS) for text in some.table[name].to_pylist()]


def _way(path):
    file = pq.read_metadata(path)
    way = parquet_rows._way(path, file, pages_of(path))
    return set(way.coded), way.most


def _refused(path) -> str:
    with pytest.raises(DeliveryRefused) as refused:
        _read(path)
    return str(refused.value)


@pytest.fixture
def large(monkeypatch):
    """Files are read as large ones are."""
    monkeypatch.setattr(parquet_rows, "_SMALL", -1)


@pytest.mark.parametrize("how", FORMS.values(), ids=FORMS)
def test_every_page_is_counted(how, tmp_path):
    columns = {
        "again": [f"text {number % 7}" for number in range(5_000)],
        "empty": pa.nulls(5_000, pa.string()),
        "number": range(5_000),
        "long": ["x" * 3_000] * 5_000,
    }
    path = tmp_path / "rows.parquet"
    pq.write_table(pa.table(columns), path, row_group_size=3_000, data_page_size=2_000, write_batch_size=100, **how)
    found, file = pages_of(path), pq.read_metadata(path)
    assert {key: value.values for key, value in found.dictionaries.items() if key[1] != "number"} == {
        (group, name): count for group in (0, 1) for name, count in (("again", 7), ("empty", 0), ("long", 1))
    }
    assert found.dictionaries[0, "long"] == Dictionary(1, 3_004)
    said = [file.row_group(group).column(place) for group in (0, 1) for place in range(4)]
    heads = {
        name: sum(each.total_uncompressed_size for each in said if each.path_in_schema == name) for name in columns
    }
    del heads["long"]  # the heads of its pages hold its texts
    for name, size in heads.items():
        assert 0 <= size - found.column_bytes[name] < 0.1 * size + 200
    assert sum(found.group_bytes.values()) == sum(found.column_bytes.values())


@pytest.mark.parametrize("how", FORMS.values(), ids=FORMS)
def test_a_column_that_goes_on_without_its_dictionary_is_mixed(how, tmp_path):
    texts = [f"person {number}" for number in range(9_000)]
    how |= {"write_batch_size": 100, "data_page_size": 1_000}
    pq.write_table(pa.table({"a": texts, "b": texts}), tmp_path / "a.parquet", dictionary_pagesize_limit=9_000, **how)
    pq.write_table(pa.table({"a": texts, "b": texts}), tmp_path / "b.parquet", use_dictionary=["a"], **how)
    assert pages_of(tmp_path / "a.parquet").mixed == {"a", "b"}
    found = pages_of(tmp_path / "b.parquet")
    assert (found.mixed, found.dictionaries.keys()) == (set(), {(0, "a")})
    assert found.value_bytes.keys() == {"b"}
    assert len("person 8999") < found.value_bytes["b"] < 2 * len("person 8999")


def test_texts_that_come_again_are_known_as_such_although_a_short_last_group_has_each_once(tmp_path):
    again = [f"message {number // 50}" for number in range(10_000)]
    rows = pa.table({"again": [*again, "last one"], "once": [f"person {number}" for number in range(10_001)]})
    coded, most = _way(_written(tmp_path / "rows.parquet", rows, row_group_size=10_000))
    assert (coded, most) == ({"again"}, parquet_rows.MOST_ROWS)


def test_short_texts_that_are_all_different_are_not_when_they_are_very_many(tmp_path):
    """A table of all of them would have to be gone through for every piece of the file."""
    texts = pa.array([str(number % 1_000) for number in range(700_000)])
    small = _written(tmp_path / "small.parquet", pa.table({"a": texts.slice(0, 500_000)}), use_dictionary=False)
    large = _written(tmp_path / "large.parquet", pa.table({"a": texts}), use_dictionary=False)
    assert (_way(small)[0], _way(large)[0]) == ({"a"}, set())


def test_long_texts_are_read_few_at_a_time(tmp_path):
    texts = [f"{number:07}" + "x" * 1_993 for number in range(10_000)]
    coded, most = _way(_written(tmp_path / "rows.parquet", pa.table({"a": texts}), use_dictionary=False))
    assert coded == set()
    assert 0.9 < most * 2_004 / parquet_rows._MOST_TEXT <= 1


def test_a_long_text_in_a_dictionary_counts_for_each_row(tmp_path):
    """A text of three kilobytes that hides among short ones."""
    texts = [f"person {number}" for number in range(20_000)] + ["x" * 3_000]
    coded, most = _way(_written(tmp_path / "rows.parquet", pa.table({"a": texts}), row_group_size=30_000))
    assert (coded, most) == (set(), parquet_rows._MOST_TEXT // 3_000)


@pytest.mark.usefixtures("large")
def test_a_dictionary_with_a_value_twice_is_refused(tmp_path):
    """Arrow takes two equal values of a dictionary for one, and every place behind them for the next."""
    path = _twice(tmp_path, [f"P {number % 40}" for number in range(8_000)])
    assert pages_of(path).mixed == set()
    assert _refused(path) == "has a value twice in the dictionary of PersNr; have it made anew"


@pytest.mark.usefixtures("large")
def test_a_dictionary_with_a_value_twice_that_is_left_later_is_read_right(tmp_path):
    """The places that Arrow takes for the next are in range here: wrong values, and nothing to see."""
    texts = [f"P {number % 40}" for number in range(8_000)] + [f"P {number}" for number in range(100, 1_100)]
    path = _twice(tmp_path, texts, **MIXED)
    assert "PersNr" in pages_of(path).mixed
    wrong = pq.read_table(path, read_dictionary=["PersNr"])["PersNr"].to_pylist()
    right = [text.replace("P 12", "P 13") if text == "P 12" else text for text in texts]
    assert (wrong == right, _read(path) == right) == (False, True)


@pytest.mark.usefixtures("large")
def test_a_dictionary_that_arrow_had_before_it_wrote_is_no_other(tmp_path):
    """A file can say so of a column that is mixed, and Arrow would make a dictionary of it again."""
    texts = [f"P {number % 40}" for number in range(8_000)] + [f"P {number}" for number in range(100, 1_100)]
    path = _twice(tmp_path, texts, pa.array(texts).dictionary_encode(), **MIXED)
    assert pa.types.is_dictionary(pq.read_schema(path).field("PersNr").type)
    assert "twice in the dictionary" in _refused(path)
    plain = parquet_rows._plainly(path, pq.read_metadata(path))
    assert not any(pa.types.is_dictionary(kind) for kind in pq.ParquetFile(path, metadata=plain).schema_arrow.types)


def test_a_dictionary_with_a_value_twice_in_a_small_file_is_read_right(tmp_path):
    path = _twice(tmp_path, [f"P {number}" for number in range(10, 14)] * 5)
    assert _read(path) == ["P 10", "P 11", "P 13", "P 13"] * 5


def _twice(folder, texts, other=None, **how):
    """The texts as Parquet, with `P 13` in the place of `P 12`."""
    buffer = io.BytesIO()
    pq.write_table(_rows(texts, other), buffer, compression="none", write_statistics=False, **how)
    before = buffer.getvalue()
    at = re.escape(len("P 12").to_bytes(4, "little") + b"P 12")
    assert len(re.findall(at, before)) == 1
    (folder / "twice.parquet").write_bytes(re.sub(at, b"\x04\0\0\0P 13", before))
    return folder / "twice.parquet"


def test_a_file_that_lies_of_its_size_is_refused(tmp_path):
    """Its end says some kilobytes, the head of its page 20 megabytes for each of 40 rows."""
    texts = pa.DictionaryArray.from_arrays(pa.array([0] * 40, pa.int32()), pa.array(["x" * 20_000_000]))
    buffer = io.BytesIO()
    how = {"compression": "zstd", "write_statistics": False, "dictionary_pagesize_limit": 1 << 30}
    pq.write_table(_rows([""] * 40, texts), buffer, **how)
    group = pq.read_metadata(buffer).row_group(0)
    place = _rows([""]).schema.get_field_index("PersNr")
    honest = buffer.getvalue()
    for size in (group.total_byte_size, group.column(place).total_uncompressed_size):
        assert honest.count(_number(size)) == 1
        honest = honest.replace(_number(size), _number(3_000, len(_number(size))))
    (tmp_path / "lies.parquet").write_bytes(honest)
    assert pq.read_metadata(tmp_path / "lies.parquet").row_group(0).total_byte_size == 3_000
    assert _refused(tmp_path / "lies.parquet").startswith("has rows of more than 4,096 bytes each")


def _number(value: int, length: int = 0) -> bytes:
    """A number as Thrift writes it, in more bytes than it needs when asked."""
    value *= 2
    found = bytearray()
    while value > 127 or len(found) + 1 < length:
        found.append(value & 127 | 128)
        value >>= 7
    return bytes([*found, value])


@pytest.mark.usefixtures("large")
def test_one_long_text_that_comes_with_each_row_is_refused(tmp_path):
    """Arrow and DuckDB make room for a thousand rows and more: here 40 megabytes, of 40 kilobytes."""
    texts = [f"person {number}" for number in range(20_000)] + ["x" * 40_000] * 1_500
    path = _written(tmp_path / "long.parquet", _rows(texts))
    assert _refused(path).startswith("has texts of more than 32,768 bytes")


def test_a_long_text_in_a_small_file_is_read(tmp_path):
    assert _read(_written(tmp_path / "long.parquet", _rows(["x" * 40_000] * 10))) == ["x" * 40_000] * 10


def test_very_many_pages_are_refused(tmp_path):
    how = {"data_page_size": 1, "write_batch_size": 10, "use_dictionary": False}
    assert len(_read(_written(tmp_path / "some.parquet", _rows(["a"] * 1_000), **how))) == 1_000
    path = _written(tmp_path / "many.parquet", _rows(["a"] * 2_000), **how)
    assert _refused(path).startswith("has pages of fewer than 100 rows each")


def test_pages_that_are_too_large_together_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(parquet_rows, "_MOST_HELD", 60_000)
    path = tmp_path / "rows.parquet"
    assert len(_read(_written(path, _rows([f"{number}" for number in range(5_000)]), data_page_size=5_000)))
    _written(path, _rows([f"{number:09}" for number in range(5_000)]), data_page_size=1 << 20)
    assert "have it made with groups of a million rows" in _refused(path)


def test_the_head_of_a_page_can_be_long(tmp_path):
    """It holds the least and the greatest value."""
    texts = [letter * 3_000 for letter in "ab"]
    path = _written(tmp_path / "rows.parquet", _rows(texts), write_page_checksum=True)
    assert _read(path) == texts


@pytest.mark.parametrize("at", ["dictionary", "data"])
def test_a_damaged_head_is_refused(at, tmp_path):
    path = _written(tmp_path / "rows.parquet", _rows(["a", "b"] * 50))
    column = pq.read_metadata(path).row_group(0).column(ROWS.schema.get_field_index("PersNr"))
    place = column.dictionary_page_offset if at == "dictionary" else column.data_page_offset
    whole = bytearray(path.read_bytes())
    for damage in (0x00, 0x17, 0xFF):
        path.write_bytes(whole[:place] + bytes([damage]) + whole[place + 1 :])
        assert _refused(path) == "is broken Parquet; send it again"


WRONG = {
    "one_byte_short": lambda one: {"size": one.size - 1},
    "one_value_more": lambda one: {"values": one.values + 1},
    "before_the_file": lambda one: {"data_at": -one.data_at},
    "behind_the_file": lambda one: {"data_at": 1 << 40, "dictionary_at": None},
}


@pytest.mark.parametrize("change", WRONG.values(), ids=WRONG)
def test_a_column_that_is_not_where_the_end_of_the_file_says_is_refused(change, tmp_path, monkeypatch):
    path = _written(tmp_path / "rows.parquet", _rows(["a", "b"] * 50))
    said = list(parquet_pages._chunks(path))
    monkeypatch.setattr(parquet_pages, "_chunks", lambda _: [*said[:-1], attrs.evolve(said[-1], **change(said[-1]))])
    with pytest.raises(DeliveryRefused, match="is broken Parquet"):
        pages_of(path)


def test_a_page_has_no_fewer_bytes_than_the_file(tmp_path):
    """Nothing is packed here, so that Arrow does not look at how many bytes there are said to be unpacked."""
    path = _written(tmp_path / "rows.parquet", _rows(["x" * 3_000] * 9), compression="none", write_statistics=False)
    honest = path.read_bytes()
    size = _number(3_004)
    assert honest.count(b"\x15" + size + b"\x15" + size) == 1
    path.write_bytes(honest.replace(b"\x15" + size + b"\x15" + size, b"\x15" + _number(8, len(size)) + b"\x15" + size))
    assert pages_of(path).dictionaries[0, "PersNr"] == Dictionary(1, 3_004)


@pytest.mark.parametrize("said", [0, 99, 101, 10**12])
def test_another_number_of_rows_than_the_groups_have_is_refused(said, tmp_path, monkeypatch):
    """What is read at a time hangs on it."""
    path = _written(tmp_path / "rows.parquet", _rows(["a"] * 100))
    assert len(_read(path)) == 100
    refuse = parquet_rows._refuse_swollen
    monkeypatch.setattr(parquet_rows, "_refuse_swollen", lambda _, *more: refuse(said, *more))
    assert _refused(path) == "is broken Parquet; send it again"


def test_more_rows_than_a_delivery_can_have_in_so_many_bytes_are_refused(tmp_path):
    """All values are the same, so that each column says once how often its value comes."""
    same = pa.DictionaryArray.from_arrays(pa.array(np.zeros(1_100_000, np.int8)), pa.array(["a"]))
    alike = ROWS.take(pa.array(np.zeros(1_100_000, np.int64)))
    rows = alike.set_column(alike.schema.get_field_index("PersNr"), "PersNr", same)
    path = _written(
        tmp_path / "rows.parquet", rows, row_group_size=2_000_000, compression="zstd", write_statistics=False
    )
    assert path.stat().st_size < 100_000
    large = 1_000 * path.stat().st_size
    parquet_rows._refuse_swollen(1_100_000, large, pages_of(path))
    with pytest.raises(DeliveryRefused, match="has 1,100,000 rows in 10,999 bytes, as no delivery can"):
        parquet_rows._refuse_swollen(1_100_000, 10_999, pages_of(path))
    parquet_rows._refuse_swollen(1_100_000, 11_000, pages_of(path))


def test_columns_that_share_their_bytes_are_refused(tmp_path, monkeypatch):
    path = _written(tmp_path / "rows.parquet", _rows(["a", "b"] * 50))
    said = list(parquet_pages._chunks(path))
    again = attrs.evolve(said[-1], group=1)
    monkeypatch.setattr(parquet_pages, "_chunks", lambda _: [*said, again])
    with pytest.raises(DeliveryRefused, match="is broken Parquet"):
        pages_of(path)


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize("size", [1, 7, 50, 1_000])
def test_groups_of_few_rows_are_read_together(size, tmp_path, monkeypatch):
    """Each of many small groups would cost as much as one of a million rows."""
    monkeypatch.setattr(parquet_rows, "ENOUGH_ROWS", 100)
    texts = [f"P {number % 13}" for number in range(1_000)]
    path = _written(tmp_path / "rows.parquet", _rows(texts), row_group_size=size)
    pages = pages_of(path)
    assert _read(path) == texts
    way = parquet_rows._way(path, pq.read_metadata(path), pages)
    assert [group for groups in way.sets for group in groups] == list(range(-(-1_000 // size)))
    assert max(sum(pages.rows[group] for group in groups) for groups in way.sets) <= max(100, size)
    assert len(way.sets) <= 1_000 // min(size, 90) + 1
    assert way.coded == (set() if size < 1_000 else way.coded)


def test_a_damaged_value_is_found_by_the_sum_of_its_page(tmp_path):
    """Writers of Parquet add one when asked, and some always."""
    how = {"compression": "none", "use_dictionary": False, "write_statistics": False}
    for sums in (True, False):
        path = _written(tmp_path / "rows.parquet", _rows(["P 12", "P 13"]), write_page_checksum=sums, **how)
        whole = path.read_bytes()
        assert whole.count(b"P 12") == 1
        path.write_bytes(whole.replace(b"P 12", b"P 92"))
        if sums:
            assert _refused(path) == "is broken Parquet; send it again"
        else:
            assert _read(path) == ["P 92", "P 13"]


def test_a_long_end_is_refused_before_it_is_read(tmp_path):
    """Reading it takes fifty times its bytes."""
    for megabytes, refused in ((1, False), (3, True)):  # Arrow writes a note twice
        notes = {"notes": "x" * (megabytes * 1_000_000)}
        path = _written(tmp_path / f"{megabytes}.parquet", _rows(["a"]).replace_schema_metadata(notes))
        reception = receive([path], tmp_path / "archive", RECEIVED)
        assert ["has more than 5,000,000 bytes at its end" in one.reason for one in reception.refused] == [
            True
        ] * refused


STRUCT = bytes(
    [0x15, 0x04, 0x15, 0xAC, 0x02, 0x18, 0x03, *b"abc", 0x2C, 0x11, 0x12, 0x13, 0x09, 0x00, 0x06, 0x50, 0x01, 0]
)


def test_a_struct_of_thrift():
    """Numbers, a text, a struct of two truths and a byte, and a number of another size whose field stands apart."""
    nothing = {1: None, 2: None, 3: None}
    assert read_struct(STRUCT + b"more") == ({1: 2, 2: 150, 3: None, 5: nothing, 40: None}, len(STRUCT))


def test_a_struct_of_thrift_that_is_cut():
    for end in range(len(STRUCT)):
        with pytest.raises(Cut):
            read_struct(STRUCT[:end])


@pytest.mark.parametrize(
    "data",
    [
        bytes([0x15, 0x02, 0x05, 0x02, 0x02, 0x00]),
        bytes([0x15, *[0xFF] * 10, 0x01, 0x00]),
        bytes([0x1C] * 20 + [0x00] * 20),
        bytes([0x19, 0x15, 0x02, 0x00]),
        bytes([0x15, 0x02, 0x05, 0x82, 0x80, 0x08, 0x04, 0x00]),
        bytes([0x05, 0x00, 0x04, 0x00]),
    ],
    ids=["field_twice", "number_of_over_64_bits", "too_deep", "list", "field_of_17_bits", "field_0"],
)
def test_what_is_no_head_of_a_page(data):
    with pytest.raises(Damaged):
        read_struct(data)


BEGINNINGS = {
    "alike": [f"person {number:07}" for number in range(3_000)],
    "unlike": [f"{number * 7919 % 3_000:04}" + "z" * (number % 30) for number in range(3_000)],
    "some_absent": [f"P {number}" if number % 3 else None for number in range(3_000)],
    "grow": ["x" * (number % 900) for number in range(3_000)],
    "one": ["a"],
    "none": [None] * 200,
    "empty": [""] * 500,
}


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize(
    "how", [*FORMS.values(), {"compression": "gzip"}, {"compression": "lz4"}, {"compression": "brotli"}]
)
@pytest.mark.parametrize("texts", BEGINNINGS.values(), ids=BEGINNINGS)
def test_texts_that_begin_like_the_one_before(texts, how, tmp_path):
    """How much one takes over is read exactly; so is the file."""
    how = how | {"use_dictionary": False, "column_encoding": {"PersNr": "DELTA_BYTE_ARRAY"}, "data_page_size": 10_000}
    path = _written(tmp_path / "rows.parquet", _rows(texts), **how)
    file, pages = pq.read_metadata(path), pages_of(path)
    assert set(pages.growing) == {"PersNr"}
    given = [text for text in texts if text is not None]
    common = [_alike(*pair) for pair in pairwise(given)]
    longest = parquet_rows._beginning(path, file, "PersNr", pages.growing["PersNr"])
    assert longest == max(common, default=0) if len(pages.growing["PersNr"]) == 1 else longest <= max(common)
    assert _read(path) == texts


def _alike(one: str, other: str) -> int:
    """How many characters two texts begin with in common."""
    together = zip(one, other, strict=False)
    return next((at for at, (here, there) in enumerate(together) if here != there), min(len(one), len(other)))


@pytest.mark.usefixtures("large")
def test_texts_that_grow_without_end_are_refused(tmp_path):
    how = {"use_dictionary": False, "column_encoding": {"PersNr": "DELTA_BYTE_ARRAY"}, "compression": "zstd"}
    path = _written(tmp_path / "rows.parquet", _rows(["x" * 33_000] * 300 + ["a"] * 20_000), **how)
    assert path.stat().st_size < 100_000
    assert _refused(path) == "has texts of more than 32,768 bytes, as no delivery has; have it made anew"


@pytest.mark.parametrize("required", [False, True])
@pytest.mark.usefixtures("large")
def test_texts_that_may_not_be_absent_have_no_marks_before_them(required, tmp_path):
    rows = _rows([f"P {number}" for number in range(500)])
    schema = pa.schema([each.with_nullable(not (required and each.name == "PersNr")) for each in rows.schema])
    how = {"use_dictionary": False, "column_encoding": {"PersNr": "DELTA_BYTE_ARRAY"}}
    path = _written(tmp_path / "rows.parquet", rows.cast(schema), **how)
    assert parquet_rows._beginning(path, pq.read_metadata(path), "PersNr", pages_of(path).growing["PersNr"]) == len(
        "P 49"
    )
    assert len(_read(path)) == 500


NO_NUMBERS = {
    "nothing": b"",
    "no_parts": bytes([0x80, 0x01, 0, 4, 0]),
    "parts_of_no_32": bytes([0x80, 0x01, 3, 4, 0]),
    "below_zero": bytes([0x80, 0x01, 4, 1, 1]),
    "wider_than_32_bits": bytes([0x80, 0x01, 4, 4, 0, 0, 33, 0, 0, 0]) + bytes(200),
    "cut": bytes([0x80, 0x01, 4, 40, 0, 0, 8, 8, 0, 0, 1, 2]),
    "beyond_32_bits": bytes([0x80, 0x01, 4, 2, 0, 0xFE, 0xFF, 0xFF, 0xFF, 0x1F, 0, 0, 0, 0]),
}


@pytest.mark.parametrize("data", NO_NUMBERS.values(), ids=NO_NUMBERS)
def test_what_is_no_page_of_beginnings(data):
    with pytest.raises((Cut, Damaged)):
        longest_beginning(data)


@pytest.mark.usefixtures("large")
def test_a_file_and_a_group_without_rows(tmp_path):
    assert _read(_written(tmp_path / "none.parquet", _rows([]))) == []
    with pq.ParquetWriter(tmp_path / "some.parquet", _rows(["a"]).schema) as file:
        for texts in (["a"], [], ["b", "c"], []):
            file.write_table(_rows(texts))
    assert pq.read_metadata(tmp_path / "some.parquet").num_row_groups == 4
    assert _read(tmp_path / "some.parquet") == ["a", "b", "c"]
