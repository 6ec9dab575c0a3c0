"""Commands as an ordinary user: root can look everywhere, so that tests run by it do not see what is forbidden.

The same cases that a user without rights meets are run with `setpriv`, and an interpreter that this user may read.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import duckdb
import pytest

from tests.helpers import HOUSE, deliver, ended, quotum, receive_command, settle_command, take_in

NOBODY = 65534
LIBRARIES = Path(duckdb.__file__).parents[1]
INTERPRETERS = (sys.executable, f"/usr/bin/python3.{sys.version_info.minor}")
TO_NOBODY = ("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups")
ENVIRONMENT = {
    "PATH": "/usr/bin:/bin", "HOME": "/nonexistent", "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONPATH": os.pathsep.join(map(str, (HOUSE, LIBRARIES))),
}  # fmt: skip

pytestmark = pytest.mark.slow


def _as_nobody(interpreter: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*TO_NOBODY, interpreter, *map(str, arguments)],
        cwd="/", env=ENVIRONMENT, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def interpreter() -> str:
    """An interpreter that nobody may read, with quotum and its libraries."""
    if os.geteuid() != 0:
        pytest.skip("only root can become another user; the other tests run as an ordinary user already")
    if shutil.which("setpriv") is None:
        pytest.skip("setpriv is not installed")
    for item in INTERPRETERS:
        if Path(item).exists() and _as_nobody(item, "-c", "import jobs.cli, duckdb, pyarrow").returncode == 0:
            return item
    pytest.skip(f"user {NOBODY} may read no interpreter with quotum and its libraries")


@pytest.fixture(scope="module")
def place():
    """A folder in which anybody may write: those of pytest are its owner's only."""
    with tempfile.TemporaryDirectory(prefix="quotum-of-anybody-") as folder:
        Path(folder).chmod(0o777)
        yield Path(folder)


@pytest.fixture(scope="module")
def nobody(interpreter, place):
    """Runs a command of quotum as nobody."""

    def run(*arguments: object) -> subprocess.CompletedProcess[str]:
        return _as_nobody(interpreter, "-m", "jobs.cli", *arguments)

    if _as_nobody(interpreter, "-c", f"open({str(place / 'try')!r}, 'w')").returncode:
        pytest.skip(f"user {NOBODY} may not write where tests keep their files")
    return run


@pytest.fixture(scope="module")
def archive_of_nobody(nobody, place) -> Path:
    """An archive of nobody, with a run."""
    files = deliver(place / "files")
    for path in (place / "files", *files):
        path.chmod(0o755)
    process = nobody("receive", *files, "--archive", place / "archive")
    assert process.returncode == 0, process.stderr
    settle = ("settle", "--archive", place / "archive", "--year", 2026, "--as-of", "2027-05-01")
    assert nobody(*settle, "--out", place / "run").returncode == 0
    return place / "archive"


@pytest.fixture(scope="module")
def closed(place) -> Path:
    """A folder of root that nobody may look into, with a drop folder in it."""
    folder = place / "closed"
    folder.mkdir(mode=0o700)
    (folder / "drop").mkdir()
    (folder / "schema.xsd").write_text("")
    return folder


SETTLE = "settle --archive {a} --year 2026 --as-of 2027-05-01"
SIMULATE = "simulate --archive {a} --year 2026 --as-of 2027-05-01"
CLOSED = {
    "receive {f} --archive {c}/archive": 14,
    "receive {f} --archive {c}/archive --dry-run": 14,
    "receive {c}/returns.csv --archive {a}": 10,
    "receive {f} --archive {a} --schemas {c}": 2,
    "receive {f} --archive {a} --schemas {c}/x": 2,
    f"{SETTLE} --out {{c}}/run": 14,
    f"{SETTLE} --out {{p}}/x --scenario {{c}}/s.toml": 2,
    f"{SETTLE} --out {{p}}/x --sign-key {{c}}/key": 2,
    f"{SIMULATE} --out {{c}}/s --scenario activated-balance": 14,
    f"{SIMULATE} --out {{p}}/x --scenario {{c}}/s.toml": 2,
    "job nightly --drop {c}/drop --archive {a}": 14,
    "job nightly --drop {c} --archive {a}": 14,
    "job nightly --drop {p}/drop --archive {c}/archive": 14,
    "job audit --year 2026 --archive {a} --out {c}/a.html": 14,
    "verify {c}/run": 2,
    "verify {p}/run --archive {c}/archive": 14,
    "verify {p}/run --public-key {c}/key": 2,
    "replay {c}/run": 2,
    "replay {p}/run --scratch {c}": 14,
    "diff {p}/run {c}/run": 2,
    "diff {p}/run {p}/run --out {c}/d": 14,
    "explain {c}/run 123456782": 2,
    "quality {c}/run": 2,
    "quality {p}/run --out {c}/q.html": 14,
    "report {p}/run --out {c}/x.html": 14,
    "report {c}/run --out {p}/x.html": 2,
    "generate --employers 3 --year 2026 --seed 1 --out {c}/country": 14,
    "archive list --archive {c}/archive": 14,
    "archive merge {c}/other --archive {a}": 2,
    "archive merge {a} --archive {c}/other": 14,
}


@pytest.mark.parametrize("command", CLOSED)
def test_behind_a_closed_folder(command, nobody, archive_of_nobody, closed, place):
    """One line that names the place, a code, and no traceback."""
    text = command.format(a=archive_of_nobody, c=closed, p=place, f=place / "files" / "returns.csv")
    process = nobody(*text.split())
    assert process.returncode == CLOSED[command], process.stderr
    assert "Permission denied" in process.stderr
    assert "Traceback" not in process.stderr
    assert process.stderr.rstrip().splitlines()[-1].startswith("quotum: ")
    assert str(closed) in process.stderr or "refused: returns.csv" in process.stderr


def test_what_root_writes_is_read_by_the_owner(nobody, archive_of_nobody, place):
    """A receive, a settlement, a withdrawal and a rebuild by root in the archive of nobody."""
    more = deliver(place / "more", register=[{"bsn": "123456782", "registered_from": "2020-01-01", "ground": "a"}])
    ended(receive_command(archive_of_nobody, *more), 0)
    ended(settle_command(archive_of_nobody, place / "of_root"), 0)
    ended(quotum("archive", "withdraw", 2, "--reason", "wrong", "--archive", archive_of_nobody), 0)
    shutil.rmtree(archive_of_nobody / "rows" / "000001")
    ended(quotum("archive", "rebuild", "--archive", archive_of_nobody), 0)
    owners = {path.stat().st_uid for path in (archive_of_nobody, *archive_of_nobody.rglob("*"))}
    assert owners == {NOBODY}
    for what in ("list", "check", "size", "rebuild", "runs", "findings"):
        process = nobody("archive", what, "--archive", archive_of_nobody)
        assert process.returncode == 0, process.stderr
    assert "of_root" in nobody("archive", "runs", "--archive", archive_of_nobody).stdout


@pytest.mark.parametrize(
    "forbidden", ["quotum-archive.json", "receipts/000001.json", "notes/runs.json", "rows", "originals"]
)
def test_what_is_forbidden_is_not_called_damaged(forbidden, nobody, place):
    """A file of root in the archive of nobody: Permission denied with path and owner, code 14."""
    archive = place / forbidden.replace("/", "-")
    take_in(archive, deliver(place / "of_root"))
    for path in (archive, *archive.rglob("*")):
        os.chown(path, NOBODY, NOBODY)
    os.chown(archive / forbidden, 0, 0)
    (archive / forbidden).chmod(0o600)
    commands = [
        ("archive", "check", "--archive", archive),
        ("settle", "--archive", archive, "--year", 2026, "--as-of", "2027-05-01", "--out", place / "run_of"),
        ("archive", "list", "--archive", archive),
    ]
    needed = {"notes/runs.json": commands[:1], "rows": commands[:2], "originals": commands[:1]}.get(forbidden, commands)
    for command in needed:
        process = nobody(*command)
        assert process.returncode == 14, process.stderr
        assert "Permission denied" in process.stderr
        assert "belongs to root" in process.stderr
        assert "damaged" not in process.stderr
