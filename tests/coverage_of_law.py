"""Measures what of the law its own tests reach, in the run of all tests: `pytest -p tests.coverage_of_law` (-n too).

A line that a test of a command happens to pass is not checked by it: only tests `ABOUT` the law count, besides what an
import runs. Every process writes a file of its own, and `coverage combine` makes them one.
"""

from collections.abc import Generator

import coverage
import pytest

ABOUT = "tests/spec/"

_measure = coverage.Coverage(data_suffix=True)
_measure.start()


def pytest_configure(config: pytest.Config) -> None:
    """Leave it to the workers where there are any."""
    if config.getoption("numprocesses", None) and not hasattr(config, "workerinput"):
        _measure.stop()
        config.pluginmanager.unregister(name=__name__)


def pytest_collection_finish() -> None:
    """Everything is imported."""
    _measure.stop()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Measure a test that is about the law."""
    if not item.nodeid.startswith(ABOUT):
        return (yield)
    with _measure.collect():
        return (yield)


def pytest_unconfigure() -> None:
    """Write what was measured."""
    _measure.save()
