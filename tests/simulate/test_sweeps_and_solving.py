"""Sweeps over one and two parameters, and solved rates with their proof."""

from fractions import Fraction

import pytest

from quotum.errors import ParameterFileWrong, QuotumError, WrongUse
from quotum.parameters import load_book
from quotum.simulate.compare import compare
from quotum.simulate.request import Sweep
from quotum.simulate.sweeps import parse_sweep, values_of
from tests.simulate.conftest import outcomes, request_of

BOOK = load_book()


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("wtl.bonus_rate=3.00:3.20:0.10", ("3.00", "3.10", "3.20")),
        ("wtl.bonus_rate=3.00:3.25:0.10", ("3.00", "3.10", "3.20")),
        ("wet_banenafspraak.surcharge_rate=0.35:0.36:0.01", ("0.35", "0.36")),
        ("policy.extra_people=10000:20000:5000", ("10000", "15000", "20000")),
        ("policy.mean_hours=1.5:2:0.25", ("1.50", "1.75", "2.00")),
        ("wet_banenafspraak.activated_in=2013:2015:1", ("2013", "2014", "2015")),
        ("wtl.bonus_rate=3:3:1", ("3.00",)),
    ],
)
def test_values_of_a_sweep(text, values):
    assert values_of(parse_sweep(text), BOOK) == values


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("wtl.bonus_rate", WrongUse),
        ("wtl.bonus_rate=1:2", WrongUse),
        ("wtl.bonus_rate=2.00:1.00:0.10", WrongUse),
        ("wtl.bonus_rate=1.00:2.00:0", WrongUse),
        ("wtl.bonus_rate=0.00:2000.00:0.01", WrongUse),
        ("wet_banenafspraak.sectors=1:2:1", WrongUse),
        ("wet_banenafspraak.in_force_from=1:2:1", WrongUse),
        ("wtl.bonus_rat=1.00:2.00:0.10", ParameterFileWrong),
        ("wtl.bonus_rate=1.001:2.00:0.10", ParameterFileWrong),
        ("wet_banenafspraak.activated_in=2013.5:2015:1", ParameterFileWrong),
        ("wet_banenafspraak.surcharge_rate=budget:2:1", ParameterFileWrong),
    ],
)
def test_a_sweep_that_cannot_be(text, error):
    with pytest.raises(error):
        values_of(parse_sweep(text), BOOK)


def test_the_closest_parameter_is_named():
    with pytest.raises(ParameterFileWrong, match=r"wtl\.bonus_rate"):
        values_of(Sweep("wtl.bonus_rat", "1", "2", "1"), BOOK)


def test_every_point_is_what_a_scenario_with_it_comes_to(archive, tmp_path):
    sweeps = (Sweep("wtl.bonus_rate", "3.00", "4.00", "1.00"), Sweep("wtl.bonus_cap", "2000", "4000", "2000"))
    rows = compare(request_of(archive, "activated-budget", sweeps=sweeps)).sweep.to_pylist()
    points = [(row["value"], row["value_2"]) for row in rows]
    assert points == [("3.00", "2000.00"), ("3.00", "4000.00"), ("4.00", "2000.00"), ("4.00", "4000.00")]
    assert len({(row["rate_hundredths"], row["bonus_cents"]) for row in rows}) > 2
    for row in rows:
        own = tmp_path / f"{row['point']}.toml"
        own.write_text(
            f'title = "Point"\nbase = "activated-budget"\n[set]\n"wtl.bonus_rate" = "{row["value"]}"\n'
            f'"wtl.bonus_cap" = "{row["value_2"]}"\n'
        )
        headline = compare(request_of(archive, own)).comparison.to_pylist()[1]
        names = [name for name in row if name in headline and name not in ("scenario", "note")]
        assert len(names) > 15
        assert {name: row[name] for name in names} == {name: headline[name] for name in names}


def test_every_scenario_is_swept_and_the_law_alone_without_one(archive):
    sweeps = (Sweep("wtl.jobs_agreement_rate", "1.00", "1.02", "0.01"),)
    rows = compare(request_of(archive, "activated-budget", "sectors-joint", sweeps=sweeps)).sweep.to_pylist()
    assert [row["scenario"] for row in rows] == ["activated-budget"] * 3 + ["sectors-joint"] * 3
    law = compare(request_of(archive, sweeps=sweeps)).sweep.to_pylist()
    assert [row["scenario"] for row in law] == ["law"] * 3
    assert law[0]["lkv_cents"] < law[2]["lkv_cents"]


def test_a_sweep_of_a_duration_brings_the_rights_together_anew(archive):
    """Months after so many years do not count: fewer hours for fewer years; 0 is without end."""
    sweeps = (Sweep("wtl.jobs_agreement_years", "0", "2", "1"),)
    rows = compare(request_of(archive, sweeps=sweeps)).sweep.to_pylist()
    endless, single, two = (row["lkv_cents"] for row in rows)
    assert 0 < single < two < endless


def test_a_point_without_a_rate_says_why_and_the_others_are_there(archive):
    sweeps = (Sweep("wtl.bonus_rate", "3.00", "1003.00", "1000.00"),)
    rows = compare(request_of(archive, "activated-budget", sweeps=sweeps)).sweep.to_pylist()
    assert rows[0]["unsolved"] is None
    assert "above 100%" in rows[1]["unsolved"]
    assert rows[1]["surcharge_cents"] is None


def test_one_hundredth_less_does_not_pay_the_bonus(archive):
    working, (_, result) = outcomes(archive, "activated-budget", solve="budget")
    below, brings_in = result.below
    assert below == result.rate.hundredths - 1
    assert result.surcharge.sum() >= result.bonus.sum() > brings_in
    country = working.country
    owing = ~result.small[country.return_place]
    by_hand = sum(base * below // 1_000_000 * 100 for base in country.return_base[owing].tolist())
    assert brings_in == by_hand


def test_one_step_less_of_a_share_of_the_high_rate_does_not_do_either(archive, tmp_path):
    """A given number of hundredths of a percent of the Aof high rate: several can round to one rate of the wage."""
    own = tmp_path / "own.toml"
    own.write_text(
        'title = "High"\nbase = "activated-budget"\n[set]\n"wet_banenafspraak.surcharge_basis" = "high_rate"\n'
    )
    _, (_, result) = outcomes(archive, own)
    high = result.terms.high_rate_hundredths
    rates = sorted({(2 * given * high + 10_000) // 20_000 for given in range(10_001)})
    below, brings_in = result.below
    assert below == rates[rates.index(result.rate.hundredths) - 1]
    assert result.surcharge.sum() >= result.bonus.sum() > brings_in


def test_solve_overrides_what_a_scenario_sets(archive, targets, tmp_path):
    own = tmp_path / "own.toml"
    own.write_text(f'title = "Own"\nbase = "{targets}"\n[set]\n"wet_banenafspraak.surcharge_rate" = "0.35"\n')
    rates = [
        compare(request_of(archive, own, solve=rule)).comparison.to_pylist()[1] for rule in (None, "balance", "budget")
    ]
    assert [row["rate_source"] for row in rates] == ["given", "balance", "budget"]
    exact = Fraction(rates[1]["rate_quotient"])
    half_up = exact * 100 + Fraction(1, 2)
    assert rates[1]["rate_hundredths"] == half_up.numerator // half_up.denominator
    assert rates[0]["rate_quotient"] is None


def test_solve_without_a_scenario_takes_the_activation(archive):
    assert compare(request_of(archive, solve="budget")).scenarios == ("law", "activated-budget")


def test_solve_where_nothing_is_due_is_wrong_use(archive):
    with pytest.raises(WrongUse, match="in no scenario"):
        compare(request_of(archive, "sectors-joint", solve="budget"))


def test_solve_balance_without_the_required_share_names_it(archive):
    with pytest.raises(QuotumError, match="required_share") as refused:
        compare(request_of(archive, solve="balance"))
    assert refused.value.exit_code == 12
