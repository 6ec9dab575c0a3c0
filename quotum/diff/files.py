"""Files of the lists of a comparison or revision, per employer, readable by their owner only."""

from collections.abc import Mapping
from pathlib import Path

from quotum import places
from quotum.archive.layout import open_for_owner
from quotum.engine.interface import Engine
from quotum.engine.scratch import scratch_folder
from quotum.errors import CannotWrite, WrongUse
from quotum.frames import Frame
from quotum.identifiers import masked
from quotum.run_folder.files import write_csv, write_table
from quotum.tables import Table

_OWNER_FILE = 0o600


def require_new(out: Path) -> None:
    """Requires that the folder for the lists does not exist, and that its parent does.

    Raises:
        WrongUse: The path exists.
        CannotWrite: Its parent folder does not exist.
    """
    if out.is_symlink() or out.exists():
        raise WrongUse(places.EXISTS_NEW.sentence(out=masked(str(out))))
    if not out.parent.is_dir():
        raise CannotWrite(places.NOT_THERE.sentence(parent=masked(str(out.parent))))


def write_lists(
    engine: Engine, out: Path, tables: Mapping[Table, Frame], record_name: str, record: str, *, simulation: bool
) -> None:
    """Writes every list as Parquet and CSV, and the record as JSON, in a new folder: whole or not at all.

    Args:
        engine: Engine of the frames.
        out: Folder to make.
        tables: The lists.
        record_name: Name of the file for the record.
        record: JSON.
        simulation: Whether either run is a simulation; every row of the lists says so.

    Raises:
        CannotWrite: Permission or room is lacking.
    """
    try:
        with scratch_folder(out.parent, "partial") as partial:
            for table, frame in tables.items():
                parquet = partial / f"{table.name}.parquet"
                write_table(engine, frame, table, parquet, simulation=simulation)
                write_csv(parquet, table, parquet.with_suffix(".csv"))
            with open_for_owner(partial / record_name) as stream:
                stream.write(record.encode())
            for path in partial.iterdir():
                path.chmod(_OWNER_FILE)
            partial.rename(out)
    except OSError as error:
        raise CannotWrite(
            places.CANNOT_WRITE.sentence(out=masked(str(out)), why=error.strerror or type(error).__name__)
        ) from error
