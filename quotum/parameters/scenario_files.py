"""The files of scenarios: where they are, and the bytes of those that do not come with quotum."""

import stat
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Final, Protocol

from attrs import frozen

from quotum.errors import ParameterFileWrong, WrongUse, whose
from quotum.parameters.book import INSTALLED
from quotum.parameters.kinds import closest

SHIPPED: Final = INSTALLED / "scenarios"
FOLDER: Final = "scenarios"
"""Folder of kept scenario files, beside the record that names them."""


def shipped_scenarios() -> tuple[str, ...]:
    """Returns the names of the scenarios that come with quotum, sorted."""
    return tuple(sorted(path.stem for path in SHIPPED.glob("*.toml")))


def is_scenario_file(path: Path) -> bool:
    """Whether a path is a file; some versions of Python say no when the path may not be inspected.

    Raises:
        WrongUse: The path may not be inspected.
    """
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except PermissionError as error:
        raise WrongUse(f"scenario {path}: Permission denied; {whose(path)}") from error
    except (OSError, ValueError):
        return False


class Locator(Protocol):
    """Finds the files that scenarios name."""

    def scenario(self, source: str, beside: Path | None, place: str) -> Path:
        """Returns the file of a scenario.

        Args:
            source: Path or shipped name.
            beside: The scenario that names it as its base; None for a name on the command line.
            place: The place of the name, for messages.

        Raises:
            ParameterFileWrong: There is no such scenario.
        """

    def register(self, source: str, scenario: Path) -> Path:
        """Returns the second register that a scenario names.

        Raises:
            ParameterFileWrong: There is no such file.
        """

    def is_file(self, source: str) -> bool:
        """Whether a text names a file, as opposed to a shipped scenario or several scenarios."""

    def name(self, path: Path) -> str:
        """Returns the name of a scenario by its file."""


class OnDisk:
    """Files where a user names them; see `Locator`."""

    def scenario(self, source: str, beside: Path | None, place: str) -> Path:
        """Returns a path relative to the scenario that names it, or else a shipped scenario."""
        path = (Path() if beside is None else beside.parent) / source
        return path if is_scenario_file(path) else shipped(source, place)

    def register(self, source: str, scenario: Path) -> Path:
        """Returns a path relative to the scenario; it must exist."""
        register = scenario.parent / source
        if not register.is_file():
            raise ParameterFileWrong(
                f'{scenario}: [files]: key "extra_registrations": "{source}" is no file. '
                "Give its place as seen from the scenario."
            )
        return register

    def is_file(self, source: str) -> bool:
        """Whether a path is a file."""
        return is_scenario_file(Path(source))

    def name(self, path: Path) -> str:
        """Returns the name of the file without its ending."""
        return path.stem


def shipped(source: str, place: str) -> Path:
    """Returns the file of a shipped scenario.

    Raises:
        ParameterFileWrong: There is no such scenario.
    """
    if source in shipped_scenarios():
        return SHIPPED / f"{source}.toml"
    raise ParameterFileWrong(
        f'{place}: "{source}" is no file and no scenario that comes with quotum{closest(source, shipped_scenarios())}. '
        f"Give a TOML file or one of: {', '.join(shipped_scenarios())}."
    )


@frozen
class SecondRegister:
    """A second register that a scenario names. It holds persons, so its digest is kept and not its bytes."""

    sha256: str
    """Digest of its bytes."""
    size: int
    """Number of bytes."""


@frozen
class KeptScenario:
    """A scenario file that does not come with quotum, as a record names it."""

    file: str
    """Name under which it is kept, `scenarios/1.toml`."""
    name: str
    """Name of the scenario: that of its file without the ending."""
    sha256: str
    """Digest of its bytes."""
    base: str | None = None
    """Kept file from which it starts; None without a base, and for a shipped base."""
    extra_registrations: SecondRegister | None = None
    """Its second register."""


class ScenarioFiles:
    """Finds scenario files and remembers those that do not come with quotum, in the order of their first use."""

    def __init__(self, locator: Locator | None = None) -> None:
        """Starts without files.

        Args:
            locator: Finds the files; on disk when None.
        """
        self._locator = locator or OnDisk()
        self._content: dict[Path, bytes] = {}
        self._bases: dict[Path, Path] = {}
        self._registers: dict[Path, Path] = {}

    def scenario(self, source: str, beside: Path | None, place: str) -> Path:
        """Finds a scenario; see `Locator`."""
        path = self._locator.scenario(source, beside, place)
        if path.parent != SHIPPED:
            if path not in self._content:
                self._content[path] = _bytes(path)
            if beside is not None:
                self._bases[beside] = path
        return path

    def register(self, source: str, scenario: Path) -> Path:
        """Finds the second register of a scenario; see `Locator`."""
        path = self._registers[scenario] = self._locator.register(source, scenario)
        return path

    def is_file(self, source: str) -> bool:
        """Whether a text names a file; see `Locator`."""
        return self._locator.is_file(source)

    def name(self, source: str) -> str:
        """Returns the name of a scenario that was found by a text of the command line."""
        return self._locator.name(self._locator.scenario(source, None, "scenario"))

    def reference(self, source: str) -> str:
        """Returns the kept file of a text of the command line, or else the shipped name."""
        path = self._locator.scenario(source, None, "scenario")
        return self._file(path) if path in self._content else path.stem

    @property
    def kept(self) -> tuple[KeptScenario, ...]:
        """The files, as a record names them."""
        return tuple(self._kept(path, content) for path, content in self._content.items())

    @property
    def contents(self) -> tuple[bytes, ...]:
        """The bytes of `kept`, in the same order."""
        return tuple(self._content.values())

    @property
    def registers(self) -> tuple[Path, ...]:
        """The second registers, each once, in order of path."""
        return tuple(sorted(set(self._registers.values())))

    def _file(self, path: Path) -> str:
        return f"{FOLDER}/{list(self._content).index(path) + 1}.toml"

    def _kept(self, path: Path, content: bytes) -> KeptScenario:
        base, register = self._bases.get(path), self._registers.get(path)
        return KeptScenario(
            file=self._file(path),
            name=self._locator.name(path),
            sha256=sha256(content).hexdigest(),
            base=None if base is None else self._file(base),
            extra_registrations=None if register is None else second_register(register),
        )


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ParameterFileWrong(f"{path}: cannot be read: {error.strerror}. Give a TOML file in UTF-8.") from error


def second_register(path: Path) -> SecondRegister:
    """Returns what a record says of a second register.

    Raises:
        OSError: The file cannot be read.
    """
    with path.open("rb") as stream:
        return SecondRegister(file_digest(stream, "sha256").hexdigest(), path.stat().st_size)


__all__ = [
    "FOLDER",
    "SHIPPED",
    "KeptScenario",
    "Locator",
    "OnDisk",
    "ScenarioFiles",
    "SecondRegister",
    "is_scenario_file",
    "second_register",
    "shipped",
    "shipped_scenarios",
]
