"""Policy choices that no settlement knows, each computed once more by hand."""

import csv
from fractions import Fraction

import pytest
from attrs import evolve

from quotum.errors import DeliveryRefused, ParameterFileWrong, ParameterMissing, QuotumError, WrongUse
from quotum.money import decimal_text, euro_text
from quotum.report.answers import questions
from quotum.report.reader import Reader
from quotum.run.settle import prepare
from quotum.run_folder.request import Request
from quotum.simulate import basis
from quotum.simulate.compare import compare
from quotum.simulate.plan import plan
from quotum.simulate.policy import CountryJobs
from quotum.simulate.session import session
from quotum.simulate.show import show
from tests.helpers import FIXTURES, take_in
from tests.simulate.conftest import AS_OF, YEAR, outcomes, request_of, write


def half_up(value: Fraction) -> int:
    return (value + Fraction(1, 2)).numerator // (value + Fraction(1, 2)).denominator


def scenario(folder, text, name="own"):
    path = folder / f"{name}.toml"
    path.write_text(f'title = "Own"\n{text}', "utf-8")
    return path


def headline(archive, *scenarios, **more):
    return compare(request_of(archive, *scenarios, **more)).comparison.to_pylist()


def test_small_by_hours_exempts_below_the_threshold_and_not_at_it(archive, tmp_path):
    working, _ = outcomes(archive)
    hours = sorted(working.country.paid_hours.tolist())
    at = next(amount for amount in reversed(hours[:-5]))
    own = scenario(
        tmp_path,
        'base = "small-employer-25-hours"\n[set]\n"wfsv.quota_threshold_employees" = 1\n'
        f'"wfsv.average_paid_hours" = {at}\n',
    )
    _, (_, result) = outcomes(archive, own)
    assert result.small.tolist() == [item < at for item in working.country.paid_hours.tolist()]
    assert (~result.small).any()
    assert result.surcharge[result.small].sum() == 0


def test_extra_people_as_a_number_are_in_no_employer_s_amounts_but_their_bonus_is_paid(archive, tmp_path):
    more = '[set]\n"policy.share_working" = "40"\n"policy.mean_hours" = 900\n"policy.extra_people" = 100\n'
    own = scenario(tmp_path, f'base = "activated-budget"\n{more}')
    law, budget, wider = headline(archive, "activated-budget", own)
    assert wider["unplaced_lkv_cents"] == 40 * 900 * 101
    assert wider["unplaced_bonus_cents"] == 40 * 900 * 376
    assert (wider["lkv_cents"], wider["bonus_cents"]) == (budget["lkv_cents"], budget["bonus_cents"])
    assert wider["surcharge_cents"] >= wider["bonus_cents"] + wider["unplaced_bonus_cents"]
    assert wider["rate_hundredths"] > budget["rate_hundredths"]
    assert wider["realised_jobs_hundredths"] == law["realised_jobs_hundredths"]
    counted = scenario(tmp_path, f'base = "{own}"\n[set]\n"policy.working_count_as_extra" = "yes"\n', "counted")
    extra = headline(archive, counted)[1]
    assert extra["policy_jobs_hundredths"] == half_up(Fraction(40 * 900, 1331) * 100)
    assert (
        abs(extra["realised_jobs_hundredths"] - law["realised_jobs_hundredths"] - extra["policy_jobs_hundredths"]) <= 1
    )


def test_extra_people_have_at_most_the_maximum(archive, tmp_path):
    more = '[set]\n"policy.share_working" = "100"\n"policy.mean_hours" = 2000\n"policy.extra_people" = 3\n'
    assert headline(archive, scenario(tmp_path, more))[1]["unplaced_lkv_cents"] == 3 * 2_000_00


WORKING = '"policy.share_working" = "40"\n"policy.mean_hours" = 900\n'


def test_people_of_the_whole_country_are_scaled_to_what_is_delivered(archive, tmp_path):
    """15,000 x the jobs of December / (75,179 with hired-in work + 74,031 + 11,634 realised in 2023)."""
    own = scenario(tmp_path, f'base = "target-group-wider"\n[set]\n{WORKING}')
    comparison = compare(request_of(archive, own))
    _, (law, outcome) = outcomes(archive, own)
    share = law.jobs.december.total / (75_179 + 74_031 + 11_634)
    assert 0 < share < Fraction(1, 100)
    working = 15_000 * share * Fraction(40, 100)
    row = comparison.comparison.to_pylist()[1]
    assert row["unplaced_lkv_cents"] == half_up(working * 900 * 101)
    assert outcome.figured.policy.extra_people.working == working
    (measure,) = comparison.measures.to_pylist()
    assert measure["people_hundredths"] == half_up(working * 100)
    (message,) = [text for text in remarks(comparison) if "extra people" in text]
    assert message.startswith("15000.00 extra people are a number of the whole country, taken as ")
    assert f"{decimal_text(law.jobs.december.total)} jobs" in message
    assert "160844.00 of the country" in message
    assert "2023" in message


def test_only_a_number_of_the_country_is_scaled(archive, tmp_path):
    """Of what is delivered it is taken as it is."""
    own = scenario(tmp_path, f'base = "target-group-wider"\n[set]\n{WORKING}"policy.extra_people_of" = "delivery"\n')
    _, (_, outcome) = outcomes(archive, own)
    assert outcome.figured.policy.extra_people.people == 15_000


REALISED = "".join(f'"wet_banenafspraak.realised_jobs_{name}" = 3\n' for name in ("market", "government"))


@pytest.mark.parametrize("more", ["", '"wet_banenafspraak.baseline_jobs_with_hired" = 1\n', REALISED])
@pytest.mark.parametrize("scaled", [False, True], ids=["no_basis", "basis"])
def test_no_scenario_and_no_basis_sets_the_jobs_of_the_country(more, scaled, archive, targets, tmp_path):
    """The made-up country brings a baseline of its own, and is no country to add national realisations to."""
    basis_file = targets.parent / "targets.toml"
    assert "baseline_jobs_with_hired" in basis_file.read_text("utf-8")
    own = scenario(tmp_path, f'base = "target-group-wider"\n[set]\n{WORKING}{more}', "wider")
    subsidy = scenario(tmp_path, f'base = "wage-subsidy-by-outcome"\n[set]\n{more}', "subsidy")
    given = {"basis": (str(basis_file),)} if scaled else {}
    _, (law, outcome, _) = outcomes(archive, own, subsidy, **given)
    expected = 15_000 * law.jobs.december.total / (75_179 + 74_031 + 11_634)
    assert outcome.figured.policy.extra_people.people == expected
    comparison = compare(request_of(archive, own, subsidy, **given))
    assert any("160844.00 of the country" in remark for remark in remarks(comparison, 1))
    assert any("not scaled" in remark and "160844.00 of the country" in remark for remark in remarks(comparison, 2))


def test_never_more_people_than_the_number_of_the_country():
    whole = CountryJobs(2023, Fraction(100))
    assert [whole.share(Fraction(jobs)) for jobs in (-1, 0, 99, 100, 101)] == [0, 0, Fraction(99, 100), 1, 1]


def test_a_year_without_published_jobs_says_that_nothing_is_scaled(archive, tmp_path):
    """Nothing published was known in 2016: the number stays, and the reader is told."""
    own = scenario(tmp_path, f'base = "target-group-wider"\n[set]\n{WORKING}')
    planned = plan(request_of(archive, own))
    asked = planned.alternatives[1]
    figured = evolve(asked.figured, policy=evolve(asked.figured.policy, country_jobs=None))
    with session(planned) as working:
        alternative = evolve(asked, figured=figured)
        outcome = working.outcome(alternative)
    assert outcome.figured.policy.extra_people.people == 15_000
    (message,) = [text for text in basis.remarks_of(planned, alternative, outcome) if "not scaled" in text]
    assert "extra people" in message
    assert "cannot be compared with the country" in message


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('base = "no-risk-pilot"\n[set]\n"policy.deadweight_share" = "30"\n', "participants and the cost of the pilot"),
        ('base = "wage-subsidy-by-outcome"\n', "jobs by wage subsidy"),
    ],
)
def test_other_numbers_of_the_country_say_that_they_are_not_scaled(text, words, archive, tmp_path):
    (message,) = [
        remark for remark in remarks(compare(request_of(archive, scenario(tmp_path, text)))) if "not scaled" in remark
    ]
    assert words in message
    assert "of the country" in message


def remarks(comparison, place=1):
    return [
        row["text"] for row in comparison.assumptions.to_pylist() if row["kind"] == "remark" and row["place"] == place
    ]


@pytest.mark.parametrize("rule", ["activated-balance", "activated-budget"])
def test_where_nobody_has_a_right_to_a_bonus_nothing_balances(rule, tmp_path, capsys):
    """The text until 2025 asks for a declaration, and none was delivered: remark, terminal and page say so."""
    folder = FIXTURES / "eight_employers_2026"
    take_in(tmp_path / "archive", [path for path in folder.glob("*.csv") if not path.name.startswith("expected")])
    share = '"wet_banenafspraak.required_share" = "3.10"\n'
    none = scenario(tmp_path, f'base = "{rule}"\n[set]\n"wtl.jobs_agreement_ground" = "declaration"\n{share}', "none")
    share_scenario = scenario(tmp_path, f'base = "{rule}"\n[set]\n{share}', "some")
    comparison = compare(request_of(tmp_path / "archive", none, share_scenario))
    _, without, with_bonus = comparison.comparison.to_pylist()
    assert (without["bonus_cents"], with_bonus["bonus_cents"] > 0) == (0, True)
    (text,) = [remark for remark in remarks(comparison) if remark.startswith("nobody has a right to a bonus over 2026")]
    assert "nothing balances" in text
    assert euro_text(without["surcharge_cents"]) in text
    assert not any("nothing balances" in remark for remark in (*remarks(comparison, 0), *remarks(comparison, 2)))
    rate = {answer.who: answer.text for answer in questions(Reader("en"), comparison)[0].answers}
    assert rate["none"].startswith("nothing balances: nobody has a right to a bonus")
    assert "nothing balances" not in rate["some"]
    show(comparison, "out")
    terminal = capsys.readouterr().out
    assert "none: nothing balances: nobody has a right to a bonus" in terminal
    assert "none: in balance" not in terminal
    assert "some: nothing balances" not in terminal


@pytest.mark.parametrize(
    ("ends", "expected"), [(("3.00", "3.75"), True), (("3.00", "3.76"), False), (("3.76", "4"), False)]
)
def test_a_range_that_does_not_hold_the_value_says_so(ends, expected, archive, tmp_path):
    own = scenario(tmp_path, f'base = "activated-budget"\n[range]\n"wtl.bonus_rate" = ["{ends[0]}", "{ends[1]}"]\n')
    notes = remarks(compare(request_of(archive, own)))
    assert any("does not hold its value in the scenario, 3.76" in note for note in notes) == expected


@pytest.fixture(scope="module")
def extra(country, tmp_path_factory):
    """A second register: people of the returns who are not in the first, and one who is."""
    import pyarrow.parquet as pq  # noqa: PLC0415

    folder = tmp_path_factory.mktemp("extra")
    with (country / str(YEAR) / "register.csv").open(encoding="utf-8") as stream:
        registered = [row["bsn"] for row in csv.DictReader(stream)]
    table = pq.read_table(sorted((country / str(YEAR)).glob(f"returns-{YEAR}*.parquet"))[0])
    working = sorted({bsn for bsn in table["SofiNr"].to_pylist() if bsn} - set(registered))[:60]
    since = ("2010-01-01", "2020-01-01")
    rows = [(bsn, since[number % 2], "", "wider") for number, bsn in enumerate((*working, registered[0]))]
    return write(folder / "extra.csv", "bsn,registered_from,registered_until,ground", rows)


@pytest.mark.slow
def test_extra_registrations_come_to_what_a_settlement_with_that_register_comes_to(archive, country, extra, tmp_path):
    """Everything but the job count, in which those who work already are no extra jobs."""
    import shutil  # noqa: PLC0415
    from datetime import datetime  # noqa: PLC0415

    from tests.helpers import take_in  # noqa: PLC0415
    from tests.simulate.test_equals_a_settlement import assert_equal, settled  # noqa: PLC0415

    own = scenario(tmp_path, f'base = "activated-budget"\n[files]\nextra_registrations = "{extra}"\n')
    working, (law, result) = outcomes(archive, own)
    assert result.lkv.sum() >= law.lkv.sum()
    assert result.jobs == law.jobs
    wider = tmp_path / "wider"
    shutil.copytree(archive, wider, ignore=shutil.ignore_patterns("bases"))
    lines = (country / str(YEAR) / "register.csv").read_text("utf-8").splitlines()
    file = tmp_path / "register.csv"
    head = lines[0].split(",")
    with extra.open(encoding="utf-8") as stream:
        more = [",".join(row.get(name, "") for name in head) for row in csv.DictReader(stream)]
    file.write_text("\n".join([*lines, *more]) + "\n", "utf-8")
    take_in(wider, [file], datetime.fromisoformat("2027-05-03T06:00:00"))
    counted = scenario(tmp_path, f'base = "{own}"\n[set]\n"policy.working_count_as_extra" = "yes"\n', "counted")
    working, (_, all_in) = outcomes(archive, counted)
    run = settled(wider, tmp_path / "run", "activated-budget")
    assert all_in.jobs.counts.total.baseline > law.jobs.counts.total.baseline
    assert all_in.jobs.december.total > law.jobs.december.total
    assert_equal_to(working, all_in, run, own, assert_equal)
    assert (result.lkv == all_in.lkv).all()


def assert_equal_to(working, outcome, run, own, assert_equal):
    place = working._places[next(key for key in working._places if key is not None)]

    class Wider:
        country = place.country

        @staticmethod
        def _place(_extra):
            return place

    assert_equal(Wider, outcome, run)


def test_the_remark_on_what_is_law_since_2026(archive, extra, tmp_path):
    own = scenario(tmp_path, f'[files]\nextra_registrations = "{extra}"\n')
    remarks = plan(request_of(archive, own)).alternatives[1].remarks
    assert any("38b lid 1 c and g" in remark for remark in remarks)


def test_a_second_register_with_a_faulty_row_is_refused(archive, tmp_path):
    bad = write(tmp_path / "bad.csv", "bsn,registered_from,registered_until,ground", [("123", "2020-01-01", "", "x")])
    own = scenario(tmp_path, f'[files]\nextra_registrations = "{bad}"\n')
    with pytest.raises(DeliveryRefused):
        outcomes(archive, own)


def test_sheltered_work_counts_for_its_share(archive, tmp_path):
    working, (law, result) = outcomes(archive, "sheltered-counts")
    hours = working.country.now.sheltered
    assert sum(amount.month_filers + amount.four_week_filers for amount in hours.values()) > 0
    whole = scenario(tmp_path, 'base = "sheltered-counts"\n[set]\n"policy.sheltered_share_regular" = "100"\n')
    _, (_, all_of_it) = outcomes(archive, whole)
    gained = all_of_it.jobs.december.total - law.jobs.december.total
    assert result.jobs.december.total - law.jobs.december.total == gained * Fraction(75, 1000)
    assert (result.lkv == law.lkv).all()
    benefit = scenario(tmp_path, f'base = "{whole}"\n[set]\n"policy.sheltered_benefit" = "yes"\n', "benefit")
    row = headline(archive, benefit)[1]
    assert row["lkv_cents"] == headline(archive)[0]["lkv_cents"]


def test_outcome_jobs_follow_their_path(archive, tmp_path):
    law, first = headline(archive, "wage-subsidy-by-outcome")
    assert first["policy_jobs_hundredths"] == 700_00
    assert first["realised_jobs_hundredths"] - law["realised_jobs_hundredths"] == 700_00
    later = scenario(tmp_path, 'base = "wage-subsidy-by-outcome"\n[set]\n"policy.outcome_first_year" = 2024\n')
    assert headline(archive, later)[1]["policy_jobs_hundredths"] == (700 + 2 * 300) * 100
    before = scenario(tmp_path, 'base = "wage-subsidy-by-outcome"\n[set]\n"policy.outcome_first_year" = 2027\n', "b")
    assert headline(archive, before)[1]["policy_jobs_hundredths"] == 0


def test_the_pilot_counts_net_of_deadweight_and_shows_its_cost(archive, tmp_path):
    own = scenario(tmp_path, 'base = "no-risk-pilot"\n[set]\n"policy.deadweight_share" = "30"\n')
    comparison = compare(request_of(archive, own))
    row, measure = comparison.comparison.to_pylist()[1], comparison.measures.to_pylist()[0]
    assert row["policy_jobs_hundredths"] == 600 * 70
    assert row["measure_cost_cents"] == 5_000_000_00
    assert measure["cost_per_person_cents"] == half_up(Fraction(5_000_000_00, 600))


def test_guidance_flat_and_by_hours(archive, tmp_path):
    flat = scenario(tmp_path, 'base = "guidance-bonus-central"\n[set]\n"policy.guidance_amount" = "1000"\n', "flat")
    by_hours = scenario(tmp_path, f'base = "{flat}"\n[set]\n"policy.guidance_measure" = "hours"\n', "hours")
    working, (_, whole, part) = outcomes(archive, flat, by_hours)
    lines = next(iter(working._place(None).lines.values()))
    placed = [hours for hours in lines.jobs_hours.tolist() if hours > 0]
    assert whole.guidance.sum() == 1000_00 * len(placed)
    assert part.guidance.sum() == sum(half_up(Fraction(1000_00 * min(hours, 1331), 1331)) for hours in placed)
    assert any(hours > 1331 for hours in placed)
    assert (whole.net - whole.guidance == part.net - part.guidance).all()
    measures = compare(request_of(archive, flat)).measures.to_pylist()
    assert (measures[0]["group"], measures[0]["cost_cents"]) == ("Wajong with capacity for work", 56_600 * 1000_00)


def test_guidance_by_region(archive, tmp_path):
    working, _ = outcomes(archive)
    regions = working.country.table["region"].to_pylist()
    first, second = sorted({region for region in regions if region})[:2]
    own = scenario(
        tmp_path, f'base = "guidance-bonus-regional"\n[regions]\n"{first}" = "1000.00"\n"{second}" = "250.50"\n'
    )
    working, (_, result) = outcomes(archive, own)
    lines = next(iter(working._place(None).lines.values()))
    expected = [0] * len(regions)
    for place, hours in zip(lines.jobs_place.tolist(), lines.jobs_hours.tolist(), strict=True):
        expected[place] += {first: 1000_00, second: 250_50}.get(regions[place], 0) if hours > 0 else 0
    assert result.guidance.tolist() == expected
    assert plan(request_of(archive, own)).alternatives[1].figures.simulation


@pytest.mark.parametrize("amount", ["1000", '"1.001"', "1.5", '"-1"'])
def test_an_amount_of_a_region_is_euros_as_text(amount, archive, tmp_path):
    own = scenario(tmp_path, f'base = "guidance-bonus-regional"\n[regions]\n"Achterhoek" = {amount}\n')
    with pytest.raises(ParameterFileWrong, match="Achterhoek"):
        plan(request_of(archive, own))


def test_a_settlement_refuses_regions(archive, tmp_path):
    own = scenario(tmp_path, '[regions]\n"Achterhoek" = "1.00"\n')
    with pytest.raises(WrongUse):
        prepare(Request(archive, YEAR, AS_OF, tmp_path / "run", (str(own),)))


def test_the_basis_holds_for_the_law_too(archive, tmp_path):
    scale = scenario(
        tmp_path, '[set]\n"wet_banenafspraak.target_jobs_market" = 10\n"wet_banenafspraak.target_jobs_government" = 5\n'
    )
    law, joint = headline(archive, "sectors-joint", basis=(str(scale),))
    assert law["target_jobs_hundredths"] == joint["target_jobs_hundredths"] == 15_00


def test_two_files_joined_are_one_alternative(archive, tmp_path):
    own = scenario(tmp_path, '[set]\n"wtl.bonus_rate" = "1.00"\n')
    comparison = compare(request_of(archive, f"activated-budget+{own}"))
    assert comparison.scenarios == ("law", "activated-budget+own")
    assert comparison.comparison.to_pylist()[1]["bonus_cents"] > 0


def test_what_any_scenario_lacks_is_named_at_once_and_where(archive, tmp_path):
    pilot = scenario(tmp_path, 'base = "no-risk-pilot"\n', "pilot")
    again = scenario(tmp_path, 'base = "no-risk-pilot"\n', "again")
    with pytest.raises(ParameterMissing) as refused:
        plan(request_of(archive, pilot, "activated-budget", "target-group-wider", again))
    result = {parameter.name: parameter.scenarios for parameter in refused.value.missing}
    assert result == {
        "policy.deadweight_share": ("pilot", "again"),
        "policy.share_working": ("target-group-wider",),
        "policy.mean_hours": ("target-group-wider",),
    }
    assert "3 figures have no value:" in str(refused.value)
    (line,) = [text for text in str(refused.value).splitlines() if text.startswith("  - policy.deadweight_share")]
    assert line.endswith(", in pilot, again")


def test_an_unknown_name_names_the_closest(archive):
    with pytest.raises(QuotumError, match="activated-budget") as refused:
        plan(request_of(archive, "activated-budge"))
    assert refused.value.exit_code == 11


def test_a_made_up_country_brings_its_basis(archive, targets):
    """Its targets and required share hold for the law too, so that the shipped activation solves in balance."""
    basis = (str(targets.parent / "targets.toml"),)
    law, balance, whole = headline(archive, "activated-balance", targets, basis=basis)
    assert law["target_jobs_hundredths"] == whole["target_jobs_hundredths"] < 1_000_00
    assert law["surcharge_cents"] == 0
    assert balance["rate_source"] == "balance"
    assert balance["surcharge_cents"] == whole["surcharge_cents"] > 0
