"""`quotum statement`, and `settle` that finishes no run whose files do not tie."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from quotum.run.regimes import as_enacted
from quotum.run_folder.bag import json_bytes, seal
from quotum.run_folder.ties.counting import ties_of
from tests.commands.test_quota_levy import MARKET_PERCENTAGE, small_country
from tests.helpers import SMALL_SET_SECRETS, deliver, discreet, ended, files_under, quotum, settled, take_in
from tests.rows import cells
from tests.simulate.conftest import archive, country, targets

__all__ = ["archive", "country", "targets"]
Rows = list[dict[str, object]]


@pytest.fixture(scope="module")
def run(archive, targets, tmp_path_factory) -> Path:
    """A country with every kind of line, activated."""
    out = tmp_path_factory.mktemp("tied") / "run"
    settled(archive, out, targets)
    for name in ("bonus_lines", "other_lkv_lines", "surcharge_lines"):
        assert pq.read_metadata(out / "data" / f"{name}.parquet").num_rows > 1
    return out


@pytest.fixture(scope="module")
def enacted(archive, tmp_path_factory) -> Path:
    """The same country under the law as it is: without a bonus another category is the highest for some."""
    out = tmp_path_factory.mktemp("enacted") / "run"
    settled(archive, out)
    categories = pq.read_table(out / "data" / "bonus_lines.parquet")["granted_category"].to_pylist()
    assert set(categories) == {"disabled", "jobs_agreement"}
    return out


@pytest.fixture(scope="module")
def small(tmp_path_factory) -> Path:
    """An archive of one employer."""
    folder = tmp_path_factory.mktemp("small")
    take_in(folder / "archive", deliver(folder / "files"))
    return folder / "archive"


@pytest.fixture(scope="module")
def levied(tmp_path_factory) -> Path:
    """A run of the quota levy, of employers of each kind."""
    folder = tmp_path_factory.mktemp("levied")
    take_in(folder / "archive", deliver(folder / "files", **small_country()))
    (folder / "market.toml").write_text(MARKET_PERCENTAGE)
    place = ("--archive", folder / "archive", "--year", 2018, "--as-of", "2019-05-01", "--out", folder / "run")
    ended(quotum("settle", *place, "--regime", "quota-levy", "--scenario", folder / "market.toml"), 0)
    return folder / "run"


def _copy(run: Path, place: Path) -> Path:
    """A run that can be altered."""
    for name, content in files_under(run).items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_bytes(content)
    return place


def _rewrite(path: Path, change: Callable[[Rows], object]) -> None:
    """Alter the rows of a table; what the change gives, if anything, takes their place."""
    table = pq.read_table(path)
    rows = table.to_pylist()
    changed = change(rows)
    pq.write_table(pa.Table.from_pylist(rows if changed is None else changed, table.schema), path)


def _more(column: str, which: Callable[[dict[str, object]], bool] = bool, by: int = 1):
    """Let a number of the first row that is meant be another."""

    def change(rows: Rows) -> None:
        row = next(row for row in rows if which(row))
        row[column] = row[column] + by

    return change


def _other(column: str, value: object, which: Callable[[dict[str, object]], bool] = bool):
    def change(rows: Rows) -> None:
        next(row for row in rows if which(row))[column] = value

    return change


def _swapped(column: str):
    """Let two rows have each other's amount, so that no total changes."""

    def change(rows: Rows) -> None:
        first = next(row for row in rows if row[column])
        second = next(row for row in rows if row[column] not in (0, first[column]))
        first[column], second[column] = second[column], first[column]

    return change


def _without_first(rows: Rows) -> Rows:
    return rows[1:]


def _first_twice(rows: Rows) -> Rows:
    return [rows[0], *rows]


def _finding(code: str):
    row = {"code": code, "place": "settlement", "count": 1, "cents": None}
    return lambda rows: [*rows, row]


def _aside(rows: Rows) -> Rows:
    named = {"lhnr": "123456782L01", "period_start": None, "period_end": None, "delivery": "0" * 64, "member": 0}
    return [*rows, named | {"row": 1, "simulation": True}]


def _not_small(row: dict[str, object]) -> bool:
    return row["small_employer"] is False


def _granted(row: dict[str, object]) -> bool:
    return row["granted_category"] == "jobs_agreement"


def _not_capped(row: dict[str, object]) -> bool:
    return bool(row["lkv_cents"]) and not row["lkv_capped"]


ALTERED = {
    "lkv_of_an_employer": ("settlement", _more("lkv_cents"), "settlement: sum of lkv_cents"),
    "lkv_of_two_employers_swapped": ("settlement", _swapped("lkv_cents"), "LKV and bonus are those of its lines"),
    "bonus_of_an_employer": ("settlement", _more("bonus_cents"), "settlement: sum of bonus_cents"),
    "surcharge_of_an_employer": ("settlement", _more("surcharge_cents"), "settlement: sum of surcharge_cents"),
    "surcharge_base": ("settlement", _more("surcharge_base_cents"), "surcharge_lines: sum of base_cents"),
    "payable": ("settlement", _swapped("payable_cents"), "payable is LKV and bonus"),
    "net": ("settlement", _swapped("net_cents"), "net is payable less surcharge"),
    "target_group_hours": ("settlement", _more("target_group_hours"), "annual jobs in total"),
    "paid_hours": ("settlement", _more("paid_hours"), "settlement.csv has the same in every column"),
    "small_employer": ("settlement", _other("small_employer", True, _not_small), "totals.small_employers"),
    "ground": ("settlement", _other("small_ground", None), "a tested employer has its ground"),
    "sector": ("settlement", _other("sector", None), "quality: employer_without_sector"),
    "employer_lost": ("settlement", _without_first, "totals.employers"),
    "employer_twice": ("settlement", _first_twice, "settlement: different rsin"),
    "mark_of_a_row": ("settlement", _other("simulation", False), "simulation is true"),
    "mark_of_a_line": ("bonus_lines", _other("simulation", False), "simulation is true"),
    "hours_of_a_person": ("bonus_lines", _more("paid_hours", _not_capped), "lkv_cents is hours x rate"),
    "lkv_of_a_person": ("bonus_lines", _more("lkv_cents", _granted), "lkv_cents is hours x rate"),
    "bonus_of_a_person": ("bonus_lines", _swapped("bonus_cents"), "bonus_cents is hours x rate"),
    "person_lost": ("bonus_lines", _without_first, "bonus_lines: sum of"),
    "person_twice": ("bonus_lines", _first_twice, "bonus_lines: different rsin, bsn"),
    "person_of_nobody": ("bonus_lines", _other("rsin", "999999990"), "of an employer of settlement"),
    "given_way": ("other_lkv_lines", _more("lkv_cents", lambda row: row["lkv_cents"] == 0), "where lkv_cents is 0"),
    "other_person_of_nobody": ("other_lkv_lines", _other("rsin", "999999990"), "of an employer of settlement"),
    "other_person_twice": ("other_lkv_lines", _first_twice, "different rsin, bsn, category"),
    "base_of_a_return": ("surcharge_lines", _more("base_cents"), "surcharge_lines: sum of base_cents"),
    "surcharge_of_a_return": ("surcharge_lines", _more("surcharge_cents", by=100), "base_cents x rate of macro.json"),
    "cents_in_a_surcharge": ("surcharge_lines", _more("surcharge_cents"), "down to whole euros"),
    "return_lost": ("surcharge_lines", _without_first, "surcharge_lines: sum of"),
    "return_twice": ("surcharge_lines", _first_twice, "different lhnr, period_start, period_end"),
    "return_of_nobody": ("surcharge_lines", _other("lhnr", "999999990L01"), "of an employer of settlement"),
    "finding_too_many": ("quality", _finding("employer_without_sector"), "quality: employer_without_sector"),
    "savings_loss_withheld": ("quality", _finding("savings_loss_withheld"), "a savings loss withheld"),
    "finding_of_another_delivery": (
        "quality", _other("place", "delivery " + "0" * 64), "run.json names the delivery",
    ),
    "return_set_aside": ("set_aside", _aside, "message_contradicts_itself"),
    "delivery_of_a_return_set_aside": ("set_aside", _aside, "run.json names the delivery"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "change", "broken"), ALTERED.values(), ids=ALTERED)
def test_an_altered_table_breaks_its_tie(name, change, broken, run, tmp_path):
    altered = _copy(run, tmp_path / "run")
    if name == "set_aside":
        path = altered / "data" / "set_aside.parquet"
        table = pq.read_table(path)
        loose = pa.schema([field.with_nullable(True) for field in table.schema])
        pq.write_table(pa.Table.from_pylist(change([]), loose), path)
    else:
        _rewrite(altered / "data" / f"{name}.parquet", change)
    broken_ties = [f"{tie.left} | {tie.right}" for tie in ties_of(altered) if not tie.holds]
    assert any(broken in tie for tie in broken_ties), broken_ties


def _gives_way(row: dict[str, object]) -> bool:
    return row["granted_category"] == "disabled"


GIVEN_WAY = {
    "category": (_other("granted_category", "older", _gives_way), "other_lkv_lines has a row of that category"),
    "lkv": (_more("lkv_cents", _gives_way), "nothing is granted"),
    "bonus_before_it_is_due": (_more("bonus_cents", _granted), "bonus_cents is hours x rate"),
}


@pytest.mark.parametrize(("change", "broken"), GIVEN_WAY.values(), ids=GIVEN_WAY)
def test_who_gives_way_has_nothing(change, broken, enacted, tmp_path):
    altered = _copy(enacted, tmp_path / "run")
    _rewrite(altered / "data" / "bonus_lines.parquet", change)
    broken_ties = [f"{tie.left} | {tie.right}" for tie in ties_of(altered) if not tie.holds]
    assert any(broken in tie for tie in broken_ties), broken_ties


def _set(*path: str, value: object):
    def change(record: dict[str, object]) -> None:
        inner = record
        for name in path[:-1]:
            inner = inner[name]
        inner[path[-1]] = value(inner[path[-1]]) if callable(value) else value

    return change


SAID = {
    "total": ("macro.json", _set("totals", "payable_cents", value=lambda was: was + 1), "totals.payable_cents"),
    "payers": ("macro.json", _set("totals", "payers", value=lambda was: was - 1), "totals.payers"),
    "receivers": ("macro.json", _set("totals", "receivers", value=lambda was: was - 1), "totals.receivers"),
    "rate": ("macro.json", _set("rate_hundredths", value=lambda was: was + 1), "base_cents x rate of macro.json"),
    "year": ("macro.json", _set("year", value=2025), "macro.json: year"),
    "mark": ("macro.json", _set("simulation", value=False), "macro.json: simulation"),
    "baseline": ("run.json", _set("baseline_source", value="none"), "run.json: baseline_source"),
    "assumed": ("macro.json", _set("assumed", 0, "value", value="0.01"), "assumed figures"),
    "part_of_an_hour": (
        "macro.json", _set("sectors", "total", "annual_jobs_exact", value=lambda was: f"{was}3"), "annual jobs",
    ),
    "input": ("run.json", _set("inputs", value=[]), "run.json names the delivery"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "change", "broken"), SAID.values(), ids=SAID)
def test_what_the_run_says_of_itself_ties_too(name, change, broken, run, tmp_path):
    altered = _copy(run, tmp_path / "run")
    path = altered / "data" / name
    answer = json.loads(path.read_text("utf-8"))
    change(answer)
    path.write_bytes(json_bytes(answer))
    broken_ties = [f"{tie.left} | {tie.right}" for tie in ties_of(altered) if not tie.holds]
    assert any(broken in tie for tie in broken_ties), broken_ties


def test_the_csv_ties_to_the_table(run, tmp_path):
    altered = _copy(run, tmp_path / "run")
    path = altered / "data" / "settlement.csv"
    path.write_text(path.read_text("utf-8").replace(",true\n", ",false\n", 1), "utf-8")
    assert [tie.right for tie in ties_of(altered) if not tie.holds] == [
        "those of them where settlement.csv has the same in every column"
    ]


LEVY = {
    "levy": ("settlement", _more("quota_levy_cents"), "the shortage x the levy per job"),
    "shortage": ("settlement", _more("quota_shortage_tenths"), "the shortage follows from the hours"),
    "percentage": ("settlement", _more("quota_percentage_hundredths"), "the percentage is that of macro.json"),
    "hours": ("settlement", _more("target_group_hours"), "annual jobs"),
    "counted_hours": ("quota_lines", _more("counted_hours", by=-90_000), "bound from the threshold"),
    "borrowed": ("quota_lines", _more("borrowed_hours"), "less lent"),
    "bound": ("quota_lines", _other("bound", False, lambda row: row["bound"]), "bound from the threshold"),
    "employer_lost": ("quota_lines", _without_first, "quota_lines: rows"),
    "part_of_year": ("quota_lines", _other("part_of_year", True, lambda row: not row["part_of_year"]), "part_of_year"),
    "another_employer": ("quota_lines", _other("rsin", "999999990"), "employers of both"),
}


@pytest.mark.parametrize(("name", "change", "broken"), LEVY.values(), ids=LEVY)
def test_a_quota_levy_ties_from_hours_to_levy(name, change, broken, levied, tmp_path):
    altered = _copy(levied, tmp_path / "run")
    _rewrite(altered / "data" / f"{name}.parquet", change)
    broken_ties = [f"{tie.left} | {tie.right}" for tie in ties_of(altered) if not tie.holds]
    assert any(broken in tie for tie in broken_ties), broken_ties


def test_everything_ties_and_both_sides_are_shown(run, levied, enacted, small, tmp_path):
    settled(small, tmp_path / "small")
    for place, mark in ((run, True), (levied, True), (enacted, False), (tmp_path / "small", False)):
        output = ended(quotum("statement", place), 0)
        assert output.startswith("SIMULATION: ") == mark
        assert "SIMULATION" in output or not mark
        lines = output.splitlines()
        assert lines[-1] == f"all {len(ties_of(place))} equalities hold"
        assert sum(line.startswith("= ") for line in lines) == len(ties_of(place))
        assert not any(line.startswith("# ") for line in lines)
        discreet(output, SMALL_SET_SECRETS)


def test_the_page_needs_nothing_else_and_is_the_same_every_time(run, tmp_path):
    for name in ("one", "two"):
        output = ended(quotum("statement", run, "--out", tmp_path / f"{name}.html"), 0)
        assert "equalities hold" in output
    page = (tmp_path / "one.html").read_text("utf-8")
    assert page == (tmp_path / "two.html").read_text("utf-8")
    assert page.count('<td class="sign">=</td>') == len(ties_of(run))
    assert "<title>SIMULATION: Statement of the settlement of 2026" in page
    assert "://" not in page
    assert "lies in the run" in ended(quotum("statement", run, "--out", run / "data" / "page.html"), 2)


def test_settle_does_not_finish_a_run_that_does_not_tie(small, tmp_path, monkeypatch):
    """A cent that goes astray between table and file: 15, nothing is left, and no amount is told."""
    compute = as_enacted.compute

    def astray(engine, prepared, data, progress):
        result = compute(engine, prepared, data, progress)
        _rewrite(data / "bonus_lines.parquet", _more("lkv_cents"))
        return result

    monkeypatch.setattr(as_enacted, "compute", astray)
    place = ("--archive", small, "--year", 2026, "--as-of", "2027-05-01", "--out", tmp_path / "run")
    output = ended(quotum("settle", *place), 15)
    assert "settlement: sum of lkv_cents, and bonus_lines: sum of lkv_cents, differ by -1 cents" in output
    assert "This is a defect of quotum" in output
    assert list(tmp_path.iterdir()) == []
    discreet(output)


def test_an_altered_run_is_not_tied_and_one_that_is_sealed_again_does_not_tie(run, tmp_path):
    altered = _copy(run, tmp_path / "altered")
    _rewrite(altered / "data" / "settlement.parquet", _more("lkv_cents"))
    ended(quotum("statement", altered), 21)
    environment = json.loads((altered / "environment.json").read_text("utf-8"))
    again = tmp_path / "again"
    shutil.copytree(altered / "data", tmp_path / "partial" / "data")
    seal(tmp_path / "partial", again, environment, "sealed again")
    output = ended(quotum("statement", again, "--out", tmp_path / "page.html"), 15)
    assert "do NOT hold" in output
    assert 'class="broken"' in (tmp_path / "page.html").read_text("utf-8")


def test_an_archive_without_employers_ties(tmp_path):
    """Employers without sector, and a message that is set aside: findings that results show too."""
    rows = [cells("returns"), cells("returns", IdBer="M2"), cells("returns", IdBer="M2", AantVerlU="7")]
    quotum(
        "receive", *deliver(tmp_path / "files", returns=rows, register=[cells("register")]), "--archive", tmp_path / "a"
    )
    settled(tmp_path / "a", tmp_path / "run")
    counts = {tie.left: (tie.left_value, tie.right_value) for tie in ties_of(tmp_path / "run")}
    assert counts["quality: employer_without_sector"] == counts["quality: message_contradicts_itself"] == (1, 1)


def test_wrong_use(tmp_path):
    ended(quotum("statement", tmp_path), 2)
