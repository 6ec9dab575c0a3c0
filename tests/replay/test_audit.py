"""`quotum job audit`: every noted run of a year repeated, on one page."""

import json
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

import pytest

from quotum.replay import shipped_figures as shipped_module
from tests.helpers import EXAMPLES, discreet, ended, example, example_files, personal_values, quotum, settled, take_in
from tests.replay.altering import a_copy, change_rows, seal_again

SECRETS = personal_values(example_files(EXAMPLES[0]))


def audit(archive, page, code, *more):
    output = ended(quotum("job", "audit", "--archive", archive, "--out", page, "--threads", 1, *more), code)
    discreet(output + page.read_text("utf-8"), SECRETS)
    return output


@pytest.mark.slow
def test_a_year_with_every_outcome(tmp_path):
    """One identical, one changed and sealed anew, one of which a byte was altered, one that is gone."""
    copy = tmp_path / "archive"
    take_in(copy, example_files(EXAMPLES[0]))
    for name in ("first", "same", "changed", "altered", "gone"):
        settled(copy, tmp_path / name, example(EXAMPLES[0]) / "scenario.toml")
    page = tmp_path / "audit.html"
    assert "runs of 2026 noted in the archive: 5; identical: 5" in audit(copy, page, 0, "--year", 2026)
    for name in ("changed", "altered"):
        writable = a_copy(tmp_path / name, tmp_path / f"{name}-copy")
        (tmp_path / name).chmod(0o700)
        (tmp_path / name / "data").chmod(0o700)
        shutil.rmtree(tmp_path / name)
        writable.rename(tmp_path / name)
    change_rows(tmp_path / "changed", "settlement", lambda rows: rows[1:])
    seal_again(tmp_path / "changed")
    (tmp_path / "altered" / "data" / "settlement.csv").write_text("rsin\n")
    (tmp_path / "gone").rename(tmp_path / "elsewhere")
    output = audit(copy, page, 20, "--year", 2026)
    lines = {
        name: next(line for line in output.splitlines() if str(tmp_path / name) in line) for name in ("same", "gone")
    }
    assert re.search(r"^\S+ info +identical ", lines["same"])
    assert "not at its place" in lines["gone"]
    assert "results differ" in next(line for line in output.splitlines() if str(tmp_path / "changed:") in line)
    assert "cannot be certified; results are the same" in output
    assert "runs of 2026 noted in the archive: 5; identical: 2" in output
    html = page.read_text("utf-8")
    HTMLParser().feed(html)
    assert html.count("<tr class=") == 5
    assert html.count('<tr class="identical">') == 2
    assert re.findall(r"(?:src|href)=|https?://", html) == []


def test_lines_for_collectors(archive, tmp_path):
    """An object for each run, and one at the end; also for the error that ends it."""
    page = tmp_path / "audit.html"
    output = audit(archive, page, 0, "--year", 2026, "--log-format", "json")
    *runs, end = [json.loads(line) for line in output.splitlines()]
    result = {(run["job"], run["event"], run["level"], run["code"]) for run in runs}
    assert result == {("audit", "identical", "info", 0)}
    assert all(Path(run["run"]).is_dir() for run in runs)
    assert (end["event"], end["year"], end["runs"], end["identical"]) == ("finished", 2026, len(runs), len(runs))
    process = quotum(
        "job", "audit", "--archive", tmp_path / "none", "--year", 2026, "--out", page, "--log-format", "json"
    )
    assert process.exit_code == 13
    assert json.loads(process.stdout)["event"] == "failed"


def test_other_code_alone_is_21(archive, tmp_path, monkeypatch):
    monkeypatch.setattr(shipped_module, "code_digest", lambda: "0" * 64)
    output = audit(archive, tmp_path / "audit.html", 21, "--year", 2026)
    assert "results are the same" in output


def test_a_year_without_runs(archive, tmp_path):
    output = audit(archive, tmp_path / "audit.html", 0, "--year", 2020)
    assert "runs of 2020 noted in the archive: 0; identical: 0" in output


def test_a_page_that_cannot_be_written_ends_with_14(archive, tmp_path):
    result = quotum("job", "audit", "--archive", archive, "--year", 2020, "--out", tmp_path / "none" / "audit.html")
    assert "cannot be written" in ended(result, 14)
