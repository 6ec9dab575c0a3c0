"""Rules on rows of returns at their boundaries: which are broken, and which are not."""

import re

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from quotum.intake.checks.checker import Checker
from quotum.intake.checks.whole_returns import TOTALS_SCHEMA, wrong_totals
from quotum.intake.receive import receive
from quotum.intake.staging.messages import SUMS_SCHEMA, fragments_of
from quotum.tables import RETURNS
from tests.helpers import FIXTURES, RECEIVED, arrow_rows, write_csv
from tests.rows import Row, cells, nil_return, withdrawal

WAGES = {"LnSV": "10.00", "PrlnAofAnwLg": "0.00", "PrlnAofAnwHg": "10.00", "PrlnAofAnwUit": "0.00"}
NEGATIVE = {"LnSV": "-10.00", "PrlnAofAnwHg": "-10.00"}


def _checked(*rows: Row):
    raw = arrow_rows("returns", rows, typed=False)
    for column in RETURNS.columns:
        if column.delivered_name not in raw.schema.names:
            raw = raw.append_column(column.delivered_name, pa.nulls(len(rows), pa.string()))
    for name, values in (("delivery", 0), ("member", 0)):
        raw = raw.append_column(name, pa.array(np.full(len(rows), values)))
    raw = raw.append_column("row", pa.array(np.arange(len(rows)) + 1))
    return Checker(duckdb.connect()).check(raw, RETURNS)


@pytest.mark.parametrize(
    ("changed", "broken"),
    [
        pytest.param({}, set(), id="a_sound_row"),
        pytest.param({"Actie": "Q", "DatAanv": ""}, {"Actie_form", "DatAanv_required"}, id="unknown_breaks_a_rule"),
        pytest.param({"DatAanvTv": "", "SrtIV": "99"}, {"DatAanvTv_required"}, id="no_period"),
        pytest.param({"DatEindTv": "2026-01-30"}, {"period_days_belong_together"}, id="no_month"),
        pytest.param({"DatEindTv": "2026-06-30"}, {"period_of_half_a_year_or_more"}, id="half_a_year"),
        pytest.param({"AantVerlU": "744"}, set(), id="all_hours_of_31_days"),
        pytest.param({"AantVerlU": "745"}, {"hours_above_period"}, id="an_hour_more"),
        pytest.param(
            {"DatEindTv": "2026-01-25", "AantVerlU": "601"}, {"hours_above_period"}, id="an_hour_more_than_25_days"
        ),
        pytest.param(WAGES | {"AantVerlU": "-1"}, {"hours_and_wage_of_opposite_sign"}, id="hours_below_zero"),
        pytest.param(NEGATIVE, {"hours_and_wage_of_opposite_sign"}, id="wage_below_zero"),
        pytest.param(NEGATIVE | {"AantVerlU": "-1"}, set(), id="both_below_zero"),
        pytest.param({"LnSV": "99999999.99"}, set(), id="ten_digits"),
        pytest.param({"LnSV": "100000000.01"}, {"LnSV_digits"}, id="eleven_digits"),
        pytest.param({"LnSV": "9999999999.00"}, set(), id="ten_digits_and_zeros"),
        pytest.param({"DatTdAanm": "2026-01-01T00:00:00"}, set(), id="made_on_the_first_day"),
        pytest.param({"DatTdAanm": "2025-12-31T23:59:59"}, {"made_before_period"}, id="made_a_second_earlier"),
        pytest.param({"DatEind": "2025-03-01"}, set(), id="ended_when_started"),
        pytest.param({"DatEind": "2025-02-28"}, {"ended_before_started"}, id="ended_a_day_earlier"),
    ],
)
def test_rules(changed, broken):
    checked = _checked(cells("returns"), cells("returns", NumIV="2") | changed, withdrawal(NumIV="3"))
    rows = [row for finding in checked.findings for row in finding.to_pylist()]
    # A row without a period has more than one thing against it; those of other rows would show here too.
    assert {(row["row"], row["rule"]) for row in rows} == {(2, rule) for rule in broken}


@pytest.mark.parametrize(
    ("rows", "repeated"),
    [
        pytest.param([{}, {}], True, id="twice"),
        pytest.param([{}, {"NumIV": "2"}], False, id="another_relation"),
        pytest.param([{"SofiNr": "", "PersNr": "a"}] * 2, True, id="one_personnel_number_twice"),
        pytest.param([{"SofiNr": "", "PersNr": "a"}, {"SofiNr": "", "PersNr": "b"}], False, id="two_personnel_numbers"),
        pytest.param([{"SofiNr": ""}] * 2, True, id="nobody_twice"),
        pytest.param(
            [{"SofiNr": "", "PersNr": "a", "NumIV": number} for number in ("1", "8193")], False, id="high_numbers"
        ),
        pytest.param([{}, {"SofiNr": "", "PersNr": "a"}], False, id="with_and_without_bsn"),
    ],
)
def test_the_same_income_relation_twice(rows, repeated):
    accepted = _checked(*(cells("returns") | changed for changed in rows)).accepted
    assert fragments_of(accepted, 0).fragments["repeated"].to_pylist() == [repeated]


@pytest.mark.parametrize(
    ("cents", "total", "wrong"),
    [(1060, "10", False), (1060, "11", True), (1099, "10", False), (1100, "11", False), (-50, "-1", False),
     (-50, "0", True), (0, "0", False), (5, "x", True)],
)  # fmt: skip
def test_a_total_is_the_sum_cut_off_to_whole_euros(cents, total, wrong, tmp_path):
    sums = [dict.fromkeys(SUMS_SCHEMA.names, 0) | {"first_row": 1, "social_wage_cents": cents}]
    totals = [
        {name: "0" if pa.types.is_string(TOTALS_SCHEMA.field(name).type) else 0 for name in TOTALS_SCHEMA.names}
        | {"first_row": 1, "last_row": 1, "TotLnSV": total}
    ]
    paths = []
    for name, rows, schema in (("sums", sums, SUMS_SCHEMA), ("totals", totals, TOTALS_SCHEMA)):
        paths.append(tmp_path / f"{name}.parquet")
        pq.write_table(pa.Table.from_pylist(rows, schema=schema), paths[-1])
    connection = [
        row["rule"]
        for wrong_total in wrong_totals(duckdb.connect(), [paths[1]], [paths[0]])
        for row in wrong_total.to_pylist()
    ]
    assert connection == ["total_matches_rows"] * wrong


def test_a_return_without_rows_needs_no_values():
    assert not list(_checked(nil_return()).findings)


@pytest.mark.parametrize("beside", [None, "return.xml", "return.csv"], ids=["alone", "beside_xml", "beside_csv"])
def test_totals_of_a_return_without_an_accepted_row_are_not_the_sum_of_its_rows(beside, tmp_path):
    """Whatever else came in the same call."""
    sound = (FIXTURES / "loonaangifte-2026-with-correction.xml").read_bytes()
    (tmp_path / "return.xml").write_bytes(sound)
    write_csv(tmp_path / "return.csv", "returns", [cells("returns")])
    (tmp_path / "wrong.xml").write_bytes(re.sub(rb"<AantVerlU>\d+<", b"<AantVerlU>x<", sound))
    came = [tmp_path / name for name in ("wrong.xml", beside) if name]
    result = {rule: count for rule, _, count in receive(came, tmp_path / "archive", RECEIVED).findings}
    assert result["total_matches_rows"] == 2


NUMBERS = {
    "a_zero_lost": ("12345672", True),
    "two_zeros_lost": ("1234511", True),
    "eight_digits_of_nobody": ("12345678", False),
    "nine_digits_of_nobody": ("123456789", False),
    "an_exponent": ("1.23E+08", True),
    "a_dutch_exponent": ("1,23E+08", True),
    "a_float": ("123456782.0", True),
    "letters": ("twelve", False),
}


@pytest.mark.parametrize(("bsn", "number"), NUMBERS.values(), ids=NUMBERS)
def test_a_bsn_that_a_spreadsheet_took_for_a_number(bsn, number):
    result = _checked({"SofiNr": bsn} | {name: text for name, text in cells("returns").items() if name != "SofiNr"})
    rules = {rule for finding in result.findings for rule in finding["rule"].to_pylist()}
    assert rules == {"SofiNr_form"} | ({"SofiNr_digits_kept"} if number else set())
