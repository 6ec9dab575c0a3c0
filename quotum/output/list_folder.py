"""A new folder with lists per employer and person, and pages: whole or not at all, readable by its owner only."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from attrs import frozen

from quotum import places
from quotum.archive.layout import OWNER_FILE, writing
from quotum.engine.interface import Engine
from quotum.engine.scratch import scratch_folder
from quotum.errors import CannotWrite, WrongUse
from quotum.frames import Frame
from quotum.identifiers import masked
from quotum.run_folder.files import write_csv, write_table
from quotum.tables import Table

_MARK: Final = "SIMULATION-"


@frozen
class Listing:
    """A list to write."""

    engine: Engine
    """Engine that has its rows."""
    table: Table
    """Its declaration."""
    rows: Frame
    """Its rows, identifiers as integers."""
    simulation: bool
    """Whether every row and every file name says that it is a simulation."""


def require_new(out: Path, run: Path) -> None:
    """Require that the folder for lists is new, lies outside the run, and has a folder to go into.

    Raises:
        WrongUse: Something is there, or it lies in the run.
        CannotWrite: Its folder is not there.
    """
    if run.resolve() in out.resolve().parents:
        raise WrongUse(places.FOLDER_IN_RUN.sentence(option="--out"))
    if out.is_symlink() or out.exists():
        raise WrongUse(places.EXISTS_NEW.sentence(out=masked(str(out))))
    if not out.parent.is_dir():
        raise CannotWrite(places.NOT_THERE.sentence(parent=masked(str(out.parent))))


def file_name(name: str, *, simulation: bool) -> str:
    """Name of a file, which says that it is of a simulation."""
    return f"{_MARK}{name}" if simulation else name


def write_list(out: Path, listing: Listing, pages: Callable[[Path], dict[str, str]] = lambda _parquet: {}) -> int:
    """Write a list as Parquet and CSV, and pages made from it, in a new folder.

    Args:
        out: Folder to make.
        listing: The list.
        pages: Gives the text of pages by their name, from the list as Parquet.

    Returns:
        Number of rows.

    Raises:
        CannotWrite: There is no permission or no room.
    """
    with writing(out.parent), scratch_folder(out.parent, "partial") as partial:
        simulation, name = listing.simulation, listing.table.name
        parquet = partial / file_name(f"{name}.parquet", simulation=simulation)
        count = write_table(listing.engine, listing.rows, listing.table, parquet, simulation=simulation)
        write_csv(parquet, listing.table, parquet.with_suffix(".csv"))
        for page, text in pages(parquet).items():
            (partial / file_name(page, simulation=simulation)).write_text(text, encoding="utf-8", newline="\n")
        for path in partial.iterdir():
            path.chmod(OWNER_FILE)
        partial.rename(out)
    return count


__all__ = ["Listing", "file_name", "require_new", "write_list"]
