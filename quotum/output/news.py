"""What a settlement rests on that no earlier run of the year has said: an operator reads what is new, not all again.

Each run holds all of it, in `data/macro.json`.
"""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from attrs import frozen

from quotum.archive.notes import notes
from quotum.errors import QuotumError
from quotum.law.readings import Reading
from quotum.parameters import Figure
from quotum.run.preparation import Prepared
from quotum.words import Text


@frozen
class EarlierRuns:
    """What earlier runs of a year rest on."""

    figures: frozenset[tuple[str, str, str]] = frozenset()
    """Assumed figures: name, value and source."""
    readings: frozenset[tuple[str, str]] = frozenset()
    """Readings: text and provision."""
    runs: int = 0
    """How many runs that is."""

    def new_figures(self, assumed: Iterable[Figure]) -> list[Figure]:
        """The assumed figures that none of these runs rests on.

        Args:
            assumed: Those of a settlement.
        """
        return [figure for figure in assumed if (figure.name, figure.value, figure.source) not in self.figures]

    def new_readings(self, readings: Iterable[Reading]) -> list[Reading]:
        """The readings that none of these runs rests on.

        Args:
            readings: Those of a settlement.
        """
        return [reading for reading in readings if (reading.text, reading.provision) not in self.readings]


NOTHING: Final = EarlierRuns()
SAID_BEFORE: Final = Text(
    "As earlier runs of {year} said, it also rests on {figures:,} assumed figures and {readings:,} readings: "
    "data/macro.json of the run has them, and --assumptions prints them.",
    "Zoals eerdere runs over {year} meldden, berust dit ook op {figures:,} aangenomen cijfers en {readings:,} "
    "lezingen: data/macro.json van de run bevat ze, en --assumptions drukt ze af.",
)


def earlier_runs(prepared: Prepared[Any]) -> EarlierRuns:
    """What the runs rest on that the archive notes of the same year and regime, before this one.

    A run that is not at its place, or cannot be read, has said nothing.

    Args:
        prepared: What a settlement is made from.
    """
    request = prepared.request
    try:
        noted = notes(prepared.archive.layout)
    except QuotumError:
        return NOTHING
    places = [Path(note.place) for note in noted if (note.year, note.regime) == (request.year, request.regime)]
    records = [record for record in map(_read, places) if record is not None]
    figures = {
        (assumption["name"], assumption["value"], assumption["source"])
        for record in records
        for assumption in record["assumed"]
    }
    readings = {
        (assumption["text"], assumption["provision"]) for record in records for assumption in record["readings"]
    }
    return EarlierRuns(frozenset(figures), frozenset(readings), len(records))


def _read(run: Path) -> dict[str, list[dict[str, str]]] | None:
    try:
        record = json.loads((run / "data" / "macro.json").read_bytes())
        kept = {"assumed": ("name", "value", "source"), "readings": ("text", "provision")}
        return {kind: [{name: row[name] for name in names} for row in record[kind]] for kind, names in kept.items()}
    except (OSError, ValueError, KeyError, TypeError):
        return None


__all__ = ["NOTHING", "SAID_BEFORE", "EarlierRuns", "earlier_runs"]
