"""Whole commands as separate processes: seconds and peak memory, by the operating system's account."""

import os
import subprocess
import sys
import time
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


def process(*arguments: str) -> Measured:
    """Run a process to its end; it must succeed."""
    start = time.perf_counter()
    running = subprocess.Popen(arguments, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(running.pid, 0)
    seconds = time.perf_counter() - start
    running.returncode = os.waitstatus_to_exitcode(status)
    assert running.returncode == 0, arguments
    return Measured(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss // 1024)


def report(title: str, lines: dict[str, Measured], against: str) -> None:
    """Print figures with their ratio to one of them."""
    print(f"\n{title}")  # noqa: T201 - a bench is there to print
    for name, measured in lines.items():
        ratio = measured.seconds / lines[against].seconds
        times = f"{measured.seconds:8.2f} s {measured.processor_seconds:8.2f} s cpu"
        print(f"  {name:<44} {times} {measured.peak_megabytes:7,} MB {ratio:7.2f} x")  # noqa: T201
