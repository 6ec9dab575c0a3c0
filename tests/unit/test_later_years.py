"""Figures of a year to come: what runs on, what grows, what nobody invents, and where growth starts."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotum.errors import ParameterFileWrong, ParameterMissing
from quotum.parameters import Figures, Growth, LaterYear, Scenario, Setting, load_book, merge_scenarios, read_scenario
from quotum.parameters.later_years import grown_cents

AVERAGE, BONUS = "wfsv.average_premium_wage", "wtl.bonus_rate"


@pytest.fixture(scope="module")
def book():
    return load_book()


def figures(book, year, rows_year, *, known_on=None, growth=(), settings=()):
    scenario = Scenario("Own", growth=tuple(growth), settings=tuple(settings))
    return Figures(book, known_on, scenario, LaterYear(year, rows_year))


@pytest.mark.parametrize(
    ("cents", "growth", "years", "expected"),
    [
        pytest.param(4_330_000, "2.50", 3, 4_662_936, id="43300.00 x 1.025^3 = 46629.3640625"),
        pytest.param(376, "2.00", 3, 399, id="3.76 x 1.02^3 = 3.99014208"),
        pytest.param(1, "50", 1, 2, id="a half goes up: 1.5"),
        pytest.param(1, "49.99", 1, 1, id="less than a half goes down: 1.4999"),
        pytest.param(50, "1.00", 2, 51, id="rounded once: 50 x 1.0201 = 51.005; each year 50.5 is 51, and 51.51 is 52"),
        pytest.param(376, "0", 9, 376, id="no growth"),
        pytest.param(376, "100", 2, 1_504, id="doubled twice"),
    ],
)
def test_growth_is_rounded_half_up_to_whole_cents_once(cents, growth, years, expected):
    assert grown_cents(cents, growth, years) == expected


@given(st.integers(0, 10**12), st.integers(0, 10_000), st.integers(0, 60))
def test_growth_is_never_more_than_half_a_cent_from_the_exact_amount(cents, hundredths, years):
    exact = cents * Fraction(10_000 + hundredths, 10_000) ** years
    grown = grown_cents(cents, f"{hundredths // 100}.{hundredths % 100:02d}", years)
    assert exact - Fraction(1, 2) < grown <= exact + Fraction(1, 2)


def test_what_a_later_year_lacks_runs_on_and_is_assumed(book):
    later = figures(book, 2029, 2026).peek(AVERAGE, date(2029, 1, 1))
    assert (later.value, later.status) == ("43300", "assumed")
    assert later.source == "the value of 2026, which runs on (Stcrt. 2025, 42324)"
    assert (later.valid_from, later.valid_until) == (date(2027, 1, 1), date(2029, 12, 31))


def test_only_figures_that_say_so_run_on(book):
    named = {parameter.name for parameter in book.parameters if parameter.assumed_in_later_years}
    rates = {"wfsv.aof_low_rate", "wfsv.aof_high_rate", "wfsv.maximum_premium_wage"}
    assert named == {AVERAGE, "aow.pension_age_months", *rates}


@pytest.mark.parametrize(
    ("name", "year"),
    [
        pytest.param("wet_banenafspraak.surcharge_rate", 2029, id="a rate is never invented"),
        pytest.param("wet_banenafspraak.required_share", 2029, id="nor a required share"),
        pytest.param("wfsv.quota_percentage_government", 2029, id="nor a quota percentage, though 2024 has one"),
        pytest.param("wtl.older_rate", 2029, id="an abolished benefit stays abolished"),
        pytest.param("wet_banenafspraak.savings_loss_booked_total", 2029, id="what was booked over a year is of it"),
    ],
)
def test_some_figures_have_no_value_in_a_later_year(book, name, year):
    later = figures(book, year, 2026)
    assert not later.has(name, date(year, 1, 1))
    with pytest.raises(ParameterMissing, match=f"{name} has no value on {year}-01-01"):
        later.peek(name, date(year, 1, 1))


@pytest.mark.parametrize(("year", "status"), [(2031, "enacted"), (2032, "assumed"), (2033, "assumed")])
def test_the_pension_age_runs_on_after_the_last_year_that_is_fixed(book, year, status):
    age = figures(book, 2033, 2026).peek("aow.pension_age_months", date(year, 1, 1))
    assert (age.value, age.status) == ("807", status)


def test_the_year_of_the_rows_itself_gets_nothing(book):
    assert figures(book, 2027, 2027, growth=[Growth(BONUS, "5")]).every == Figures(book, None, Scenario("Own")).every
    assert not figures(book, 2027, 2027).has(AVERAGE, date(2027, 1, 1))


@pytest.mark.parametrize(
    ("rows_year", "year", "expected", "status"),
    [
        pytest.param(2025, 2026, "43300", "published", id="a published value is not grown"),
        pytest.param(2025, 2027, "44166.00", "assumed", id="grows from the last published year, not from the rows"),
        pytest.param(2026, 2028, "45049.32", "assumed", id="two years of 2 percent: 43300 x 1.0404"),
    ],
)
def test_growth_of_a_figure_that_is_fixed_every_year(book, rows_year, year, expected, status):
    later = figures(book, year, rows_year, growth=[Growth(AVERAGE, "2.00")]).peek(AVERAGE, date(year, 1, 1))
    assert (later.value, later.status) == (expected, status)


def test_growth_of_a_figure_that_the_law_lets_run_on_starts_in_the_year_of_the_rows(book):
    """The bonus of 3.76 holds from 2013; over rows of 2026 it is that of 2026."""
    later = figures(book, 2027, 2026, growth=[Growth(BONUS, "10")]).peek(BONUS, date(2027, 1, 1))
    assert later.value == "4.14"  # 3.76 x 1.10 = 4.136
    assert later.source.startswith("3.76 of 2026, grown by 10 percent a year as the scenario states, rounded half up")


def test_growth_of_a_value_that_the_scenario_sets(book):
    own = figures(book, 2028, 2026, growth=[Growth(BONUS, "10")], settings=[Setting(BONUS, "4.00", "Own")])
    assert own.peek(BONUS, date(2028, 1, 1)).value == "4.84"  # 4.00 x 1.21
    assert own.peek(BONUS, date(2028, 1, 1)).status == "assumed"


def test_what_runs_on_is_what_was_known_on_the_day(book):
    later = figures(book, 2029, 2025, known_on=date(2025, 12, 30)).peek(AVERAGE, date(2029, 1, 1))
    assert later.value == "39600"
    assert later.source.startswith("the value of 2025, which runs on")


def test_figures_of_a_later_year_are_told_when_they_are_read(book):
    later = figures(book, 2029, 2026, growth=[Growth(BONUS, "2.00")])
    assert later.assumed_for_later_year == ()
    assert later.cents(BONUS, date(2029, 1, 1)) == 399
    assert later.cents(AVERAGE, date(2029, 1, 1)) == 4_330_000
    result = {assumed.figure.name: assumed for assumed in later.assumed_for_later_year}
    assert {name: (assumed.since, assumed.growth, assumed.before.value) for name, assumed in result.items()} == {
        AVERAGE: (2026, None, "43300"),
        BONUS: (2026, "2.00", "3.76"),
    }


def own(tmp_path, text, name="own"):
    path = tmp_path / f"{name}.toml"
    path.write_text(f'title = "Own"\n{text}', "utf-8")
    return path


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        pytest.param('"wtl.bonus_rte" = "2.00"', 'the closest known one is "wtl.bonus_rate"', id="unknown"),
        pytest.param(
            '"wfsv.aof_low_rate" = "2.00"', "only an amount in euros grows, and this is a percent", id="percent"
        ),
        pytest.param('"wtl.bonus_rate" = 2.00', 'write it as a string, "2.00"', id="float"),
        pytest.param('"wtl.bonus_rate" = "-2.00"', 'found "-2.00", which is below zero', id="below_zero"),
        pytest.param('"wtl.bonus_rate" = "100.01"', "at most 100 percent a year", id="more_than_doubled"),
    ],
)
def test_wrong_growth(book, tmp_path, line, problem):
    with pytest.raises(ParameterFileWrong) as caught:
        read_scenario(own(tmp_path, f"[growth]\n{line}\n"), book)
    assert problem in str(caught.value)
    assert "[growth]" in str(caught.value)


def test_growth_of_a_base_is_kept_and_overruled(book, tmp_path):
    own(tmp_path, '[growth]\n"wtl.bonus_rate" = "2.00"\n"wtl.jobs_agreement_rate" = "100"\n', "base")
    read = read_scenario(own(tmp_path, 'base = "base.toml"\n[growth]\n"wtl.bonus_rate" = "3.00"\n'), book)
    assert read.growth == (Growth("wtl.bonus_rate", "3.00"), Growth("wtl.jobs_agreement_rate", "100"))
    assert read.as_json()["growth"] == {"wtl.bonus_rate": "3.00", "wtl.jobs_agreement_rate": "100"}


def test_a_later_growth_wins_with_a_remark(book):
    first, second = (Scenario(name, growth=(Growth(BONUS, text),)) for name, text in (("A", "1.00"), ("B", "2.00")))
    merged, remarks = merge_scenarios([first, second], book)
    assert merged.growth == second.growth
    assert remarks == ('wtl.bonus_rate: the growth of "2.00" percent a year of scenario "B" replaces "1.00"',)
    assert merge_scenarios([first, first], book)[1] == ()


@pytest.mark.parametrize("value", ['"-4.00"', "-4.00", "-4"])
@pytest.mark.parametrize(
    "name", ["wtl.bonus_rate", "wet_banenafspraak.required_share", "wet_banenafspraak.surcharge_rate"]
)
def test_below_zero_is_refused_for_that_reason(book, tmp_path, name, value):
    with pytest.raises(ParameterFileWrong, match=r"of zero or more; found .*-4.*, which is below zero"):
        read_scenario(own(tmp_path, f'[set]\n"{name}" = {value}\n'), book)


def test_nothing_and_minus_nothing(book, tmp_path):
    """Zero is no number below zero: it is taken, and with a sign it is refused for its form."""
    assert read_scenario(own(tmp_path, '[set]\n"wtl.bonus_rate" = "0.00"\n'), book).settings[0].text == "0.00"
    with pytest.raises(ParameterFileWrong, match="at most two decimals"):
        read_scenario(own(tmp_path, '[set]\n"wtl.bonus_rate" = "-0.00"\n'), book)


def test_a_byte_order_mark_at_the_start_is_taken(book, tmp_path):
    path = own(tmp_path, '[set]\n"wtl.bonus_rate" = "4.00"\n')
    plain = read_scenario(path, book)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert read_scenario(path, book) == plain


def test_a_byte_order_mark_within_is_not(book, tmp_path):
    path = own(tmp_path, "")
    path.write_bytes(path.read_bytes() + b"\xef\xbb\xbf[set]\n")
    with pytest.raises(ParameterFileWrong, match="not valid TOML"):
        read_scenario(path, book)
