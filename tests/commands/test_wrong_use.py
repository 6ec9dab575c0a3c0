"""Wrong use of the command line, of scenarios and of an archive: each its exit code, and nothing written."""

import json
import resource
import shutil
from pathlib import Path

import pytest

from quotum.run import settle as settle_module
from quotum.run.regimes import as_enacted
from tests.helpers import (
    ACTIVATED,
    AS_OF,
    deliver,
    discreet,
    ended,
    files_under,
    paid_hours,
    process,
    quotum,
    receive_command,
    rows_of,
    settle_command,
    settled,
    table_rows,
    take_in,
    write_csv,
)
from tests.rows import EMPLOYER, OTHER_NAME, cells, nil_return, numbered, withdrawal


@pytest.fixture(scope="module")
def sound_once(tmp_path_factory) -> Path:
    """An archive with a sound small set; one row is remarkable, so that there is a finding."""
    folder = tmp_path_factory.mktemp("sound")
    files = deliver(folder / "files")
    write_csv(files[0], "returns", [cells("returns"), cells("returns", NumIV="5", DatEind="2024-01-01")])
    take_in(folder / "archive", files)
    return folder / "archive"


@pytest.fixture
def sound(sound_once, tmp_path) -> Path:
    """A copy of it for one test."""
    return shutil.copytree(sound_once, tmp_path / "sound")


# The command line (2).


SETTLE = ("settle", "--year", "2026", "--as-of", "2027-05-01", "--archive", "nowhere", "--out", "run")
WRONG_USE = {
    "unknown_command": (("setle",), "setle"),
    "unknown_option": ((*SETTLE, "--thread", "2"), "--threads"),
    "unknown_option_of_receive": (("receive", "a.csv", "--archive", "a", "--knd", "auto"), "--kind"),
    "no_archive": (("settle", "--year", "2026", "--as-of", "2027-05-01", "--out", "run"), "--archive"),
    "no_year": (("settle", "--as-of", "2027-05-01", "--archive", "a", "--out", "run"), "--year"),
    "no_as_of": (("settle", "--year", "2026", "--archive", "a", "--out", "run"), "--as-of"),
    "no_out": (("settle", "--year", "2026", "--as-of", "2027-05-01", "--archive", "a"), "--out"),
    "no_delivery": (("receive", "--archive", "a"), "DELIVERY"),
    "year_in_words": ((*SETTLE, "--year", "last"), "--year"),
    "year_of_three_digits": ((*SETTLE, "--year", "226"), "--year"),
    "day_first": ((*SETTLE, "--as-of", "01-05-2027"), "yyyy-mm-dd"),
    "no_such_day": ((*SETTLE, "--as-of", "2027-02-30"), "yyyy-mm-dd"),
    "known_on_is_no_day": ((*SETTLE, "--known-on", "yesterday"), "yyyy-mm-dd"),
    "no_threads": ((*SETTLE, "--threads", "0"), "--threads"),
    "unknown_engine": ((*SETTLE, "--engine", "abacus"), "duckdb"),
    "unknown_regime": ((*SETTLE, "--regime", "as-wished"), "quota-levy"),
    "unknown_kind": (("receive", "a.csv", "--archive", "a", "--kind", "xml"), "loonaangifte"),
    "unknown_dialect": (("receive", "a.csv", "--archive", "a", "--dialect", "fr"), "nl"),
    "received_is_no_moment": (("receive", "a.csv", "--archive", "a", "--received", "today"), "yyyy-mm-dd"),
    "unknown_table": (("tables", "returnz"), "returns"),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG_USE.values(), ids=WRONG_USE)
def test_wrong_use_is_code_2_and_names_what(case, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    arguments, word = case
    output = ended(quotum(*arguments), 2)
    assert word in output
    assert list(tmp_path.iterdir()) == []


def test_the_script_itself_ends_with_the_code(tmp_path):
    """In a process of its own, without a terminal: the message on standard error, no colour, no traceback."""
    result = process("settle", "--archive", tmp_path / "none", *SETTLE[1:5], "--out", tmp_path / "run")
    assert (result.returncode, result.stdout) == (13, "")
    assert result.stderr.startswith("quotum: ")
    assert "Traceback" not in result.stderr
    assert "\x1b" not in result.stderr
    assert process("settle", "--yeer", "2026").returncode == 2
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("more", "word"),
    [
        pytest.param(("--memory-limit", "a little"), "memory-limit", id="memory_limit_that_is_no_size"),
    ],
)
def test_what_cannot_be_asked_is_refused_clearly(more, word, sound, tmp_path):
    output = ended(settle_command(sound, tmp_path / "run", *more), 2)
    assert word in output
    assert [path.name for path in tmp_path.iterdir()] == ["sound"]


def test_a_year_without_figures_is_refused_clearly(sound, tmp_path):
    output = ended(
        quotum("settle", "--archive", sound, "--year", 2017, "--as-of", AS_OF, "--out", tmp_path / "run"), 12
    )  # fmt: skip
    assert "2017-01-01" in output
    assert [path.name for path in tmp_path.iterdir()] == ["sound"]


# Scenarios and parameters (11, 12).


def _scenario(setting: str, head: str = 'title = "T"\n') -> str:
    return f"{head}[set]\n{setting}\n"


SCENARIOS = {
    "misspelt_parameter": (_scenario('"wtl.bonus_rat" = "3.76"'), 11, "wtl.bonus_rate"),
    "misspelt_file": (_scenario('"wtll.bonus_rate" = "3.76"'), 11, "wtl.bonus_rate"),
    "float_for_an_amount": (_scenario('"wtl.bonus_rate" = 3.76'), 11, "wtl.bonus_rate"),
    "whole_number_for_an_amount": (_scenario('"wtl.bonus_rate" = 4'), 11, "wtl.bonus_rate"),
    "three_decimals": (_scenario('"wtl.bonus_rate" = "3.765"'), 11, "wtl.bonus_rate"),
    "decimal_comma": (_scenario('"wtl.bonus_rate" = "3,76"'), 11, "wtl.bonus_rate"),
    "float_for_a_rate": (_scenario('"wet_banenafspraak.surcharge_rate" = 0.35'), 11, "surcharge_rate"),
    "unknown_rule": (_scenario('"wet_banenafspraak.surcharge_rate" = "balanced"'), 11, "balance"),
    "text_for_a_date": (_scenario('"wet_banenafspraak.in_force_from" = "2024-01-01"'), 11, "in_force_from"),
    "text_for_a_year": (_scenario('"wet_banenafspraak.activated_in" = "2024"'), 11, "activated_in"),
    "unquoted_name": (_scenario('wtl.bonus_rate = "3.76"'), 11, '"wtl.bonus_rate"'),
    "toml_error": ('title = "T\n', 11, "1"),
    "not_utf_8": ("title = \"T\xe9\"\n", 11, "UTF-8"),
    "unknown_key": (_scenario("", 'title = "T"\nnotes = "N"\n'), 11, "note"),
    "unknown_table": ('title = "T"\n[sett]\n', 11, "set"),
    "no_title": (_scenario("", ""), 11, "title"),
    "newer_version": (_scenario("", 'version = 2\ntitle = "T"\n'), 11, "newer"),
    "unknown_base": (_scenario("", 'title = "T"\nbase = "activated-balanse"\n'), 11, "activated-balance"),
    "activated_before_in_force": (
        ACTIVATED.replace("= 2024-01-01", "= 2026-01-01"), 11, "in_force_from",
    ),
    "activated_and_never_in_force": (_scenario('"wet_banenafspraak.activated_in" = 2024'), 11, "in_force_from"),
    "no_rate": (ACTIVATED.replace('"wet_banenafspraak.surcharge_rate" = "0.35"\n', ""), 12, "surcharge_rate"),
    "balance_without_required_share": (ACTIVATED.replace('"0.35"', '"balance"'), 12, "required_share"),
    "policy": (_scenario('"policy.extra_people" = 1000'), 2, "policy.extra_people"),
}  # fmt: skip


@pytest.mark.parametrize("dry", [(), ("--dry-run",)], ids=["for_real", "dry"])
@pytest.mark.parametrize("case", SCENARIOS.values(), ids=SCENARIOS)
def test_a_wrong_scenario(case, dry, sound_once, tmp_path):
    """The message names file or parameter, the closest name where it is misspelt, and nothing is written."""
    text, code, word = case
    path = tmp_path / "wrong.toml"
    path.write_bytes(text.encode("latin-1"))
    output = ended(settle_command(sound_once, tmp_path / "run", "--scenario", path, *dry), code)
    assert word in output
    assert code == 12 or "wrong.toml" in output or word.startswith(("policy", "in_force"))
    assert [path.name for path in tmp_path.iterdir()] == ["wrong.toml"]


@pytest.mark.parametrize("name", ["activated-balanse", "no/such/file.toml"])
def test_a_scenario_that_is_not_there(name, sound, tmp_path):
    output = ended(settle_command(sound, tmp_path / "run", "--scenario", name), 11)
    assert name in output
    assert "activated-balance" in output


@pytest.mark.parametrize("year", [2016, 2040])
def test_a_year_without_figures(year, sound, tmp_path):
    """Every figure has its dates: none is carried on."""
    output = ended(
        quotum("settle", "--archive", sound, "--year", year, "--as-of", AS_OF, "--out", tmp_path / "run"), 12
    )  # fmt: skip
    assert f"{year}-01-01" in output
    assert "quotum parameters --on" in output
    assert [path.name for path in tmp_path.iterdir()] == ["sound"]


@pytest.mark.parametrize("rule", ["budget", "balance"])
def test_a_rate_without_anybody_who_owes_cannot_be_solved(rule, tmp_path):
    """The only employer is small."""
    take_in(
        tmp_path / "archive",
        deliver(
            tmp_path / "files",
            returns=[cells("returns")],
            register=[cells("register")],
            wage_bills=[cells("wage_bills", premium_wage="1082500.00")],
        ),
    )
    path = tmp_path / "solve.toml"
    share = '"wet_banenafspraak.required_share" = "2.00"\n'
    path.write_text(ACTIVATED.replace('"0.35"', f'"{rule}"') + share)
    before = files_under(tmp_path)
    output = ended(settle_command(tmp_path / "archive", tmp_path / "run", "--scenario", path), 12)
    assert "base" in output
    discreet(output)
    assert files_under(tmp_path) == before


@pytest.mark.parametrize(
    ("rate", "registered", "expected"),
    [
        pytest.param("budget", False, True, id="budget"),
        pytest.param("balance", False, True, id="balance", marks=pytest.mark.slow),
        pytest.param("0.35", False, False, id="a_given_rate_balances_nothing", marks=pytest.mark.slow),
        pytest.param("budget", True, False, id="budget_with_a_bonus"),
        pytest.param("balance", True, False, id="balance_with_a_bonus", marks=pytest.mark.slow),
    ],
)
def test_a_rate_solved_where_nobody_has_a_right_to_a_bonus_is_a_finding(rate, registered, expected, tmp_path):
    """Kamerstuk 34 352 nr. 281, footnote 17: the levy is in balance with the bonus, of which there is none."""
    register = [cells("register")] if registered else [cells("register", bsn=numbered(77))]
    files = deliver(
        tmp_path / "files", returns=[cells("returns")], register=register,
        wage_bills=[cells("wage_bills", premium_wage="1082500.01")],
    )  # fmt: skip
    take_in(tmp_path / "archive", files)
    path, run = tmp_path / "solve.toml", tmp_path / "run"
    share = '"wet_banenafspraak.required_share" = "2.00"\n'
    path.write_text(ACTIVATED.replace('"0.35"', f'"{rate}"') + share)
    output = ended(settle_command(tmp_path / "archive", run, "--scenario", path), 0)
    bonus = json.loads((run / "data" / "macro.json").read_text())["totals"]["bonus_cents"]
    assert (bonus > 0) is registered
    codes = {row["code"]: row["count"] for row in table_rows(run, "quality")}
    assert codes.get("nothing_balances") == (1 if expected else None)
    assert ("nothing balances" in output) is expected
    ended(quotum("report", run, "--out", tmp_path / "out.html"), 0)
    assert ("nothing balances" in (tmp_path / "out.html").read_text("utf-8")) is expected
    if expected:
        listed = ended(quotum("quality", run, "--rule", "nothing_balances"), 0)
        assert "the rate and bonus of the whole: see macro.json" in listed


# The archive (13).


def test_no_archive(tmp_path):
    output = ended(settle_command(tmp_path / "none", tmp_path / "run"), 13)
    assert str(tmp_path / "none") in output
    assert "quotum receive" in output
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("dry", [(), ("--dry-run",)], ids=["for_real", "dry"])
def test_no_returns_of_the_year(dry, tmp_path):
    take_in(tmp_path / "archive", deliver(tmp_path / "files", register=[cells("register")]))
    output = ended(settle_command(tmp_path / "archive", tmp_path / "run", *dry), 13)
    assert "2026" in output
    assert not (tmp_path / "run").exists()


def test_a_year_of_which_every_row_was_refused_has_no_returns(tmp_path):
    path = write_csv(tmp_path / "returns.csv", "returns", [cells("returns", SofiNr="123456789")])
    ended(receive_command(tmp_path / "archive", path), 3)
    assert "2026" in ended(settle_command(tmp_path / "archive", tmp_path / "run"), 13)


def test_returns_without_rows_are_returns(tmp_path):
    """An employer that reported nobody has a row; the year is not missing."""
    files = deliver(tmp_path / "files", returns=[nil_return()], employers=[cells("employers")])
    take_in(tmp_path / "archive", files)
    ended(settle_command(tmp_path / "archive", tmp_path / "run"), 0)
    rows = rows_of(tmp_path / "run" / "data" / "settlement.csv")
    assert [(row["rsin"], row["paid_hours"]) for row in rows] == [(EMPLOYER, "0")]


CONTRADICTIONS = {
    "hours": (cells("returns"), cells("returns", AantVerlU="90")),
    "wage": (cells("returns"), cells("returns", PrlnAofAnwHg="1.00")),
    "request": (cells("returns"), cells("returns", IndAvrLkvDgBaf="N")),
    "empty_beside_filled": (cells("returns"), cells("returns", CdAard="")),
    "reported_and_withdrawn": (cells("returns", Soort="A"), withdrawal()),
    "without_bsn": (
        cells("returns", SofiNr="", PersNr="P1"), cells("returns", SofiNr="", PersNr="P1", AantVerlU="90"),
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("pair", "turned", "where"),
    [
        pytest.param(pair, turned, where, id=f"{name}-{'turned' if turned else 'in_order'}-{where}")
        for name, pair in CONTRADICTIONS.items()
        for turned in (False, True)
        for where in ("one_file", "two_files", "two_calls")
        if where == "one_file" or name in ("hours", "reported_and_withdrawn")
    ],
)
def test_a_message_that_contradicts_itself(pair, turned, where, tmp_path):
    """Strictly code 13: files and rows are named, whatever the order in which they came; nothing is written."""
    first, second = reversed(pair) if turned else pair
    other = cells("returns", SofiNr="", PersNr="another", NumIV="8")
    if where == "one_file":
        calls = [[write_csv(tmp_path / "one.csv", "returns", [first, other, second])]]
        named = {"one.csv, row 1", "one.csv, row 3"}
    else:
        file = write_csv(tmp_path / "one.csv", "returns", [first, other])
        two = write_csv(tmp_path / "two.csv", "returns", [other, second])
        calls = [[file, two]] if where == "two_files" else [[file], [two]]
        named = {"one.csv, row 1", "two.csv, row 2"}
    for call in calls:
        take_in(tmp_path / "archive", call)
    output = ended(settle_command(tmp_path / "archive", tmp_path / "run", "--strict"), 13)
    assert [name for name in named if name not in output] == []
    assert "row 2" not in output.replace("two.csv, row 2", "")
    discreet(output)
    assert {path.name for path in tmp_path.iterdir()} <= {"archive", "one.csv", "two.csv"}


NO_CONTRADICTION = {
    "equal_rows": (cells("returns"), cells("returns"), 100),
    "other_number": (cells("returns"), cells("returns", NumIV="2", AantVerlU="7"), 107),
    "other_period": (
        cells("returns"),
        cells("returns", DatAanvTv="2026-02-01", DatEindTv="2026-02-28", AantVerlU="7"), 107,
    ),
    "other_kind_in_one_message": (cells("returns"), cells("returns", Soort="C", AantVerlU="7"), 7),
    "other_message": (cells("returns"), cells("returns", IdBer="M2", AantVerlU="7"), 7),
    "other_filing_time": (cells("returns"), cells("returns", Ingediend="2026-03-01T00:00:00", AantVerlU="7"), 7),
}  # fmt: skip


@pytest.fixture(scope="module", params=[False, True], ids=["in_order", "turned"])
def hours_without_contradiction(request, tmp_path_factory) -> dict[str, int]:
    """Paid hours by name of the case, each case with an employer of its own."""
    folder = tmp_path_factory.mktemp("no_contradiction")
    employers = {name: numbered(100 + number) for number, name in enumerate(NO_CONTRADICTION)}
    rows = []
    for name, (*pair, _hours) in NO_CONTRADICTION.items():
        rows += [row | {"LhNr": f"{employers[name]}L01"} for row in (reversed(pair) if request.param else pair)]
    take_in(folder / "archive", [write_csv(folder / "one.csv", "returns", rows)])
    settled(folder / "archive", folder / "run")
    hours = paid_hours(folder / "run")
    return {name: hours[employer] for name, employer in employers.items()}


@pytest.mark.parametrize("name", NO_CONTRADICTION)
def test_what_is_no_contradiction(name, hours_without_contradiction):
    assert hours_without_contradiction[name] == NO_CONTRADICTION[name][2]


@pytest.mark.parametrize(
    ("kind", "second"),
    [
        pytest.param("employers", cells("employers", sector="overheid"), id="sector"),
        pytest.param("employers", cells("employers", name=OTHER_NAME), id="name"),
        pytest.param("employers", cells("employers", started_on="2025-06-01"), id="start"),
        pytest.param("wage_bills", cells("wage_bills", premium_wage="1.00"), id="wage_bill"),
    ],
)
@pytest.mark.parametrize("two_files", [False, True], ids=["one_file", "two_files"])
def test_rows_of_one_employer_that_contradict(kind, second, two_files, tmp_path):
    files = deliver(tmp_path / "files", returns=[cells("returns")])
    parts = [[cells(kind)], [second]] if two_files else [[cells(kind), second]]
    files += [write_csv(tmp_path / f"part{number}.csv", kind, rows) for number, rows in enumerate(parts)]
    take_in(tmp_path / "archive", files)
    output = ended(settle_command(tmp_path / "archive", tmp_path / "run"), 13)
    assert "part0.csv, row 1" in output
    assert ("part1.csv, row 1" if two_files else "part0.csv, row 2") in output
    discreet(output)
    assert not (tmp_path / "run").exists()


def test_delivered_again_whole_a_contradiction_is_gone(tmp_path):
    """Equal rows are no contradiction."""
    files = deliver(
        tmp_path / "files", returns=[cells("returns")], employers=[cells("employers"), cells("employers", name="N")]
    )
    take_in(tmp_path / "archive", files)
    ended(settle_command(tmp_path / "archive", tmp_path / "run"), 13)
    rows = [cells("employers"), cells("employers")]
    take_in(tmp_path / "archive", [write_csv(tmp_path / "again.csv", "employers", rows)])
    ended(settle_command(tmp_path / "archive", tmp_path / "run"), 0)


@pytest.mark.parametrize("table", ["returns-2026-0001", "fragments", "findings", "register-0001", "wage_bills-0001"])
@pytest.mark.parametrize("damage", ["missing", "cut_off"])
def test_a_derived_file_of_the_archive_is_missing_or_broken(table, damage, sound, tmp_path):
    path = sound / "rows" / "000001" / f"{table}.parquet"
    content = path.read_bytes()
    path.unlink()
    if damage != "missing":
        path.write_bytes(content[:-20])
    output = ended(settle_command(sound, tmp_path / "run"), 13)
    assert path.name in output
    assert "damaged" in output
    assert [path.name for path in tmp_path.iterdir()] == ["sound"]


@pytest.mark.parametrize(
    "damage", ["{", "[]", '{"sequence": 1}', "\xff"], ids=["cut_off", "a_list", "keys_missing", "not_utf_8"]
)
def test_a_receipt_of_the_archive_is_broken(damage, sound, tmp_path):
    (sound / "receipts" / "000001.json").write_bytes(damage.encode("latin-1"))
    output = ended(settle_command(sound, tmp_path / "run"), 13)
    assert "000001.json" in output
    files = deliver(tmp_path / "files", returns=[cells("returns", IdBer="M2")])
    assert "000001.json" in ended(receive_command(sound, *files), 13)


@pytest.mark.parametrize(("marker", "word"), [('{"format": 99}', "newer"), ("nothing", "marker"), ("[]", "marker")])
def test_an_archive_of_another_format(marker, word, sound, tmp_path):
    (sound / "quotum-archive.json").write_text(marker)
    before = files_under(sound)
    assert word in ended(settle_command(sound, tmp_path / "run"), 13)
    assert word in ended(receive_command(sound, *deliver(tmp_path / "files")), 13)
    assert files_under(sound) == before


# A place that cannot be written (14).


@pytest.mark.parametrize("place", ["no_such_folder", "below_a_file", "proc"])
def test_a_run_cannot_be_written(place, sound, tmp_path):
    (tmp_path / "file").write_text("mine")
    out = {
        "no_such_folder": tmp_path / "no" / "such" / "run",
        "below_a_file": tmp_path / "file" / "run",
        "proc": Path("/proc/run"),
    }[place]
    before = files_under(tmp_path)
    output = ended(settle_command(sound, out), 14)
    assert str(out.parent) in output
    assert files_under(tmp_path) == before


def test_a_full_disk_leaves_no_half_run(sound, tmp_path):
    """The system refuses files of more than some hundred bytes, as a full disk would."""
    result = process(
        "settle", "--archive", sound, "--year", 2026, "--as-of", AS_OF, "--out", tmp_path / "run",
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (200, 200)),
    )  # fmt: skip
    assert result.returncode == 14, result.stderr
    assert "Traceback" not in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["sound"]


@pytest.mark.parametrize(("module", "step"), [(as_enacted, "compute"), (as_enacted, "_write"), (settle_module, "seal")])
def test_a_full_disk_at_any_step(module, step, sound, tmp_path, monkeypatch):
    def no_room(*_arguments: object, **_more: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module, step, no_room)
    before = files_under(tmp_path)
    output = ended(settle_command(sound, tmp_path / "run"), 14)
    assert "No space left" in output
    assert files_under(tmp_path) == before
    assert [path.name for path in tmp_path.iterdir()] == ["sound"]


def test_an_archive_that_can_only_be_read_is_settled_and_says_it_is_not_noted(sound, tmp_path):
    shutil.rmtree(sound / "notes")
    (sound / "notes").write_text("no folder")
    assert "not noted" in ended(settle_command(sound, tmp_path / "run"), 0)


def test_a_note_names_the_run(sound, tmp_path):
    ended(settle_command(sound, tmp_path / "run"), 0)
    (noted,) = json.loads((sound / "notes" / "runs.json").read_text())["runs"]
    assert (noted["year"], noted["as_of"], noted["place"]) == (2026, "2027-05-01", str(tmp_path / "run"))
