"""Peak memory in a bench is that of the process measured, whatever the test run holds."""

import subprocess
import sys

import pytest

from tests.benches import measure

GIGABYTE = 1 << 30
NOTHING = (sys.executable, "-S", "-c", "pass")
A_LOT = (sys.executable, "-S", "-c", "b'x' * (300 << 20)")


def test_a_process_that_does_nothing_has_a_few_megabytes():
    held = b"x" * GIGABYTE
    assert measure.process(*NOTHING).peak_megabytes < 32
    assert 300 <= measure.process(*A_LOT).peak_megabytes < 340
    assert len(held) == GIGABYTE


def test_processes_that_it_starts_count(tmp_path):
    """The largest of them is the peak, and the time of all is the time."""
    script = "import subprocess, sys; subprocess.run(sys.argv[1:], check=True)"
    measured = measure.process(sys.executable, "-c", script, *A_LOT)
    assert measured.peak_megabytes >= 300
    assert 0 < measured.processor_seconds <= measured.seconds * 64


def test_a_process_that_fails_is_no_measurement():
    with pytest.raises(subprocess.CalledProcessError):
        measure.process(sys.executable, "-c", "raise SystemExit(3)")
