"""The machine a bench runs on, as text: without it no figure says anything."""

import json
import os
import platform
import subprocess
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

GIGABYTE = 1_000_000_000
PACKAGES = ("duckdb", "pyarrow", "narwhals", "pandas", "polars", "lxml")
_OF_OTHER = "import json; from importlib.metadata import version; print(json.dumps(version('openfisca-core')))"


def described(openfisca: Path | None = None) -> str:
    """Cores, memory, Python and the versions of what is compared.

    Args:
        openfisca: Python of the environment with openfisca-core.
    """
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / GIGABYTE
    versions = [f"{name} {result}" for name in PACKAGES if (result := _version(name))]
    if openfisca is not None:
        output = subprocess.run([str(openfisca), "-c", _OF_OTHER], stdout=subprocess.PIPE, check=True).stdout
        versions.append(f"openfisca-core {json.loads(output)}")
    cores = len(os.sched_getaffinity(0))
    return (
        f"{cores} cores ({platform.machine()}), {memory:.0f} GB memory, {platform.system()}, "
        f"Python {platform.python_version()}, {', '.join(versions)}"
    )


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
