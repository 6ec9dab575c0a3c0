"""`generate --defects` has one of each defect that the checks know, and `receive` finds each."""

from pathlib import Path

import pytest

from quotum.generate import defects
from quotum.generate.country import generate
from quotum.generate.defect_kinds import MESSAGE_DEFECTS, defect_kinds
from quotum.intake.receive import receive
from quotum.intake.rules import all_rules, rules_of
from quotum.tables import RETURNS
from tests.helpers import RECEIVED

# The generator gives no filing time.
WITHOUT = {"Ingediend_form", "filed_before_made"}


def test_there_is_a_defect_for_every_check_on_returns():
    known = {defect.rule for defect in defect_kinds(2026)} | {defect.rule for defect in MESSAGE_DEFECTS}
    assert known | WITHOUT == {rule.name for rule in all_rules() if rule.table == RETURNS.name}
    assert len({rule.name for rule in rules_of(RETURNS)}) == len(rules_of(RETURNS))


def _found(form: str, employers: int, folder: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    monkeypatch.setattr(defects, "FAULTY_SHARE", 1_000)
    monkeypatch.setattr(defects, "MESSAGES_A_DEFECT", 10)
    generate(employers, 2026, 7, folder / "out", form, defects=True)
    reception = receive(sorted((folder / "out").glob("returns-2026*")), folder / "archive", RECEIVED)
    assert not reception.refused, reception.refused
    assert not reception.members_refused, reception.members_refused[:2]
    return {rule: count for rule, _, count in reception.findings}


@pytest.mark.parametrize(("form", "employers"), [("csv", 60), ("parquet", 60), ("xml", 40)])
def test_every_check_finds_its_defect(form, employers, tmp_path, monkeypatch):
    found = _found(form, employers, tmp_path, monkeypatch)
    expected = {defect.rule for defect in defects.defects_of(2026, form)}
    if form == "xml":
        expected |= {defect.rule for defect in MESSAGE_DEFECTS}
    assert expected - set(found) == set()
