"""Whole commands as separate processes: seconds and peak memory, by the operating system's account."""

import subprocess
import sys
from pathlib import Path
from typing import NamedTuple


class Measured(NamedTuple):
    """One finished process."""

    seconds: float
    """Wall clock."""
    processor_seconds: float
    """Time of all processors, in user and system."""
    peak_megabytes: int
    """Largest resident memory."""


def command(*arguments: str | Path) -> Measured:
    """Run `quotum` with arguments."""
    return process(sys.executable, "-m", "jobs.cli", *map(str, arguments))


# A new process begins with the memory of the one that starts it and keeps that peak, even when it becomes another
# program: so a small one stands between, and asks the system what the measured one came to.
_BETWEEN = """
import os, sys, time
quiet = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
start = time.perf_counter()
pid = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ, file_actions=quiet)
_, status, usage = os.wait4(pid, 0)
seconds = time.perf_counter() - start
print(os.waitstatus_to_exitcode(status), seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss)
"""


def process(*arguments: str) -> Measured:
    """Run a process to its end; it must succeed."""
    between = subprocess.run(
        [sys.executable, "-I", "-S", "-c", _BETWEEN, *arguments], stdout=subprocess.PIPE, check=True
    )
    code, seconds, processor_seconds, kilobytes = between.stdout.split()
    if int(code):
        raise subprocess.CalledProcessError(int(code), arguments)
    return Measured(float(seconds), float(processor_seconds), int(kilobytes) // 1024)


def report(title: str, lines: dict[str, Measured], against: str) -> None:
    """Print figures with their ratio to one of them."""
    print(f"\n{title}")  # noqa: T201 - a bench is there to print
    for name, measured in lines.items():
        ratio = measured.seconds / lines[against].seconds
        times = f"{measured.seconds:8.2f} s {measured.processor_seconds:8.2f} s cpu"
        print(f"  {name:<44} {times} {measured.peak_megabytes:7,} MB {ratio:7.2f} x")  # noqa: T201
