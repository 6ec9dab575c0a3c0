"""Ways to write one value mean one thing; what has two meanings stays as it is."""

import io

import pyarrow as pa
import pytest

from quotum.errors import DeliveryRefused
from quotum.intake.column_names import column_named, in_spolisbus
from quotum.intake.delivery.recognition import Dialect
from quotum.intake.flat import csv_rows
from quotum.intake.flat.csv_rows import read_csv
from quotum.intake.flat.delivered_forms import Writing, in_one_form
from quotum.intake.flat.parquet_types import exact_texts
from quotum.intake.sources import Source
from quotum.tables import EMPLOYERS, REGISTER, RETURNS, TRANSFERS, WAGE_BILLS, Table

DUTCH, SPOLISBUS = Writing(dutch=True), Writing(spolisbus=True)
DAY, MOMENT = "started_on", "made_at"
SAME = "as it is"

FORMS = {
    "blanks": ("personnel_number", " \t P 1 \u00a0", "P 1"),
    "a_hard_blank": ("personnel_number", "P-1\u00a0", "P-1"),
    "blanks_within": ("personnel_number", "P  1", SAME),
    "only_blanks": ("personnel_number", "  ", None),
    "nothing": ("personnel_number", "", None),
    "a_line_end": ("personnel_number", "P\n1", SAME),
    "a_number_with_zeros": ("relation_number", "0" * 30 + "12", SAME),
    "a_number_that_is_too_long": ("relation_number", "0" * 41, "0" * 37 + "..."),
    "a_text_that_is_too_long": ("personnel_number", "é" * 200, "é" * 35 + "..."),
    "a_text_that_is_somewhat_too_long": ("personnel_number", "é" * 36, SAME),
    "small_letter": ("insured_ww", "j", "J"),
    "other_letter": ("insured_ww", "y", SAME),
    "dash": ("insured_ww", "-", SAME),
    "word": ("insured_ww", "ja", SAME),
    "kind_of_return": ("return_kind", "v", "V"),
    "payroll_tax_number": ("payroll_tax_number", "123456782l01", "123456782L01"),
    "midnight": (DAY, "2026-03-01 00:00:00", "2026-03-01"),
    "midnight_with_a_letter": (DAY, "2026-03-01T00:00:00.000", "2026-03-01"),
    "midnight_without_seconds": (DAY, "2026-03-01 00:00", "2026-03-01"),
    "noon": (DAY, "2026-03-01 12:00:00", SAME),
    "a_microsecond_later": (DAY, "2026-03-01 00:00:00.000001", SAME),
    "midnight_somewhere": (DAY, "2026-03-01 00:00:00+00", SAME),
    "day_first": (DAY, "01-03-2026", SAME),
    "eight_digits": (DAY, "20260301", SAME),
    "moment": (MOMENT, "2026-03-01T10:00:00", SAME),
    "moment_with_a_space": (MOMENT, "2026-03-01 10:00:00.123456", "2026-03-01T10:00:00.123456"),
    "moment_of_utc": (MOMENT, "2026-03-01 10:00:00 UTC", "2026-03-01T10:00:00Z"),
    "moment_with_hours": (MOMENT, "2026-03-01 10:00:00+01", "2026-03-01T10:00:00+01:00"),
    "moment_with_a_space_more": (MOMENT, "2026-03-01 10:00:00.0000000 +01:00", "2026-03-01T10:00:00.0000000+01:00"),
    "moment_with_four_digits": (MOMENT, "2026-03-01T10:00:00-0130", "2026-03-01T10:00:00-01:30"),
    "moment_without_seconds": (MOMENT, "2026-03-01 10:00", "2026-03-01 10:00"),
    "only_a_day": (MOMENT, "2026-03-01", SAME),
    "amount": ("social_wage_cents", "1,50", SAME),
}  # fmt: skip
OTHER_WAYS = {
    "comma": ("social_wage_cents", DUTCH, " 1234,50 ", "1234.50"),
    "thousands": ("social_wage_cents", DUTCH, "1.234,50", "1?234.50"),
    "dutch_day": (DAY, DUTCH, "31-12-2026", "2026-12-31"),
    "dutch_day_without_zeros": (DAY, DUTCH, "1-3-2026", "2026-03-01"),
    "dutch_day_with_one": (DAY, DUTCH, "1-03-2026", "2026-03-01"),
    "dutch_day_at_midnight": (DAY, DUTCH, "1-3-2026 0:00:00", "2026-03-01"),
    "dutch_day_of_two_digits": (DAY, DUTCH, "1-3-26", SAME),
    "year_first": (DAY, DUTCH, "2026-03-01", SAME),
    "month_first": (DAY, DUTCH, "3/1/2026", SAME),
    "dutch_moment": (MOMENT, DUTCH, "1-3-2026 9:05:00", "2026-03-01T09:05:00"),
    "dutch_moment_without_seconds": (MOMENT, DUTCH, "1-3-2026 9:05", "2026-03-01 09:05"),
    "dash_of_spolisbus": ("insured_ww", SPOLISBUS, "-", "N"),
    "day_of_spolisbus": (DAY, SPOLISBUS, "20260301", "2026-03-01"),
}


def _in_one_form(table: Table, name: str, text: str, writing: Writing) -> str | None:
    """A text in one form, the same beside others and not; the others stay as they are."""
    column = table.column(name)
    result = [
        in_one_form(pa.chunked_array([pa.array(texts, pa.string())]), column, writing).to_pylist()
        for texts in ([text], [None, text], [text, None, "J", text], [None, None])
    ]
    assert result == [[result[0][0]], [None, result[0][0]], [result[0][0], None, "J", result[0][0]], [None, None]]
    return result[0][0]


@pytest.mark.parametrize(("name", "text", "expected"), FORMS.values(), ids=FORMS)
def test_a_value_in_one_form(name, text, expected):
    assert _in_one_form(RETURNS, name, text, Writing()) == (text if expected == SAME else expected)


@pytest.mark.parametrize(("name", "writing", "text", "expected"), OTHER_WAYS.values(), ids=OTHER_WAYS)
def test_a_value_of_a_delivery_that_is_written_in_its_own_way(name, writing, text, expected):
    assert _in_one_form(RETURNS, name, text, writing) == (text if expected == SAME else expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("0.50", "0.5"), ("0.0", "0"), ("1.000", "1"), (".5", "0.5"), ("10", "10"), ("0.105", "0.105"), ("1.50", "1.5")],
)
def test_a_share(text, expected):
    assert _in_one_form(TRANSFERS, "share", text, Writing()) == expected
    assert _in_one_form(TRANSFERS, "share", text.replace(".", ","), DUTCH) == expected


def test_choices_in_another_case():
    assert _in_one_form(EMPLOYERS, "sector", "Niet-Overheid ", Writing()) == "niet-overheid"
    assert _in_one_form(EMPLOYERS, "sector", "Markt", Writing()) == "Markt"
    assert _in_one_form(REGISTER, "ended_by", "OWN_REQUEST", Writing()) == "own_request"


def test_what_is_no_text_stays_as_it_is():
    values = pa.chunked_array([pa.array([1, None])])
    assert in_one_form(values, WAGE_BILLS.column("year"), DUTCH) is values


@pytest.mark.parametrize("kind", [pa.decimal256(60, 20), pa.decimal256(40, 0), pa.decimal128(38, 10)], ids=str)
def test_decimals_of_many_digits_as_texts(kind):
    texts = ["0", "100", "-20.5" if kind.scale else "-20", None]
    result = exact_texts(pa.chunked_array([pa.array(texts).cast(pa.decimal128(38, kind.scale and 10)).cast(kind)]))
    assert result.to_pylist() == texts


@pytest.mark.parametrize("name", ["PersNr", "PERSNR", " persnr "])
def test_a_name_in_another_case_or_padded(name):
    assert column_named(RETURNS, name) is RETURNS.column("personnel_number")


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("SDATUMAANVANGIKV", "started_on"), ("datumeindeikv", "ended_on"), ("SIndAvrLkvOudrWn", "asked_older"),
        ("SINDAVRLKVAGWN", "asked_disabled"), ("SIndAvrLkvDgBafSb", "asked_jobs_agreement"),
        ("SIndAvrLkvHpAgWn", "asked_reassigned"), ("SLHNR", "payroll_tax_number"),
    ],
)  # fmt: skip
def test_names_of_spolisbus(name, column):
    assert column_named(RETURNS, name) is RETURNS.column(column)


def test_a_delivery_is_written_as_spolisbus_has_it_when_it_has_a_name_of_it():
    assert in_spolisbus(RETURNS, ["IdBer", " slhnr"])
    assert not in_spolisbus(RETURNS, ["IdBer", "IndAvrLkvOudrWn", "IndAvrLkvDgBafSb"])


# Quotes (RFC 4180).


def _shares(body: str, end: str = "\n") -> list[str]:
    names = ["from_rsin", "to_rsin", "on", "share"]
    text = ",".join(names) + end + body.replace("\n", end)
    source = Source(0, 0, "", io.BytesIO)
    rows = read_csv(source, io.BytesIO(text.encode()), TRANSFERS, names, Dialect())
    return [value for row in rows for value in row.table["share"].to_pylist()]


QUOTED = {
    "around_all": ('"1","2","3","4"\n', ["4"]),
    "doubled": ('1,2,3,"a ""b"" c"\n', ['a "b" c']),
    "a_delimiter": ('1,2,3,"a,b"\n1,2,3,4\n', ["a,b", "4"]),
    "a_line_end": ('1,2,3,"a\nb"\n1,2,3,4\n', ["a\nb", "4"]),
    "a_line_end_at_the_end": ('1,2,3,"a\n"\n', ["a\n"]),
    "nothing": ('1,2,3,""\n', [None]),
}
OPEN = {
    "in_the_last_row": '1,2,3,"a\n',
    "in_the_last_column": '1,2,3,"a\n1,2,3,4\n1,2,3,4\n',
    "in_the_first_column": '"1,2,3,4\n"1,2,3,4\n1,2,3,4\n',
    "in_between": '1,"2,3,4\n1,"2,3,4\n1,2,3,4\n',
    "until_one_far_on": '1,2,3,"4\n' + "1,2,3,4\n" * 9 + '1,2,3,"4"\n',
}


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(("body", "shares"), QUOTED.values(), ids=QUOTED)
def test_values_in_quotes(body, shares, end):
    assert _shares(body, end) == [share and share.replace("\n", end) for share in shares]


def test_line_ends_within_quotes_where_a_block_ends(monkeypatch):
    monkeypatch.setattr(csv_rows, "_BLOCK_BYTES", 40)
    assert _shares('1,2,3,"a\nb\nc"\n' * 50) == ["a\nb\nc"] * 50


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("body", OPEN.values(), ids=OPEN)
def test_a_quote_that_does_not_end_loses_no_rows(body, end):
    with pytest.raises(DeliveryRefused, match="is broken CSV at row 1: a quoted value does not end before"):
        _shares(body, end)
