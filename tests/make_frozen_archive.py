"""Makes the archive and runs of format 1 that stay in the fixtures for ever: `python -m tests.make_frozen_archive`.

Run once, when the format was frozen. It is there to show how they were made and refuses to make them anew: an archive
of an older format that could be made again by newer code would prove nothing.
"""

import shutil
import sys
from datetime import datetime
from pathlib import Path

import attrs

from quotum.archive.layout import Layout
from quotum.archive.notes import add_notes, notes
from quotum.archive.seal import sealed_bytes
from quotum.maintenance.forgetting import forget
from quotum.run.settle import prepare, settle
from quotum.run_folder.request import Request
from tests.helpers import AS_OF, EXAMPLES, FIXTURES, deliver, example, example_files, take_in
from tests.rows import OTHER_PERSON, cells

FROZEN = FIXTURES / "archive_version_1"
RUNS = ("run", "run-after-forgetting")


def make(place: Path) -> None:
    """An archive of three receive calls, of which one was forgotten in part, and a run before and after that."""
    archive, work = place / "archive", place / "work"
    old = cells("returns", IdBer="OLD", DatTdAanm="2020-02-20T10:00:00", DatAanvTv="2020-01-01", DatEindTv="2020-01-31")
    take_in(archive, example_files(EXAMPLES[0]), datetime.fromisoformat("2027-05-02T06:00:00"))
    _settle(archive, place / RUNS[0])
    later = deliver(work / "later", returns=[old, cells("returns", IdBer="LATE")])
    take_in(archive, later, datetime.fromisoformat("2027-06-01T06:00:00"))
    register = deliver(work / "register", register=[cells("register"), cells("register", bsn=OTHER_PERSON)])
    take_in(archive, register, datetime.fromisoformat("2027-07-01T06:00:00"))
    forget(Layout(archive), {2020}, datetime.fromisoformat("2027-08-01").date())
    _settle(archive, place / RUNS[1])
    _note_without_machine(Layout(archive))
    shutil.rmtree(work)
    for path in place.rglob("*"):
        path.chmod(0o700 if path.is_dir() else 0o600)


def _note_without_machine(layout: Layout) -> None:
    """Name the places of the runs as seen from the archive: where they were made is nobody's business."""
    result = notes(layout)
    layout.runs.write_bytes(sealed_bytes({"runs": []}))
    add_notes(layout, tuple(attrs.evolve(note, place=f"../{Path(note.place).name}") for note in result))


def _settle(archive: Path, out: Path) -> None:
    scenario = str(example(EXAMPLES[0]) / "scenario.toml")
    settle(prepare(Request(archive, 2026, AS_OF, out, (scenario,), threads=1)))
    # Nothing of the machine that made it belongs in the fixtures; no manifest covers this file.
    out.chmod(0o700)
    (out / "environment.json").chmod(0o600)
    (out / "environment.json").write_text("{}\n")


if __name__ == "__main__":
    if FROZEN.exists() and "--again" not in sys.argv:
        sys.exit(f"{FROZEN} is there and stays as it is; --again is for before it was released")
    if FROZEN.exists():
        shutil.rmtree(FROZEN)
    FROZEN.mkdir()
    make(FROZEN)
