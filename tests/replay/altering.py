"""Runs and archives altered on purpose, and what is said of them."""

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from quotum.engine.parquet_writer import write_parquet


def a_copy(folder: Path, place: Path) -> Path:
    """A copy of a run or archive that can be written."""
    shutil.copytree(folder, place)
    return writable(place)


def writable(folder: Path) -> Path:
    """The same folder, everything in it open to its owner."""
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o700 if path.is_dir() else 0o600)
    return folder


def flip(path: Path, place: int, mask: int = 0x01) -> None:
    """Flip bits of one byte of a file; place counts from its end when negative."""
    content = bytearray(path.read_bytes())
    content[place] ^= mask
    path.write_bytes(content)


def change_rows(run: Path, table: str, change: Callable[[list[dict[str, object]]], list[dict[str, object]]]) -> None:
    """Change rows of a table of a run, in Parquet as quotum writes it."""
    path = run / "data" / f"{table}.parquet"
    data = pq.read_table(path)
    write_parquet([pa.Table.from_pylist(change(data.to_pylist()), data.schema)], data.schema, path)


def seal_again(run: Path) -> None:
    """Make the manifests fit what is there, as somebody would who wants a change to go unseen."""

    def line(path: Path) -> str:
        return f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(run).as_posix()}\n"

    payload = sorted(path for path in (run / "data").rglob("*") if path.is_file())
    (run / "manifest-sha256.txt").write_text("".join(map(line, payload)))
    tags = [run / name for name in ("bag-info.txt", "bagit.txt", "manifest-sha256.txt")]
    (run / "tagmanifest-sha256.txt").write_text("".join(map(line, tags)))


def seen(folder: Path) -> dict[str, tuple[int, int, int]]:
    """Every path below a folder with its mode, size and moment of change."""
    return {
        path.relative_to(folder).as_posix(): (
            (result := path.lstat()).st_mode,
            0 if path.is_dir() else result.st_size,
            result.st_mtime_ns,
        )
        for path in (folder, *folder.rglob("*"))
    }
