"""The version of quotum and of what it computes with, and the digest of its code."""

import platform
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Final

__version__: Final = "0.2.0"
_COMPUTING: Final = ("duckdb", "narwhals", "pyarrow", "xml2arrow")
_CODE: Final = frozenset({".css", ".jinja", ".js", ".py", ".toml"})
"""Endings of files that decide what quotum writes: source, figures, words, and the looks of pages."""


def code_digest() -> str:
    """SHA-256 over the source, the parameter files and the templates of quotum, in order of name."""
    root = Path(str(files("quotum")))
    digest = sha256()
    for path in sorted(path for path in root.rglob("*") if path.suffix in _CODE):
        digest.update(f"{path.relative_to(root).as_posix()}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def versions() -> dict[str, str]:
    """Versions of quotum, of Python and of what computes."""
    return {
        "quotum": __version__,
        "python": platform.python_version(),
        **{name: version(name) for name in _COMPUTING},
    }
