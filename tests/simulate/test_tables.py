"""The tables of a comparison: they add up, hold what is declared, and say what they are."""

from datetime import date
from fractions import Fraction
from types import SimpleNamespace

import numpy as np
import pyarrow as pa
import pytest

from quotum.comparison import small_groups as few
from quotum.comparison.record import BEHAVIOUR
from quotum.comparison.tables import SIMULATION_TABLES
from quotum.periods import months as months_of
from quotum.report import run_tables
from quotum.simulate import groupings
from quotum.simulate.compare import compare
from tests.helpers import deliver, take_in
from tests.rows import OTHER_PERSON, cells, numbered
from tests.simulate.conftest import YEAR, outcomes, request_of
from tests.simulate.test_equals_a_settlement import settled


@pytest.fixture(scope="module")
def text(tmp_path_factory, targets):
    """Activated at the scale of the country, a bonus given as a range."""
    place = tmp_path_factory.mktemp("scenario") / "own.toml"
    body = targets.read_text("utf-8")
    place.write_text(
        body + '\n[range]\n"wtl.bonus_rate" = ["3.50", "4.50"]\n"wfsv.average_premium_wage" = ["20000", "60000"]\n'
    )
    return place


@pytest.fixture(scope="module")
def comparison(archive, text):
    return compare(request_of(archive, "activated-budget", text, "activated-budget"))


def rows(table, **wanted):
    return [row for row in table.to_pylist() if all(row[name] == value for name, value in wanted.items())]


@pytest.mark.parametrize("declared", SIMULATION_TABLES, ids=lambda table: table.name)
def test_every_table_is_as_declared_and_sorted_by_its_key(declared, comparison):
    table = comparison.table(declared)
    assert table.schema.equals(declared.written_schema)
    for column in declared.columns:
        assert column.null or table[column.name].null_count == 0
        if column.choices:
            assert set(table[column.name].to_pylist()) <= {*column.choices, None}
    keys = [tuple(row[name] for name in declared.key) for row in table.select(list(declared.key)).to_pylist()]
    assert keys == sorted(set(keys))


def test_scenarios_have_names_of_their_own_and_the_law_comes_first(comparison):
    assert comparison.scenarios == ("law", "activated-budget", "own", "activated-budget (2)")
    first, second = rows(comparison.comparison, place=1)[0], rows(comparison.comparison, place=3)[0]
    own = ("place", "scenario")
    assert {k: v for k, v in first.items() if k not in own} == {k: v for k, v in second.items() if k not in own}


def test_every_row_of_headline_figures_says_it_is_a_simulation_and_what_it_says_nothing_about(comparison):
    assert set(comparison.comparison["simulation"].to_pylist()) == {True}
    assert set(comparison.comparison["note"].to_pylist()) == {BEHAVIOUR}
    for place in range(4):
        assert rows(comparison.assumptions, place=place)[0]["text"] == BEHAVIOUR


@pytest.mark.parametrize("place", [0, 1, 2])
@pytest.mark.parametrize("grouping", ["all", "sector", "employees", "wage_bill", "region"])
def test_groups_add_up_to_the_headline(place, grouping, comparison):
    whole = rows(comparison.comparison, place=place)[0]
    groups = rows(comparison.groups, place=place, grouping=grouping)
    names = (
        "employers", "small_employers", "payers", "receivers", "winners", "losers", "unchanged", "surcharge_cents",
        "lkv_cents", "bonus_cents", "net_cents", "gain_cents",
    )  # fmt: skip
    assert {name: sum(row[name] for row in groups) for name in names} == {name: whole[name] for name in names}
    assert groups


@pytest.mark.parametrize("place", [1, 2])
def test_winners_losers_and_spread_are_counted_per_employer(place, archive, text, comparison):
    """By plain Python over the net amounts."""
    _, (law, *others) = outcomes(archive, "activated-budget", text)
    gains = [int(net) - int(before) for net, before in zip(others[place - 1].net, law.net, strict=True)]
    row = rows(comparison.groups, place=place, grouping="all")[0]
    up, down = [gain for gain in gains if gain > 0], [gain for gain in gains if gain < 0]
    assert up
    assert down
    assert (row["winners"], row["losers"], row["unchanged"]) == (len(up), len(down), gains.count(0))
    half_up = Fraction(sum(up), len(up)) + Fraction(1, 2)
    enough = len(up) >= 10 and len(down) >= 10
    assert row["mean_gain_winners_cents"] == (half_up.numerator // half_up.denominator if enough else None)
    assert (row["mean_gain_losers_cents"] is not None) == enough
    ordered = sorted(gains)
    for part in (10, 25, 50, 75, 90):
        cut = row[f"gain_p{part}_cents"]
        place = -(-part * len(gains) // 100)
        if place < 10 or len(gains) - place + 1 < 10:
            assert cut is None, "it would be the gain of one of the first or last ten"
            continue
        assert sum(gain <= cut for gain in gains) * 100 >= part * len(gains)
        below = [item for item in ordered if item < cut]
        assert len(below) * 100 < part * len(gains)


def test_headline_by_plain_python(archive, text, tmp_path):
    """Net, balance, who pays and who receives, over surcharge, levy and guidance bonus alike."""
    levy, guided = tmp_path / "levy.toml", tmp_path / "guided.toml"
    levy.write_text(
        'title = "Levy"\nbase = "quota-levy"\n[set]\n"wfsv.quota_percentage_government" = "4.50"\n'
        '"wfsv.quota_percentage_market" = "3.90"\n"wfsv.quota_threshold_employees" = 4\n'
    )
    guided.write_text(
        f'title = "Guided"\nbase = "{text}"\n[set]\n"policy.guidance_amount" = "700"\n"policy.extra_people" = 10\n'
        '"policy.share_working" = "50"\n"policy.mean_hours" = 800\n"policy.no_risk_people" = 2\n'
        '"policy.no_risk_cost" = "90"\n"policy.deadweight_share" = "0"\n'
    )
    headlines = compare(request_of(archive, levy, guided)).comparison.to_pylist()
    _, compared_runs = outcomes(archive, levy, guided)
    assert headlines[1]["levy_cents"] > 0
    assert headlines[2]["guidance_cents"] > 0
    for row, outcome in zip(headlines, compared_runs, strict=True):
        columns = (outcome.lkv, outcome.bonus, outcome.guidance, outcome.surcharge, outcome.levy)
        result = list(zip(*(column.tolist() for column in columns), strict=True))
        net = [lkv + bonus + guidance - surcharge - levy for lkv, bonus, guidance, surcharge, levy in result]
        assert row["net_cents"] == sum(net)
        sectors_with_hired_in = row["unplaced_lkv_cents"] + row["unplaced_bonus_cents"] + row["measure_cost_cents"]
        assert row["balance_cents"] == -sum(net) - sectors_with_hired_in
        assert row["payers"] == sum(line[3] + line[4] > 0 for line in result)
        assert row["receivers"] == sum(sum(item[:3]) > 0 for item in result)
    assert headlines[2]["measure_cost_cents"] == 90_00
    assert headlines[1]["small_limit_hours"] == 4 * 1_623
    assert headlines[1]["bonus_cents"] == headlines[1]["surcharge_cents"] == 0


@pytest.fixture(scope="module")
def basis(targets):
    """Targets and baseline at the scale of the country, for the law too."""
    return (str(targets.parent / "targets.toml"),)


def test_one_percent_more_jobs_by_hand(archive, text, basis):
    """Jobs of every part, baseline and extra, up by one percent: fewer are missing, and more is paid."""
    rows_ = compare(request_of(archive, text, basis=basis)).comparison.to_pylist()
    _, compared_runs = outcomes(archive, text, basis=basis)
    for row, outcome in zip(rows_, compared_runs, strict=True):
        counts = outcome.jobs.counts
        jobs = dict(zip(("government", "market"), counts.sectors_with_hired_in, strict=True)) | {"total": counts.total}
        more = {name: job.realised + (job.baseline + job.realised) / 100 for name, job in jobs.items()}
        left = {name: max(job.target - more[name], 0) for name, job in jobs.items()}
        missing = left["government"] + left["market"] if row["sectors_judged"] == "separate" else left["total"]
        change = Fraction(missing - outcome.missing) * 100 + Fraction(1, 2)
        assert row["one_percent_missing_jobs_hundredths"] == change.numerator // change.denominator
        assert abs(row["one_percent_paid_cents"] * 100 - row["lkv_cents"] - row["bonus_cents"]) <= 50
    assert rows_[0]["one_percent_savings_loss_cents"] < 0
    assert rows_[1]["one_percent_savings_loss_cents"] == 0
    assert rows_[1]["one_percent_missing_jobs_hundredths"] < 0


def test_distribution_holds_every_employer_once_in_its_bin(archive, text, comparison):
    working, (_, _, own) = outcomes(archive, "activated-budget", text)
    bins = rows(comparison.distribution, place=2)
    assert sum(row["employers"] for row in bins) == working.country.length
    assert sum(row["net_cents"] for row in bins) == int(own.net.sum())
    employees = np.maximum(working.country.employees, 1).tolist()
    for row in bins:
        low, high = row["from_cents"], row["to_cents"]
        inside = [
            net
            for net, count in zip(own.net.tolist(), employees, strict=True)
            if (low is None or Fraction(net, count) >= low) and (high is None or Fraction(net, count) < high)
        ]
        assert row["employers"] == len(inside)
    assert len({row["employers"] for row in bins}) >= 3


def test_shares_hold_who_owes(larger):
    place, own = larger / "archive", larger / "scenario.toml"
    _, (_, outcome) = outcomes(place, own)
    result = compare(request_of(place, own))
    bins = rows(result.shares, place=1)
    assert len(bins) > 3
    assert sum(row["employers"] for row in bins) == int((~outcome.small).sum())
    assert sum(row["surcharge_cents"] for row in bins) == int(outcome.surcharge.sum())
    assert sum(row["bonus_cents"] for row in bins) == int(outcome.bonus[~outcome.small].sum())
    assert rows(result.shares, place=0) == []


def test_break_even_is_where_the_bonus_is_the_surcharge(archive, text, comparison):
    working, (_, _, own) = outcomes(archive, "activated-budget", text)
    hours = int(working.country.paid_hours[~own.small].sum())
    row = rows(comparison.comparison, place=2)[0]
    share = Fraction(row["break_even_share_hundredths"], 10_000)
    assert abs(share * hours * own.terms.bonus_rate_cents / row["surcharge_cents"] - 1) < Fraction(1, 200)


def test_cliffs_split_at_the_limit_itself(larger):
    working, (law, budget) = outcomes(larger / "archive", "activated-budget")
    result = compare(request_of(larger / "archive", "activated-budget"))
    shown = 0
    limit = law.terms.small_limit_cents
    wages = working.country.table["premium_wage_cents"].to_pylist()
    for row in rows(result.cliffs, place=1):
        width = Fraction(limit * row["band_percent"], 100)
        near = [place for place, wage in enumerate(wages) if wage is not None and abs(wage - limit) <= width]
        side = [place for place in near if (wages[place] <= limit) == (row["side"] == "below")]
        if row["left_out"]:
            assert {row[name] for name in ("employers", "payers", "charge_cents", "mean_net_cents")} == {None}
            continue
        assert row["employers"] == len(side)
        assert row["charge_cents"] == sum(int(budget.surcharge[place]) for place in side)
        shown += len(side)
    assert shown > 0


def test_report_and_comparison_class_wage_bills_alike(archive, tmp_path, monkeypatch):
    """By the wage that is tested: of an employer with a transfer not its own, at a limit that lies between."""
    monkeypatch.setattr(few, "FEWEST", 1)
    working, _ = outcomes(archive)
    own = dict(zip(*(working.country.table[name].to_pylist() for name in ("rsin", "premium_wage_cents")), strict=True))
    ends = [
        sorted((own[correction.rsin], correction.known_cents))
        for correction in working.country.corrections
        if own.get(correction.rsin)
    ]
    low, high = max(ends, key=lambda pair: pair[1] - pair[0])
    average = (low + high) // 2 // 25
    limit = tmp_path / "limit.toml"
    limit.write_text(f'title = "L"\n[set]\n"wfsv.average_premium_wage" = "{average // 100}.{average % 100:02d}"\n')
    compared = rows(compare(request_of(archive, basis=(str(limit),))).groups, place=0, grouping="wage_bill")
    settlement = run_tables.read(settled(archive, tmp_path / "run", limit) / "data" / "settlement.parquet")
    reported = [
        row for row in run_tables.groups(settlement, ("net_cents",), 25 * average) if row["grouping"] == "wage_bill"
    ]
    classes = [{row["group"]: row["employers"] for row in result} for result in (compared, reported)]
    assert classes[0] == classes[1]
    assert low <= 25 * average < high
    assert len(classes[0]) > 2


@pytest.mark.parametrize(("limit", "exempt"), [("the_wage", True), ("a_cent_less", False)])
def test_cliffs_jump_at_the_limit_itself(limit, exempt):
    """Twelve employers with one wage: at the limit they are below and exempt; one cent less and they owe."""
    wage = 1_000_000_00
    country, outcome, alternative = twelve_at(wage, wage if limit == "the_wage" else wage - 1, exempt=exempt)
    result = list(groupings.cliffs(country, alternative, outcome, np.zeros(24, np.int64), None))
    by_side = {row["side"]: row for row in result if row["band_percent"] == 1}
    holding, empty = ("below", "above") if exempt else ("above", "below")
    assert (by_side[holding]["employers"], by_side[empty]["employers"]) == (12, 0)
    assert by_side[holding]["payers"] == (0 if exempt else 12)


def twelve_at(wage, limit, *, exempt):
    """Twelve employers with one wage and twelve far from it; those that are not exempt owe 100.00 each."""
    known = {
        "premium_wage_cents": pa.array([wage] * 12 + [3 * wage] * 12, pa.int64()),
        "started_on": pa.array([date(2010, 1, 1)] * 24, pa.date32()),
        "took_over": pa.array([0] * 24, pa.int64()),
    }
    country = SimpleNamespace(length=24, year=YEAR, table=pa.table(known), paid_hours=np.ones(24, np.int64))
    nothing = np.zeros(24, np.int64)
    charged = np.array([0 if exempt else 100_00] * 12 + [100_00] * 12)
    outcome = SimpleNamespace(
        terms=SimpleNamespace(small_limit_cents=limit), surcharge=charged, levy=nothing, lkv=nothing, bonus=nothing,
        guidance=nothing, net=-charged,
    )  # fmt: skip
    figured = SimpleNamespace(levy=None, policy=SimpleNamespace(small_by_hours=None))
    return country, outcome, SimpleNamespace(place=1, name="own", year=YEAR, figured=figured)


def test_ranges_show_the_outcome_at_both_ends_and_rank_the_widest_first(archive, text, comparison, tmp_path):
    ranked = rows(comparison.ranges, place=2, outcome="net_cents")
    assert [row["rank"] for row in ranked] == [1, 2, 3]
    widths = [row["width"] for row in ranked]
    assert widths == sorted(widths, reverse=True)
    assert widths[1] > 0
    middle = rows(comparison.comparison, place=2)[0]
    bonus = next(row for row in ranked if row["parameter"] == "wtl.bonus_rate")
    assert bonus["outcome_middle"] == middle["net_cents"]
    assert bonus["rounding"] == middle["net_cents"] - before_rounding(middle)
    for end, value in (("low", "3.50"), ("high", "4.50")):
        own = tmp_path / f"{end}.toml"
        own.write_text(f'title = "End"\nbase = "{text}"\n[set]\n"wtl.bonus_rate" = "{value}"\n')
        row = rows(compare(request_of(archive, own)).comparison, place=1)[0]
        effect = before_rounding(row) - before_rounding(middle)
        assert bonus[f"outcome_{end}"] == middle["net_cents"] + effect
        # What a scenario of its own comes to differs by the rounding of two rates and of each return at most.
        returns = 90 * 13
        most = 2 * (row["surcharge_base_cents"] // 20_000 + returns * 100)
        assert abs(bonus[f"outcome_{end}"] - row["net_cents"]) <= most


def before_rounding(row):
    """Net amount with the surcharge at the exact percentage: base x percentage / 100, half up to the cent."""
    exact = Fraction(row["surcharge_base_cents"]) * Fraction(row["rate_quotient"]) / 100 + Fraction(1, 2)
    return row["net_cents"] + row["surcharge_cents"] - exact.numerator // exact.denominator


@pytest.fixture(scope="module")
def solved(archive, targets, tmp_path_factory):
    """Both rules, each with figures given as a range."""
    given = '"wtl.bonus_rate" = ["3.75", "3.77"]\n"wfsv.average_premium_wage" = ["20000", "60000"]\n'
    own = tmp_path_factory.mktemp("solved") / "ranged.toml"
    own.write_text(f'title = "Ranged"\n[range]\n{given}')
    return compare(request_of(archive, f"{targets}+{own}", f"activated-budget+{own}"))


@pytest.mark.parametrize("place", [0, 1, 2])
def test_the_range_of_an_outcome_holds_the_outcome_itself(place, solved):
    """Also where the rate is solved: a bonus that is a cent more can round its rate down."""
    ranged = rows(solved.ranges, place=place)
    assert ranged
    for row in ranged:
        ends = sorted((row["outcome_low"], row["outcome_high"]))
        assert ends[0] <= row["outcome_middle"] <= ends[1], row
        assert row["width"] == ends[1] - ends[0]
        assert row["outcome_middle"] == rows(solved.comparison, place=place)[0][row["outcome"]]


@pytest.mark.parametrize("outcome", ["balance_cents", "net_cents"])
def test_a_range_that_is_rounding_of_the_rate_is_none(outcome, archive, solved, tmp_path):
    """Budget neutral the surcharge pays the bonus, whatever that is: only the rounding of the rate moves the rest."""
    result = rows(solved.ranges, place=2, outcome=outcome)
    row = next(row for row in result if row["parameter"] == "wtl.bonus_rate")
    assert row["width"] == 0
    headline = rows(solved.comparison, place=2)[0]
    over = headline["surcharge_cents"] - headline["bonus_cents"]
    assert over > 0
    assert row["rounding"] == (over if outcome == "balance_cents" else -over)
    moved = set()
    for value in ("3.75", "3.77"):
        own = tmp_path / f"{value}.toml"
        own.write_text(f'title = "End"\nbase = "activated-budget"\n[set]\n"wtl.bonus_rate" = "{value}"\n')
        moved.add(rows(compare(request_of(archive, own)).comparison, place=1)[0][outcome])
    assert len({*moved, headline[outcome]}) > 1, "the rounding itself does move it"


def test_a_given_rate_has_no_rounding(comparison):
    assert {row["rounding"] for row in rows(comparison.ranges, place=0)} == {0}


def test_a_rate_given_as_a_range_is_taken_as_it_is(archive, targets, tmp_path):
    """The ends are given and the middle is solved: each is what a scenario comes to."""
    own = tmp_path / "own.toml"
    own.write_text(f'title = "Rate"\nbase = "{targets}"\n[range]\n"wet_banenafspraak.surcharge_rate" = ["0.10", "2"]\n')
    row = next(
        row
        for row in rows(compare(request_of(archive, own)).ranges, place=1, outcome="surcharge_cents")
        if row["parameter"] == "wet_banenafspraak.surcharge_rate"
    )
    assert 0 < row["outcome_low"] < row["outcome_middle"] < row["outcome_high"]
    assert row["outcome_low"] % 100 == row["outcome_high"] % 100 == 0


def test_what_is_plainly_a_part_of_the_country_has_no_savings_loss(comparison):
    """The targets of the law are those of the whole country: a dash, no range, and the reason."""
    law = rows(comparison.comparison, place=0)[0]
    names = (
        "savings_loss_cents",
        "savings_loss_low_cents",
        "savings_loss_high_cents",
        "one_percent_savings_loss_cents",
    )
    assert {law[name] for name in names} == {None}
    assert law["missing_jobs_hundredths"] > 100_000_00
    assert rows(comparison.ranges, place=0, outcome="savings_loss_cents") == []
    lines = [row["text"] for row in rows(comparison.assumptions, place=0, kind="remark")]
    assert sum("plainly a part of the country" in line for line in lines) == 1


def test_the_savings_loss_can_be_done_again_by_hand(archive, basis):
    (law,) = compare(request_of(archive, basis=basis)).comparison.to_pylist()
    product = Fraction(law["missing_jobs_exact"]) * law["saving_per_job_cents"]
    assert law["savings_loss_cents"] == int(product + Fraction(1, 2)) > 0
    assert law["baseline_source"] == "counted"


def test_without_a_baseline_nothing_is_realised_or_missing(archive):
    (law,) = compare(request_of(archive, baseline="none")).comparison.to_pylist()
    assert law["baseline_source"] == "none"
    empty = {name for name, value in law.items() if value is None and ("jobs" in name or "savings" in name)}
    assert {"realised_jobs_hundredths", "missing_jobs_hundredths", "missing_jobs_exact", "savings_loss_cents"} <= empty
    assert law["target_jobs_hundredths"] == 125_000_00
    assert law["one_percent_jobs_hundredths"] > 0


def test_the_saving_per_job_is_always_a_range(archive, basis):
    result = compare(request_of(archive, basis=basis))
    law = rows(result.ranges, place=0, outcome="savings_loss_cents")[0]
    row = rows(result.comparison, place=0)[0]
    assert (law["parameter"], law["low_value"], law["high_value"]) == (
        "wet_banenafspraak.saving_per_job",
        "1552",
        "2619",
    )
    assert [law["outcome_low"], law["outcome_high"]] == [row["savings_loss_low_cents"], row["savings_loss_high_cents"]]


def test_parameters_say_what_differs(comparison):
    differing = {row["parameter"]: row for row in rows(comparison.parameters, place=1, differs=True)}
    assert set(differing) == {
        "wet_banenafspraak.in_force_from", "wet_banenafspraak.activated_in", "wet_banenafspraak.surcharge_rate",
    }  # fmt: skip
    rate = differing["wet_banenafspraak.surcharge_rate"]
    assert (rate["law_value"], rate["value"], rate["status"]) == (None, "budget", "scenario")
    assert rows(comparison.parameters, place=0, differs=True) == []
    bonus = rows(comparison.parameters, place=1, parameter="wtl.bonus_rate")[0]
    assert (bonus["value"], bonus["differs"], bonus["status"]) == ("3.76", False, "assumed")


@pytest.mark.parametrize(
    ("rows_of_second", "employees"),
    [
        pytest.param(6, 2, id="12_and_6_rows_over_12_months_are_one_and_a_half"),
        pytest.param(5, 1, id="12_and_5_rows_are_less"),
    ],
)
def test_employees_are_the_mean_number_of_employments_per_period_rounded_half_up(rows_of_second, employees, tmp_path):
    months = [(f"2026-{month:02d}-01", months_of(2026)[month - 1].end.isoformat()) for month in range(1, 13)]
    returns = []
    for number, (start, end) in enumerate(months):
        of_message = {"IdBer": f"M{number}", "DatAanvTv": start, "DatEindTv": end}
        returns.append(cells("returns", **of_message))
        if number < rows_of_second:
            returns.append(cells("returns", **of_message, NumIV="2", SofiNr=OTHER_PERSON))
        returns.append(cells("returns", **of_message, NumIV="3", SofiNr=numbered(503), SrtIV="31"))
    others = {kind: [cells(kind)] for kind in ("register", "employers", "wage_bills")}
    take_in(tmp_path / "archive", deliver(tmp_path / "files", returns=returns, **others))
    working, _ = outcomes(tmp_path / "archive")
    assert working.country.employees.tolist() == [employees]
