"""The pages of the guide that are made of the code say what the code says, and leave nothing out."""

import tomllib

import pytest

from quotum.law.readings import IN_DUTCH
from quotum.parameters.book import INSTALLED
from quotum.tables import ALL_TABLES
from tests.make_guide_pages import GROUPS, GUIDE, HOUSE, LIMITS, PAGES, all_readings, limits


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_made_of_the_code_as_it_is(name):
    assert (GUIDE / name).read_text("utf-8") == PAGES[name](), "write it anew: python -m tests.make_guide_pages"


def test_every_table_is_in_the_dictionary():
    shown = {id(table) for _, _, tables in GROUPS for table in tables}
    assert [table.name for table in ALL_TABLES if id(table) not in shown] == []


def test_every_column_has_a_line():
    lines = PAGES["data_dictionary.md"]().splitlines()
    columns = sum(len(table.columns) for _, _, tables in GROUPS for table in tables)
    assert sum(line.startswith("| `") for line in lines) == columns


def test_every_reading_has_its_provision_and_its_dutch():
    page = limits()
    assert {reading.name for reading in all_readings()} == set(IN_DUTCH)
    for reading in all_readings():
        assert f"| {reading.provision} | {reading.text} | {IN_DUTCH[reading.name]} | `{reading.name}` |" in page


def test_every_assumed_figure_of_the_parameter_files_is_there():
    page, count = limits(), 0
    for path in INSTALLED.glob("*.toml"):
        for table, parameter in tomllib.loads(path.read_text("utf-8")).items():
            for value in parameter.get("values", ()):
                if value["status"] == "assumed":
                    count += 1
                    assert f"| `{path.stem}.{table}` |" in page
                    assert " ".join(value["source"].split()) in page
    assert count == sum(line.startswith("| `") for line in page.partition("## Assumed figures")[2].splitlines())


def test_the_limits_are_those_of_the_readme():
    own = (HOUSE / "README.md").read_text("utf-8").partition(LIMITS)[2].partition("\n## ")[0]
    assert own.strip()
    assert own.strip() in limits()
