"""Why a row does not count, condition by condition: the same expressions that settle, kept as columns."""

from itertools import product

import pyarrow as pa
import pytest

from quotum.law.conditions import Condition, Reason, Rule, Text, condition
from quotum.law.kinds_of_work import (
    FLAGS,
    counts_until_2025,
    in_surcharge_base,
    out_of_count,
)
from quotum.law.wfsv.quota_hours import hours_count
from quotum.law.wtl.target_group import in_target_group, registered
from tests.spec.tables import frame

NATURES = (None, 1, 11, 21, 22, 23, 24, 82)


def _rows(engine, *rows):
    """Rows by nature of the employment, with what is named of the flags."""
    return frame(
        engine,
        employment_nature=pa.array([row.get("nature") for row in rows], pa.int64()),
        registered=pa.array([row.get("registered") for row in rows], pa.int64()),
        trait_leaves_out=pa.array([row.get("trait_leaves_out") for row in rows], pa.int64()),
        **{name: [row.get(name, 0) for row in rows] for name in FLAGS},
    )


def _reasons(engine, rule, **row):
    (line,) = engine.collect(_rows(engine, row).select(**rule.columns(), holds=rule.holds())).to_pylist()
    reasons = tuple(reason.code for reason in rule.unmet(line))
    assert line["holds"] == (not reasons)
    return reasons


@pytest.mark.parametrize(
    ("row", "reasons"),
    [
        pytest.param({"registered": 1}, (), id="counts"),
        pytest.param({}, ("not_registered",), id="not_registered"),
        pytest.param({"registered": 1, "nature": 21}, ("wsw",), id="wsw"),
        pytest.param({"registered": 1, "nature": 22}, (), id="wsw_seconded"),
        pytest.param({"registered": 1, "wsw_all_days": 1}, ("wsw",), id="wsw_by_trait"),
        pytest.param({"registered": 1, "nature": 24}, ("sheltered",), id="sheltered"),
        pytest.param({"nature": 21, "sheltered_all_days": 1}, ("not_registered", "sheltered", "wsw"), id="all_three"),
    ],
)
def test_wtl_2_12_lid_2_why_a_row_is_not_in_the_target_group(engine, row, reasons):
    """Each condition that does not hold is a reason, in the order of the law."""
    assert _reasons(engine, in_target_group(), **row) == reasons


@pytest.mark.parametrize(
    ("row", "reasons"),
    [
        pytest.param({"nature": 23, "lent_out_all_days": 1, "wsw_all_days": 1}, (), id="nothing_on_the_first_day"),
        pytest.param({"nature": 11}, ("agency_worker",), id="agency_worker"),
        pytest.param({"nature": 82}, ("agency_worker",), id="payroll_worker"),
        pytest.param({"lent_out_on_first_day": 1}, ("agency_worker",), id="lent_out"),
        pytest.param({"nature": 21}, ("wsw",), id="wsw"),
        pytest.param({"nature": 22}, ("wsw",), id="wsw_seconded"),
        pytest.param({"wsw_on_first_day": 1}, ("wsw",), id="wsw_by_trait"),
        pytest.param({"nature": 24}, ("sheltered",), id="sheltered"),
        pytest.param({"nature": 11, "sheltered_on_first_day": 1}, ("agency_worker", "sheltered"), id="both"),
    ],
)
def test_wet_banenafspraak_6_lid_4_8_why_a_row_is_out_of_the_base(engine, row, reasons):
    assert _reasons(engine, in_surcharge_base(), **row) == reasons


@pytest.mark.parametrize(
    ("row", "reasons"),
    [
        pytest.param({"lent_out_all_days": 1, "lent_out_some_day": 1}, (), id="traits_leave_a_day"),
        pytest.param({"nature": 82}, (), id="payroll_worker"),
        pytest.param({"nature": 24}, (), id="sheltered"),
        pytest.param({"nature": 11}, ("agency_worker",), id="agency_worker"),
        pytest.param({"nature": 21}, ("wsw",), id="wsw"),
        pytest.param({"nature": 22}, ("wsw",), id="wsw_seconded"),
        pytest.param({"trait_leaves_out": 1, "lent_out_some_day": 1}, ("agency_worker",), id="lent_out_by_trait"),
        pytest.param({"trait_leaves_out": 1}, ("wsw",), id="wsw_by_trait"),
    ],
)
def test_besluit_wfsv_2_31_2_33_why_hours_stay_out_of_the_levy(engine, row, reasons):
    assert _reasons(engine, hours_count(), **row) == reasons


@pytest.mark.parametrize(
    ("row", "reasons"),
    [
        pytest.param({"nature": 11, "lent_out_all_days": 1}, (), id="agency_worker"),
        pytest.param({"wsw_seconded_some_day": 1, "sheltered_on_first_day": 1}, (), id="traits_leave_a_day"),
        pytest.param({"nature": 21}, ("wsw",), id="wsw"),
        pytest.param({"nature": 22}, ("wsw",), id="wsw_seconded"),
        pytest.param({"wsw_all_days": 1}, ("wsw",), id="wsw_by_trait"),
        pytest.param({"wsw_seconded_all_days": 1}, ("wsw",), id="wsw_seconded_by_trait"),
        pytest.param({"nature": 24}, ("sheltered",), id="sheltered"),
        pytest.param({"nature": 22, "sheltered_all_days": 1}, ("sheltered", "wsw"), id="both"),
    ],
)
def test_wtl_2_10_until_2025_why_a_kind_of_work_is_out(engine, row, reasons):
    assert _reasons(engine, counts_until_2025(), **row) == reasons


def test_what_is_out_of_the_count_is_what_a_condition_refuses(engine):
    """Registered rows of every nature with every flag: the conditions and the flag of the count are one decision."""
    rows = [{"nature": nature, "registered": 1, flag: 1} for nature, flag in product(NATURES, FLAGS)]
    lines = engine.collect(
        _rows(engine, *rows).select(counts=in_target_group().holds(), out=out_of_count())
    ).to_pylist()
    assert len(lines) == len(rows)
    assert [row["counts"] for row in lines] == [not row["out"] for row in lines]
    assert {row["counts"] for row in lines} == {True, False}


def test_a_condition_keeps_what_it_is_made_of():
    """Called, it gives what its function decides; without being called it tells why."""
    reason = Reason("odd", Text("odd", "oneven"))

    @condition("art. 1", Text("Is {number} even?", "Is {number} even?"), reason)
    def is_even(number: int) -> bool:
        return number % 2 == 0

    assert isinstance(is_even, Condition)
    assert [is_even(number) for number in (2, 3)] == [True, False]
    assert (is_even.name, is_even.provision, is_even.unmet) == ("is_even", "art. 1", reason)
    assert (is_even.question.words("en", number=3), is_even.unmet.text.words("nl")) == ("Is 3 even?", "oneven")


def test_a_rule_names_its_columns():
    rule = in_target_group()
    assert isinstance(rule, Rule)
    assert list(rule.columns()) == ["registered", "not_sheltered", "not_wsw"]
    assert rule.parts[0][0] == registered
