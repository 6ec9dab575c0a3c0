"""What a settlement says in full the first time, and counts when an earlier run of the year has said it."""

import json
import re

import pytest

from quotum.archive.known import known
from quotum.archive.layout import existing
from quotum.output.news import NOTHING, earlier_runs
from quotum.run.preparation import Prepared
from quotum.run_folder.request import Request
from tests.helpers import ACTIVATED, AS_OF, deliver, ended, results, settle_command, take_in, write_csv
from tests.rows import allocation

pytestmark = pytest.mark.slow


@pytest.fixture
def archive(tmp_path):
    """An archive on which nothing was settled; among its deliveries is one that no settlement as enacted reads."""
    files = deliver(tmp_path / "files")
    take_in(
        tmp_path / "archive",
        [*files, write_csv(tmp_path / "allocations.csv", "allocations", [allocation(1, "2026-01-01", 2026)])],
    )
    return tmp_path / "archive"


@pytest.fixture
def scenario(tmp_path):
    """A scenario in which the regime is active."""
    path = tmp_path / "activated.toml"
    path.write_text(ACTIVATED)
    return path


def _rests_on(text: str) -> list[str]:
    return [line for line in text.splitlines() if "(assumed:" in line or re.search(r"^  - .*\[[A-Z][^\]]*\]$", line)]


def test_a_later_run_of_the_year_counts_what_the_first_has_said(archive, scenario, tmp_path):
    first = ended(settle_command(archive, tmp_path / "first"), 0)
    again = ended(settle_command(archive, tmp_path / "again"), 0)
    in_full = ended(settle_command(archive, tmp_path / "in_full", "--assumptions"), 0)
    record = json.loads((tmp_path / "again" / "data" / "macro.json").read_bytes())
    counted = f"{len(record['assumed'])} assumed figures and {len(record['readings'])} readings"
    assert len(_rests_on(first)) == len(record["assumed"]) + len(record["readings"])
    assert _rests_on(again) == []
    assert counted in again
    assert _rests_on(in_full) == _rests_on(first)
    assert [("allocations delivered" in text) for text in (first, again, in_full)] == [True, False, True]
    assert results(tmp_path / "first") == results(tmp_path / "again")
    with_scenario = ended(settle_command(archive, tmp_path / "other", "--scenario", scenario), 0)
    new = _rests_on(with_scenario)
    assert new
    assert set(new).isdisjoint(_rests_on(first))


def test_a_run_that_is_not_at_its_place_has_said_nothing(archive, tmp_path):
    first = ended(settle_command(archive, tmp_path / "first"), 0)
    (tmp_path / "first").rename(tmp_path / "elsewhere")
    assert _rests_on(ended(settle_command(archive, tmp_path / "again"), 0)) == _rests_on(first)


def test_another_year_says_all_of_it(archive, tmp_path):
    ended(settle_command(archive, tmp_path / "first"), 0)
    request = Request(archive, 2025, AS_OF, tmp_path / "none")
    prepared = Prepared(request, known(existing(archive), None), None, None, None, ())
    assert earlier_runs(prepared) == NOTHING
