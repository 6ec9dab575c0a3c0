"""The worked example of eight employers, received and settled by the functions for notebooks."""

import pytest

import quotum
from tests.helpers import EXAMPLES, RECEIVED, example, example_files

SCENARIO = example(EXAMPLES[0]) / "scenario.toml"


@pytest.fixture(scope="session")
def received(tmp_path_factory):
    """What `receive` gave; its archive is beside it."""
    place = tmp_path_factory.mktemp("notebook")
    return place / "archive", quotum.receive(
        example_files(EXAMPLES[0]), place / "archive", received=RECEIVED.isoformat()
    )


@pytest.fixture(scope="session")
def archive(received):
    return received[0]


@pytest.fixture(scope="session")
def run(archive):
    """What `settle` gave."""
    return quotum.settle(archive, 2026, "2027-05-01", archive.parent / "run", SCENARIO, threads=1)
