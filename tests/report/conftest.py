"""One comparison and one run of the larger country, shared by all tests of what is shown."""

import pytest

from quotum.simulate.compare import compare
from quotum.simulate.request import Sweep
from tests.helpers import settled
from tests.simulate.conftest import archive, country, larger, request_of, targets

__all__ = ["archive", "country", "larger", "targets"]

AWKWARD = "Activated & <script>alert(1)</script>"


@pytest.fixture(scope="session")
def own(larger, tmp_path_factory):
    """Activated at the scale of the country, with ranges, and a title that must not get through as markup."""
    place = tmp_path_factory.mktemp("scenario") / "own.toml"
    body = (larger / "scenario.toml").read_text("utf-8").splitlines()
    body[0] = f'title = "{AWKWARD}"'
    ranges = '\n[range]\n"wtl.bonus_rate" = ["3.50", "4.50"]\n"wet_banenafspraak.required_share" = ["1.00", "4.00"]\n'
    place.write_text("\n".join(body) + ranges)
    return place


@pytest.fixture(scope="session")
def comparison(larger, own):
    """The law, two scenarios, and a sweep over one parameter."""
    sweep = Sweep("wtl.bonus_rate", "3.00", "4.00", "0.25")
    return compare(request_of(larger / "archive", own, "activated-budget", sweeps=(sweep,)))


@pytest.fixture(scope="session")
def run(larger, own, tmp_path_factory):
    """A settled run with a surcharge."""
    out = tmp_path_factory.mktemp("run") / "run"
    settled(larger / "archive", out, own)
    return out
