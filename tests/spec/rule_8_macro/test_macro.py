"""Macro figures: missing jobs, savings loss, totals (Wfsv 122n; Kamerstuk 34 352 nr. 281)."""

import math
from datetime import date
from fractions import Fraction

import attrs
import pytest

from quotum.errors import ParameterMissing
from quotum.law.wet_banenafspraak.savings_loss import (
    HiredIn,
    SectorCount,
    missing_jobs,
    plainly_a_part,
    savings_loss_cents,
)
from quotum.law.wfsv.job_count import Counts, December, Jobs, Parts, count_above
from quotum.law.wfsv.job_hours import DecemberHours
from quotum.parameters import Figures, load_book
from quotum.run.regimes import macro
from quotum.run.stages import in_order as stages
from quotum.run.stages.jobs import by_sector
from quotum.run.terms import read_savings, read_terms
from tests.spec.tables import (
    ACTIVATED,
    EMPLOYER,
    EMPLOYERS,
    OTHER_EMPLOYER,
    Country,
    employer,
    figures_with,
    four_week_period,
    frame,
    inside,
    month,
    registered,
    row,
    rows_of,
    settle,
)  # fmt: skip

AS_ENACTED = read_terms(figures_with(), 2026)
ACTIVE = read_terms(figures_with(**ACTIVATED), 2026)
MONTH = Fraction("110.92")


def _sector(target, realised):
    return SectorCount(Fraction(target), Fraction(0), Fraction(realised))


@pytest.mark.parametrize(
    ("government", "market", "separate", "joint"),
    [
        pytest.param((25_000, 10_000), (100_000, 90_000), 15_000 + 10_000, 25_000, id="both_miss"),
        pytest.param((25_000, 10_000), (100_000, 110_000), 15_000, 5_000, id="market_makes_up_for_government"),
        pytest.param((25_000, 10_000), (100_000, 115_000), 15_000, 0, id="exactly_made_up"),
        pytest.param((25_000, 26_000), (100_000, 90_000), 10_000, 9_000, id="government_makes_up_for_market"),
        pytest.param((25_000, 25_000), (100_000, 100_000), 0, 0, id="exactly_realised"),
        pytest.param((25_000, 26_000), (100_000, 101_000), 0, 0, id="more_than_agreed"),
        pytest.param((25_000, "24999.5"), (100_000, 100_000), Fraction(1, 2), Fraction(1, 2), id="half_a_job"),
    ],
)
def test_wfsv_122n_lid_1_wet_banenafspraak_4_missing_jobs_separate_and_joint(government, market, separate, joint):
    """Separate: the sum of what each sector misses. Joint: what both together miss."""
    government, market = _sector(*government), _sector(*market)
    total = _sector(government.target + market.target, government.realised + market.realised)
    assert missing_jobs(government, market, total, "separate") == separate
    assert missing_jobs(government, market, total, "joint") == joint


@pytest.mark.parametrize(
    ("missing", "saving_cents", "loss_cents"),
    [
        pytest.param(Fraction(1_000), 5_000_00, 1_000 * 5_000_00, id="1000_jobs"),
        pytest.param(Fraction(0), 5_000_00, 0, id="nothing_missing"),
        pytest.param(Fraction(1, 2), 1, 1, id="half_a_cent_goes_up"),
        pytest.param(Fraction(49, 100), 1, 0, id="less_goes_down"),
        pytest.param(Fraction(1, 3), 100_00, 33_33, id="a_third"),
        pytest.param(Fraction(2, 3), 100_00, 66_67, id="two_thirds"),
    ],
)
def test_kamerstuk_34352_281_footnote_19_savings_loss(missing, saving_cents, loss_cents):
    """Missing jobs x saving per job, half up to the cent, when no quota regime brings in revenue; otherwise none."""
    assert savings_loss_cents(missing, saving_cents, revenue=False) == loss_cents
    assert savings_loss_cents(missing, saving_cents, revenue=True) == 0


@pytest.mark.parametrize(
    ("terms", "surcharge_cents", "loss"),
    [
        pytest.param(AS_ENACTED, 0, True, id="not_activated"),
        pytest.param(ACTIVE, 1_00, False, id="brings_in_revenue"),
        pytest.param(ACTIVE, 0, True, id="due_but_brings_in_nothing"),
    ],
)
def test_kamerstuk_34352_281_footnote_19_only_without_a_regime_that_brings_in_revenue(terms, surcharge_cents, loss):
    """A savings loss needs a missed target and no working regime; low, middle and high."""
    terms = attrs.evolve(terms, saving_per_job_cents=(100, 200, 300))
    jobs = _jobs_of(_sector(10, 4), _sector(20, 20))
    missing, losses = macro.savings_losses(jobs, _totals(surcharge_cents=surcharge_cents), terms)
    assert missing == 6
    assert losses == ((600, 1_200, 1_800) if loss else (0, 0, 0))


def _jobs_of(government, market, baseline=0, *, part=False):
    """A job count without hired-in work."""
    total = SectorCount(government.target + market.target, Fraction(baseline), government.realised + market.realised)
    counts = Counts(government, market, HiredIn(Fraction(0), Fraction(0)), total, Fraction(0))
    targets = {"overheid": government.target, "niet-overheid": market.target}
    return Jobs(Parts(), targets, counts, "counted", part)


@pytest.mark.parametrize(
    ("baseline", "realised", "part"),
    [
        pytest.param(100, 0, False, id="as_many_as_the_baseline"),
        pytest.param(100, Fraction(-1, 10**9), True, id="fewer_jobs_than_the_baseline"),
        pytest.param(100 - Fraction(1, 10**9), 0, True, id="a_baseline_below_that_of_the_market_alone"),
        pytest.param(0, 1_000, True, id="no_baseline_at_all"),
        pytest.param(150, 1_000, False, id="a_country"),
    ],
)
def test_what_is_plainly_a_part_of_the_country(baseline, realised, part):
    """Fewer jobs than the baseline, or a baseline of everything below the fixed one of the market (here 100 jobs)."""
    total = SectorCount(Fraction(125_000), Fraction(baseline), Fraction(realised))
    assert plainly_a_part(total, Fraction(100)) is part


def test_no_savings_loss_is_said_of_a_part_of_the_country_or_without_a_baseline():
    """The missing jobs stay; without a baseline there are none either."""
    jobs = _jobs_of(_sector(10, 4), _sector(20, 20), part=True)
    assert macro.savings_losses(jobs, _totals(), AS_ENACTED) == (6, None)
    without = attrs.evolve(jobs, counts=None, part_of_the_country=False, baseline_source="none")
    assert macro.savings_losses(without, _totals(), AS_ENACTED) == (None, None)


@pytest.mark.parametrize("without_baseline", [False, True])
def test_wfsv_122n_further_jobs_are_spread_as_the_agreed_numbers_are(without_baseline):
    """Of 100 more jobs a quarter goes to government, of which 25,000 of 100,000 were agreed."""
    jobs = attrs.evolve(_jobs_of(_sector(25_000, 10), _sector(75_000, 20)), december=Parts(Fraction(5), Fraction(6)))
    jobs = attrs.evolve(jobs, targets={"overheid": Fraction(25_000), "niet-overheid": Fraction(75_000)})
    if without_baseline:
        jobs = attrs.evolve(jobs, counts=None)
    more = jobs.more(Fraction(100))
    assert (more.december.government, more.december.market) == (5 + 25, 6 + 75)
    if more.counts is None:
        assert without_baseline
    else:
        assert (more.counts.government.realised, more.counts.market.realised) == (10 + 25, 20 + 75)
        assert more.counts.total.realised == jobs.counts.total.realised + 100
    assert jobs.more(Fraction(0)) is jobs
    nothing_agreed = attrs.evolve(jobs, targets={"overheid": Fraction(0), "niet-overheid": Fraction(0)})
    assert nothing_agreed.more(Fraction(100)).december.market == 6 + 100


def test_macro_json_holds_each_number_with_its_exact_fraction():
    """Two decimals half up, and numerator/denominator; the savings loss is the product of its factors."""
    jobs = _jobs_of(_sector(10, Fraction(10, 3)), _sector(20, 20), baseline=5)
    missing, losses = macro.savings_losses(jobs, _totals(), AS_ENACTED)
    result = macro.sectors_json(jobs, missing)
    assert list(result) == ["government", "market", "hired_in", "total"]
    total = result["total"]
    assert (total["missing_jobs"], total["missing_jobs_exact"]) == ("6.67", "20/3")
    assert (total["target_jobs"], total["target_jobs_exact"]) == ("30.00", "30/1")
    assert (total["baseline_jobs"], total["baseline_jobs_exact"]) == ("5.00", "5/1")
    assert (total["realised_jobs"], total["realised_jobs_exact"]) == ("23.33", "70/3")
    hired_in = result["hired_in"]
    assert [hired_in[f"{name}_jobs"] for name in ("target", "baseline", "realised", "missing")] == ["0.00"] * 4
    assert all(part["baseline_source"] == "counted" for part in result.values())
    text = macro.losses_json(jobs, missing, losses, AS_ENACTED.saving_per_job_cents)
    factors = text["savings_loss_factors"]
    product = Fraction(factors["missing_jobs_exact"]) * factors["saving_per_job_cents"]
    assert text["savings_loss_cents"] == math.floor(product + Fraction(1, 2)) > 0


def test_macro_json_without_a_baseline_holds_targets_and_jobs_in_december():
    """What needs a baseline is null."""
    jobs = attrs.evolve(_jobs_of(_sector(10, 4), _sector(20, 20)), counts=None, baseline_source="none")
    for part in macro.sectors_json(jobs, None).values():
        assert part["target_jobs"] is not None
        assert part["december_jobs"] == "0.00"
        assert {
            part[f"{name}_jobs{end}"] for name in ("baseline", "realised", "missing") for end in ("", "_exact")
        } == {None}


@pytest.mark.parametrize(
    ("savings", "losses"),
    [
        pytest.param((100, 200, None), (600, 1_200, None), id="no_high_end"),
        pytest.param((None, None, None), (None, None, None), id="none"),
    ],
)
def test_law_rule_3_a_savings_loss_without_its_figure_is_empty(savings, losses):
    """No amount rests on it: it stops no year."""
    terms = attrs.evolve(AS_ENACTED, saving_per_job_cents=savings)
    jobs = _jobs_of(_sector(10, 4), _sector(20, 20))
    assert macro.savings_losses(jobs, _totals(), terms) == (6, losses)


def test_law_rule_3_the_saving_per_job_of_a_day_on_which_it_was_not_known():
    """As known on 15 July 2024 none was; on 16 July the middle and the low end."""
    for day, result in ((15, (None, None, None)), (16, (1_552_00, 1_552_00, None))):
        assert read_savings(Figures(load_book(), date(2024, 7, day)), date(2023, 1, 1)) == result


def _totals(**changes):
    return macro.Totals(**(dict.fromkeys((field.name for field in attrs.fields(macro.Totals)), 0) | changes))


def test_regeling_wfsv_3_33_realised_above_the_fixed_baseline():
    """Realised extra jobs: jobs in December minus the baseline, per sector and in total, exact."""
    hours = {
        "overheid": DecemberHours(2_000_000, 0),
        "niet-overheid": DecemberHours(8_000_000, 1_000_000),
        None: DecemberHours(11_092, 0),
    }
    jobs = count_above(December(hours, {}), None, "national", AS_ENACTED)
    counts = jobs.counts
    market = 8_000_000 / MONTH + Fraction(1_000_000 * 28, 32) / Fraction(1_331, 13)
    assert counts.government.realised == (2_000_000 - 1_055_474) / MONTH
    assert counts.market.realised == market - 6_914_491 / MONTH
    parts = (counts.government, counts.market, counts.hired_in)
    assert counts.total.realised == sum(part.realised for part in parts) + 100
    assert (counts.government.target, counts.market.target, counts.total.target) == (25_000, 100_000, 125_000)
    assert jobs.baseline_source == "national"


def test_wfsv_122n_baseline_counted_from_december_2012():
    """When the archive holds December 2012 the baseline is counted from it.

    An employer without sector counts in the total only.
    """
    baseline = {"overheid": DecemberHours(11_092, 0), None: DecemberHours(22_184, 0)}
    now = {"overheid": DecemberHours(33_276, 0), "niet-overheid": DecemberHours(44_368, 0)}
    jobs = count_above(December(now, {}), December(baseline, {}), "counted", AS_ENACTED)
    counts = jobs.counts
    assert (counts.government.realised, counts.market.realised, counts.total.realised) == (300 - 100, 400, 700 - 300)
    assert jobs.baseline_source == "counted"


def test_wfsv_122n_hours_of_december_by_sector(engine):
    """Employers of one sector together, month filers and four-week filers apart, unlisted ones without sector."""
    four_weeks = {"LhNr": f"{OTHER_EMPLOYER}L01", **four_week_period(13)}
    rows = [row(**month(12), AantVerlU=100), row(**four_weeks, AantVerlU=80)]
    rows.append(row(**month(12), LhNr="000000036L01", AantVerlU=7))
    result = rows_of(engine, Country(rows, [registered()]))
    hours = stages.december_hours(result.returns, stages.count(engine, result).looked_at, 2026)
    listed = [employer(sector="overheid"), employer(rsin=OTHER_EMPLOYER, sector="overheid")]
    assert by_sector(engine, hours, inside(EMPLOYERS, listed), ("target_hours",))["target_hours"] == {
        "overheid": DecemberHours(100, 80),
        None: DecemberHours(7, 0),
    }


def test_wfsv_122n_sectors_as_the_law_is_and_when_article_4_is_in_force():
    """Separate today; joint from the year in which articles 1 to 6 are in force, unless a scenario says otherwise."""
    in_force = {"wet_banenafspraak.in_force_from": "2026-07-01"}
    assert AS_ENACTED.sectors == "separate"
    assert read_terms(figures_with(**in_force), 2026).sectors == "joint"
    assert read_terms(figures_with(**in_force, **{"wet_banenafspraak.sectors": "separate"}), 2026).sectors == "separate"
    later = {"wet_banenafspraak.in_force_from": "2027-01-01"}
    assert read_terms(figures_with(**later), 2026).sectors == "separate"


def test_kamerstuk_34352_281_conditional_needs_the_share_government_must_have_realised():
    """No document gives the share: without one in a scenario there is no value."""
    with pytest.raises(ParameterMissing, match="required_government_share"):
        read_terms(figures_with(**{"wet_banenafspraak.sectors": "conditional"}), 2026)


def test_kamerstuk_34352_281_totals_payers_and_receivers(engine):
    """Sums over all employers; a payer pays a surcharge above zero, a receiver receives LKV or bonus."""
    lines = {
        "surcharge_cents": [3_00, 0, -1_00, 5_00],
        "lkv_cents": [1_01, 2_02, 0, 0],
        "bonus_cents": [3_76, 0, 0, 0],
        "payable_cents": [4_77, 2_02, 0, 0],
        "net_cents": [1_77, 2_02, 1_00, -5_00],
        "small_employer": [False, True, False, False],
    }
    assert macro.sum_up(engine, frame(engine, rsin=[1, 2, 3, 4], **lines)) == _totals(
        surcharge_cents=7_00, lkv_cents=3_03, bonus_cents=3_76, payable_cents=6_79, net_cents=-21,
        employers=4, small_employers=1, payers=2, receivers=2,
    )  # fmt: skip


def test_law_rule_3_the_number_of_small_employers_is_empty_when_nobody_is_tested(engine):
    """Empty, not zero."""
    amounts = {f"{name}_cents": [0] for name in ("surcharge", "lkv", "bonus", "payable", "net")}
    lines = frame(engine, rsin=[1], small_employer=[True], **amounts)
    assert macro.sum_up(engine, lines, tested=False) == _totals(employers=1, small_employers=None)


def test_wfsv_122n_the_same_employer_stays_one_when_it_files_under_two_numbers(engine):
    """Two payroll tax numbers of one employer, one by month and one by four weeks, both count."""
    rows = [row(**month(12), AantVerlU=100), row(**four_week_period(13), LhNr=f"{EMPLOYER}L02", AantVerlU=80)]
    result = rows_of(engine, Country(rows, [registered()]))
    hours = stages.december_hours(result.returns, stages.count(engine, result).looked_at, 2026)
    assert by_sector(engine, hours, inside(EMPLOYERS, [employer()]), ("target_hours",))["target_hours"] == {
        "niet-overheid": DecemberHours(100, 80)
    }


def test_wfsv_17_lid_1_a_person_above_the_maximum_premium_wage_at_one_employer_is_a_finding(engine):
    """Exactly the maximum is none; a cent more is, also over two numbers; two employers are judged apart."""
    maximum = AS_ENACTED.maximum_premium_wage_cents
    half, rest = (f"{cents // 100}.{cents % 100:02d}" for cents in (1, maximum - 1))
    elsewhere = {"LhNr": f"{OTHER_EMPLOYER}L01"}
    exactly = [row(PrlnAofAnwLg=half), row(NumIV=2, PrlnAofAnwHg=rest), row(**elsewhere, PrlnAofAnwHg=rest)]
    above = row(LhNr=f"{EMPLOYER}L02", PrlnAofAnwHg="0.01")
    assert "person_above_maximum_premium_wage" not in settle(engine, Country(exactly)).findings()
    assert settle(engine, Country([*exactly, above])).findings()["person_above_maximum_premium_wage"] == 1
