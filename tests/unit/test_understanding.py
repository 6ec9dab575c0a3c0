"""What delivered values mean does not depend on the way by which they are understood."""

from decimal import Decimal

import duckdb
import pyarrow as pa
import pytest
from attrs import evolve
from hypothesis import example, given, settings
from hypothesis import strategies as st

from quotum.identifiers import passes_eleven_test, payroll_tax_number_integer
from quotum.intake.checks import conversion
from quotum.intake.checks.conversion import Converter
from quotum.intake.flat import plain_values
from quotum.tables import RETURNS, Kind
from tests.rows import EMPLOYER, PERSON

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
def ways() -> Converter:
    return Converter(duckdb.connect())


def _by_sql(ways: Converter, column, texts: list[str | None]) -> list[object]:
    return ways._by_sql(column, pa.array(texts, pa.string()), conversion._from_text(column, "v")).to_pylist()


def _understood(ways: Converter, column, texts: list[str | None]) -> list[object]:
    """By every way there is: as texts, and as part of a longer array."""
    plain = pa.array(texts, pa.string())
    longer = pa.array(["1", None, *texts, "x"], pa.string()).slice(2, len(texts))
    result = [ways.column(column, pa.chunked_array([item])).to_pylist() for item in (plain, longer)]
    assert result[0] == result[1]
    return result[0]


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
    result = _understood(ways, column, texts)
    assert result == _by_sql(ways, column, texts)
    read = plain_values.cents(pa.array(texts, pa.string()), negative)
    for place, text in enumerate(texts):
        assert text is None or place in read.odd or read.values[place].as_py() == Decimal(text) * 100


def test_plain_amounts_and_numbers_need_no_sql():
    """Or the speed is gone without anybody noticing."""
    plain = {
        "social_wage_cents": ["0.00", "-12.34", "9999999999.99", None],
        "bsn": [PERSON, None, EMPLOYER],
        "payroll_tax_number": [f"{EMPLOYER}L01"],
        "relation_number": ["0", "9999", "0001"],
        "paid_hours": ["-160", None, "5"],
        "income_kind": ["15", "11"],
        "started_on": ["2026-02-28", None, "1900-01-01"],
        "made_at": ["2026-02-28T23:59:59"],
        "insured_ww": ["J", "N", None],
    }
    for name, texts in plain.items():
        read = plain_values.read(RETURNS.column(name), pa.array(texts, pa.string()))
        assert read is not None
        assert not len(read.odd), name


NEARLY_RIGHT = {
    "started_on": st.one_of(
        st.dates().map(str), st.from_regex(r"[0-9]{4}-[01][0-9]-[0-3][0-9]", fullmatch=True),
        st.text("0123456789-/ ", min_size=9, max_size=11),
    ),
    "made_at": st.one_of(
        st.datetimes().map(lambda moment: moment.isoformat()),
        st.from_regex(r"20[0-9]{2}-[01][0-9]-[0-3][0-9][T ]([0-6][0-9]:?){3}(Z|\.[0-9]{1,9})?", fullmatch=True),
        st.text("0123456789-:T ", min_size=18, max_size=20),
    ),
    "relation_number": st.text("0123456789+- x", max_size=7),
    "paid_hours": st.one_of(st.integers(-(10**6), 10**6).map(str), st.text("0123456789+- xe", max_size=7)),
    "income_kind": st.text("0123456789+-", max_size=3),
    "insured_ww": st.text("JNjn ", max_size=2),
}  # fmt: skip


@pytest.mark.parametrize("name", NEARLY_RIGHT)
@given(data=st.data())
@settings(deadline=None, max_examples=25)
def test_what_is_read_plainly_is_what_sql_finds(ways, name, data):
    column = RETURNS.column(name)
    texts = data.draw(st.lists(st.none() | NEARLY_RIGHT[name], max_size=8))
    given_texts, longer = pa.array(texts, pa.string()), pa.array(["1", None, *texts, "x"], pa.string())
    expected = ways._by_sql(column, given_texts, conversion._from_text(column, "v"))
    for item in (given_texts, longer.slice(2, len(texts))):
        assert ways._read(column, pa.chunked_array([item])).equals(expected)


@pytest.mark.parametrize(("name", "texts"), [
    ("started_on", ["0000-12-31", "0001-01-01", "0001-01-02"]),
    ("made_at", ["0000-12-31T23:59:59", "0001-01-01T00:00:00", "2026-01-01T24:00:00"]),
])  # fmt: skip
def test_days_of_the_year_0_are_for_sql_to_judge(ways, name, texts):
    column = RETURNS.column(name)
    expected = ways._by_sql(column, pa.array(texts), conversion._from_text(column, "v"))
    assert ways._read(column, pa.chunked_array([pa.array(texts)])).equals(expected)


def test_one_odd_value_leaves_the_others_where_they_are(ways):
    texts = ["1.00", "x", None, "1.5", "-2.25", "1..00", "12", "3.00"]
    assert _understood(ways, WAGE, texts) == [100, None, None, 150, -225, None, 1200, 300]


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
    ways = Converter(duckdb.connect())
    first = ways.column(column, pa.chunked_array([pa.array(texts)]))
    second = ways.column(column, pa.chunked_array([pa.array(texts[::-1])]))
    assert first.null_count < len(texts)
    assert first.take(pa.array(range(len(texts) - 1, -1, -1))).cast(column.inside).equals(second.cast(column.inside))


def _amounts(values: list[str | None], result: pa.DataType) -> pa.ChunkedArray:
    return pa.chunked_array([pa.array([None if value is None else Decimal(value) for value in values], result)])


@pytest.mark.parametrize("arrow_type", [pa.decimal128(12, 2), pa.decimal128(38, 2), pa.decimal128(11, 1)])
def test_amounts_of_any_decimal_type(ways, arrow_type):
    values = ["-12.30", None, "99999999.90", "0"]
    raw = pa.chunked_array([_amounts(["7", *values], arrow_type).chunk(0).slice(1)])
    assert ways.column(WAGE, raw).to_pylist() == [-1230, None, 9999999990, 0]


def test_typed_whole_numbers_keep_the_limits_of_their_text(ways):
    column = RETURNS.column("relation_number")
    raw = pa.chunked_array([pa.array([0, 9_999, 10_000, -1, None], pa.int16())])
    assert ways.column(column, raw).to_pylist() == [0, 9_999, None, None, None]
