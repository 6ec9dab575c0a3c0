"""File systems of their own, small enough to be full."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

KILOBYTE = 1024


@contextmanager
def small_disk(place: Path, kilobytes: int) -> Iterator[Path]:
    """A file system of its own with so much room; the test is skipped where none can be mounted."""
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(place)]
    try:
        process = subprocess.run(mount, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        pytest.skip("there is no command mount")
    if process.returncode:
        pytest.skip(f"a small file system cannot be mounted here: {process.stderr.strip()}")
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)  # noqa: S607


def change(place: Path, option: str) -> None:
    """Mount a small disk with another option."""
    subprocess.run(["mount", "-o", f"remount,{option}", str(place)], check=True)  # noqa: S607


def leave_room(place: Path, kilobytes: int) -> None:
    """Give a small disk so much room beside what is there."""
    change(place, f"size={_used(place) + kilobytes}k")


def _used(disk: Path) -> int:
    """Kilobytes in use."""
    process = subprocess.run(["df", "-k", "--output=used", str(disk)], capture_output=True, text=True, check=True)  # noqa: S607
    return int(process.stdout.split()[1])
