"""Installs quotum under a folder, for everybody who may run it there: `make install PREFIX=DIR`.

Nothing but what Python brings is used, as nothing is installed yet. The layout:

    PREFIX/lib/quotum/VERSION-DIGEST/   an environment of its own, with what the lock files name and without test tools
    PREFIX/lib/quotum/current           a link to the one that is in use
    PREFIX/bin/quotum                   a link to its command

The digest is that of the source, the lock files, the extras and the interpreter: the same again is the same folder. A
new environment is built beside those that are there, and `current` is switched by a rename when it is whole and its
command has answered. What is running goes on with the environment it began with, and earlier ones stay: runs that they
made are certified with them.
"""

import argparse
import hashlib
import os
import re
import shutil
import stat
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterator
from pathlib import Path
from typing import Final

SOURCE: Final = Path(__file__).resolve().parents[1]
LOCKS: Final = SOURCE / "requirements"
BUILT: Final = ("LICENSE", "README.md", "jobs", "pyproject.toml", "quotum")
"""What a package of quotum is built from."""
EXTRAS: Final = ("sign", "spark")
COMPLETE: Final = "complete"
"""A file that an environment has when it is whole."""
_WRONG_USE, _CANNOT_WRITE = 2, 14


class Refused(Exception):
    """It cannot be installed or removed so; the message says why and what to do."""

    def __init__(self, message: str, code: int = _WRONG_USE) -> None:
        """Remember the code that the script ends with."""
        super().__init__(message)
        self.code = code


def install(prefix: Path, extras: tuple[str, ...]) -> Path:
    """Build the environment if it is not there, and switch to it.

    Args:
        prefix: Folder under which it is installed; made when it is not there.
        extras: Names of EXTRAS.

    Returns:
        The folder of the environment.

    Raises:
        Refused: A file that is not of quotum has the place of the command, or others may not read the interpreter.
    """
    library, command = places(prefix)
    require_open_to_all(Path(sys.executable).resolve(), prefix)
    environment = library / name_of(extras)
    command.parent.mkdir(parents=True, exist_ok=True)
    library.mkdir(parents=True, exist_ok=True)
    if not (environment / COMPLETE).exists():
        shutil.rmtree(environment, ignore_errors=True)  # what an installation that was broken off left
        build(environment, extras)
    switch(library / "current", environment.name)
    switch(command, os.path.relpath(library / "current" / "bin" / "quotum", command.parent))
    return environment


def uninstall(prefix: Path) -> bool:
    """Remove every environment and the command; returns whether any was there.

    Args:
        prefix: Folder under which it is installed.

    Raises:
        Refused: A file that is not of quotum has the place of the command.
    """
    library, command = places(prefix)
    installed = library.exists()
    command.unlink(missing_ok=True)
    if installed:
        shutil.rmtree(library)
    return installed


def places(prefix: Path) -> tuple[Path, Path]:
    """The folder of the environments, and the command.

    Args:
        prefix: Folder under which it is installed.

    Raises:
        Refused: What has one of these places was not put there by this script.
    """
    library, command = prefix / "lib" / "quotum", prefix / "bin" / "quotum"
    if library.is_dir() and any(library.iterdir()) and not any(map(_is_own, library.iterdir())):
        raise Refused(f"{library} holds files that are not of an installed quotum; choose another PREFIX")
    if command.is_symlink() and str(command.readlink()).endswith("lib/quotum/current/bin/quotum"):
        return library, command
    if command.is_symlink() or command.exists():
        raise Refused(f"{command} is there and is not of `make install`; remove it, or choose another PREFIX")
    return library, command


def _is_own(path: Path) -> bool:
    return path.is_symlink() if path.name == "current" else (path / "pyvenv.cfg").is_file()


def require_open_to_all(interpreter: Path, prefix: Path) -> None:
    """Stop when others come to what is installed, and could not run it.

    Args:
        interpreter: The Python that the environment is to use, with links followed.
        prefix: Folder under which it is installed; where that is closed itself, it is for its owner alone.

    Raises:
        Refused: The interpreter, or a folder above it, is closed to others.
    """
    closed = next((path for path in (interpreter, *interpreter.parents) if _is_closed(path)), None)
    if closed is not None and not any(map(_is_closed, (prefix, *prefix.parents))):
        raise Refused(
            f"{closed} is closed to other users, so that they could not run quotum with {interpreter}; name another "
            "interpreter: make install PYTHON=/usr/bin/python3"
        )


def _is_closed(path: Path) -> bool:
    return path.exists() and not path.stat().st_mode & stat.S_IXOTH


def name_of(extras: tuple[str, ...]) -> str:
    """The version, and a digest over all that makes the environment.

    Args:
        extras: Names of EXTRAS.
    """
    digest = hashlib.sha256(f"{sys.version}\0{Path(sys.executable).resolve()}\0{extras}\0".encode())
    for path in sorted((*_files_built(), *LOCKS.glob("*.txt"))):
        digest.update(f"{path.relative_to(SOURCE).as_posix()}\0".encode() + path.read_bytes())
    declared = re.search(r'__version__: Final = "(.+?)"', (SOURCE / "quotum" / "version.py").read_text("utf-8"))
    version = declared[1] if declared else "0"
    return "-".join((version, digest.hexdigest()[:12], *extras))


def _files_built() -> Iterator[Path]:
    for name in BUILT:
        path = SOURCE / name
        found = path.rglob("*") if path.is_dir() else iter((path,))
        yield from (file for file in found if file.is_file() and "__pycache__" not in file.parts)


def build(environment: Path, extras: tuple[str, ...]) -> None:
    """Make an environment with what the lock files name, and quotum in it; nothing is written beside the source.

    Args:
        environment: Folder to make, under its final name: an environment cannot be moved.
        extras: Names of EXTRAS.
    """
    with tempfile.TemporaryDirectory(prefix="quotum-install-") as folder:
        work = Path(folder)
        tools, source, wheels = work / "tools", work / "source", work / "wheels"
        venv.create(tools, with_pip=True)
        pip = (str(tools / "bin" / "python"), "-m", "pip", "--disable-pip-version-check", "-qq")
        _run(*pip, "install", "--require-hashes", "-r", str(LOCKS / "build.txt"))
        for file in _files_built():
            copy = source / file.relative_to(SOURCE)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, copy)
        wheel = (*pip, "wheel", "--no-build-isolation", "--no-deps", "--wheel-dir", str(wheels))
        _run(*wheel, str(source))
        if "spark" in extras:  # it comes as a source archive
            _run(*wheel, "--require-hashes", "-r", str(LOCKS / "spark.txt"))
        venv.create(environment, with_pip=False, symlinks=True)
        into = (*pip, "--python", str(environment / "bin" / "python"), "install")
        locks = [LOCKS / "runtime.txt", *([LOCKS / "sign.txt"] if "sign" in extras else [])]
        _run(*into, "--require-hashes", "--no-deps", *(word for lock in locks for word in ("-r", str(lock))))
        _run(*into, "--no-deps", "--no-index", *map(str, sorted(wheels.iterdir())))
    _run(str(environment / "bin" / "quotum"), "--version", quiet=True)
    (environment / COMPLETE).touch()


def _run(*arguments: str, quiet: bool = False) -> None:
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONHOME")}
    done = subprocess.run(
        arguments, cwd="/", env=environment, stdout=subprocess.DEVNULL if quiet else None, check=False
    )
    if done.returncode:
        raise Refused(f"nothing was switched: {' '.join(arguments[:6])} ... ended with {done.returncode}", 1)


def switch(link: Path, target: str) -> None:
    """Point a link elsewhere; at every moment the old or the new one is there.

    Args:
        link: Place of the link.
        target: What it is to point to.
    """
    beside = link.with_name(f".{link.name}.new")
    beside.unlink(missing_ok=True)
    beside.symlink_to(target)
    beside.replace(link)


def main() -> int:
    """Install or remove; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--prefix", required=True, type=Path, help="folder under which it is installed")
    parser.add_argument("--extras", nargs="*", default=[], choices=EXTRAS, help="what is installed besides")
    parser.add_argument("--uninstall", action="store_true", help="remove what was installed")
    asked = parser.parse_args()
    prefix = asked.prefix.expanduser().absolute()
    os.umask(0o022)
    try:
        if asked.uninstall:
            print(f"removed from {prefix}" if uninstall(prefix) else f"nothing of quotum is installed under {prefix}")
            return 0
        environment = install(prefix, tuple(sorted(set(asked.extras))))
    except Refused as refused:
        print(f"quotum: {refused}", file=sys.stderr)
        return refused.code
    except OSError as error:
        print(f"quotum: {error.filename or prefix}: {error.strerror}", file=sys.stderr)
        return _CANNOT_WRITE
    print(f"installed: {environment}\ncommand: {prefix / 'bin' / 'quotum'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
