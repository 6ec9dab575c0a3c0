"""Scenario files: closed, merged from left to right, on top of a base."""

from pathlib import Path

import pytest

from quotum.errors import ParameterFileWrong
from quotum.parameters.book import ParameterBook, load_book
from quotum.parameters.scenario import (
    Range,
    Scenario,
    Setting,
    merge_scenarios,
    read_scenario,
)
from quotum.parameters.scenario_files import shipped_scenarios

ACTIVATED = """
version = 1
title = "Activated in 2024"
note = "For the example."

[set]
"wet_banenafspraak.in_force_from" = 2024-01-01
"wet_banenafspraak.activated_in" = 2024
"wet_banenafspraak.surcharge_rate" = "0.35"
"wtl.bonus_rate" = "3.76"

[range]
"wtl.bonus_rate" = ["3.50", "4.00"]
"""


@pytest.fixture(scope="module")
def book() -> ParameterBook:
    return load_book()


@pytest.fixture
def write(tmp_path: Path):
    """Writes a scenario and gives its path."""

    def to_file(text: str, name: str = "scenario.toml") -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return to_file


def test_a_scenario(book, write):
    scenario = read_scenario(write(ACTIVATED), book)
    assert scenario.as_json() == {
        "title": "Activated in 2024",
        "note": "For the example.",
        "set": {
            "wet_banenafspraak.activated_in": "2024",
            "wet_banenafspraak.in_force_from": "2024-01-01",
            "wet_banenafspraak.surcharge_rate": "0.35",
            "wtl.bonus_rate": "3.76",
        },
    }
    assert scenario.ranges == (Range("wtl.bonus_rate", "3.50", "4.00"),)


def test_a_title_is_enough(book, write):
    assert read_scenario(str(write('title = "Nothing"')), book) == Scenario("Nothing")


def test_shipped_scenarios_are_sound(book):
    assert {"activated-balance", "activated-budget"} <= set(shipped_scenarios())
    for name in shipped_scenarios():
        scenario = read_scenario(name, book)
        assert scenario.note


@pytest.mark.parametrize("rule", ["balance", "budget"])
def test_activated(book, rule):
    assert read_scenario(f"activated-{rule}", book).as_json()["set"] == {
        "wet_banenafspraak.activated_in": "2013",
        "wet_banenafspraak.in_force_from": "2013-01-01",
        "wet_banenafspraak.surcharge_rate": rule,
    }


WRONG = {
    "no_title": ("note = 'x'", r'key "title": missing, and it is required'),
    "empty_title": ('title = ""', r'key "title": expected text that is not empty; found ""'),
    "title_as_number": ("title = 5", r'key "title": expected text that is not empty; found 5'),
    "unknown_key": ('title = "x"\nnot = "y"', r'key "not": unknown; the closest known one is "note"'),
    "unknown_table": ('title = "x"\n[sets]', r'key "sets": unknown; the closest known one is "set"'),
    "unknown_in_files": (
        'title = "x"\n[files]\nextra_registration = "r.csv"',
        r'key "extra_registration" of key "files": unknown; the closest known one is "extra_registrations"',
    ),
    "files_as_text": ('title = "x"\nfiles = "r.csv"', r'key "files": expected a table; found "r.csv"'),
    "absent_register": (
        'title = "x"\n[files]\nextra_registrations = "r.csv"',
        r'\[files\]: key "extra_registrations": "r.csv" is no file',
    ),
    "set_as_list": ('title = "x"\nset = []', r'key "set": expected a table; found a list'),
    "unknown_parameter": (
        'title = "x"\n[set]\n"wtl.bonus_rat" = "1"',
        r'\[set\]: key "wtl.bonus_rat": no parameter has this name; the closest known one is "wtl.bonus_rate"',
    ),
    "without_file": (
        'title = "x"\n[set]\nrequired_share = "1"',
        r'\[set\]: key "required_share": .*"wet_banenafspraak.required_share"',
    ),
    "without_quotes": (
        'title = "x"\n[set]\nwtl.bonus_rate = "1"',
        r'\[set\]: key "wtl": a name with a dot stands in quotes: "wtl.bonus_rate" = ',
    ),
    "unknown_in_range": (
        'title = "x"\n[range]\n"wtl.bonus_rat" = ["1", "2"]',
        r'\[range\]: key "wtl.bonus_rat": no parameter .* "wtl.bonus_rate"',
    ),
    "float": (
        'title = "x"\n[set]\n"wet_banenafspraak.surcharge_rate" = 0.350',
        r'key "wet_banenafspraak.surcharge_rate": .*found the float 0.350: write it as a string, "0.350"',
    ),
    "euro_as_number": ('title = "x"\n[set]\n"wtl.bonus_rate" = 4', r'key "wtl.bonus_rate": expected a euro .*found 4$'),
    "year_as_text": (
        'title = "x"\n[set]\n"wet_banenafspraak.activated_in" = "2024"',
        r'key "wet_banenafspraak.activated_in": expected a whole number without quotes .*found "2024"',
    ),
    "year_as_true": ('title = "x"\n[set]\n"wet_banenafspraak.activated_in" = true', r"whole number.*found true"),
    "date_as_text": ('title = "x"\n[set]\n"wet_banenafspraak.in_force_from" = "2024-01-01"', r"a date without quotes"),
    "wrong_choice": (
        'title = "x"\n[set]\n"wet_banenafspraak.sectors" = "join"',
        r'one of separate, joint, conditional; found "join"; the closest known one is "joint"',
    ),
    "range_of_one": (
        'title = "x"\n[range]\n"wtl.bonus_rate" = ["1"]',
        r"a list of two, low and high; found a list of 1",
    ),
    "range_as_text": ('title = "x"\n[range]\n"wtl.bonus_rate" = "1"', r'a list of two, low and high; found "1"'),
    "range_of_floats": (
        'title = "x"\n[range]\n"wtl.bonus_rate" = [3.5, 4.0]',
        r'float 3.5: write it as a string, "3.5"',
    ),
    "range_turned": (
        'title = "x"\n[range]\n"wtl.bonus_rate" = ["10.00", "9.00"]',
        r'\[range\]: key "wtl.bonus_rate": the low end 10.00 lies above the high end 9.00',
    ),
    "range_of_dates_turned": (
        'title = "x"\n[range]\n"wet_banenafspraak.in_force_from" = [2025-01-01, 2024-01-01]',
        r"the low end 2025-01-01 lies above the high end 2024-01-01",
    ),
    "range_of_choice": (
        'title = "x"\n[range]\n"wet_banenafspraak.sectors" = ["joint", "separate"]',
        r"a choice has no low and high",
    ),
    "range_of_rules": (
        'title = "x"\n[range]\n"wet_banenafspraak.surcharge_rate" = ["balance", "budget"]',
        r"a rule is no end of a range",
    ),
    "newer_version": ('version = 2\ntitle = "x"\nlater = 1', r'key "version": 2 is newer .*Install a newer quotum'),
    "version_zero": ('version = 0\ntitle = "x"', r'key "version": expected a whole number from 1; found 0'),
    "version_true": ('version = true\ntitle = "x"', r'key "version": expected a whole number from 1; found true'),
    "syntax": ('title = "x"\n\n[set\n', r"not valid TOML: .*line 3"),
    "syntax_at_the_end": ('title = "x"\nnote =', r"not valid TOML: .*line 2"),
    "twice": ('title = "x"\ntitle = "y"', r"not valid TOML: .*line 2"),
    "base_unknown": (
        'title = "x"\nbase = "activated-balanse"',
        r'key "base": "activated-balanse" is no file .*the closest known one is "activated-balance"',
    ),
    "base_of_itself": ('title = "x"\nbase = "scenario.toml"', r'key "base": the scenarios start from each other'),
}


@pytest.mark.parametrize(("text", "message"), WRONG.values(), ids=WRONG.keys())
def test_a_wrong_scenario_names_file_and_key(book, write, text, message):
    with pytest.raises(ParameterFileWrong, match=message) as caught:
        read_scenario(write(text), book)
    assert "scenario.toml" in str(caught.value)
    assert caught.value.exit_code == 11


def test_no_such_scenario(book, tmp_path):
    with pytest.raises(ParameterFileWrong, match=r'no scenario .*closest known one is "activated-budget"') as caught:
        read_scenario("activated-buget", book)
    assert "activated-balance, activated-budget" in str(caught.value)
    with pytest.raises(ParameterFileWrong, match="is no file"):
        read_scenario(tmp_path, book)


def test_base_next_to_it_and_shipped(book, write):
    write(
        'title = "Middle"\nnote = "Middle."\nbase = "activated-budget"\n[set]\n"wtl.bonus_cap" = "5000"', "middle.toml"
    )
    top = write(
        'title = "Top"\nnote = "Top."\nbase = "middle.toml"\n[set]\n"wet_banenafspraak.surcharge_rate" = "0.40"',
        "top.toml",
    )
    scenario = read_scenario(top, book)
    assert scenario.as_json()["set"] == {
        "wet_banenafspraak.activated_in": "2013",
        "wet_banenafspraak.in_force_from": "2013-01-01",
        "wet_banenafspraak.surcharge_rate": "0.40",
        "wtl.bonus_cap": "5000",
    }
    assert {setting.title for setting in scenario.settings} == {"Top"}
    assert scenario.title == "Top"
    assert scenario.note.startswith("Top. Middle. Changes:")


def test_a_circle_of_bases_names_the_files(book, write):
    write('title = "B"\nbase = "a.toml"', "b.toml")
    with pytest.raises(ParameterFileWrong, match=r"a.toml -> b.toml -> a.toml"):
        read_scenario(write('title = "A"\nbase = "b.toml"', "a.toml"), book)


def test_two_scenarios_on_one_base_are_no_circle(book, write):
    write('title = "Base"', "base.toml")
    paths = [write(f'title = "{name}"\nbase = "base.toml"', f"{name}.toml") for name in ("a", "b")]
    merged, remarks = merge_scenarios([read_scenario(path, book) for path in paths], book)
    assert merged.title == "a + b"
    assert remarks == ()


def test_extra_registrations_are_seen_from_the_scenario(book, write, tmp_path):
    (tmp_path / "more.csv").write_text("bsn\n")
    scenario = read_scenario(write('title = "x"\n[files]\nextra_registrations = "more.csv"'), book)
    assert scenario.extra_registrations == tmp_path / "more.csv"
    assert str(tmp_path) not in str(scenario.as_json())


def _setting(title: str, **values: str) -> tuple[Setting, ...]:
    return tuple(Setting(f"wtl.{name}", text, title) for name, text in values.items())


def test_merge_later_wins_with_a_remark(book):
    first = Scenario("One", "First.", _setting("One", bonus_cap="0", bonus_rate="3.76"))
    second = Scenario("Two", "Second.", _setting("Two", bonus_rate="4.00", older_cap="1"))
    merged, remarks = merge_scenarios([first, second], book)
    assert merged.settings == (
        Setting("wtl.bonus_cap", "0", "One"),
        Setting("wtl.bonus_rate", "4.00", "Two"),
        Setting("wtl.older_cap", "1", "Two"),
    )
    assert (merged.title, merged.note) == ("One + Two", "First. Second.")
    assert remarks == (
        'wtl.bonus_rate: "4.00" of scenario "Two" replaces "3.76" of scenario "One" (euro per paid hour)',
    )


def test_merge_names_the_scenario_that_gave_the_value(book):
    scenarios = [
        Scenario(title, "", _setting(title, bonus_rate=rate)) for title, rate in (("A", "1"), ("B", "2"), ("C", "3"))
    ]
    _, remarks = merge_scenarios(scenarios, book)
    assert len(remarks) == 2
    assert '"3" of scenario "C" replaces "2" of scenario "B"' in remarks[1]


def test_merge_of_equal_values_is_silent(book):
    result = [Scenario(title, "", _setting(title, bonus_rate="1")) for title in ("A", "B")]
    assert merge_scenarios(result, book)[1] == ()


def test_merge_of_ranges_and_registers(book):
    scenario = Scenario("A", ranges=(Range("wtl.bonus_rate", "1", "2"),), extra_registrations=Path("a.csv"))
    two = Scenario("B", ranges=(Range("wtl.bonus_rate", "1", "3"),), extra_registrations=Path("b.csv"))
    merged, remarks = merge_scenarios([scenario, two], book)
    assert merged.ranges == two.ranges
    assert merged.extra_registrations == Path("b.csv")
    assert remarks == (
        'wtl.bonus_rate: the range "1" to "3" of scenario "B" replaces "1" to "2"',
        'extra_registrations: the file of scenario "B" replaces the one before it',
    )
    assert merge_scenarios([scenario, Scenario("C")], book) == (
        Scenario("A + C", ranges=scenario.ranges, extra_registrations=Path("a.csv")),
        (),
    )


def test_one_scenario_merges_to_itself(book):
    scenario = read_scenario("activated-budget", book)
    assert merge_scenarios([scenario], book) == (scenario, ())
