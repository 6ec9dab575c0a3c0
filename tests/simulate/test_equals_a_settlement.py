"""A scenario of a simulation comes to what a settlement with it comes to: every employer, to the cent."""

import json

import pyarrow.parquet as pq
import pytest

from quotum.errors import QuotumError
from quotum.law import readings
from quotum.money import decimal_text
from quotum.parameters import shipped_scenarios
from quotum.run.regimes.macro import sectors_json
from quotum.run.settle import prepare, settle
from quotum.run_folder.request import Request
from quotum.simulate import basis
from quotum.simulate.compare import compare
from quotum.tables import SETTLEMENT
from tests.helpers import FIXTURES, take_in
from tests.simulate.conftest import AS_OF, YEAR, outcomes, request_of

pytestmark = pytest.mark.slow

EIGHT = FIXTURES / "eight_employers_2026"
GIVEN = '"wet_banenafspraak.required_share" = "3.10"\n"wet_banenafspraak.required_government_share" = "50"\n'
NEEDS_POLICY = {
    "guidance-bonus-central", "guidance-bonus-regional", "no-risk-pilot", "quota-levy", "sheltered-counts",
    "small-employer-25-hours", "target-group-wider", "wage-subsidy-by-outcome",
}  # fmt: skip
SETTLED = sorted(set(shipped_scenarios()) - NEEDS_POLICY)


ACTIVATED = """
"wet_banenafspraak.in_force_from" = 2024-01-01
"wet_banenafspraak.activated_in" = 2024
"""
OF_ONE_S_OWN = {
    "high_rate": ACTIVATED
    + '"wet_banenafspraak.surcharge_rate" = "5.31"\n"wet_banenafspraak.surcharge_basis" = "high_rate"',
    "budget_of_high_rate": ACTIVATED
    + '"wet_banenafspraak.surcharge_rate" = "budget"\n"wet_banenafspraak.surcharge_basis" = "high_rate"',
    "other_limit": ACTIVATED + '"wet_banenafspraak.surcharge_rate" = "0.35"\n"wfsv.average_premium_wage" = "9000"',
    "limit_of_nothing": ACTIVATED + '"wet_banenafspraak.surcharge_rate" = "0.35"\n"wfsv.average_premium_wage" = "0"',
    "other_amounts": ACTIVATED
    + '"wet_banenafspraak.surcharge_rate" = "0.01"\n"wtl.bonus_rate" = "9.99"\n"wtl.bonus_cap" = "1000"\n'
    '"wtl.jobs_agreement_rate" = "0.50"\n"wtl.jobs_agreement_cap" = "300"\n"wtl.older_rate_before_2024" = "9.00"',
    "three_years_activated": ACTIVATED
    + '"wet_banenafspraak.surcharge_rate" = "budget"\n"wtl.jobs_agreement_years" = 3',
    "until_2025": '"wtl.jobs_agreement_ground" = "declaration"\n"wtl.jobs_agreement_years" = 3',
    "later_pension": '"aow.pension_age_months" = 600',
    "agency": ACTIVATED
    + '"wet_banenafspraak.surcharge_rate" = "0.35"\n"wet_banenafspraak.agency_share_government" = "24"',
}
COLUMNS = ("surcharge_base", "surcharge", "lkv", "bonus", "net")


def assert_equal(working, outcome, run) -> None:
    """Every column of every employer, and the figures of the country."""
    expected = pq.read_table(run / "data" / "settlement.parquet")
    country = working.country
    tested = working._place(None).reckoner.small_employers.tested(outcome.terms.small_limit_cents)
    result = {
        "rsin": [f"{rsin:09d}" for rsin in country.table["rsin"].to_pylist()],
        "sector": country.table["sector"].to_pylist(),
        "small_employer": outcome.small.tolist(),
        "small_ground": tested["small_ground"].to_pylist(),
        "premium_wage_t2_cents": tested["premium_wage_t2_cents"].to_pylist(),
        "paid_hours": country.paid_hours.tolist(),
        "target_group_hours": country.target_hours.tolist(),
        "surcharge_base_cents": outcome.base.tolist(),
        "surcharge_cents": outcome.surcharge.tolist(),
        "lkv_cents": outcome.lkv.tolist(),
        "bonus_cents": outcome.bonus.tolist(),
        "payable_cents": (outcome.lkv + outcome.bonus).tolist(),
        "net_cents": outcome.net.tolist(),
    }
    assert result == {name: expected[name].to_pylist() for name in SETTLEMENT.computed}
    macro = json.loads((run / "data" / "macro.json").read_text())
    assert macro["sectors"] == sectors_json(outcome.jobs, outcome.missing) | {
        part: figures | {name: macro["sectors"][part][name] for name in ("annual_jobs", "annual_jobs_exact")}
        for part, figures in sectors_json(outcome.jobs, outcome.missing).items()
    }
    assert macro["savings_loss_withheld"] is outcome.jobs.losses_withheld
    assert macro["rate_hundredths"] == (outcome.rate.hundredths if outcome.terms.due else None)
    assert macro["rate_quotient"] == (None if outcome.rate.quotient is None else str(outcome.rate.quotient))
    assert macro["sectors_judged"] == outcome.terms.sectors
    losses = [macro[f"savings_loss_{end}cents"] for end in ("low_", "", "high_")]
    assert losses == list(outcome.savings_loss or (None, None, None))


def settled(archive, out, *scenarios, year=YEAR, baseline=None):
    as_of = AS_OF.replace(year=year + 1)
    request = Request(
        archive, year, as_of, out, tuple(str(scenario) for scenario in scenarios), baseline=baseline, threads=1
    )
    settle(prepare(request))
    return out


def test_the_country_has_what_is_compared(archive, targets, tmp_path):
    """Otherwise equality would say nothing: benefits that give way, corrected wages, deductions, both grounds."""
    law = pq.read_table(settled(archive, tmp_path / "law") / "data" / "bonus_lines.parquet")
    assert {"jobs_agreement", "disabled"} <= set(law["granted_category"].to_pylist())
    run = settled(archive, tmp_path / "run", targets)
    lines = pq.read_table(run / "data" / "bonus_lines.parquet")
    assert {"jobs_agreement"} <= set(lines["granted_category"].to_pylist())
    settlement = pq.read_table(run / "data" / "settlement.parquet")
    grounds = list(
        zip(*(settlement[name].to_pylist() for name in ("small_ground", "premium_wage_t2_cents")), strict=True)
    )
    assert {"wage_bill", "starter", "declared_class", "transfer"} <= {ground for ground, _ in grounds}
    assert ("starter", 5_000_000_00) in grounds
    totals = json.loads((run / "data" / "macro.json").read_text())["totals"]
    assert min(totals["surcharge_cents"], totals["bonus_cents"], totals["payers"], totals["small_employers"]) > 0


def test_the_law_as_it_is(archive, tmp_path):
    working, (law,) = outcomes(archive)
    assert_equal(working, law, settled(archive, tmp_path / "run"))


@pytest.mark.parametrize("baseline", ["counted", "national", "none"])
def test_each_baseline(baseline, archive, targets, tmp_path):
    """With targets and baseline at the scale of the country, so that there is a savings loss but for `none`."""
    basis = (str(targets.parent / "targets.toml"),)
    working, (law,) = outcomes(archive, basis=basis, baseline=baseline)
    assert law.jobs.baseline_source == baseline
    assert (law.savings_loss is None) is (baseline == "none")
    assert_equal(working, law, settled(archive, tmp_path / "run", *basis, baseline=baseline))


@pytest.mark.parametrize("name", SETTLED)
def test_shipped_scenario(name, archive, targets, tmp_path):
    """With the numbers that no letter gives, and targets at the scale of the country."""
    own = tmp_path / "own.toml"
    own.write_text(f'title = "Given"\nbase = "{name}"\n[set]\n{GIVEN}', "utf-8")
    scale = tmp_path / "scale.toml"
    lines = [line for line in targets.read_text("utf-8").splitlines() if "target_jobs_" in line or "baseline_" in line]
    scale.write_text("\n".join(['title = "Scale"', "[set]", *lines]), "utf-8")
    working, (_, result) = outcomes(archive, f"{own}+{scale}")
    assert_equal(working, result, settled(archive, tmp_path / "run", own, scale))


@pytest.mark.parametrize("name", list(OF_ONE_S_OWN))
def test_scenario_of_one_s_own(name, archive, tmp_path):
    text = OF_ONE_S_OWN[name]
    own = tmp_path / "own.toml"
    own.write_text(f'title = "Own"\n[set]\n{text}\n', "utf-8")
    working, (_, result) = outcomes(archive, own)
    assert_equal(working, result, settled(archive, tmp_path / "run", own))


def test_a_year_of_the_old_text(archive, tmp_path):
    """2025: by declaration at the start, for three years; without end more months count."""
    names = ("activated-budget", "lkv-without-end")
    working, (law, *result) = outcomes(archive, *names, year=YEAR - 1)
    assert result[1].lkv.sum() > law.lkv.sum() > 0
    for name, outcome in zip(names, result, strict=True):
        assert_equal(working, outcome, settled(archive, tmp_path / name, name, year=YEAR - 1))


def test_quota_levy(archive, tmp_path):
    """The older regime against a settlement of it, a threshold low enough for so small a country."""
    figures = (
        '"wfsv.quota_percentage_government" = "4.50"\n"wfsv.quota_percentage_market" = "3.90"\n'
        '"wfsv.quota_threshold_employees" = 4\n'
    )
    under, regime = tmp_path / "under.toml", tmp_path / "regime.toml"
    under.write_text(f'title = "Percentages"\n[set]\n{figures}', "utf-8")
    regime.write_text(f'title = "Levy"\nbase = "quota-levy"\n[set]\n{figures}', "utf-8")
    working, (_, result) = outcomes(archive, regime)
    run = settled_levy(archive, tmp_path / "run", under)
    expected = pq.read_table(run / "data" / "settlement.parquet")
    assert result.levy.sum() > 0
    assert result.levy.tolist() == expected["quota_levy_cents"].to_pylist()
    assert working.country.paid_hours.tolist() == expected["paid_hours"].to_pylist()
    macro = json.loads((run / "data" / "macro.json").read_text())
    assert macro["savings_loss_cents"] is result.savings_loss is None
    assert macro["sectors"]["total"]["missing_jobs"] == decimal_text(result.missing)


def settled_levy(archive, out, *scenarios):
    from quotum.run.regimes import regime as regimes  # noqa: PLC0415 (only here)

    request = Request(archive, YEAR, AS_OF, out, tuple(map(str, scenarios)), regime="quota-levy", threads=1)
    settle(regimes.prepare(request))
    return out


@pytest.mark.parametrize("name", sorted(NEEDS_POLICY | {"activated-balance", "sectors-conditional"}))
def test_a_shipped_scenario_runs_or_names_the_number_that_no_letter_gives(name, archive):
    missing = {
        "activated-balance": "wet_banenafspraak.required_share",
        "guidance-bonus-central": "policy.guidance_amount",
        "guidance-bonus-regional": "policy.guidance_amount",
        "no-risk-pilot": "policy.deadweight_share",
        "quota-levy": "wfsv.quota_percentage",
        "sectors-conditional": "wet_banenafspraak.required_government_share",
        "target-group-wider": "policy.share_working",
    }
    if name not in missing:
        outcomes(archive, name)
        return
    with pytest.raises(QuotumError) as refused:
        outcomes(archive, name)
    assert refused.value.exit_code == 12
    assert missing[name] in str(refused.value)


def readings_by(archive, scenario, place=1):
    """Names of the readings of a scenario in a comparison, with those of the simulation itself left out."""
    lines = compare(request_of(archive, scenario)).assumptions.to_pylist()
    rows = [row for row in lines if row["place"] == place and row["kind"] == "reading"]
    return sorted(row["name"] for row in rows if row["name"] not in OWN_READINGS)


OWN_READINGS = {
    item.name
    for item in (
        basis.MEAN_EMPLOYEES, basis.POLICY_JOBS, basis.UNPLACED, basis.ALREADY_WORKING, basis.SMALL_BY_HOURS,
        basis.GUIDANCE, basis.LEVY_AND_LKV,
    )
}  # fmt: skip


@pytest.mark.parametrize("name", SETTLED)
def test_readings_are_those_of_the_same_settlement(name, archive, tmp_path):
    own = tmp_path / "own.toml"
    own.write_text(f'title = "Given"\nbase = "{name}"\n[set]\n{GIVEN}', "utf-8")
    macro = json.loads((settled(archive, tmp_path / "run", own) / "data" / "macro.json").read_text())
    expected = [reading["name"] for reading in macro["readings"]]
    assert readings_by(archive, own) == expected
    assert readings_by(archive, own) == expected, "from what is kept"


def test_a_right_that_ends_after_some_years_names_its_readings(archive, tmp_path):
    """Which a comparison left out: what is kept of the rows held the hours alone."""
    named, law = set(readings_by(archive, "lkv-three-years")), set(readings_by(archive, "lkv-three-years", 0))
    run = settled(archive, tmp_path / "run", "lkv-three-years")
    settle = {reading["name"] for reading in json.loads((run / "data" / "macro.json").read_text())["readings"]}
    assert named == settle
    assert readings.YEARS_FROM_NEW_START.name in named - law
    assert readings.EMPLOYMENT.name in named


def test_readings_of_the_quota_levy(archive, tmp_path):
    """Those of a settlement of the levy, and of the LKV that goes on beside it."""
    figures = (
        '"wfsv.quota_percentage_government" = "4.50"\n"wfsv.quota_percentage_market" = "3.90"\n'
        '"wfsv.quota_threshold_employees" = 4\n'
    )
    under, regime = tmp_path / "under.toml", tmp_path / "regime.toml"
    under.write_text(f'title = "Percentages"\n[set]\n{figures}', "utf-8")
    regime.write_text(f'title = "Levy"\nbase = "quota-levy"\n[set]\n{figures}', "utf-8")
    runs = (settled(archive, tmp_path / "run"), settled_levy(archive, tmp_path / "levy", under))
    expected = {
        reading["name"] for run in runs for reading in json.loads((run / "data" / "macro.json").read_text())["readings"]
    }
    assert set(readings_by(archive, regime)) == expected


def test_readings_of_the_example_of_eight_employers(tmp_path):
    """Settle names three that the comparison left out."""
    folder = tmp_path / "archive"
    take_in(folder, [path for path in sorted(EIGHT.glob("*.csv")) if not path.name.startswith("expected")])
    macro = json.loads((settled(folder, tmp_path / "run", "lkv-three-years") / "data" / "macro.json").read_text())
    expected = [reading["name"] for reading in macro["readings"]]
    assert readings_by(folder, "lkv-three-years") == expected
    assert set(expected) - set(readings_by(folder, "lkv-three-years", 0)) == {
        readings.EMPLOYMENT.name, readings.YEARS_FROM_NEW_START.name,
    }  # fmt: skip
