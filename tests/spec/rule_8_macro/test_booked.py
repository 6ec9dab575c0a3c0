"""The savings loss of the budget documents, beside the linear one (Kamerstuk 34 352 nr. 281)."""

from datetime import date

import pytest

from quotum.run.terms import _booked
from tests.spec.tables import figures_with


@pytest.mark.parametrize(
    ("year", "booked"),
    [
        pytest.param(2023, {"government": None, "market": None, "total": None}, id="2023_nothing_booked"),
        pytest.param(2024, {"government": None, "market": None, "total": 30_000_000_00}, id="2024_a_total"),
        pytest.param(2025, {"government": 35_000_000_00, "market": 22_000_000_00, "total": None}, id="2025_by_sector"),
        pytest.param(2026, {"government": None, "market": None, "total": None}, id="2026_nothing_booked"),
    ],
)
def test_kamerstuk_34352_281_booked_totals_of_their_own_year_alone(year, booked):
    """A booked amount is of one year; other years have none, and it is never carried on."""
    assert _booked(figures_with(), date(year, 1, 1)) == booked
