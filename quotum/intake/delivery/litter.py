"""Files that operating systems and tools leave beside deliveries: skipped with a remark, and nobody's mistake.

A name alone does not make a file litter: its first bytes must match too, so that no rows are lost to a name.
"""

import re
from pathlib import Path
from typing import Final

_BEGINNING: Final = 8
_ANYTHING: Final = (b"",)
# Name of a file, and its first bytes when it is not empty.
_LITTER: Final = tuple(
    (re.compile(pattern, re.IGNORECASE), signs)
    for pattern, signs in (
        (r"\._.*", (b"\x00\x05\x16\x07",)),  # metadata of macOS, also in __MACOSX
        (r"\.ds_store", (b"\x00\x00\x00\x01Bud1",)),
        (r"(eh)?thumbs\.db", (b"\xd0\xcf\x11\xe0",)),
        (r"desktop\.ini", (b"[", b"\r\n[", b"\xef\xbb\xbf[", b"\xff\xfe[", b"\xff\xfe\r\x00")),
        (r"~\$.*", _ANYTHING),  # open in Office
        (r"\.~lock\..*#", _ANYTHING),  # open in LibreOffice
        (r"_success|_(committed|started)_.*", (b"{",)),  # Spark and Databricks
        (r"\..*\.crc", (b"crc\x00",)),  # Hadoop
        (r"_(common_)?metadata", (b"PAR1",)),  # Spark and dask: columns without rows
        (r"\.gitkeep|\.gitignore|\.directory|\.localized", _ANYTHING),
    )
)
_NAMED_LIKE_IT: Final = re.compile(
    r"(?:.*[/\\])?(?:" + "|".join(pattern.pattern for pattern, _ in _LITTER) + ")", re.IGNORECASE | re.DOTALL
)


def named_like_litter(path: str) -> bool:
    """Whether a file has the name of litter.

    Args:
        path: Name of a file, or path within a container, of Windows too.
    """
    return _NAMED_LIKE_IT.fullmatch(path) is not None


def is_litter(path: str, first: bytes) -> bool:
    """Whether a file is litter.

    Args:
        path: Name of a file, or path within a container.
        first: Its first bytes.
    """
    name = re.split(r"[/\\]", path)[-1]
    return any(pattern.fullmatch(name) and (not first or first.startswith(signs)) for pattern, signs in _LITTER)


def is_litter_file(path: Path) -> bool:
    """Whether a file on disk is litter; an unreadable file is not."""
    if not named_like_litter(path.name):
        return False
    try:
        if not path.is_file():
            return False
        with path.open("rb") as stream:
            return is_litter(path.name, stream.read(_BEGINNING))
    except OSError:
        return False
