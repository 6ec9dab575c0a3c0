"""A decision in a real browser: no complaints, no network, a sheet of A4 per language, heads on every sheet."""

import re
from datetime import date

import pytest

from quotum.output.decisions.decision import Decision, Person, Rate, Terms
from quotum.output.decisions.page import as_page
from tests.report import browser

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(browser.CHROMIUM is None, reason=browser.WHY_NOT),
]
_DAY = date(2027, 8, 12)
_TERMS = Terms(
    year=2026, as_of=_DAY, decided_on=_DAY, office="Belastingdienst", run="ab" * 32, simulation=True,
    assumed=("wet_banenafspraak.surcharge_basis", "wtl.bonus_cap"), objection_until=_DAY, pay_until=_DAY,
    revision_until=_DAY, rates=(Rate("wtl.jobs_agreement_rate", "1.01", "euro", "Wtl art. 2.13", "enacted"),),
)  # fmt: skip


def _page(employees: int) -> bytes:
    persons = tuple(Person(f"{n:09d}", 1664, 168_064, False, 625_664, "jobs_agreement") for n in range(employees))
    lkv, bonus = 168_064 * employees, 625_664 * employees
    return as_page(_TERMS, Decision(7, "123456782", "Naam " * 20, lkv, bonus, lkv + bonus, 0, persons, ()))


@pytest.mark.parametrize(("employees", "sheets"), [(3, (2, 2)), (200, (8, 16))])
def test_it_prints_on_a4_with_nothing_cut_off(tmp_path, employees, sheets):
    place = tmp_path / "decision.html"
    place.write_bytes(_page(employees))
    with browser.tab() as tab:
        tab.width(900)
        tab.open(place)
        printed = tab.printed()
        assert tab.problems() == []
        assert tab.asked_for() == [place.as_uri()]
        tab.call("Emulation.setEmulatedMedia", media="print")
        tab.width(658)
        assert tab.evaluate("document.documentElement.scrollWidth") <= 658
    assert sheets[0] <= len(re.findall(rb"/Type\s*/Page\b", printed)) <= sheets[1]
    boxes = [box.split() for box in re.findall(rb"/MediaBox\s*\[([^]]*)\]", printed)]
    assert {tuple(round(float(side)) for side in box) for box in boxes} == {(0, 0, 595, 842)}
