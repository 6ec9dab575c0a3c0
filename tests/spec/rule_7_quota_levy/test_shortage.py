"""Shortage and levy (Wfsv 38g, 38h lid 4; Besluit Wfsv 2.23): exact tenths, never below zero."""

from fractions import Fraction
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as group

from quotum.errors import SelfCheckFailed
from quotum.law.wfsv.quota_levy import levy_cents, shortage_tenths
from tests.spec.rule_7_quota_levy.levies import PERCENTAGES, Levies, both_years, hours_of, levy
from tests.spec.tables import EMPLOYER, OTHER_EMPLOYER, PERSON, Country, employer, frame, new_engine, registered, values

D = 1_331 * 100
LEVY = 5_000_00


@pytest.mark.parametrize(
    ("hours", "percentage", "target_hours", "tenths", "cents"),
    [
        # (A x B% - C) / D: 100,000 x 1.93% / 1,331 = 1,930 / 1,331 = 1.45.
        pytest.param(100_000, 193, 0, 14, 7_000_00, id="100000_hours_none_of_the_target_group"),
        # 90,324 - 53,240 = 37,084; / 1,331 = 27.86.
        pytest.param(4_680_000, 193, 53_240, 278, 139_000_00, id="4680000_hours_53240_of_the_target_group"),
        # 783.09... / 1,331 = 0.588.
        pytest.param(40_575, 193, 0, 5, 2_500_00, id="40575_hours"),
        pytest.param(100_000, 193, 1_931, 0, 0, id="one_hour_above_the_quota"),
        pytest.param(100_000, 193, 1_930, 0, 0, id="exactly_the_quota"),
        pytest.param(100_000, 193, 90_000, 0, 0, id="far_above_the_quota_is_never_negative"),
        pytest.param(0, 193, 0, 0, 0, id="no_hours"),
        pytest.param(-100_000, 193, 0, 0, 0, id="negative_hours_are_no_shortage"),
        # 133,100 hours at 1%: 1,331 hours, one job; a tenth is 133.1 hours.
        pytest.param(133_100, 100, 0, 10, 5_000_00, id="exactly_one_job"),
        pytest.param(133_100, 100, 1, 9, 4_500_00, id="one_hour_less_than_one_job"),
        pytest.param(13_310, 100, 0, 1, 500_00, id="exactly_a_tenth"),
        pytest.param(13_309, 100, 0, 0, 0, id="a_hundredth_of_an_hour_less_than_a_tenth"),
        # 3 tenths, which a binary fraction misses: 399.3 / 1,331 = 0.3.
        pytest.param(39_930, 100, 0, 3, 1_500_00, id="exactly_three_tenths"),
        pytest.param(39_929, 100, 0, 2, 1_000_00, id="just_below_three_tenths"),
        pytest.param(1_331, 10_000, -1_331, 20, 10_000_00, id="negative_hours_of_the_target_group_add"),
        pytest.param(100_000, 0, 0, 0, 0, id="no_percentage"),
    ],
)  # fmt: skip
def test_wfsv_38g_38h_lid_4_shortage_and_levy(engine, hours, percentage, target_hours, tenths, cents):
    """(A x B% - C) / D rounded down to tenths, not below zero; times 5,000 euro."""
    facts = frame(
        engine, counted_hours=[hours], quota_percentage_hundredths=[percentage], levy_target_hours=[target_hours]
    )
    result = facts.with_columns(quota_shortage_tenths=shortage_tenths(D))
    assert values(engine, result, tenths=shortage_tenths(D), cents=levy_cents(LEVY)) == [[tenths], [cents]]


@pytest.fixture(scope="module")
def duck(tmp_path_factory):
    own_engine = new_engine("duckdb", tmp_path_factory.mktemp("spill"))
    yield own_engine
    own_engine.close()


@given(
    group.lists(
        group.tuples(group.integers(0, 10**9), group.integers(0, 10_000), group.integers(-(10**6), 10**9)), min_size=1
    )
)
def test_wfsv_38g_as_the_formula_says_it(duck, cases):
    """The expression gives what the formula gives in fractions."""
    hours, percentages, target_hours = (list(column) for column in zip(*cases, strict=True))
    facts = frame(
        duck, place=list(range(len(cases))), counted_hours=hours, quota_percentage_hundredths=percentages,
        levy_target_hours=target_hours,
    )  # fmt: skip
    rows = duck.collect(facts.with_columns(tenths=shortage_tenths(D)).sort("place"))["tenths"].to_pylist()
    assert rows == [
        max(floor((a * Fraction(b, 100) / 100 - c) / 1_331 * 10), 0) for a, b, c in cases
    ]  # fmt: skip


def _case(hours, target_hours, tenths, cents):
    """Hours in both years, of which some of somebody in the target group."""
    rows = (
        row
        for bsn, number, part in (("", 1, hours - target_hours), (PERSON, 2, target_hours))
        for row in both_years(part, NumIV=number, bsn=bsn)
    )
    return Country(tuple(rows), (registered(),), (employer(),)), (), hours, target_hours, tenths, cents


RULE = Levies(
    {
        "100000": _case(100_000, 0, 14, 7_000_00),
        "4680000": _case(4_680_000, 53_240, 278, 139_000_00),
        "40574_is_exempt": _case(40_574, 0, 0, 0),
        "40575_is_not": _case(40_575, 0, 5, 2_500_00),
        "1931_of_the_target_group": _case(100_000, 1_931, 0, 0),
    }
)


@pytest.mark.parametrize(("name", "hours", "target_hours", "tenths", "cents"), RULE.parameters())
def test_wfsv_34_lid_4_38g_38h_lid_4_the_cases_of_the_rule(engine, name, hours, target_hours, tenths, cents):
    """From rows to the levy: hours of the target group are hours of the employer too."""
    line = RULE.lines(engine, name)[EMPLOYER]
    assert (line["paid_hours_t1"], line["paid_hours"], line["target_group_hours"]) == (hours, hours, target_hours)
    assert line["quota_percentage_hundredths"] == 193
    assert (line["quota_shortage_tenths"], line["quota_levy_cents"]) == (tenths, cents)


def test_wfsv_38c_38f_lid_1_the_percentage_of_its_own_sector(engine):
    """Each sector has its own percentage; without a sector there is none, and a finding."""
    rows = [row for rsin in (EMPLOYER, OTHER_EMPLOYER, "000000036") for row in both_years(100_000, rsin)]
    listed = [employer(sector="overheid"), employer(OTHER_EMPLOYER, sector="niet-overheid")]
    settings = PERCENTAGES | {"wfsv.quota_percentage_government": "2.76", "wfsv.quota_percentage_market": "1.00"}
    result = levy(engine, Country(rows, [], listed), settings=settings)
    shown = ("sector", "quota_percentage_hundredths", "quota_shortage_tenths", "quota_levy_cents")
    assert {rsin: tuple(line[name] for name in shown) for rsin, line in result.lines.items()} == {
        EMPLOYER: ("overheid", 276, 20, 10_000_00),  # 2,760 / 1,331 = 2.07
        OTHER_EMPLOYER: ("niet-overheid", 100, 7, 3_500_00),  # 1,000 / 1,331 = 0.75
        "000000036": (None, None, 0, 0),
    }
    assert result.findings["quota_employer_without_sector"] == 1


def test_wfsv_38g_lid_8_a_registration_of_one_day_counts_for_the_whole_period(engine):
    """Registered on the last day of January: all hours of January are in C; from 1 February none."""
    rows = [*both_years(100_000), hours_of(1_000, NumIV=2, bsn=PERSON)]
    with_day = levy(engine, Country(rows, [registered(start="2026-01-31")], [employer()])).lines[EMPLOYER]
    without = levy(engine, Country(rows, [registered(start="2026-02-01")], [employer()])).lines[EMPLOYER]
    assert (with_day["levy_target_hours"], without["levy_target_hours"]) == (1_000, 0)


def test_what_passes_two_to_the_53rd_is_refused(engine):
    """No engine is asked for a product it might lose a unit of."""
    rows = [hours_of(2**52 // 193 + 1, 2025), hours_of(2**52 // 193 + 1, 2026)]
    with pytest.raises(SelfCheckFailed, match="A x B%"):
        levy(engine, Country(rows, [], [employer()]))
    fits = [hours_of(2**52 // 193, 2025), hours_of(2**52 // 193, 2026)]
    line = levy(engine, Country(fits, [], [employer()])).lines[EMPLOYER]
    assert line["quota_shortage_tenths"] == (2**52 // 193) * 193 // (10 * D)
