"""A country a hundred times the largest is right or refused, on every engine: a few rows stand for many.

What counts is what rows add up to, so that one row of a large amount stands for all rows of a country.
`quotum/run/stages/bounds.py` says where each bound comes from.
"""

from datetime import date

import duckdb
import narwhals as nw
import pytest

from quotum.errors import SelfCheckFailed
from quotum.money import LARGEST_EXACT, LARGEST_SUM, require_exact_sum
from quotum.run.stages.bounds import STEP
from tests.engines.drawn import ENGINES
from tests.spec import reference_jobs, reference_levy, reference_wages
from tests.spec.reference import Country
from tests.spec.reference_levy import LevyFigures
from tests.spec.reference_wages import WageTerms
from tests.spec.rule_7_quota_levy.levies import PERCENTAGES, both_years, levy
from tests.spec.tables import (
    ACTIVATED,
    AS_OF,
    EMPLOYER,
    PERSON,
    deduction,
    employer,
    frame,
    month,
    new_engine,
    registered,
    row,
    settle,
    transfer,
    wage_bill,
)

ROWS = 200_000_000
MOST_HOURS, MOST_WAGE = 99_999, 2 * 999_999_999_999
"""Of one row: five digits; ten digits and two decimals, in the low and in the high class."""
HOURS = ROWS * MOST_HOURS
"""All hours of the largest country."""
MAXIMUM_WAGES = ROWS * 79_409_00 // 13
"""All premium wages when everybody earns the maximum (Wfsv art. 17)."""
TIMES = 100
EMPLOYERS = 100
WITHOUT_REGIME = {}


def _euros(cents):
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100}.{abs(cents) % 100:02d}"


def _rsin(number):
    return f"{number:09d}"


def _spread(hours=0, wages=0, persons=EMPLOYERS):
    """Hours and wages over many employers, a person each."""
    rsins = [_rsin(number) for number in range(1, persons + 1)]
    returns = [
        row(LhNr=f"{rsin}L01", SofiNr=rsin, AantVerlU=hours // persons, PrlnAofAnwHg=_euros(wages // persons))
        for rsin in rsins
    ]
    bills = [wage_bill("9999999999.99", rsin) for rsin in rsins]
    return Country(returns, [registered(rsin) for rsin in rsins], [employer(rsin) for rsin in rsins], bills)


def _employer_with(*changes, **parts):
    """Rows of one employer that is not small."""
    returns = [row(NumIV=number, **change) for number, change in enumerate(changes, 1)]
    return Country(returns, [registered()], [employer()], [wage_bill("9999999999.99")], **parts)


def _wages(*cents):
    return _employer_with(*({"PrlnAofAnwHg": _euros(amount)} for amount in cents))


AT_035 = LARGEST_EXACT // 35
AT_100 = LARGEST_EXACT // 100_00
RATE_100 = ACTIVATED | {"wet_banenafspraak.surcharge_rate": "100.00"}
BUDGET = ACTIVATED | {"wet_banenafspraak.surcharge_rate": "budget"}
BALANCE = ACTIVATED | {"wet_banenafspraak.surcharge_rate": "balance", "wet_banenafspraak.required_share": "5.00"}
QUARTER = LARGEST_SUM - 4 * STEP
RIGHT = {
    "all_hours_of_the_largest_country": (_spread(hours=HOURS, wages=10**9), ACTIVATED),
    "all_hours_of_a_hundred": (_spread(hours=TIMES * HOURS, wages=10**9), ACTIVATED),
    "all_hours_in_one_person": (_employer_with({"AantVerlU": HOURS}), ACTIVATED),
    "everybody_at_the_maximum": (_spread(wages=MAXIMUM_WAGES), ACTIVATED),
    "everybody_at_the_maximum_a_hundred_times": (_spread(wages=TIMES * MAXIMUM_WAGES), ACTIVATED),
    "base_up_to_the_exact_product": (_wages(AT_035), ACTIVATED),
    "base_below_zero_up_to_the_exact_product": (_wages(-AT_035), ACTIVATED),
    "base_at_the_whole_wage": (_wages(AT_100), RATE_100),
    "wages_up_to_the_exact_sum": (_wages(QUARTER // 2, QUARTER // 2), WITHOUT_REGIME),
    "rate_that_pays_the_bonus": (_spread(hours=HOURS // 1_000, wages=MAXIMUM_WAGES), BUDGET),
    "rate_in_balance": (_spread(hours=HOURS // 100, wages=MAXIMUM_WAGES), BALANCE),
}
PRODUCT, SUM = r"2\^53", r"2\^61|2\^63"
REFUSED = {
    "wages_of_the_formats": (_wages(*[ROWS * MOST_WAGE // 50] * 50), ACTIVATED, SUM),
    # On engines that wrap around, four times 2^62 is nothing, and eight times 2^61 too.
    "wages_that_wrap_to_nothing": (_wages(*[2**62] * 4), ACTIVATED, SUM),
    "wages_that_wrap_in_two_returns": (
        Country([row(**month(number), PrlnAofAnwHg=_euros(2**62)) for number in (1, 2, 3, 4)]), WITHOUT_REGIME, SUM,
    ),
    "wages_that_cancel_each_other": (_wages(2**62, -(2**62)), WITHOUT_REGIME, SUM),
    "wages_above_the_exact_sum": (_wages(LARGEST_SUM // 2, LARGEST_SUM // 2), WITHOUT_REGIME, SUM),
    "wages_of_t2_that_wrap": (
        Country([row(), *(row(**month(number, 2024), PrlnAofAnwHg=_euros(2**62)) for number in range(1, 13))]),
        WITHOUT_REGIME, SUM,
    ),
    "base_above_the_exact_product": (_wages(AT_035 + 1), ACTIVATED, PRODUCT),
    "base_below_zero_beyond_the_exact_product": (_wages(-AT_035 - 1), ACTIVATED, PRODUCT),
    "base_above_the_whole_wage": (_wages(AT_100 + 1), RATE_100, PRODUCT),
    "deductions_that_add_too_much": (
        _employer_with({"PrlnAofAnwHg": "1.00"}, deductions=[deduction(_euros(-LARGEST_SUM))]), ACTIVATED, SUM,
    ),
    "budget_over_a_base_too_large": (_wages(LARGEST_EXACT, 100_00), BUDGET, PRODUCT),
    "hours_of_one_person_a_hundred_times": (_employer_with({"AantVerlU": TIMES * HOURS}), ACTIVATED, PRODUCT),
    "bonus_rate_beyond_reason": (
        _employer_with({"AantVerlU": HOURS}), ACTIVATED | {"wtl.bonus_rate": "1000000.00"}, PRODUCT,
    ),
    # A thousand persons: each of them below 2^53, together above 2^61.
    "bonus_of_all_beyond_the_sum": (
        _spread(hours=TIMES * HOURS, persons=1_000), ACTIVATED | {"wtl.bonus_rate": "15.00"}, r"the bonus.*2\^61",
    ),
}  # fmt: skip


def _terms(chosen):
    rate = chosen.get("wet_banenafspraak.surcharge_rate", "0.00")
    number = rate if rate in {"budget", "balance"} else int(rate.replace(".", ""))
    return WageTerms(rate=number, due=bool(chosen), required_share=5_00)


@pytest.mark.parametrize(("country", "chosen"), RIGHT.values(), ids=list(RIGHT))
@pytest.mark.parametrize("name", ENGINES)
def test_right_up_to_the_bound(name, country, chosen, tmp_path):
    """To the cent what the reference gives, in integers without limit."""
    result = settle(new_engine(name, tmp_path), country, settings=chosen)
    expected, _ = reference_wages.settle(country, AS_OF, _terms(chosen))
    assert (result.rate, result.surcharge) == (expected.rate, expected.surcharge)
    assert (result.bonus, result.settlement) == (expected.bonus, expected.settlement)


@pytest.mark.parametrize(("country", "chosen", "bound"), REFUSED.values(), ids=list(REFUSED))
@pytest.mark.parametrize("name", ENGINES)
def test_refused_beyond_the_bound(name, country, chosen, bound, tmp_path):
    """Refused by a check that names the bound; never a figure that wrapped around."""
    with pytest.raises(SelfCheckFailed, match=bound):
        settle(new_engine(name, tmp_path), country, settings=chosen)


@pytest.mark.parametrize("name", ENGINES)
def test_premium_wages_after_transfers_are_refused_beyond_the_bound(name, tmp_path):
    """What is taken over is computed without limit, and refused before it becomes a column."""
    givers = [_rsin(number) for number in range(100, 103)]
    bills = [wage_bill(_euros(LARGEST_SUM // 2), giver) for giver in givers]
    moved = [transfer("1", "2025-05-01", giver) for giver in givers]
    listing = [employer(), *(employer(giver) for giver in givers)]
    country = Country([row()], (), listing, [*bills, wage_bill("1.00")], (), moved)
    with pytest.raises(SelfCheckFailed, match=r"transfers.*2\^61"):
        settle(new_engine(name, tmp_path), country, settings=WITHOUT_REGIME)


def _levied(hours, target=0):
    rows = [*both_years(hours, NumIV=1), *both_years(target, bsn=PERSON, NumIV=2)]
    return Country(rows, [registered()], [employer()])


PER_JOB = {"wfsv.quota_levy_per_job": "9999999.99"}
A_BOUND = LARGEST_EXACT // (2 * 1_93)
C_BOUND = LARGEST_EXACT // (2 * 100_00)
LEVIES_RIGHT = {
    "all_hours_of_the_largest_country": (_levied(HOURS), {}, 5_000_00),
    "hours_up_to_the_exact_product": (_levied(A_BOUND), {}, 5_000_00),
    "target_hours_up_to_the_exact_product": (_levied(0, C_BOUND), {}, 5_000_00),
    "a_levy_per_job_of_ten_million": (_levied(MOST_HOURS), PER_JOB, 9_999_999_99),
}
LEVIES_REFUSED = {
    "a_hundred_times_the_largest_country": (_levied(TIMES * HOURS), {}),
    "hours_above_the_exact_product": (_levied(A_BOUND + 1), {}),
    "target_hours_above_the_exact_product": (_levied(0, C_BOUND + 1), {}),
    "shortage_x_levy_above_the_exact_product": (_levied(HOURS), PER_JOB),
}


@pytest.mark.parametrize(("country", "more", "per_job"), LEVIES_RIGHT.values(), ids=list(LEVIES_RIGHT))
@pytest.mark.parametrize("name", ENGINES)
def test_quota_levies_right_up_to_the_bound(name, country, more, per_job, tmp_path):
    """Hours x percentage less hours x 100%: each below half of 2^53."""
    result = levy(new_engine(name, tmp_path), country, settings=PERCENTAGES | more)
    figures = LevyFigures(2026, {"niet-overheid": 1_93}, levy_per_job=per_job)
    expected = reference_levy.levy(country, [], AS_OF, figures).lines[EMPLOYER]
    assert {column: result.lines[EMPLOYER][column] for column in expected} == expected


@pytest.mark.parametrize(("country", "more"), LEVIES_REFUSED.values(), ids=list(LEVIES_REFUSED))
@pytest.mark.parametrize("name", ENGINES)
def test_quota_levies_refused_beyond_the_bound(name, country, more, tmp_path):
    """Refused by a check that names the bound."""
    with pytest.raises(SelfCheckFailed, match=PRODUCT):
        levy(new_engine(name, tmp_path), country, settings=PERCENTAGES | more)


def test_hours_of_december_of_a_hundred_countries_are_exact():
    """Below 2^53 as a sum; jobs and savings loss are fractions without limit."""
    assert TIMES * HOURS < LARGEST_EXACT
    result = reference_jobs.jobs_of(reference_jobs.December(TIMES * HOURS), 2026)[0]
    assert result.denominator > 1


def test_duckdb_says_that_64_bits_are_full(tmp_path):
    """DuckDB adds in 128 bits and stops: that is told as a bound, and other errors of it are not."""
    engine = new_engine("duckdb", tmp_path)
    wide = frame(engine, value=[2**62, 2**62])
    with pytest.raises(SelfCheckFailed, match=r"2\^63"):
        engine.collect(wide.with_columns(product=nw.col("value") * 4))
    with pytest.raises(duckdb.ConversionException):
        engine.collect(frame(engine, value=["no day"]).with_columns(day=nw.col("value").cast(nw.Date)))


@pytest.mark.parametrize("magnitude", [LARGEST_SUM, -LARGEST_SUM, 0])
def test_sums_up_to_the_bound(magnitude):
    """2^61 itself is exact, one more is not."""
    require_exact_sum(magnitude, "a sum")
    with pytest.raises(SelfCheckFailed, match=r"a sum can pass 2\^61"):
        require_exact_sum(abs(magnitude) + LARGEST_SUM + 1, "a sum")


def test_as_of_the_last_day_there_is_has_no_next():
    """A far as-of day is no error."""
    engine = new_engine("pyarrow", None)
    result = [settle(engine, _employer_with({"AantVerlU": 100}), as_of=as_of).settlement for as_of in (AS_OF, date.max)]
    assert result[0] == result[1]
