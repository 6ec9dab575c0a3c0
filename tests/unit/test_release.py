"""The table of releases: version, commit and digest of the code belong together, and a change of code is noticed."""

import re
import shutil
import subprocess
from datetime import date

import pytest

from quotum import releases as table
from quotum.releases import Release, read_releases, release_of
from quotum.replay.recompute import other_code
from quotum.version import __version__, code_digest
from quotum.words import in_language
from tests import release
from tests.helpers import HOUSE, ended, quotum

pytestmark = pytest.mark.slow

DAY = date(2026, 12, 1)


def git(root, *arguments):
    identity = ("-c", "user.name=n", "-c", "user.email=e@example.org", "-c", "commit.gpgsign=false")
    process = subprocess.run(["git", *identity, *arguments], cwd=root, capture_output=True, text=True, check=True)  # noqa: S607
    return process.stdout.strip()


def commit(root, message="x"):
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", message)
    return git(root, "rev-parse", "HEAD")


@pytest.fixture
def copy(tmp_path):
    """A working copy with the version and the table only, not released."""
    (tmp_path / "quotum").mkdir()
    for name in ("__init__.py", "version.py"):
        shutil.copy(HOUSE / "quotum" / name, tmp_path / "quotum" / name)
    (tmp_path / "quotum" / "releases.csv").write_text(",".join(table.COLUMNS) + "\n")
    (tmp_path / "CHANGELOG.md").write_text(f"# Changes\n\n## {__version__} (unreleased)\n\nEverything.\n")
    git(tmp_path, "init", "-q")
    commit(tmp_path)
    return tmp_path


def released(root):
    row = release.write_row(root, DAY)
    commit(root)
    return row


def test_the_table_of_this_house_is_right():
    assert list(release.problems(HOUSE)) == []


def test_a_version_in_development_needs_no_row(copy):
    assert list(release.problems(copy)) == []


def test_a_release_names_the_commit_of_the_code_and_not_its_own(copy):
    code_commit = git(copy, "rev-parse", "HEAD")
    row = released(copy)
    assert row == Release(__version__, DAY, release.version_and_digest(copy)[1], code_commit)
    assert git(copy, "rev-parse", "HEAD") != code_commit
    assert release.rows_of(copy) == (row,)
    assert f"## {__version__} ({DAY})" in (copy / "CHANGELOG.md").read_text()
    assert list(release.problems(copy)) == []


def test_without_a_day_it_is_that_of_the_commit(copy):
    assert release.write_row(copy).released_on.isoformat() == git(copy, "show", "-s", "--format=%cs")


def test_code_that_changed_since_its_release_needs_a_number_of_its_own(copy):
    released(copy)
    (copy / "quotum" / "more.py").write_text("\n")
    assert ["the code is another by now" in problem for problem in release.problems(copy)] == [True]
    version = copy / "quotum" / "version.py"
    version.write_text(version.read_text().replace(__version__, "9.9.9"))
    (copy / "CHANGELOG.md").write_text("## 9.9.9 (unreleased)\n" + (copy / "CHANGELOG.md").read_text())
    commit(copy)
    assert list(release.problems(copy)) == []


def test_the_digest_is_over_all_that_decides_what_is_written_and_over_nothing_else(copy):
    digests = [release.version_and_digest(copy)[1]]
    for name in ("more.py", "more.toml", "more.css", "more.jinja", "more.js", "README.md", "more.csv"):
        (copy / "quotum" / name).write_text("\n")
        digests.append(release.version_and_digest(copy)[1])
    assert len(set(digests[:6])) == 6
    assert len(set(digests[5:])) == 1


@pytest.mark.parametrize(
    ("column", "value", "expected"),
    [
        ("code", "0" * 64, "not .* with 0000"),
        ("commit", "0" * 40, "which is not in the history"),
        ("commit", "HEAD", "no whole name of a commit"),
        ("released_on", "2026-12-02", r"has no heading `## \S+ \(2026-12-02\)`"),
        ("released_on", "tomorrow", "cannot be read"),
    ],
)
def test_a_wrong_row_is_noticed(column, value, expected, copy):
    row = released(copy)
    path = copy / "quotum" / "releases.csv"
    path.write_text(path.read_text().replace(str(getattr(row, column)), value))
    text = "\n".join(release.problems(copy))
    assert re.search(expected, text)


def test_a_release_without_its_heading_is_noticed(copy):
    (copy / "CHANGELOG.md").write_text("# Changes\n")
    assert "the first heading of CHANGELOG.md is not that of" in "\n".join(release.problems(copy))


@pytest.mark.parametrize("state", ["uncommitted", "released", "no history"])
def test_a_row_is_written_once_and_only_of_what_is_committed(state, copy):
    if state == "released":
        released(copy)
    elif state == "uncommitted":
        (copy / "quotum" / "more.py").write_text("\n")
    else:
        shutil.rmtree(copy / ".git")
    before = (copy / "quotum" / "releases.csv").read_bytes()
    with pytest.raises(SystemExit, match={"uncommitted": "commit or stash"}.get(state, state.split()[-1])):
        release.write_row(copy, DAY)
    assert (copy / "quotum" / "releases.csv").read_bytes() == before


def test_a_table_with_other_columns_is_refused():
    with pytest.raises(ValueError, match="the first line names the columns"):
        read_releases(["version,code"])


# What the program says of itself.


@pytest.fixture
def known(monkeypatch):
    """The present code as a release."""
    row = Release(__version__, DAY, code_digest(), "a" * 40)
    monkeypatch.setattr(table, "releases", lambda: (row,))
    return row


def version_lines():
    return dict(line.split(" ", 1) for line in ended(quotum("--version"), 0).splitlines())


def test_version_names_version_commit_and_digest_and_what_computes(known):
    lines = version_lines()
    assert list(lines)[:3] == ["quotum", "commit", "code"]
    assert lines["quotum"] == __version__
    assert lines["commit"] == f"{'a' * 40} (release {__version__} of {DAY})"
    assert lines["code"] == code_digest()
    assert {"python", "duckdb", "narwhals", "pyarrow", "xml2arrow"} <= set(lines)


def test_version_says_when_the_code_is_that_of_no_release(monkeypatch):
    monkeypatch.setattr(table, "releases", lambda: ())
    assert version_lines()["commit"] == f"none: {__version__} is in development, and no release has this code"
    row = Release(__version__, DAY, "0" * 64, "a" * 40)
    monkeypatch.setattr(table, "releases", lambda: (row,))
    assert version_lines()["commit"] == f"none: this code is not that of release {__version__}, it was changed since"
    assert "sindsdien veranderd" in in_language(table.commit_of(__version__, code_digest()), "nl")


def test_a_run_of_a_release_is_found_by_its_digest(known, monkeypatch):
    assert release_of(code_digest()) == known
    assert release_of("0" * 64) is None
    earlier = Release("0.0.9", DAY, "9" * 64, "b" * 40)
    monkeypatch.setattr(table, "releases", lambda: (earlier, known))
    assert f"commit {'b' * 40})" in other_code("0.0.9", "9" * 64)[0]
    assert "commit" not in other_code("0.0.9", "8" * 64)[0]
