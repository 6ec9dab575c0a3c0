"""`make install`: an environment for everybody, whole or not there, and nothing of others replaced or removed."""

import os
import re
import runpy
import shutil
import subprocess
import sys
import tempfile
from importlib.metadata import requires
from pathlib import Path
from types import SimpleNamespace

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.helpers import HOUSE

NOBODY = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")
OF_ALL = Path(f"/usr/bin/python3.{sys.version_info.minor}")
MAKE = shutil.which("make") or "make"


def _pins(name: str) -> dict[str, str]:
    text = (HOUSE / "requirements" / name).read_text("utf-8")
    return dict(re.findall(r"^([a-z0-9.-]+)==(\S+)", text, re.MULTILINE))


def _needed(names: list[str]) -> set[str]:
    """Names, and whatever they need here."""
    result: set[str] = set()
    while names:
        name = canonicalize_name(names.pop())
        if name not in result:
            result.add(name)
            wanted = [Requirement(text) for text in requires(name) or []]
            names += [item.name for item in wanted if item.marker is None or item.marker.evaluate({"extra": ""})]
    return result


def test_the_lock_of_what_is_installed_is_what_quotum_needs_and_no_more():
    wanted = [Requirement(text) for text in requires("quotum") or []]
    pins = _pins("runtime.txt")
    assert set(pins) == _needed([item.name for item in wanted if item.marker is None])
    assert pins.items() <= _pins("lock.txt").items()


def test_the_lock_for_signing_is_what_it_needs():
    pins = _pins("sign.txt")
    assert set(pins) == _needed(["cryptography"])
    assert pins.items() <= _pins("lock.txt").items()


@pytest.fixture
def script():
    """The script, with an environment that is built at once: a folder with a command."""
    names = runpy.run_path(str(HOUSE / "requirements" / "install.py"))
    within = names["install"].__globals__

    def build(environment: Path, _extras: tuple[str, ...]) -> None:
        (environment / "bin").mkdir(parents=True)
        (environment / "pyvenv.cfg").touch()
        (environment / "bin" / "quotum").write_text(environment.name)
        (environment / "complete").touch()

    within["build"] = build
    return SimpleNamespace(within=within, **names)


def test_an_upgrade_switches_and_keeps_what_was_there(script, tmp_path):
    first = script.install(tmp_path, ())
    script.within["name_of"] = lambda _extras: "9.9.9-another"
    second = script.install(tmp_path, ())
    command = tmp_path / "bin" / "quotum"
    assert (first.parent, second.name) == (second.parent, "9.9.9-another")
    assert command.read_text() == "9.9.9-another"
    assert (first / "bin" / "quotum").read_text() == first.name


def test_what_fails_leaves_the_command_as_it_was_and_is_built_anew(script, tmp_path):
    first = script.install(tmp_path, ())
    whole = script.within["build"]

    def killed(environment: Path, _extras: tuple[str, ...]) -> None:
        (environment / "bin").mkdir(parents=True)
        raise script.Refused("killed")

    script.within |= {"build": killed, "name_of": lambda _extras: "9.9.9-another"}
    with pytest.raises(script.Refused):
        script.install(tmp_path, ())
    assert (tmp_path / "bin" / "quotum").read_text() == first.name
    script.within["build"] = whole
    script.install(tmp_path, ())
    assert (tmp_path / "bin" / "quotum").read_text() == "9.9.9-another"


def test_the_same_again_builds_nothing(script, tmp_path):
    environment = script.install(tmp_path, ())
    (environment / "kept").touch()
    assert script.install(tmp_path, ()) == environment
    assert (environment / "kept").exists()
    assert script.install(tmp_path, ("sign",)) != environment


@pytest.mark.parametrize("place", ["bin/quotum", "lib/quotum/book.txt"])
def test_files_of_others_are_left_alone(script, place, tmp_path):
    file = tmp_path / place
    file.parent.mkdir(parents=True)
    file.write_text("of somebody else")
    for act in (lambda: script.install(tmp_path, ()), lambda: script.uninstall(tmp_path)):
        with pytest.raises(script.Refused, match=re.escape(str(tmp_path))):
            act()
    assert file.read_text() == "of somebody else"


def test_uninstall_leaves_nothing_of_it(script, tmp_path):
    script.install(tmp_path, ())
    assert script.uninstall(tmp_path)
    assert [path for path in tmp_path.rglob("*") if not path.is_dir()] == []
    assert not script.uninstall(tmp_path)


def test_an_interpreter_that_others_may_not_read_is_refused_where_they_may_come(script, tmp_path):
    interpreter, prefix = tmp_path / "home" / "python3", tmp_path / "opt"
    for folder in (interpreter.parent, prefix):
        folder.mkdir()
    interpreter.touch()
    interpreter.chmod(0o755)
    tmp_path.chmod(0o755)
    script.within["_is_closed"] = lambda path: path == interpreter.parent
    with pytest.raises(script.Refused, match="make install PYTHON="):
        script.require_open_to_all(interpreter, prefix)
    script.require_open_to_all(interpreter, interpreter.parent / "opt")
    script.within["_is_closed"] = lambda _path: False
    script.require_open_to_all(interpreter, prefix)


@pytest.fixture(scope="module")
def installed():
    """The folder of an installation, made by somebody who lets nobody read new files; and others may come there."""
    interpreter = OF_ALL if OF_ALL.exists() else Path(sys.executable)
    with tempfile.TemporaryDirectory(prefix="quotum-installed-") as name:
        folder = Path(name)
        folder.chmod(0o755 if interpreter == OF_ALL else 0o700)
        before = {path.name for path in HOUSE.iterdir()}
        process = subprocess.run(
            [MAKE, "-C", str(HOUSE), "install", f"PREFIX={folder / 'opt'}", f"PYTHON={interpreter}", "EXTRAS=sign"],
            capture_output=True, text=True, check=False, umask=0o077,
        )  # fmt: skip
        assert process.returncode == 0, process.stderr
        assert {path.name for path in HOUSE.iterdir()} == before
        yield folder / "opt"


@pytest.mark.slow
def test_an_ordinary_user_runs_what_is_installed(installed):
    others = os.geteuid() == 0 and OF_ALL.exists() and shutil.which("setpriv") is not None
    with tempfile.TemporaryDirectory(prefix="quotum-of-anybody-") as name:
        Path(name).chmod(0o777)

        def quotum(*arguments: object) -> str:
            command = [*(NOBODY if others else ()), installed / "bin" / "quotum", *arguments]
            environment = {"PATH": "/usr/bin:/bin", "HOME": "/nonexistent"}
            process = subprocess.run(
                [str(word) for word in command], cwd=name, env=environment, capture_output=True, text=True, check=False
            )
            assert process.returncode == 0, process.stderr
            return process.stdout

        here = subprocess.run(
            [sys.executable, "-m", "jobs.cli", "--version"], cwd=HOUSE, capture_output=True, text=True, check=False
        )
        assert quotum("--version").splitlines()[-1] == here.stdout.splitlines()[-1]  # the digest of the code
        quotum("generate", "--employers", 40, "--year", 2026, "--seed", 1, "--out", "country")
        files = [path.name for path in sorted((Path(name) / "country").iterdir()) if path.suffix != ".toml"]
        quotum(
            "receive",
            *(f"country/{file}" for file in files),
            "--archive",
            "archive",
            "--received",
            "2027-05-02T06:00:00",
        )
        subprocess.run(
            [shutil.which("openssl") or "openssl", "genpkey", "-algorithm", "ed25519", "-out", f"{name}/key.pem"],
            check=True,
        )
        (Path(name) / "key.pem").chmod(0o644)
        run = ("--year", 2026, "--as-of", "2027-05-01", "--scenario", "country/scenario.toml", "--sign-key", "key.pem")
        assert "Surcharge rate" in quotum("settle", "--archive", "archive", *run, "--out", "run")
        assert "identical" in quotum("replay", "run")
        quotum("report", "run")
        quotum("report", "run", "--workbook", "run.xlsx")
        quotum("decisions", "run", "--decided-on", "2027-07-01", "--simulation", "--out", "decisions")
        quotum("simulate", "--archive", "archive", "--year", 2026, "--as-of", "2027-05-01", "--basis",
               "country/targets.toml", "--scenario", "activated-balance", "--out", "compared")  # fmt: skip


@pytest.mark.slow
def test_no_test_tools_are_installed_and_all_is_readable(installed):
    library = installed / "lib" / "quotum" / "current"
    names = {path.name.split("-")[0].lower() for path in library.glob("lib/*/site-packages/*")}
    assert {"quotum", "jobs", "duckdb", "cryptography"} <= names
    assert names.isdisjoint({"pytest", "hypothesis", "mypy", "ruff", "pip", "setuptools", "tests"})
    closed = [path for path in installed.rglob("*") if not path.is_symlink() and not path.stat().st_mode & 0o004]
    assert closed == []


@pytest.mark.slow
def test_a_second_installation_takes_no_time_and_an_uninstalled_one_is_gone(installed, tmp_path):
    prefix = shutil.copytree(installed, tmp_path / "opt", symlinks=True)
    whole = (prefix / "lib" / "quotum" / "current" / "complete").stat()
    interpreter = OF_ALL if OF_ALL.exists() else sys.executable
    make = (MAKE, "-C", str(HOUSE), f"PREFIX={prefix}", f"PYTHON={interpreter}", "EXTRAS=sign")
    assert subprocess.run([*make, "install"], check=False).returncode == 0
    assert (prefix / "lib" / "quotum" / "current" / "complete").stat() == whole
    assert subprocess.run([*make, "uninstall"], check=False).returncode == 0
    assert [path for path in prefix.rglob("*") if not path.is_dir()] == []
