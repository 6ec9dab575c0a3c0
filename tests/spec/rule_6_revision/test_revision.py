"""Revision as three lists (Wtl 4.3 lid 1; Wet banenafspraak 6 lid 7)."""

from datetime import date

import pyarrow as pa
import pytest

from quotum.diff.revision import SettledTables, revise
from quotum.tables import BONUS_LINES, SURCHARGE_LINES

ONE, TWO = "000000012", "000000024"
ANN, BEN = "000000101", "000000113"
JANUARY = (date(2026, 1, 1), date(2026, 1, 31))


def _settled(engine, persons=(), returns=(), year=2026):
    bonus = [
        {"rsin": rsin, "bsn": bsn, "paid_hours": 1, "lkv_cents": lkv, "lkv_capped": False, "bonus_cents": bonus,
         "granted_category": "jobs_agreement"}
        for rsin, bsn, lkv, bonus in persons
    ]  # fmt: skip
    owed = [
        {"lhnr": f"{rsin}L01", "period_start": JANUARY[0], "period_end": JANUARY[1], "base_cents": base,
         "surcharge_cents": surcharge}
        for rsin, base, surcharge in returns
    ]  # fmt: skip
    return SettledTables(
        year,
        engine.table(pa.Table.from_pylist(bonus, BONUS_LINES.written_schema)),
        engine.table(pa.Table.from_pylist(owed, SURCHARGE_LINES.written_schema)),
    )


def _persons(engine, result):
    names = ("rsin", "bsn", "before_payable_cents", "after_payable_cents", "difference_payable_cents")
    return sorted(tuple(row[name] for name in names) for row in engine.collect(result).to_pylist())


def _rows(engine, result):
    return engine.collect(result).num_rows


@pytest.mark.parametrize(
    ("before", "after", "downward", "upward"),
    [
        pytest.param([(ONE, ANN, 100, 0)], [(ONE, ANN, 99, 0)], [(ONE, ANN, 100, 99, -1)], [], id="a_cent_less"),
        pytest.param([(ONE, ANN, 100, 0)], [(ONE, ANN, 100, 0)], [], [], id="the_same"),
        pytest.param([(ONE, ANN, 100, 0)], [(ONE, ANN, 101, 0)], [], [(ONE, ANN, 100, 101, 1)], id="a_cent_more"),
        pytest.param([(ONE, ANN, 100, 376)], [], [(ONE, ANN, 476, 0, -476)], [], id="no_right_any_more"),
        pytest.param([], [(ONE, ANN, 100, 376)], [], [(ONE, ANN, 0, 476, 476)], id="a_right_after_all"),
        pytest.param([(ONE, ANN, 100, 50)], [(ONE, ANN, 50, 100)], [], [], id="bonus_for_lkv"),
        pytest.param(
            [(ONE, ANN, 100, 0), (ONE, BEN, 100, 0)], [(ONE, ANN, 40, 0), (ONE, BEN, 200, 0)],
            [(ONE, ANN, 100, 40, -60)], [(ONE, BEN, 100, 200, 100)], id="two_persons_of_one_employer_stay_two",
        ),
        pytest.param(
            [(ONE, ANN, 100, 0)], [(TWO, ANN, 100, 0)],
            [(ONE, ANN, 100, 0, -100)], [(TWO, ANN, 0, 100, 100)], id="one_person_at_two_employers_stays_two",
        ),
    ],
)  # fmt: skip
def test_wtl_4_3_lid_1_lkv_downward_and_upward(engine, before, after, downward, upward):
    """Per employer and person, LKV and bonus together; what does not change is in no list."""
    result = revise(engine, _settled(engine, before), _settled(engine, after))
    assert _persons(engine, result.lkv_downward) == downward
    assert _persons(engine, result.lkv_upward) == upward
    assert _rows(engine, result.surcharge) == 0


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        pytest.param([(ONE, 285_71, 0)], [(ONE, 285_72, 1_00)], [(1, 1_00)], id="more"),
        pytest.param([(ONE, 285_72, 1_00)], [(ONE, 285_71, 0)], [(-1, -1_00)], id="less"),
        pytest.param([(ONE, 10_00, 0)], [(ONE, 11_00, 0)], [(1_00, 0)], id="only_the_base"),
        pytest.param([(ONE, 285_72, 1_00)], [(ONE, 285_72, 2_00)], [(0, 1_00)], id="only_the_surcharge"),
        pytest.param([(ONE, 285_72, 1_00)], [(ONE, 285_72, 1_00)], [], id="the_same"),
        pytest.param([], [(ONE, 285_72, 1_00)], [(285_72, 1_00)], id="a_return_after_all"),
        pytest.param([(ONE, 285_72, 1_00)], [], [(-285_72, -1_00)], id="owes_no_more"),
        pytest.param([(ONE, 0, 0)], [], [], id="a_return_of_nothing"),
    ],
)
def test_wet_banenafspraak_6_lid_7_surcharge_is_a_correction_of_the_return(engine, before, after, expected):
    """Per payroll tax number and period, either way."""
    result = revise(engine, _settled(engine, (), before), _settled(engine, (), after))
    lines = engine.collect(result.surcharge).to_pylist()
    assert [(line["difference_base_cents"], line["difference_surcharge_cents"]) for line in lines] == expected
    assert {(line["lhnr"], line["period_start"], line["period_end"]) for line in lines} <= {(f"{ONE}L01", *JANUARY)}
    assert _rows(engine, result.lkv_downward) == _rows(engine, result.lkv_upward) == 0


def test_wtl_4_3_lid_1_until_five_years_after_the_year(engine):
    """Over 2026 until 31 December 2031."""
    result = revise(engine, _settled(engine), _settled(engine))
    assert result.may_go_down_on(date(2031, 12, 31))
    assert not result.may_go_down_on(date(2032, 1, 1))


def test_wtl_4_3_a_revision_is_of_one_year(engine):
    """Two years are no revision of each other."""
    with pytest.raises(ValueError, match="2026 and 2027"):
        revise(engine, _settled(engine), _settled(engine, year=2027))
