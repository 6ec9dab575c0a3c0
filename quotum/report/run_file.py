"""The report of a run as a file, and its charts as pictures."""

import os
from pathlib import Path

from quotum import places
from quotum.archive.layout import give_to_owner, write_durably, writing
from quotum.engine.scratch import scratch_folder
from quotum.errors import CannotWrite, WrongUse
from quotum.report.page import render
from quotum.report.pictures import Picture, files_of, pictures, write_pictures
from quotum.report.reader import Reader
from quotum.report.run_page import page_of_run


def write_report(run: Path, out: Path | None, language: str, charts: Path | None = None) -> Path:
    """Writes the report of a run, readable by its owner only.

    Args:
        run: Folder of the run.
        out: The file; by default a file beside the run.
        language: `en` or `nl`.
        charts: Folder for each chart as SVG and PNG; none when None.

    Returns:
        The file.

    Raises:
        WrongUse: The folder is no run, or a path holds something else.
        CannotCertify: The run was altered.
        CannotWrite: Permission or room is lacking.
    """
    reader = Reader(language)
    page = page_of_run(run, reader)
    content = render(page, reader)
    place = out if out is not None else run.resolve().with_name(f"{run.resolve().name}.report.html")
    _require_folder(place)
    if place.is_symlink() or place.is_dir() or (place.exists() and place.read_bytes() != content):
        raise WrongUse(places.NOT_THIS_REPORT.sentence(place=place))
    if charts is not None:
        drawn = pictures(page, reader)
        _require_free(charts, run, drawn)
        _write_folder(charts, drawn)
    with writing(place):
        write_durably(place, content)
    return place


def _require_folder(place: Path) -> None:
    if not place.parent.is_dir():
        raise CannotWrite(places.NOT_THERE.sentence(parent=place.parent))


def _require_free(folder: Path, run: Path, drawn: tuple[Picture, ...]) -> None:
    """Requires that the folder for pictures is new, or holds these pictures and nothing else."""
    _require_folder(folder)
    if run.resolve() in folder.resolve().parents:
        raise WrongUse(places.FOLDER_IN_RUN.sentence(option="--charts"))
    if not (folder.exists() or folder.is_symlink()):
        return
    wanted = files_of(drawn)
    if folder.is_symlink() or not folder.is_dir() or {path.name for path in folder.iterdir()} != set(wanted):
        raise WrongUse(f"{folder} exists and does not hold these charts; name another folder with --charts")
    if any((folder / name).read_bytes() != content for name, content in wanted.items()):
        raise WrongUse(f"{folder} holds other charts; name another folder with --charts")


def _write_folder(folder: Path, drawn: tuple[Picture, ...]) -> None:
    """Writes the pictures whole or not at all; a folder that holds them already stays as it is."""
    if folder.exists():
        return
    with writing(folder), scratch_folder(folder.parent, "charts") as partial:
        complete = partial / folder.name
        write_pictures(drawn, complete)
        os.rename(complete, folder)  # noqa: PTH104 - never replaces a folder with content made in the meantime
        for path in (folder, *folder.iterdir()):
            give_to_owner(path)


__all__ = ["write_report"]
