"""Making the audit file of a run: everything is checked first, and written whole or not at all."""

import json
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final

from attrs import frozen

from quotum.archive.hashing import digest_of
from quotum.archive.layout import partial_of, sync_folder, writing
from quotum.errors import CannotWrite, WrongUse
from quotum.output import words
from quotum.output.audit_file.document import Books
from quotum.output.audit_file.employers import parts
from quotum.output.audit_file.journal import DEBIT
from quotum.output.audit_file.journal_writer import Tally, require_totals, write_part
from quotum.output.employer_names import names_in_archive
from quotum.output.permission import require_decides
from quotum.places import FILE_IN_RUN, NOT_THERE, NOT_THIS_AUDIT_FILE
from quotum.run_folder.bag import require_unaltered, run_digest
from quotum.run_folder.reader import Finished, read_finished, require_run
from quotum.tables import SETTLEMENT

_USED: Final = (f"data/{SETTLEMENT.name}.parquet", "data/macro.json", "data/run.json")


@frozen
class Request:
    """A request for an audit file: what it says beside the run."""

    archive: Path | None = None
    """The archive of the run, for names; the place that the run notes when None."""
    out: Path | None = None
    """The file; beside the run when None."""
    company: str = "Belastingdienst"
    """Name of the administration whose books they are."""
    number: str = "niet opgegeven"
    """Its tax number."""
    most: int | None = None
    """Most employers in a file; no limit when None."""


@frozen
class AuditFile:
    """What was written."""

    files: tuple[Path, ...]
    """The files, in order of employers."""
    employers: int
    """Relations."""
    lines: int
    """Lines of the journal."""
    cents: int
    """What is debited, and credited."""
    simulation: bool
    """Whether nothing of it is settled."""


def write_audit_file(run: Path, request: Request) -> AuditFile:
    """Write the audit file of a run, in parts when that is asked; the same run and archive give the same bytes.

    Raises:
        WrongUse: It is no run, one of the quota levy, or something else is at that place.
        CannotCertify: The run was altered.
        ArchiveLacks: The archive is not there, or lacks what the run read.
        CannotWrite: There is no permission or no room.
        SelfCheckFailed: The journal does not add up, or not to the totals of the run.
    """
    require_run(run)
    require_unaltered(run, words.NOT_BOOKED.sentence(), _USED)
    finished = read_finished(run)
    require_decides(finished, ": nothing of it is booked")
    macro = json.loads((run / "data" / "macro.json").read_text("utf-8"))
    names = names_in_archive(run, finished, request.archive)
    books, pieces = _books(run, finished, macro, request), parts(run, request.most)
    places = _places(run, request.out, len(pieces), simulation=finished.simulation)
    whole = Tally()
    with ExitStack() as stack:
        for place, part in zip(places, pieces, strict=True):
            stack.callback(partial_of(place).unlink, missing_ok=True)
            with writing(place.parent):
                whole.take(write_part(run, books, part, names, partial_of(place)))
        require_totals(whole, macro["totals"])
        _give_names(places)
    return AuditFile(
        tuple(places), sum(piece.count for piece in pieces), whole.lines, whole.side(DEBIT), books.simulation
    )


def _books(run: Path, finished: Finished, macro: Mapping[str, Any], request: Request) -> Books:
    return Books(
        year=finished.year,
        made_on=finished.decided_on or finished.as_of,
        company=request.company,
        number=request.number,
        run=run_digest(run),
        simulation=finished.simulation,
        assumed=tuple(sorted({figure["name"] for figure in macro["assumed"]})),
    )


def _places(run: Path, out: Path | None, count: int, *, simulation: bool) -> list[Path]:
    """Where the files go; the name beside the run says that it is a simulation."""
    whole = run.resolve()
    mark = ".simulation" if simulation else ""
    place = whole.with_name(f"{whole.name}{mark}.xaf") if out is None else out
    if not place.parent.is_dir():
        raise CannotWrite(NOT_THERE.sentence(parent=place.parent))
    if whole in place.resolve().parents:
        raise WrongUse(FILE_IN_RUN.sentence(option="--out"))
    if count == 1:
        return [place]
    width = len(str(count))
    return [
        place.with_name(f"{place.stem}-{number:0{width}}-of-{count}{place.suffix}") for number in range(1, count + 1)
    ]


def _give_names(places: Sequence[Path]) -> None:
    """Give the finished files their names; the same file may be there already.

    Raises:
        WrongUse: Something else is there.
        CannotWrite: There is no permission.
    """
    for place in places:
        occupied = place.is_symlink() or place.is_dir()
        if occupied or (place.exists() and digest_of(place) != digest_of(partial_of(place))):
            raise WrongUse(NOT_THIS_AUDIT_FILE.sentence(place=place))
    for place in places:
        with writing(place.parent):
            partial_of(place).rename(place)
            sync_folder(place.parent)


__all__ = ["AuditFile", "Request", "write_audit_file"]
