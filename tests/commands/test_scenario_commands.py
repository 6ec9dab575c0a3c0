"""`quotum scenario list` and `show`, and the page about the format of a scenario."""

import re
import tomllib
from datetime import date

import attrs
import pytest

from quotum.errors import ParameterMissing, QuotumError
from quotum.generate.country import generate
from quotum.parameters import load_book, read_scenario, shipped_scenarios
from quotum.parameters.kinds import Kind
from quotum.parameters.scenario import _Files, _ScenarioFile
from quotum.simulate.plan import plan
from quotum.simulate.request import SimulationRequest
from quotum.simulate.scenario_list import last_year, needs_of
from tests.helpers import HOUSE, ended, quotum, take_in

GUIDE = HOUSE / "jobs" / "guide" / "policy_maker.md"
NEEDING = {
    "activated-balance": ["wet_banenafspraak.required_share"],
    "guidance-bonus-central": ["policy.guidance_amount"],
    "guidance-bonus-regional": ["Achterhoek"],
    "no-risk-pilot": ["policy.deadweight_share"],
    "quota-levy": ["wfsv.quota_percentage_government", "wfsv.quota_percentage_market"],
    "sectors-conditional": ["wet_banenafspraak.required_government_share"],
    "target-group-wider": ["policy.share_working", "policy.mean_hours"],
}


@pytest.fixture(scope="module")
def book():
    return load_book()


def shown(name: str) -> str:
    return ended(quotum("scenario", "show", name), 0)


def test_last_year_of_the_files(book):
    assert last_year(book) == 2026


@pytest.mark.parametrize("name", shipped_scenarios())
def test_a_scenario_that_is_shown_loads_again_and_is_the_same(name, book, tmp_path):
    path = tmp_path / "own.toml"
    path.write_text(shown(name), "utf-8")
    assert read_scenario(path, book) == read_scenario(name, book)


@pytest.mark.parametrize("name", shipped_scenarios())
def test_what_is_still_needed_is_there_to_be_filled_in(name, book, tmp_path):
    """With every line behind a # filled in, nothing is lacking any more."""
    text = shown(name)
    lines = [line for line in text.splitlines() if line.startswith("# ")]
    assert [line.partition('"')[2].partition('"')[0] for line in lines if '"' in line] == NEEDING.get(name, [])
    filled = re.sub(r"^# ", "", text, flags=re.MULTILINE).replace('"..."', '"10"')
    path = tmp_path / "own.toml"
    path.write_text(filled, "utf-8")
    assert needs_of(read_scenario(path, book), book) == ()
    assert bool(needs_of(read_scenario(name, book), book)) == (name in NEEDING)


def test_list_marks_what_is_needed_with_the_line_to_add():
    output = ended(quotum("scenario", "list"), 0)
    assert '  "wet_banenafspraak.required_share" = "..."  # percent of paid hours' in output.splitlines()
    assert output.count("! still needs, in a scenario of your own:") == len(NEEDING)
    assert "heeft nog nodig" in ended(quotum("scenario", "list", "--language", "nl"), 0)
    assert output == ended(quotum("simulate", "--list"), 0)


def test_list_fits_80_columns(monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    assert max(len(line) for line in ended(quotum("scenario", "list"), 0).splitlines()) <= 80


def test_what_list_marks_is_what_a_simulation_asks_for(archive_of_a_year):
    """A plan stops with 12 and names the same figures."""
    for name, needed in NEEDING.items():
        request = SimulationRequest(archive_of_a_year, 2026, date(2027, 5, 1), (name,))
        with pytest.raises(QuotumError) as caught:
            plan(request)
        assert caught.value.exit_code == 12
        if isinstance(caught.value, ParameterMissing):
            assert [missing.name for missing in caught.value.missing] == needed


def test_an_unknown_name_is_answered_with_the_closest():
    assert 'the closest known one is "activated-balance"' in ended(quotum("scenario", "show", "activated-balanc"), 11)


@pytest.fixture(scope="module")
def archive_of_a_year(tmp_path_factory):
    """A small archive of 2026 with employers of both sectors."""
    place = tmp_path_factory.mktemp("year")
    generate(12, 2026, 3, place / "country", "parquet", people=60)
    files = [*sorted((place / "country").glob("returns-2026*.parquet")), place / "country" / "employers.csv"]
    take_in(place / "archive", files)
    return place / "archive"


def blocks() -> list[str]:
    return re.findall(r"```toml\n(.*?)```", GUIDE.read_text("utf-8"), flags=re.DOTALL)


@pytest.mark.parametrize("number", range(2))
def test_every_scenario_of_the_page_loads(number, book, tmp_path):
    (tmp_path / "register.csv").write_text("", "utf-8")
    (tmp_path / "own.toml").write_text(blocks()[number], "utf-8")
    scenario = read_scenario(tmp_path / "own.toml", book)
    assert scenario.title.startswith("Activated in 2027")
    assert len(blocks()) == 2


def test_the_page_shows_every_key_and_every_kind_of_value(book):
    raw = tomllib.loads(blocks()[0])
    fields = {field.name.removesuffix("_") for field in attrs.fields(_ScenarioFile)}
    assert set(raw) == fields
    assert set(raw["files"]) == {field.name for field in attrs.fields(_Files)}
    assert {book.parameter(name).kind for name in raw["set"]} == set(Kind)


def test_commands_of_the_page_are_there():
    text = GUIDE.read_text("utf-8")
    for command in ("scenario list", "scenario show", "parameters", "simulate"):
        assert f"quotum {command}" in text
        assert ended(quotum(*command.split(), "--help"), 0)
    assert "--as-if" in ended(quotum("simulate", "--help"), 0)


def test_tables_fit_80_columns_and_wide_shows_a_line_a_column():
    narrow = ended(quotum("tables"), 0)
    assert max(len(line) for line in narrow.splitlines()) <= 80
    wide = ended(quotum("tables", "--wide"), 0)
    assert max(len(line) for line in wide.splitlines()) > 80
    assert sorted(set(" ".join(narrow.replace("[", " ").replace("]", " ").split()).split())) == sorted(
        set(" ".join(wide.replace("[", " ").replace("]", " ").split()).split())
    )
