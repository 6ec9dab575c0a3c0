"""Surcharge and bonus made conditional on what government realised (Kamerstuk 34 352 nr. 281)."""

from fractions import Fraction

import pytest
from attrs import evolve

from quotum.errors import WrongUse
from quotum.law.wet_banenafspraak.savings_loss import HiredIn, SectorCount, government_realised_enough
from quotum.law.wfsv.job_count import Counts, Jobs, Parts
from quotum.run.terms import judged, read_terms
from tests.spec.tables import (
    ACTIVATED,
    EMPLOYER,
    OTHER_EMPLOYER,
    OTHER_PERSON,
    Country,
    employer,
    figures_with,
    month,
    registered,
    row,
    settle,
    wage_bill,
)  # fmt: skip

CONDITIONAL = ACTIVATED | {
    "wet_banenafspraak.sectors": "conditional",
    "wet_banenafspraak.required_government_share": "40.00",
}
TERMS = read_terms(figures_with(**CONDITIONAL), 2026)


def _government(target, realised):
    return SectorCount(Fraction(target), Fraction(0), Fraction(realised))


def _jobs(government, hired_in=0, share=Fraction(0)):
    """A job count with a market that has nothing."""
    counts = Counts(government, _government(0, 0), HiredIn(Fraction(0), Fraction(hired_in)), government, share)
    return Jobs(Parts(), {}, counts, "counted")


@pytest.mark.parametrize(
    ("share", "enough"), [pytest.param("0.25", True, id="a_quarter"), pytest.param("0.24", False, id="less")]
)
def test_regeling_wfsv_3_34_government_is_judged_with_its_share_of_hired_in_work(share, enough):
    """9,000 of its own and a quarter of 4,000 of hired-in work are 40% of 25,000."""
    jobs = _jobs(_government(25_000, 9_000), 4_000, Fraction(share))
    assert judged(TERMS, jobs).condition_met is enough


def test_without_a_baseline_nothing_can_be_made_conditional_on_it():
    """--baseline none and conditional contradict each other."""
    jobs = evolve(_jobs(_government(25_000, 0)), counts=None, baseline_source="none")
    with pytest.raises(WrongUse, match="--baseline none leaves nothing to judge by"):
        judged(TERMS, jobs)
    terms = read_terms(figures_with(**ACTIVATED), 2026)
    assert judged(terms, jobs) == terms


@pytest.mark.parametrize(
    ("realised", "enough"),
    [
        pytest.param(10_000, True, id="exactly_40_percent_of_25000"),
        pytest.param(10_000 - Fraction(1, 10**9), False, id="a_billionth_of_a_job_less"),
        pytest.param(10_001, True, id="more"),
        pytest.param(-5, False, id="fewer_than_the_baseline"),
    ],
)
def test_kamerstuk_34352_281_government_must_have_realised_the_share(realised, enough):
    """At least the share of its own target."""
    assert government_realised_enough(_government(25_000, realised), 40_00) is enough
    result = judged(TERMS, _jobs(_government(25_000, realised)))
    assert (result.sectors, result.due, result.condition_met) == ("joint" if enough else "separate", enough, enough)
    assert bool(result.rate) is bool(result.bonus_rate_cents) is enough


def test_kamerstuk_34352_281_other_ways_of_judging_depend_on_nothing():
    """Joint and separate stay what they are, however little government realised."""
    terms = read_terms(figures_with(**ACTIVATED), 2026)
    assert judged(terms, _jobs(_government(25_000, 0))) == terms
    assert terms.condition_met is None


def test_wet_banenafspraak_6_lid_1_what_is_not_due_does_not_become_due():
    """Government realised enough, the regime was never activated: judged jointly, nothing due."""
    only = {name: value for name, value in CONDITIONAL.items() if "activated" not in name}
    result = judged(read_terms(figures_with(**only), 2026), _jobs(_government(25_000, 25_000)))
    assert (result.sectors, result.due, result.condition_met) == ("joint", False, True)


@pytest.mark.parametrize(
    ("hours", "enough"), [pytest.param(22_184, True, id="200_jobs"), pytest.param(22_183, False, id="an_hour_less")]
)
def test_kamerstuk_34352_281_the_count_decides_before_anything_is_charged(engine, hours, enough):
    """A target of 500 jobs and a share of 40%: 200 jobs are 22,184 hours in December, over an empty baseline."""
    rows = [
        row(PrlnAofAnwHg="1000000.00", AantVerlU=100),
        row(**month(12), LhNr=f"{OTHER_EMPLOYER}L01", SofiNr=OTHER_PERSON, AantVerlU=hours, IndAvrLkvDgBaf="N"),
    ]
    listed = [employer(), employer(OTHER_EMPLOYER, sector="overheid")]
    country = Country(rows, [registered(), registered(OTHER_PERSON)], listed, [wage_bill("2000000.00")])
    result = settle(
        engine, country, settings=CONDITIONAL,
        baseline_hours={"overheid": 0, "niet-overheid": 0},
        target_jobs={"overheid": Fraction(500), "niet-overheid": Fraction(0)},
    )  # fmt: skip
    line = result.settlement[EMPLOYER]
    expected = (3_500_00, 376_00, 101_00) if enough else (0, 0, 101_00)
    assert (line["surcharge_cents"], line["bonus_cents"], line["lkv_cents"]) == expected
