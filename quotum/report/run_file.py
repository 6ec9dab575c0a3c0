"""The report of a run as a file."""

from pathlib import Path

from quotum.archive.layout import write_durably, writing
from quotum.errors import CannotWrite, WrongUse
from quotum.report.page import render
from quotum.report.reader import Reader
from quotum.report.run_page import page_of_run


def write_report(run: Path, out: Path | None, language: str) -> Path:
    """Writes the report of a run, readable by its owner only.

    Args:
        run: Folder of the run.
        out: The file; by default a file beside the run.
        language: `en` or `nl`.

    Returns:
        The file.

    Raises:
        WrongUse: The folder is no run, or the path holds something else.
        CannotCertify: The run was altered.
        CannotWrite: Permission or room is lacking.
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
