"""`quotum missed`: who would have a right had the employer asked, and who was asked for and never registered."""

from collections import Counter
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tests.explained_cases import YEARS, Draft
from tests.helpers import deliver, discreet, ended, files_under, quotum, rows_of, table_rows, take_in
from tests.make_golden_explanations import GIVEN
from tests.rows import EMPLOYER, OTHER_PERSON, PERSON, cells, declaration, numbered

pytestmark = pytest.mark.slow

SCENARIOS = {"2025": {}, "2026": {}, "2026-three-years": GIVEN | {"wtl.jobs_agreement_years": "3"}}


def forgotten(draft: Draft) -> None:
    """Declared and registered, and asked for in one month of two; and in none, beside another category."""
    here = draft.employer("forgotten")
    once, never = draft.person(), draft.person()
    for bsn in (once, never):
        draft.declared(bsn, "jobs_agreement", "2020-01-01")
    draft.declared(never, "disabled", "2020-01-01")
    for year in (2025, 2026):
        here.asks(once, "jobs_agreement", year=year, NumIV="1", DatAanv="2024-02-01")
        here.asks(once, month=2, hours=1_950, year=year, NumIV="1", DatAanv="2024-02-01")
        here.asks(never, "disabled", hours=10, year=year, NumIV="2", DatAanv="2024-02-01")
        here.asks(never, month=2, hours=500, year=year, NumIV="2", DatAanv="2024-02-01")


@pytest.fixture(scope="module")
def archives(tmp_path_factory) -> tuple[Path, Path]:
    """The same deliveries twice: as they are, and with the jobs agreement asked in every row."""
    folder = tmp_path_factory.mktemp("missed")
    draft = Draft()
    for case in (*YEARS, forgotten):
        case(draft)
    take_in(folder / "as-is", draft.files(folder / "files"))
    for row in draft.rows["returns"]:
        if row.get("Actie") != "X":
            row["IndAvrLkvDgBaf"] = "J"
    take_in(folder / "all-asked", draft.files(folder / "more"))
    return folder / "as-is", folder / "all-asked"


def _settled(archive: Path, folder: Path, name: str) -> Path:
    year, sets = int(name[:4]), SCENARIOS[name]
    lines = "".join(f'"{key}" = {value}\n' for key, value in sets.items())
    folder.mkdir()
    (folder / "scenario.toml").write_text(f'title = "Given"\n[set]\n{lines}', "utf-8")
    more = ("--scenario", folder / "scenario.toml") if sets else ()
    about = ("--archive", archive, "--year", year, "--as-of", f"{year + 1}-05-01", "--threads", 1)
    ended(quotum("settle", *about, "--out", folder / "run", *more), 0)
    return folder / "run"


def _granted(run: Path) -> tuple[Counter[tuple[str, str]], Counter[tuple[str, str]]]:
    """Hours of the jobs agreement, and everything granted in cents, by employer and person."""
    hours, cents = Counter(), Counter()
    for row in table_rows(run, "bonus_lines"):
        hours[row["rsin"], row["bsn"]] += row["paid_hours"]
        cents[row["rsin"], row["bsn"]] += row["lkv_cents"] + row["bonus_cents"]
    for row in table_rows(run, "other_lkv_lines"):
        cents[row["rsin"], row["bsn"]] += row["lkv_cents"]
    return hours, cents


@pytest.mark.parametrize("name", sorted(SCENARIOS))
def test_who_was_not_asked_for_is_who_a_settlement_grants_more_when_all_is_asked(archives, tmp_path, name):
    """An independent settlement of returns that ask in every row gives the same hours and cents."""
    now, before = (_settled(archive, tmp_path / archive.name, name) for archive in archives)
    output = ended(quotum("missed", now, "--out", tmp_path / "made"), 0)
    discreet(output, ())
    rows = pq.read_table(tmp_path / "made" / _name(name)).to_pylist()
    result = {
        (row["rsin"], row["bsn"]): (row["paid_hours"], row["cents"]) for row in rows if row["kind"] == "not_asked"
    }
    (hours, cents), (hours_then, cents_then) = _granted(now), _granted(before)
    expected = {
        key: (hours_then[key] - hours[key], cents_then[key] - cents[key])
        for key in hours_then
        if hours_then[key] > hours[key] or key not in hours
    }
    assert result == expected
    assert result


def _name(name: str) -> str:
    return "SIMULATION-missed.parquet" if SCENARIOS[name] else "missed.parquet"


def _run(folder: Path, *rows: dict[str, str], **more: list[dict[str, str]]) -> Path:
    kinds = {kind: [cells(kind)] for kind in ("register", "employers", "wage_bills")} | more
    kept = {kind: part for kind, part in kinds.items() if part}
    take_in(folder / "archive", deliver(folder / "files", returns=rows, **kept))
    about = ("--archive", folder / "archive", "--year", 2026, "--as-of", "2027-05-01", "--threads", 1)
    ended(quotum("settle", *about, "--out", folder / "run"), 0)
    return folder / "run"


FEBRUARY = {"DatAanvTv": "2026-02-01", "DatEindTv": "2026-02-28", "IdBer": "M2", "DatTdAanm": "2026-03-20T10:00:00"}


def test_both_lists_with_amounts_up_to_the_maximum(tmp_path):
    """1,900 hours asked give 1,919.00; 200 more 2,000.00. Of a stranger 1,000 insured hours of 1,050: 1,010.00."""
    asked = cells("returns", AantVerlU="1900")
    without = cells("returns", **FEBRUARY, AantVerlU="200", IndAvrLkvDgBaf="N")
    stranger = cells("returns", NumIV="2", SofiNr=OTHER_PERSON, AantVerlU="1000")
    lacking = dict.fromkeys(("IndWAO", "IndWW", "IndZW"), "N")
    uninsured = cells("returns", NumIV="4", SofiNr=OTHER_PERSON, AantVerlU="50", **lacking)
    once = cells("returns", NumIV="3", SofiNr=numbered(503))
    register = [
        cells("register"),
        cells("register", bsn=numbered(503), registered_from="2024-01-01", registered_until="2024-12-31"),
    ]
    run = _run(tmp_path, asked, without, stranger, uninsured, once, register=register)
    output = ended(quotum("missed", run, "--out", tmp_path / "made"), 0)
    discreet(output)
    assert output.splitlines()[:3] == [
        "not asked for: 1 persons at 1 employers, 200 hours, 81.00 euro hang on it",
        "asked for and never registered: 1 persons at 1 employers, 1,050 hours, 1,010.00 euro hang on it",
        "Returns can be corrected for the decision until 2027-05-01",
    ]
    assert [list(row.values()) for row in rows_of(tmp_path / "made" / "missed.csv")] == [
        [EMPLOYER, PERSON, "not_asked", "200", "8100", "2027-05-01", "false"],
        [EMPLOYER, OTHER_PERSON, "never_registered", "1050", "101000", "2027-05-01", "false"],
    ]


def test_nobody_is_missed_outside_the_conditions(tmp_path):
    """Not asked for, but not insured, at the pension age, or in sheltered work: nothing was missed."""
    lacking = ({"IndWAO": "N", "IndWW": "N", "IndZW": "N"}, {"Gebdat": "1950-01-01"}, {"CdAard": "24"})
    rows = [
        cells("returns", NumIV=f"{number}", SofiNr=numbered(510 + number), IndAvrLkvDgBaf="N", **changed)
        for number, changed in enumerate(lacking)
    ]
    register = [cells("register", bsn=numbered(510 + number)) for number in range(len(lacking))]
    run = _run(tmp_path, *rows, register=register)
    output = ended(quotum("missed", run), 0)
    assert output.startswith("not asked for: 0 persons at 0 employers, 0 hours, 0.00 euro")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["archive", "files", "run"]


def test_scholingsbelemmerden_need_no_registration(tmp_path):
    declared = [declaration("jobs_agreement_training", "2020-01-01", bsn=OTHER_PERSON)]
    run = _run(tmp_path, cells("returns", SofiNr=OTHER_PERSON), declarations=declared)
    assert "asked for and never registered: 0 persons" in ended(quotum("missed", run), 0)


def test_without_a_register_nobody_is_called_a_stranger(tmp_path):
    run = _run(tmp_path, cells("returns"), register=[])
    discreet(ended(quotum("missed", run, "--out", tmp_path / "made"), 13))
    assert not (tmp_path / "made").exists()


def test_the_same_bytes_whatever_the_threads(archives, tmp_path):
    run = _settled(archives[0], tmp_path / "one", "2026")
    for threads in (1, 3):
        ended(quotum("missed", run, "--out", tmp_path / f"{threads}", "--threads", threads), 0)
    assert files_under(tmp_path / "1") == files_under(tmp_path / "3")
