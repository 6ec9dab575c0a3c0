"""`quotum parameters`."""

import json

import pytest
from click.testing import CliRunner, Result

from jobs.parameters import command
from quotum.errors import ParameterFileWrong
from quotum.parameters.book import load_book


def run(*options: str) -> Result:
    return CliRunner().invoke(command, options, catch_exceptions=False)


def listing(*options: str) -> dict[str, list[dict]]:
    lines: dict[str, list[dict]] = {}
    for record in json.loads(run("--format", "json", *options).stdout):
        lines.setdefault(record["name"], []).append(record)
    return lines


def test_json_shows_all_values():
    lines = listing()
    assert tuple(lines) == load_book().names
    assert [record["value"] for record in lines["wtl.older_rate"]] == ["3.05", "1.35"]
    assert lines["wet_banenafspraak.required_share"][0]["value"] is None
    assert lines["wet_banenafspraak.required_share"][0]["status"] is None
    assert lines["policy.guidance_amount"][0]["source"] == "letter on the motie-Bruins, 2021"
    assert len({tuple(record) for records in lines.values() for record in records}) == 1


def test_json_on_a_day():
    lines = listing("--on", "2026-06-01")
    assert all(len(records) == 1 for records in lines.values())
    assert lines["wfsv.average_premium_wage"][0] == {
        "name": "wfsv.average_premium_wage",
        "value": "43300",
        "kind": "euro",
        "unit": "euro per employee per year",
        "provision": "Besluit Wfsv art. 2.19d; fixed by UWV",
        "status": "published",
        "source": "Stcrt. 2025, 42324",
        "valid_from": "2026-01-01",
        "valid_until": "2026-12-31",
        "known_from": "2025-12-31",
        "note": "The value dated in year t is the average of year t-2 and decides who is small in year t.",
        "dutch": "gemiddeld premieplichtig loon per werknemer",
    }
    assert lines["wtl.older_rate"][0]["value"] is None


def test_known_on():
    on = ("--on", "2026-06-01", "--known-on")
    assert listing(*on, "2025-12-31")["wtl.jobs_agreement_years"][0]["value"] == "3"
    assert listing(*on, "2026-01-01")["wtl.jobs_agreement_years"][0]["value"] == "0"
    # The Staatscourant of 2025 was out before the year began.
    assert listing(*on, "2025-12-31")["wfsv.average_premium_wage"][0]["value"] == "43300"
    assert listing(*on, "2025-12-30")["wfsv.average_premium_wage"][0]["value"] is None


def test_table_cuts_nothing_off_and_has_no_colour():
    output = run("--on", "2026-06-01", "--wide").stdout
    assert "\x1b" not in output
    assert "…" not in output
    rows = {line.split()[0]: line for line in output.splitlines() if line.strip()}
    assert set(load_book().names) <= set(rows)
    headings = "name value unit Dutch name provision status source from until"
    assert output.splitlines()[0].split() == headings.split()
    long_source = (
        "35 million for the government (Voorjaarsnota 2025, due by 1 June) over its 13.366 missing jobs of 2023"
    )
    assert long_source in rows["wet_banenafspraak.saving_per_job_high"]
    assert "no value" in rows["wet_banenafspraak.required_share"]


def test_table_marks_what_is_assumed():
    output = run("--on", "2026-06-01", "--wide").stdout
    marked = [line for line in output.splitlines() if "! assumed" in line]
    assumed = [records[0] for records in listing("--on", "2026-06-01").values() if records[0]["status"] == "assumed"]
    assert [line.split()[0] for line in marked] == [record["name"] for record in assumed]
    assert "wtl.bonus_rate" in {record["name"] for record in assumed}
    assert f"! {len(assumed)} of these values are assumed" in output


def test_lines_fit_a_screen_of_80_columns_and_name_every_parameter_in_dutch_with_its_unit():
    output = run().stdout
    assert max(len(line) for line in output.splitlines()) <= 80
    lines = output.splitlines()
    for parameter in load_book().parameters:
        place = lines.index(parameter.name)
        ends = (number for number in range(place + 1, len(lines)) if not lines[number].startswith("  "))
        text = " ".join(" ".join(lines[place : next(ends)]).split())
        assert parameter.dutch in text
        assert f"{parameter.unit}; {parameter.provision}" in text
        assert all(str(value.value) in text for value in parameter.values)
    assert "! 3.76  from 2013-01-01 assumed" in output


def test_scenario_shows_what_it_sets():
    rate = listing("--scenario", "activated-budget")["wet_banenafspraak.surcharge_rate"]
    assert [(record["value"], record["status"]) for record in rate] == [("budget", "scenario")]
    assert rate[0]["source"] == "Activated, surcharge that pays the bonus"


def test_override_is_a_remark_on_standard_error():
    result = run("--format", "json", "--scenario", "activated-balance", "--scenario", "activated-budget")
    assert 'wet_banenafspraak.surcharge_rate: "budget"' in result.stderr
    assert json.loads(result.stdout)


def test_errors_are_left_to_the_shell():
    with pytest.raises(ParameterFileWrong, match="activated-budget"):
        run("--scenario", "activated-budge")


@pytest.mark.parametrize("option", ["--on", "--known-on"])
def test_a_wrong_date_is_wrong_use(option):
    assert run(option, "1-6-2026").exit_code == 2
