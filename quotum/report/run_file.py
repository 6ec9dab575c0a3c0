"""The report of a run as a file."""

from pathlib import Path

from quotum.archive.layout import write_durably, writing
from quotum.errors import CannotWrite, WrongUse
from quotum.report.page import render
from quotum.report.reader import Reader
from quotum.report.settled import page_of_run


def write_report(run: Path, out: Path | None, language: str) -> Path:
    """Write the report of a run, readable by its owner only.

    Args:
        run: Folder of the run.
        out: The file; None for one beside the run.
        language: `en` or `nl`.

    Returns:
        The file.

    Raises:
        WrongUse: It is no run, or something else is at that place.
        CannotCertify: The run was altered.
        CannotWrite: There is no permission or no room.
    """
    reader = Reader(language)
    content = render(page_of_run(run, reader), reader)
    place = out if out is not None else run.resolve().with_name(f"{run.resolve().name}.report.html")
    if not place.parent.is_dir():
        raise CannotWrite(f"{place.parent} is not there; make the folder first")
    if place.is_symlink() or place.is_dir() or (place.exists() and place.read_bytes() != content):
        raise WrongUse(f"{place} exists and is not this report; name another place with --out")
    with writing(place):
        write_durably(place, content)
    return place


__all__ = ["write_report"]
