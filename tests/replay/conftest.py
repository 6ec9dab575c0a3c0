"""One archive and one run of a worked example for all tests of this folder; they are not to be changed."""

import pytest

from tests.helpers import EXAMPLES, example, example_files, settled, take_in


@pytest.fixture(scope="session")
def archive(tmp_path_factory):
    place = tmp_path_factory.mktemp("replay") / "archive"
    take_in(place, example_files(EXAMPLES[0]))
    settled(place, place.parent / "run", example(EXAMPLES[0]) / "scenario.toml")
    return place


@pytest.fixture(scope="session")
def run(archive):
    return archive.parent / "run"
