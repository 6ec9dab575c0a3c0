"""Commands on Spark: the same bytes as on DuckDB, wherever the derived tables lie."""

import shutil

import pytest

from tests.helpers import discreet, ended, files_under, process, quotum, record_and_results, settle_command

pytestmark = [pytest.mark.spark, pytest.mark.timeout(1200), pytest.mark.usefixtures("spark_session")]


def _copied_rows(small, tmp_path):
    """The archive without the tables of returns, and a copy of its folder `rows` elsewhere."""
    archive, rows = tmp_path / "archive", tmp_path / "elsewhere" / "rows"
    shutil.copytree(small.archive, archive)
    shutil.copytree(archive / "rows", rows)
    for path in [*(archive / "rows").rglob("returns-*"), *(archive / "rows").rglob("fragments*")]:
        path.parent.chmod(0o700)
        path.unlink()
    return archive, rows


def test_replay_with_rows_elsewhere(small, tmp_path):
    """The tables of returns are read at the URI, and nowhere else; their digests are checked there."""
    archive, rows = _copied_rows(small, tmp_path)
    output = ended(quotum("replay", small.run, "--archive", archive, "--engine", "spark", "--rows", rows.as_uri()), 0)
    assert output == ended(quotum("replay", small.run, "--archive", small.archive), 0)
    discreet(output)


def test_settle_refuses_rows_that_were_altered(small, tmp_path):
    archive, rows = _copied_rows(small, tmp_path)
    victim = next(rows.rglob("returns-2026-*"))
    victim.chmod(0o600)
    victim.write_bytes(victim.read_bytes()[:-1] + b"x")
    out = tmp_path / "run"
    output = ended(settle_command(archive, out, "--engine", "spark", "--rows", rows.as_uri()), 13)
    assert f"{rows.as_uri()}/{victim.relative_to(rows)} is not as it was received" in output
    assert not out.exists()


def test_settle_refuses_rows_that_are_not_there(small, tmp_path):
    out = tmp_path / "run"
    output = ended(settle_command(small.archive, out, "--engine", "spark", "--rows", "file:///nowhere/rows"), 13)
    assert "cannot be read" in output
    assert not out.exists()


def test_simulate(small, tmp_path):
    """From an archive where nothing is kept of an earlier simulation."""
    of = {}
    for engine in ("duckdb", "spark"):
        archive = tmp_path / f"archive-{engine}"
        shutil.copytree(small.archive, archive)
        out = tmp_path / engine
        options = ("--as-of", "2027-05-01", "--basis", small.basis, "--scenario", "activated-balance")
        output = ended(quotum("simulate", "--archive", archive, "--year", 2026, *options, "--engine", engine,
                            "--out", out), 0)  # fmt: skip
        of[engine] = (
            output.replace(engine, ""),
            {
                name: content
                for name, content in files_under(out).items()
                if not name.endswith(("xlsx", "environment.json"))
            },
        )
    assert of["spark"] == of["duckdb"]


def test_diff(small, tmp_path):
    of = {}
    for engine in ("duckdb", "spark"):
        out = tmp_path / engine
        output = ended(quotum("diff", small.earlier, small.run, "--engine", engine, "--out", out), 0)
        revised = ended(quotum("diff", small.earlier, small.run, "--engine", engine, "--revision"), 0)
        of[engine] = output.replace(engine, ""), revised, files_under(out)
    assert of["spark"] == of["duckdb"]


def test_settle_says_what_duckdb_says_and_leaves_nothing(small, tmp_path):
    """A session of quotum's own, in a process of its own: nothing of Spark is heard of, nor left behind."""
    of = {}
    for engine in ("duckdb", "spark"):
        place = tmp_path / engine
        place.mkdir()
        result = process("settle", "--archive", small.archive, "--year", 2026, "--as-of", "2027-05-01", "--scenario",
                       small.scenario, "--engine", engine, "--threads", 2, "--memory-limit", "700MB",
                       "--out", place / "run", environment={"TZ": "Pacific/Kiritimati"})  # fmt: skip
        assert result.returncode == 0, result.stderr
        assert [path.name for path in place.iterdir()] == ["run"]
        # How far it is, once a minute, is told of what takes longer.
        remarks = [line for line in result.stderr.splitlines() if " so far" not in line]
        of[engine] = result.stdout.replace(str(place), ""), remarks, record_and_results(place / "run")
    assert of["spark"] == of["duckdb"]
    assert of["spark"][2] == record_and_results(small.run)


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        pytest.param({"PATH": "/nowhere", "JAVA_HOME": ""}, "needs Java 17", id="without_java"),
        pytest.param({"JAVA_HOME": "/nowhere"}, "Spark does not start", id="java_home_that_is_none"),
    ],
)
def test_without_java(small, tmp_path, environment, expected):
    result = process("settle", "--archive", small.archive, "--year", 2026, "--as-of", "2027-05-01", "--engine", "spark",
                   "--out", tmp_path / "run", environment=environment)  # fmt: skip
    assert (result.returncode, result.stdout) == (2, ""), result.stderr
    assert expected in result.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("size", ["a little", "300MB"])
def test_memory_that_spark_cannot_start_with(small, tmp_path, size):
    result = process("settle", "--archive", small.archive, "--year", 2026, "--as-of", "2027-05-01", "--engine", "spark",
                   "--memory-limit", size, "--out", tmp_path / "run")  # fmt: skip
    assert result.returncode == 2, result.stderr
    assert "--memory-limit" in result.stderr
