"""The parameter files, their closed loader, both time axes and the record of what was read."""

import json
import re
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotum.errors import ParameterFileWrong, ParameterMissing
from quotum.parameters.book import INSTALLED, ParameterBook, load_book
from quotum.parameters.figures import Figures, figures_from_record, listed
from quotum.parameters.kinds import Kind, WrittenFloat, WrongKind, as_text, described, text_hundredths
from quotum.parameters.scenario import Scenario, Setting

HEAD = """
[rate]
dutch = "tarief"
unit = "euro per hour"
provision = "art. 1"
runs_on = true
kind = "euro"
"""
ENTRY = """
[[rate.values]]
from = 2020-01-01
value = "1.01"
status = "enacted"
source = "Stcrt. 1"
"""
NEXT = ENTRY.replace("2020", "2024").replace("1.01", "2.02")


@pytest.fixture(scope="module")
def book() -> ParameterBook:
    return load_book()


@pytest.fixture
def load(tmp_path: Path):
    """Loads one file `law.toml` from its text."""

    def from_text(text: str) -> ParameterBook:
        (tmp_path / "law.toml").write_text(text, encoding="utf-8")
        return load_book(tmp_path)

    return from_text


@pytest.mark.parametrize(
    ("name", "on", "value"),
    [
        ("aow.pension_age_months", date(2026, 5, 1), "804"),
        ("aow.pension_age_months", date(2012, 12, 31), "780"),
        ("aow.pension_age_months", date(2013, 1, 1), "781"),
        ("aow.pension_age_months", date(2027, 12, 31), "804"),
        ("aow.pension_age_months", date(2028, 1, 1), "807"),
        ("aow.pension_age_months", date(2031, 12, 31), "807"),
        ("wtl.jobs_agreement_rate", date(2026, 1, 1), "1.01"),
        ("wtl.jobs_agreement_cap", date(2026, 1, 1), "2000"),
        ("wtl.jobs_agreement_years", date(2025, 12, 31), "3"),
        ("wtl.jobs_agreement_years", date(2026, 1, 1), "0"),
        ("wtl.bonus_rate", date(2026, 1, 1), "3.76"),
        ("wfsv.average_premium_wage", date(2026, 12, 31), "43300"),
        ("wfsv.aof_high_rate", date(2026, 7, 1), "7.63"),
        ("wfsv.quota_percentage_government", date(2018, 7, 1), "1.93"),
        ("wfsv.quota_jobs_government", date(2018, 7, 1), "1073426.07"),
        ("wet_banenafspraak.hours_per_job_month", date(2026, 1, 1), "110.92"),
        ("wet_banenafspraak.baseline_hours_market", date(2026, 1, 1), "6914491"),
        ("wet_banenafspraak.target_jobs_market", date(2026, 1, 1), "100000"),
        ("wet_banenafspraak.target_jobs_market", date(2024, 12, 31), "90000"),
        ("wet_banenafspraak.target_jobs_market", date(2031, 1, 1), "100000"),
        ("wet_banenafspraak.target_jobs_government", date(2031, 1, 1), "25000"),
        ("wet_banenafspraak.sectors", date(2026, 1, 1), "separate"),
    ],
)
def test_installed_values(book, name, on, value):
    assert Figures(book).peek(name, on).value == value


# Added by the project beside the figures of its brief: the days on which texts of the Wtl hold.
DATES_OF_TEXTS = {"wtl.jobs_agreement_ground", "wtl.month_before_start", "wtl.older_amounts_kept_before"}


def test_installed_files_hold_every_parameter_and_value(book):
    per_file = dict.fromkeys(("aow", "policy", "wet_banenafspraak", "wfsv", "wtl"), (0, 0))
    assert set(book.names) >= DATES_OF_TEXTS
    for parameter in book.parameters:
        if parameter.name in DATES_OF_TEXTS:
            continue
        file = parameter.name.partition(".")[0]
        parameters, values = per_file[file]
        per_file[file] = (parameters + 1, values + len(parameter.values))
    # 64 parameters and 157 values came with the project's brief.
    assert per_file["policy"][1] == 0
    assert sum(count for file, (count, _) in per_file.items() if file != "policy") == 64
    assert sum(values for _, values in per_file.values()) == 157
    assert per_file["aow"] == (1, 14)


def test_policy_declares_what_contract_names(book):
    named = {"regime", "extra_people", "share_working", "mean_hours", "guidance_amount", "deadweight_share"}
    assert {f"policy.{name}" for name in named} <= set(book.names)
    assert all(parameter.source for parameter in book.parameters if parameter.name.startswith("policy."))


def test_choices(book):
    assert book.parameter("wet_banenafspraak.surcharge_basis").choices == ("wage", "high_rate")
    assert book.parameter("wet_banenafspraak.sectors").choices == ("separate", "joint", "conditional")
    assert book.parameter("policy.regime").choices == ("as-enacted", "quota-levy")


def test_accessors(book):
    figures, on = Figures(book), date(2026, 6, 1)
    assert figures.cents("wtl.jobs_agreement_rate", on) == 101
    assert figures.cents("wfsv.average_premium_wage", on) == 4_330_000
    assert figures.hundredths("wfsv.aof_low_rate", on) == 627
    assert figures.hundredths("wet_banenafspraak.agency_share_government", on) == 0
    assert figures.number("wet_banenafspraak.hours_per_job_month", on) == Fraction(11092, 100)
    assert figures.whole("wfsv.small_employer_factor", on) == 25
    assert figures.whole("aow.pension_age_months", on) == 804
    assert figures.choice("wet_banenafspraak.surcharge_basis", on) == "wage"


def test_accessors_of_what_a_scenario_sets(book):
    settings = {
        "wet_banenafspraak.in_force_from": "2013-01-01",
        "wet_banenafspraak.activated_in": "2013",
        "wet_banenafspraak.surcharge_rate": "balance",
        "wet_banenafspraak.required_share": "2.5",
    }
    scenario = Scenario("Mine", settings=tuple(Setting(name, text, "Mine") for name, text in settings.items()))
    figures, on = Figures(book, date(1990, 1, 1), scenario), date(1980, 1, 1)
    assert figures.day("wet_banenafspraak.in_force_from", on) == date(2013, 1, 1)
    assert figures.whole("wet_banenafspraak.activated_in", on) == 2013
    assert figures.rate_or_rule("wet_banenafspraak.surcharge_rate", on) == "balance"
    assert figures.hundredths("wet_banenafspraak.required_share", on) == 250
    assert [figure.status for figure in figures.used] == ["scenario"] * 4
    assert {figure.source for figure in figures.used} == {"Mine"}
    assert figures.simulation
    assert figures.is_set("wet_banenafspraak.required_share")
    assert not figures.is_set("wtl.bonus_rate")


def test_rate_as_number(book):
    scenario = Scenario("Mine", settings=(Setting("wet_banenafspraak.surcharge_rate", "0.35", "Mine"),))
    assert Figures(book, None, scenario).rate_or_rule("wet_banenafspraak.surcharge_rate", date(2026, 1, 1)) == 35


def test_a_file_that_is_not_set_is_no_simulation(book):
    assert not Figures(book).simulation
    assert not Figures(book, None, Scenario("Empty")).simulation
    assert Figures(book, None, Scenario("Register", extra_registrations=Path("more.csv"))).simulation


def test_whole_refuses_decimals(book):
    scenario = Scenario("Mine", settings=(Setting("wfsv.small_employer_factor", "25.5", "Mine"),))
    with pytest.raises(ParameterFileWrong, match=r'wfsv.small_employer_factor: expected a whole.*"25.5" \(Mine\)'):
        Figures(book, None, scenario).whole("wfsv.small_employer_factor", date(2026, 1, 1))


@pytest.mark.parametrize("accessor", ["hundredths", "number", "whole", "choice", "day", "rate_or_rule"])
def test_another_accessor_than_the_kind_is_a_defect(book, accessor):
    with pytest.raises(TypeError, match=r"wtl.bonus_rate is of the kind euro"):
        getattr(Figures(book), accessor)("wtl.bonus_rate", date(2026, 1, 1))


def test_a_name_that_no_file_has_is_a_defect(book):
    with pytest.raises(KeyError, match=r"wtl.bonus"):
        Figures(book).has("wtl.bonus", date(2026, 1, 1))


def test_missing_value_says_what_to_do(book):
    with pytest.raises(
        ParameterMissing, match=r"wet_banenafspraak.required_share has no value on 2026-01-01"
    ) as caught:
        Figures(book).hundredths("wet_banenafspraak.required_share", date(2026, 1, 1))
    assert caught.value.exit_code == 12


def test_runs_on_holds_until_the_next_value_or_its_own_end(book):
    figures = Figures(book)
    assert figures.cents("wtl.older_rate", date(2024, 12, 31)) == 305
    assert figures.cents("wtl.older_rate", date(2025, 1, 1)) == 135
    assert figures.has("wtl.older_rate", date(2025, 12, 31))
    assert not figures.has("wtl.older_rate", date(2026, 1, 1))
    assert not figures.has("wtl.older_rate", date(2017, 12, 31))


def test_without_runs_on_a_value_holds_for_its_calendar_year(book):
    figures = Figures(book)
    assert figures.has("wfsv.quota_percentage_government", date(2018, 12, 31))
    assert not figures.has("wfsv.quota_percentage_government", date(2019, 1, 1))
    assert figures.peek("wfsv.quota_percentage_government", date(2018, 5, 1)).valid_until == date(2018, 12, 31)


def test_what_was_not_yet_known_does_not_exist(book):
    assert Figures(book, date(2025, 2, 28)).has("wtl.bonus_rate", date(2026, 1, 1))
    assert not Figures(book, date(2025, 2, 27)).has("wtl.bonus_rate", date(2026, 1, 1))


@pytest.mark.parametrize(
    ("source", "month", "day"), [(r"Stcrt\. (\d{4}), \d+", 12, 31), (r"Voorjaarsnota (\d{4})", 6, 1)]
)
def test_of_a_source_that_gives_a_year_or_a_term_the_last_day_stands(source, month, day, book):
    dated = [(re.fullmatch(source, value.source), value) for parameter in book.parameters for value in parameter.values]
    known = [(date(int(match[1]), month, day), value.known_from) for match, value in dated if match]
    assert len(known) > 2
    assert [described for expected, described in known if described != expected] == []


def test_nothing_is_known_from_before_its_source_was_out(book):
    """Without a day of publication a value is known from the day it starts, and no earlier."""
    early = [
        (parameter.name, value.from_)
        for parameter in book.parameters
        for value in parameter.values
        if value.known < value.from_ and not re.fullmatch(r"Stcrt\. \d{4}, \d+", value.source)
    ]
    assert early == []


def test_a_value_that_was_not_known_says_from_when_it_is(book):
    name, on = "wtl.jobs_agreement_ground", date(2026, 1, 1)
    with pytest.raises(ParameterMissing, match="known by then: its value counts as known from 2026-01-01"):
        Figures(book, date(2025, 12, 31)).choice(name, on)
    with pytest.raises(ParameterMissing) as never:
        Figures(book, date(2025, 12, 31)).number("wfsv.quota_agency_hours", on)
    assert "known from" not in str(never.value)


def test_the_value_before_an_unknown_one_runs_on(book):
    before = Figures(book, date(2025, 12, 31))
    assert before.whole("wtl.jobs_agreement_years", date(2026, 6, 1)) == 3
    assert before.used[0].valid_until is None
    assert Figures(book, date(2026, 1, 1)).whole("wtl.jobs_agreement_years", date(2026, 6, 1)) == 0


def test_a_correction_is_the_same_day_known_later(load):
    text = HEAD + ENTRY + ENTRY.replace("1.01", "1.02") + "known_from = 2021-05-01\n"
    book, on = load(text), date(2020, 6, 1)
    assert Figures(book, date(2021, 4, 30)).cents("law.rate", on) == 101
    assert Figures(book, date(2021, 5, 1)).cents("law.rate", on) == 102
    assert Figures(book).cents("law.rate", on) == 102


def test_used_names_each_figure_once_in_order(book):
    figures = Figures(book)
    for on in (date(2026, 1, 1), date(2026, 2, 1), date(2025, 1, 1)):
        figures.whole("wtl.jobs_agreement_years", on)
    figures.cents("wtl.bonus_rate", date(2026, 1, 1))
    figures.peek("wtl.bonus_cap", date(2026, 1, 1))
    figures.has("wtl.disabled_cap", date(2026, 1, 1))
    assert [(figure.name, figure.valid_from) for figure in figures.used] == [
        ("wtl.bonus_rate", date(2013, 1, 1)),
        ("wtl.jobs_agreement_years", date(2018, 1, 1)),
        ("wtl.jobs_agreement_years", date(2026, 1, 1)),
    ]


def test_as_json(book):
    assert Figures(book).peek("wtl.older_rate", date(2020, 1, 1)).as_json() == {
        "name": "wtl.older_rate",
        "value": "3.05",
        "kind": "euro",
        "unit": "euro per paid hour",
        "provision": "Wtl art. 2.5",
        "status": "enacted",
        "source": "Wtl art. 2.5, text until 2024",
        "valid_from": "2018-01-01",
        "valid_until": "2024-12-31",
        "known_from": "2018-01-01",
        "note": "Abolished for periods after 31-12-2025 (art. 2.4 lid 1).",
        "dutch": "LKV oudere werknemer, bedrag per verloond uur, dienstbetrekking vanaf 1 januari 2024",
    }


def _every_figure(book: ParameterBook) -> list:
    scenario = Scenario(
        "Mine",
        settings=(
            Setting("wet_banenafspraak.in_force_from", "2013-01-01", "Mine"),
            Setting("wet_banenafspraak.activated_in", "2013", "Mine"),
            Setting("wet_banenafspraak.surcharge_rate", "budget", "Mine"),
        ),
    )
    figures = Figures(book, None, scenario)
    return [figure for name in book.names for figure in figures.all_of(name)]


def test_record_gives_the_same_figures(book):
    every = _every_figure(book)
    record = json.loads(json.dumps([figure.as_json() for figure in every]))
    replayed = figures_from_record(record)
    for figure in every:
        assert replayed.peek(figure.name, figure.valid_from or date(1950, 1, 1)) == figure
    assert replayed.day("wet_banenafspraak.in_force_from", date(2030, 1, 1)) == date(2013, 1, 1)
    assert replayed.whole("aow.pension_age_months", date(2026, 1, 1)) == 804
    assert replayed.simulation
    assert replayed.is_set("wet_banenafspraak.activated_in")
    assert [figure.name for figure in replayed.used] == ["aow.pension_age_months", "wet_banenafspraak.in_force_from"]


def test_record_holds_nothing_else(book):
    figures = Figures(book)
    figures.cents("wtl.older_rate", date(2025, 6, 1))
    replayed = figures_from_record([figure.as_json() for figure in figures.used])
    assert replayed.cents("wtl.older_rate", date(2025, 12, 31)) == 135
    assert not replayed.simulation
    for name, on in (("wtl.older_rate", date(2024, 1, 1)), ("wtl.bonus_rate", date(2026, 1, 1))):
        assert not replayed.has(name, on)
        with pytest.raises(ParameterMissing):
            replayed.cents(name, on)


def test_record_knows_what_was_set_and_not_read():
    replayed = figures_from_record([], set_names=["wtl.bonus_cap"])
    assert replayed.simulation
    assert replayed.is_set("wtl.bonus_cap")
    assert figures_from_record([], simulation=True).simulation
    assert not figures_from_record([]).simulation


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"valid_from": "2018-1-1"}, "a date is not written as year-month-day"),
        ({"valid_from": 2018}, "a date is not written as year-month-day"),
        ({"value": "3.055"}, 'key "value": expected a euro'),
        ({"value": 3}, 'key "value": expected text in quotes; found 3'),
        ({"status": "guessed"}, 'key "status": unknown; found "guessed"'),
        ({"colour": "red"}, 'key "colour": unknown'),
    ],
)
def test_a_wrong_record_is_refused(book, change, message):
    record = Figures(book).peek("wtl.older_rate", date(2020, 1, 1)).as_json() | change
    with pytest.raises(ParameterFileWrong, match=message) as caught:
        figures_from_record([record])
    assert 'run record, parameter "wtl.older_rate"' in str(caught.value)


def test_record_without_a_key_is_refused(book):
    record = Figures(book).peek("wtl.older_rate", date(2020, 1, 1)).as_json()
    del record["unit"]
    with pytest.raises(ParameterFileWrong, match='key "unit": missing'):
        figures_from_record([record])


def test_listed_shows_every_parameter(book):
    on_a_day = listed(book, Figures(book), date(2026, 6, 1))
    assert tuple(line.name for line in on_a_day) == book.names
    all_values = listed(book, Figures(book), None)
    assert {line.name for line in all_values} == set(book.names)
    assert len(all_values) == sum(len(parameter.values) or 1 for parameter in book.parameters)
    assert next(line for line in on_a_day if line.name == "wtl.older_rate").as_json()["value"] is None


WRONG_FILES = {
    "unknown_key": (HEAD.replace("unit", "unti"), r'\[rate\]: .*key "unti": unknown; the closest known one is "unit"'),
    "missing_key": (HEAD.replace('provision = "art. 1"', ""), r'\[rate\]: key "provision": missing'),
    "name_is_no_key": (HEAD + 'name = "x"', r'\[rate\]: key "name": unknown'),
    "empty_source": (
        HEAD + ENTRY.replace("Stcrt. 1", " "),
        r'\[rate\]: key "source" of entry 1 of key "values": expected text that is not empty; found " "',
    ),
    "missing_source": (
        HEAD + ENTRY + NEXT.replace('source = "Stcrt. 1"', ""),
        r'\[rate\]: key "source" of entry 2 of key "values": missing',
    ),
    "missing_status": (
        HEAD + ENTRY.replace('status = "enacted"', ""),
        r'\[rate\]: key "status" of entry 1 of key "values": missing',
    ),
    "unknown_status": (
        HEAD + ENTRY.replace('"enacted"', '"asumed"'),
        r'\[rate\]: key "status" of entry 1 .*one of enacted, published, assumed; found "asumed"; .*"assumed"',
    ),
    "scenario_is_no_status_of_a_file": (
        HEAD + ENTRY.replace('"enacted"', '"scenario"'),
        r'key "status" of entry 1 .*found "scenario"',
    ),
    "unknown_value_key": (
        HEAD + ENTRY.replace("from =", "form ="),
        r'key "form" of entry 1 of key "values": unknown; the closest known one is "from"',
    ),
    "date_as_string": (
        HEAD + ENTRY.replace("2020-01-01", '"2020-01-01"'),
        r'key "from" of entry 1 of key "values": expected a date without quotes.*found "2020-01-01"',
    ),
    "date_with_time": (
        HEAD + ENTRY.replace("2020-01-01", "2020-01-01T00:00:00"),
        r'key "from" of entry 1 .*found the date and time 2020-01-01T00:00:00',
    ),
    "known_from_as_string": (
        HEAD + ENTRY + 'known_from = "2020-01-01"',
        r'key "known_from" of entry 1 of key "values": expected a date',
    ),
    "float": (
        HEAD + ENTRY.replace('"1.01"', "1.01"),
        r'key "value" of entry 1 .*found the float 1.01: write it as a string, "1.01"',
    ),
    "three_decimals": (HEAD + ENTRY.replace("1.01", "1.011"), r'at most two decimals; found "1.011"'),
    "whole_number_as_euro": (HEAD + ENTRY.replace('"1.01"', "1"), r"at most two decimals; found 1$"),
    "runs_on_as_number": (HEAD.replace("true", "1"), r'key "runs_on": expected true or false; found 1'),
    "unknown_kind": (HEAD.replace('"euro"', '"euros"'), r'key "kind": expected one of euro.*"euros"; .* "euro"'),
    "kind_as_number": (HEAD.replace('"euro"', "5"), r'key "kind": expected one of euro.*; found 5$'),
    "values_as_table": (
        HEAD + ENTRY.replace("[[rate.values]]", "[rate.values]"),
        r'key "values": expected a list; found a table',
    ),
    "entry_no_table": (HEAD + "values = [1]", r'entry 1 of key "values": expected a table; found 1'),
    "no_table": ("rate = 1", r'law.toml: key "rate": expected the table of a parameter; found 1'),
    "choice_without_choices": (HEAD.replace('"euro"', '"choice"'), r'\[rate\]: key "choices": a parameter of the kind'),
    "choices_without_choice": (HEAD + 'choices = ["a"]', r'\[rate\]: key "choices": a parameter of the kind choice'),
    "choices_as_text": (HEAD + 'choices = "abc"', r'key "choices": expected a list; found "abc"'),
    "until_before_from": (
        HEAD + ENTRY + "until = 2019-12-31",
        r'key "until" of entry 1 of key "values": 2019-12-31 lies before its from, 2020-01-01',
    ),
    "until_after_the_year": (
        HEAD.replace("true", "false") + ENTRY + "until = 2021-01-01",
        r'key "until" of entry 1 .*2021-01-01 lies after the calendar year of 2020-01-01',
    ),
    "until_overlaps": (
        HEAD + ENTRY + "until = 2024-01-01\n" + NEXT,
        r'\[rate\]: key "values": the dates of the values from 2020-01-01 and from 2024-01-01 overlap',
    ),
    "same_day_twice": (HEAD + ENTRY + ENTRY, r"from 2020-01-01 and from 2020-01-01 overlap"),
    "same_year_twice": (
        HEAD.replace("true", "false") + ENTRY + ENTRY.replace("-01-01", "-07-01"),
        r"from 2020-01-01 and from 2020-07-01 overlap",
    ),
    "overlap_in_any_order": (
        HEAD + NEXT + ENTRY + "until = 2025-01-01",
        r"from 2020-01-01 and from 2024-01-01 overlap",
    ),
    "no_toml": (HEAD + "kind =", r"law.toml: not valid TOML: .*line 8"),
}


@pytest.mark.parametrize(("text", "message"), WRONG_FILES.values(), ids=WRONG_FILES.keys())
def test_a_wrong_file_names_file_table_and_key(load, text, message):
    with pytest.raises(ParameterFileWrong, match=message) as caught:
        load(text)
    assert "law.toml" in str(caught.value)
    assert caught.value.exit_code == 11


def test_the_text_that_is_made_wrong_is_right(load):
    figures = Figures(load(HEAD + ENTRY + "until = 2023-12-31\n" + NEXT))
    assert figures.cents("law.rate", date(2023, 12, 31)) == 101
    assert figures.cents("law.rate", date(2024, 1, 1)) == 202


def test_every_problem_of_a_table_is_named(load):
    with pytest.raises(ParameterFileWrong) as caught:
        load(HEAD.replace("unit", "unti").replace("true", '"yes"'))
    assert all(f'key "{key}"' in str(caught.value) for key in ("unti", "unit", "runs_on"))


def test_a_file_that_is_not_utf_8(tmp_path):
    (tmp_path / "law.toml").write_bytes(b"# caf\xe9\n")
    with pytest.raises(ParameterFileWrong, match=r"law.toml: cannot be read: it is not UTF-8"):
        load_book(tmp_path)


def test_a_folder_without_files(tmp_path):
    with pytest.raises(ParameterFileWrong, match="holds no parameter file"):
        load_book(tmp_path)


def test_one_file_per_statute_and_one_for_policy():
    assert {path.stem for path in INSTALLED.glob("*.toml")} == {"aow", "policy", "wet_banenafspraak", "wfsv", "wtl"}


@pytest.mark.parametrize(
    ("kind", "raw"),
    [
        (Kind.EURO, "-1.00"),
        (Kind.EURO, "1,00"),
        (Kind.EURO, "1.00\n"),
        (Kind.EURO, "１.00"),  # a digit that only looks like one
        (Kind.EURO, "1e3"),
        (Kind.EURO, ""),
        (Kind.EURO, "9" * 14),
        (Kind.EURO, 5),
        (Kind.PERCENT, "0.355"),
        (Kind.PERCENT, WrittenFloat("0.35")),
        (Kind.PERCENT, True),
        (Kind.NUMBER, True),
        (Kind.NUMBER, WrittenFloat("110.92")),
        (Kind.NUMBER, -1),
        (Kind.NUMBER, "many"),
        (Kind.MONTHS, True),
        (Kind.MONTHS, "780"),
        (Kind.MONTHS, -1),
        (Kind.YEAR, True),
        (Kind.YEAR, "2024"),
        (Kind.YEAR, 24),
        (Kind.DATE, "2024-01-01"),
        (Kind.DATE, 2024),
        (Kind.CHOICE, "c"),
        (Kind.CHOICE, 1),
        (Kind.PERCENT_OR_RULE, "balanced"),
        (Kind.PERCENT_OR_RULE, WrittenFloat("0.35")),
        (Kind.PERCENT_OR_RULE, ["balance"]),
    ],
)
def test_a_value_of_another_kind(kind, raw):
    with pytest.raises(WrongKind, match="expected ") as caught:
        as_text(kind, raw, ("a", "b"))
    assert described(raw) in str(caught.value)


@pytest.mark.parametrize(
    ("kind", "raw", "text"),
    [
        (Kind.EURO, "0", "0"),
        (Kind.EURO, "12.5", "12.5"),
        (Kind.NUMBER, 1331, "1331"),
        (Kind.NUMBER, "110.92", "110.92"),
        (Kind.MONTHS, 780, "780"),
        (Kind.YEAR, 2013, "2013"),
        (Kind.DATE, date(2013, 1, 1), "2013-01-01"),
        (Kind.CHOICE, "b", "b"),
        (Kind.PERCENT_OR_RULE, "balance", "balance"),
        (Kind.PERCENT_OR_RULE, "0.35", "0.35"),
    ],
)
def test_a_value_of_its_kind(kind, raw, text):
    assert as_text(kind, raw, ("a", "b")) == text


@given(st.integers(0, 10**15 - 1))
def test_two_decimals_are_exact(hundredths):
    assert text_hundredths(f"{hundredths // 100}.{hundredths % 100:02d}") == hundredths
