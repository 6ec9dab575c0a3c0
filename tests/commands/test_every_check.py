"""`generate --defects` has one of each defect that the checks know, and `receive` finds each."""

from pathlib import Path

import pytest

from quotum.archive.findings import finding_lines
from quotum.archive.known import known
from quotum.archive.layout import existing
from quotum.generate import country
from quotum.generate.country import generate
from quotum.generate.defect_kinds import MESSAGE_DEFECTS, Defect, MessageDefect, defect_kinds
from quotum.generate.defects import defects_of
from quotum.intake.checks.row_rules import all_rules, rules_of
from quotum.intake.receive import receive
from quotum.tables import DELIVERIES, RETURNS
from tests.helpers import RECEIVED, rows_of, settled, table_rows

# The generator gives no filing time; its files were in no spreadsheet, and are whole, so that every member can be read
# and every line ends.
WITHOUT = {"Ingediend_form", "filed_before_made", "member_refused", "last_line_ends", "SofiNr_digits_kept"}


def test_there_is_a_defect_for_every_check_on_returns():
    known = {defect.rule for defect in (*defect_kinds(2026), *MESSAGE_DEFECTS) if not defect.of_year}
    assert known == {rule.name for rule in all_rules() if rule.table == RETURNS.name} - WITHOUT
    assert len({rule.name for rule in rules_of(RETURNS)}) == len(rules_of(RETURNS))


def _kinds(form: str) -> tuple[Defect | MessageDefect, ...]:
    return (*defects_of(2026, form), *(MESSAGE_DEFECTS if form == "xml" else ()))


def _wrong_kinds(out: Path) -> set[str]:
    """What was made wrong in the returns."""
    return {row["what"] for row in rows_of(out / "defects.csv") if row["file"].startswith("returns")}


@pytest.mark.parametrize("form", ["csv", "parquet", "xml"])
@pytest.mark.parametrize(
    ("employers", "seed"), [(50, 1), *(pytest.param(*case, marks=pytest.mark.slow) for case in ((50, 7), (200, 1)))]
)
def test_there_is_one_of_each_and_every_check_finds_it(tmp_path, form, employers, seed):
    out = tmp_path / "out"
    summary = generate(employers, 2026, seed, out, form, defects=True)
    assert _wrong_kinds(out) == {defect.what for defect in _kinds(form)}
    beside = sum(not row["file"].startswith("returns") for row in rows_of(out / "defects.csv"))
    assert len(_kinds(form)) <= summary.defects - beside < len(_kinds(form)) + summary.rows // 100
    reception = receive(sorted(out.glob("returns-2026*")), tmp_path / "archive", RECEIVED)
    assert not reception.refused, reception.refused
    assert not reception.members_refused, reception.members_refused[:2]
    of_rows = {defect.rule for defect in _kinds(form) if not defect.of_year}
    assert of_rows - {rule for rule, _, _ in reception.findings} == set()


@pytest.mark.parametrize("form", ["csv", "parquet", "xml"])
def test_one_of_each_is_made_however_many_employers_are_made_at_once(tmp_path, form, monkeypatch):
    """What does not fit among the first employers is made among the next."""
    monkeypatch.setattr(country, "EMPLOYERS_AT_ONCE", 5)
    generate(60, 2026, 1, tmp_path / "out", form, defects=True)
    assert _wrong_kinds(tmp_path / "out") == {defect.what for defect in _kinds(form)}


@pytest.mark.parametrize("table", [table for table in DELIVERIES if table is not RETURNS], ids=lambda table: table.name)
def test_every_check_on_what_comes_beside_the_returns_finds_its_row(tmp_path, table):
    """Each row is named in defects.csv, and breaks the check it is there for; no other row breaks any."""
    generate(50, 2026, 1, tmp_path / "out", "parquet", defects=True)
    name = f"{table.name}.csv"
    listed = {int(row["row"]) for row in rows_of(tmp_path / "out" / "defects.csv") if row["file"] == name}
    reception = receive([tmp_path / "out" / name], tmp_path / "archive", RECEIVED)
    checks = {rule.name for rule in all_rules() if rule.table == table.name} - {"last_line_ends"}
    checks = {rule for rule in checks if not rule.endswith("_digits_kept")}
    assert {rule for rule, _, _ in reception.findings} == checks
    result = finding_lines(known(existing(tmp_path / "archive"), None), frozenset())
    rows = {int(line.split("row ")[1].split(":")[0]) for line in result}
    assert rows <= listed
    assert len(listed - rows) == {"employers": 1, "traits": 1}.get(table.name, 0)


@pytest.mark.parametrize("form", ["csv", *(pytest.param(form, marks=pytest.mark.slow) for form in ("parquet", "xml"))])
def test_what_shows_in_a_year_is_found_when_it_is_settled(tmp_path, form):
    generate(200, 2026, 1, tmp_path / "out", form, defects=True)
    receive(sorted(tmp_path.glob("out/*.[cpz]*")), tmp_path / "archive", RECEIVED)
    settled(tmp_path / "archive", tmp_path / "run")
    of_year = {defect.rule for defect in _kinds(form) if defect.of_year}
    of_year |= {"employer_without_returns", "employer_without_sector", "trait_contradicts_nature"}
    of_year |= {"person_above_hours_of_year", "declared_class_contradicts_test"}
    assert of_year <= {row["code"] for row in table_rows(tmp_path / "run", "quality") if row["place"] == "settlement"}


@pytest.mark.parametrize("form", ["csv", "xml"])
def test_a_tiny_country_has_the_defects_that_fit(tmp_path, form):
    summary = generate(2, 2026, 1, tmp_path / "out", form, defects=True, people=4)
    beside = sum(not row["file"].startswith("returns") for row in rows_of(tmp_path / "out" / "defects.csv"))
    assert len(_wrong_kinds(tmp_path / "out")) <= summary.defects - beside < len(_kinds(form))
