"""What delivered values mean does not depend on the way by which they are understood."""

from decimal import Decimal

import duckdb
import pyarrow as pa
import pytest
from attrs import evolve
from hypothesis import example, given, settings
from hypothesis import strategies as st

from quotum.identifiers import passes_eleven_test, payroll_tax_number_integer
from quotum.intake import plain_values, understanding
from quotum.intake.checks import Checker
from quotum.intake.understanding import Understanding
from quotum.tables import REGISTER, RETURNS, WAGE_BILLS, Kind
from tests.helpers import EMPLOYER, PERSON, arrow_rows, cells

BSN = RETURNS.column("bsn")
NUMBER = RETURNS.column("payroll_tax_number")
WAGE = RETURNS.column("social_wage_cents")
NEARLY_BSN = st.one_of(
    st.from_regex(r"[0-9]{8,10}", fullmatch=True),
    st.integers(0, 99_999_999).map(lambda eight: _completed(f"{eight:08d}")),
    st.text("0123456789 +-L٣", max_size=12),
    st.just(PERSON),
)
NEARLY_AMOUNTS = st.one_of(
    st.from_regex(r"[+-]?[0-9]{0,12}(\.[0-9]{0,4})?", fullmatch=True),
    st.decimals(-(10**11), 10**11, places=2).map(str),
    st.text("0123456789.,-+eE ", max_size=15),
)


def _completed(eight: str) -> str:
    """Eight digits with the ninth that the eleven test asks for, or any where there is none."""
    return eight + str(sum((9 - place) * int(digit) for place, digit in enumerate(eight)) % 11 % 10)


@pytest.fixture(scope="module")
def ways() -> Understanding:
    return Understanding(duckdb.connect())


def _by_sql(ways: Understanding, column, texts: list[str | None]) -> list[object]:
    return ways._by_sql(column, pa.array(texts, pa.string()), understanding._from_text(column, "v")).to_pylist()


def _understood(ways: Understanding, column, texts: list[str | None]) -> list[object]:
    """By every way there is: as plain texts, as a dictionary, and as part of a longer array."""
    plain = pa.array(texts, pa.string())
    longer = pa.array(["1", None, *texts, "x"], pa.string()).slice(2, len(texts))
    found = [
        ways.column(column, pa.chunked_array([each])).to_pylist() for each in (plain, longer, plain.dictionary_encode())
    ]
    assert found[0] == found[1] == found[2]
    return found[0]


@given(texts=st.lists(st.none() | NEARLY_BSN, max_size=8))
@example(texts=["000000000", "111222333", None, "123456782"])
@settings(deadline=None, max_examples=25)
def test_bsn(ways, texts):
    expected = [int(text) if text is not None and passes_eleven_test(text) else None for text in texts]
    assert _understood(ways, BSN, texts) == _by_sql(ways, BSN, texts) == expected


@given(
    texts=st.lists(st.tuples(NEARLY_BSN, st.sampled_from(["L01", "L00", "L10", "L1", "l01", "L0x", "B01"])), max_size=8)
)
@settings(deadline=None, max_examples=25)
def test_payroll_tax_numbers(ways, texts):
    numbers = ["".join(parts) for parts in texts]
    expected = [
        payroll_tax_number_integer(first + last) if passes_eleven_test(first) and last in ("L01", "L10") else None
        for first, last in texts
    ]
    assert _understood(ways, NUMBER, numbers) == _by_sql(ways, NUMBER, numbers) == expected


@pytest.mark.parametrize("negative", [True, False])
@given(texts=st.lists(st.none() | NEARLY_AMOUNTS, max_size=8))
@example(texts=["-0.01", "9999999999.99", "10000000000.00", "-.10", "1.5", "+1.00", "-", "", "--1.00", "1..00"])
@settings(deadline=None, max_examples=25)
def test_amounts(ways, texts, negative):
    column = WAGE if negative else evolve(WAGE, negative=False)
    found = _understood(ways, column, texts)
    assert found == _by_sql(ways, column, texts)
    read = plain_values.cents(pa.array(texts, pa.string()), negative)
    for text, value, known in zip(texts, read.values.tolist(), read.known.tolist(), strict=True):
        assert not known or value == Decimal(text) * 100


def test_plain_amounts_and_numbers_need_no_sql():
    """Or the speed is gone without anybody noticing."""
    assert plain_values.cents(pa.array(["0.00", "-12.34", "9999999999.99"]), negative=True).known.all()
    assert plain_values.nine_digits(pa.array([PERSON, EMPLOYER])).known.all()
    assert plain_values.payroll_tax_numbers(pa.array([f"{EMPLOYER}L01"])).known.all()


@given(texts=st.lists(st.none() | st.text(st.characters(max_codepoint=0x2FF), max_size=40), max_size=6))
@settings(deadline=None, max_examples=25)
def test_texts(ways, texts):
    column = RETURNS.column("message_id")
    assert _understood(ways, column, texts) == _by_sql(ways, column, texts)


@pytest.mark.parametrize("kind", [Kind.DATE, Kind.MOMENT, Kind.FLAG, Kind.CHOICE, Kind.WHOLE])
def test_what_was_remembered_is_what_is_found_anew(kind):
    """A text that came before means the same the second time, and a day of the year 0 is a day too."""
    column = next(column for column in RETURNS.columns if column.kind is kind)
    texts = ["0000-01-01", "2026-02-30", "2026-02-28", "2026-02-28T10:00:00", "J", "N", "V", "7", "00012", None, ""]
    ways = Understanding(duckdb.connect())
    first = ways.column(column, pa.chunked_array([pa.array(texts)]))
    second = ways.column(column, pa.chunked_array([pa.array(texts[::-1])]))
    assert first.null_count < len(texts)
    assert first.take(pa.array(range(len(texts) - 1, -1, -1))).cast(column.inside).equals(second.cast(column.inside))


def _amounts(values: list[str | None], found: pa.DataType) -> pa.ChunkedArray:
    return pa.chunked_array([pa.array([None if value is None else Decimal(value) for value in values], found)])


@pytest.mark.parametrize(
    "found", [pa.decimal128(12, 2), pa.decimal128(38, 2), pa.decimal128(11, 1), pa.decimal256(40, 2)]
)
def test_amounts_of_any_decimal_type(ways, found):
    values = ["-12.30", None, "99999999.90", "0"]
    raw = pa.chunked_array([_amounts(["7", *values], found).chunk(0).slice(1)])
    assert ways.column(WAGE, raw).to_pylist() == [-1230, None, 9999999990, 0]


def test_typed_whole_numbers_keep_the_limits_of_their_text(ways):
    column = RETURNS.column("relation_number")
    raw = pa.chunked_array([pa.array([0, 9_999, 10_000, -1, None], pa.int16())])
    assert ways.column(column, raw).to_pylist() == [0, 9_999, None, None, None]


@pytest.mark.parametrize("table", [RETURNS, REGISTER, WAGE_BILLS])
def test_nulls_that_stand_in_a_dictionary_are_nulls(table):
    """Some writers put them there; a value that is demanded must still be missed."""
    rows = arrow_rows(table.name, [cells(table.name), cells(table.name)], typed=False)
    name = next(column.delivered_name for column in table.columns if not column.null)
    coded = pa.DictionaryArray.from_arrays(pa.array([0, 1]), pa.array([rows[name][0].as_py(), None]))
    place = rows.schema.get_field_index(name)
    raw = rows.set_column(place, name, coded)
    for column in table.columns:
        if column.delivered_name not in raw.schema.names:
            raw = raw.append_column(column.delivered_name, pa.nulls(2, pa.string()))
    for number, each in enumerate(("delivery", "member", "row")):
        raw = raw.append_column(each, pa.array([1, 1 + (number == 2)]))
    checked = Checker(duckdb.connect()).check(raw, table)
    assert checked.accepted.num_rows == 1
    assert checked.findings["rule"].to_pylist() == [f"{name}_required"]
    assert {place: tally.rows for place, tally in checked.rejected.items()} == {(1, 1): 1}
