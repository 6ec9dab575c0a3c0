"""The scenario files of a sealed simulation, and the second registers of which it keeps only the digest."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from attrs import field, frozen

from quotum.archive.hashing import digest_of
from quotum.errors import ArchiveLacks, ParameterFileWrong
from quotum.parameters.scenario_files import KeptScenario, shipped
from quotum.run_folder.bag import ENVIRONMENT
from quotum.words import Sentence, Text

_NOT_AT_HAND: Final = Text(
    "the second register of a scenario (digest {digest}...) is not at hand: it holds persons, so the simulation does "
    "not keep it; name the file with --extra-registrations",
    "het tweede register van een scenario (digest {digest}...) is er niet: er staan personen in, dus de simulatie "
    "bewaart het niet; noem het bestand met --extra-registrations",
)


@frozen
class KeptFiles:
    """Finds scenario files in a sealed simulation; see `quotum.parameters.scenario_files.Locator`."""

    data: Path
    """Folder `data` of the simulation."""
    kept: tuple[KeptScenario, ...]
    """The files, as its record names them."""
    registers: tuple[Path, ...] = field(default=())
    """Files that may be its second registers; the digest decides."""

    def scenario(self, source: str, beside: Path | None, place: str) -> Path:
        """Returns a kept file, or else a shipped scenario."""
        name: str | None = source if beside is None else self._entry(beside).base
        return self.data / name if name in self._names else shipped(source, place)

    def register(self, source: str, scenario: Path) -> Path:
        """Returns the second register of a kept scenario, which is not in the folder.

        Raises:
            ArchiveLacks: No file with its digest is at hand.
            ParameterFileWrong: The record names none.
        """
        wanted = self._entry(scenario).extra_registrations
        if wanted is None:
            raise ParameterFileWrong(f"{scenario.name}: the record does not name the second register {source}")
        for path in self.registers:
            if path.is_file() and digest_of(path) == wanted.sha256:
                return path
        raise ArchiveLacks(not_at_hand(wanted.sha256))

    def is_file(self, source: str) -> bool:
        """Whether a text names a kept file."""
        return source in self._names

    def name(self, path: Path) -> str:
        """Returns the name of a scenario by its file."""
        return next((entry.name for entry in self.kept if self.data / entry.file == path), path.stem)

    @property
    def _names(self) -> frozenset[str]:
        return frozenset(entry.file for entry in self.kept)

    def _entry(self, path: Path) -> KeptScenario:
        entry = next((entry for entry in self.kept if self.data / entry.file == path), None)
        if entry is None:
            raise ParameterFileWrong(f"{path.name}: the record does not name this scenario")
        return entry


def not_at_hand(digest: str) -> Sentence:
    """Says that a second register is missing, and what to do."""
    return _NOT_AT_HAND.sentence(digest=digest[:16])


def registers_noted(folder: Path) -> tuple[Path, ...]:
    """Returns the places of second registers that `environment.json` notes, which no manifest covers."""
    try:
        noted = json.loads((folder / ENVIRONMENT).read_text("utf-8"))["extra_registrations"]
        return tuple(Path(place) for place in noted.values())
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return ()


def registers_missing(kept: Iterable[KeptScenario], registers: tuple[Path, ...]) -> tuple[str, ...]:
    """Returns the digests of second registers that no file at hand has."""
    at_hand = {digest_of(path) for path in registers if path.is_file()}
    wanted = (entry.extra_registrations for entry in kept)
    return tuple(register.sha256 for register in wanted if register is not None and register.sha256 not in at_hand)


__all__ = ["KeptFiles", "not_at_hand", "registers_missing", "registers_noted"]
