"""`generate --defects` has one of each defect that the checks know, and `receive` finds each."""

from pathlib import Path

import pytest

from quotum.generate import country
from quotum.generate.country import generate
from quotum.generate.defect_kinds import MESSAGE_DEFECTS, Defect, MessageDefect, defect_kinds
from quotum.generate.defects import defects_of
from quotum.intake.receive import receive
from quotum.intake.rules import all_rules, rules_of
from quotum.tables import RETURNS
from tests.helpers import RECEIVED, rows_of

# The generator gives no filing time; its files are whole, so that every member can be read and every line ends.
WITHOUT = {"Ingediend_form", "filed_before_made", "member_refused", "last_line_ends"}


def test_there_is_a_defect_for_every_check_on_returns():
    known = {defect.rule for defect in defect_kinds(2026)} | {defect.rule for defect in MESSAGE_DEFECTS}
    assert known == {rule.name for rule in all_rules() if rule.table == RETURNS.name} - WITHOUT
    assert len({rule.name for rule in rules_of(RETURNS)}) == len(rules_of(RETURNS))


def _kinds(form: str) -> tuple[Defect | MessageDefect, ...]:
    return (*defects_of(2026, form), *(MESSAGE_DEFECTS if form == "xml" else ()))


def _made(out: Path) -> set[str]:
    return {row["what"] for row in rows_of(out / "defects.csv")}


@pytest.mark.parametrize("form", ["csv", "parquet", "xml"])
@pytest.mark.parametrize(("employers", "seed"), [(50, 1), (50, 7), (200, 1)])
def test_there_is_one_of_each_and_every_check_finds_it(tmp_path, form, employers, seed):
    out = tmp_path / "out"
    summary = generate(employers, 2026, seed, out, form, defects=True)
    assert _made(out) == {defect.what for defect in _kinds(form)}
    assert len(_kinds(form)) <= summary.defects < len(_kinds(form)) + summary.rows // 100
    reception = receive(sorted(out.glob("returns-2026*")), tmp_path / "archive", RECEIVED)
    assert not reception.refused, reception.refused
    assert not reception.members_refused, reception.members_refused[:2]
    assert {defect.rule for defect in _kinds(form)} - {rule for rule, _, _ in reception.findings} == set()


@pytest.mark.parametrize("form", ["csv", "parquet", "xml"])
def test_one_of_each_is_made_however_many_employers_are_made_at_once(tmp_path, form, monkeypatch):
    """What does not fit among the first employers is made among the next."""
    monkeypatch.setattr(country, "EMPLOYERS_AT_ONCE", 5)
    generate(60, 2026, 1, tmp_path / "out", form, defects=True)
    assert _made(tmp_path / "out") == {defect.what for defect in _kinds(form)}


@pytest.mark.parametrize("form", ["csv", "xml"])
def test_a_tiny_country_has_the_defects_that_fit(tmp_path, form):
    summary = generate(2, 2026, 1, tmp_path / "out", form, defects=True, people=4)
    assert len(_made(tmp_path / "out")) <= summary.defects < len(_kinds(form))
