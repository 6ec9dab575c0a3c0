"""The published reference cases: made by the command, met by quotum, and held by a checker that needs nothing."""

import ast
import importlib.util
import json
import shutil
import subprocess
import sys

import pytest

from tests.helpers import ended, files_under, quotum
from tests.make_reference_cases import BY_HAND, REFERENCE, contents, main, write_cases, write_output
from tests.spec.worked_cases.every import every
from tests.spec.worked_cases.outcomes import RECEIVED, read_files

pytestmark = pytest.mark.slow

_SPEC = importlib.util.spec_from_file_location("reference_check", REFERENCE / "check.py")
CHECK = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(CHECK)

EVERY = every()
CASE = "wtl-2.13/1664-hours"
REFUSED = "wet-banenafspraak-6-lid-6-solved/nobody-owes"
MACRO = "regeling-wfsv-3.33/month-filer"


def test_the_files_are_those_of_the_command():
    """After a change: python -m tests.make_reference_cases."""
    here = {name: content.decode() for name, content in files_under(REFERENCE).items() if name not in BY_HAND}
    here = {name: text for name, text in here.items() if "__pycache__" not in name}
    result = contents()
    assert sorted(here) == sorted(result)
    assert [name for name in result if result[name] != here[name]] == []


@pytest.fixture(scope="module")
def output_and_codes(tmp_path_factory):
    """What quotum makes of every case, and the codes it ends with."""
    folder = tmp_path_factory.mktemp("reference") / "output"
    return folder, write_output(folder, "arrow")


@pytest.fixture
def output(output_and_codes, tmp_path):
    """A copy of what quotum makes of three cases, to be broken."""
    for name in (CASE, REFUSED, MACRO):
        shutil.copytree(output_and_codes[0] / name, tmp_path / name)
    return tmp_path


def test_quotum_gives_every_expected_amount(output_and_codes, capsys):
    assert CHECK.main([str(output_and_codes[0])]) == 0
    printed_text = capsys.readouterr().out
    assert printed_text.endswith(f"\n{len(EVERY)} of {len(EVERY)} cases agree.\n")
    assert "Wtl art. 2.13 - Amount of the LKV: 5 of 5 cases agree" in printed_text
    assert output_and_codes[1] == {worked.id: worked.case.exit_code for worked in EVERY}


def _printed_text(capsys, output, *more, code=1):
    assert CHECK.main([str(output), *more]) == code
    return capsys.readouterr()


def _change(path, old, new):
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_a_wrong_amount_is_told_with_article_and_arithmetic(output, capsys):
    _change(output / CASE / "settlement.csv", "168064", "168065")
    printed_text = _printed_text(capsys, output, "--only", CASE).out
    assert "Wtl art. 2.13 - Amount of the LKV: 0 of 1 cases agree" in printed_text
    assert "lkv_cents is 168065, expected 168064" in printed_text
    assert "Arithmetic: LKV: paid hours that count x amount per hour" in printed_text
    assert "min(1664 * 1.01, 2000) = 1680.64" in printed_text
    assert "Figure: wtl.jobs_agreement_rate = 1.01 (euro per paid hour; Wtl art. 2.13; enacted: " in printed_text


def test_the_same_in_dutch(output, capsys):
    _change(output / CASE / "settlement.csv", "168064", "168065")
    printed_text = _printed_text(capsys, output, "--only", CASE, "--language", "nl").out
    assert "Wtl art. 2.13 - Bedrag van het LKV: 0 van 1 gevallen kloppen" in printed_text
    assert "lkv_cents is 168065, verwacht 168064" in printed_text
    assert "Berekening: LKV: verloonde uren die tellen x bedrag per uur" in printed_text
    assert (
        "Cijfer: wtl.jobs_agreement_rate = 1.01 (LKV doelgroep banenafspraak, bedrag per verloond uur;" in printed_text
    )
    assert printed_text.endswith("0 van 1 gevallen kloppen.\n")


def _remove(name):
    return lambda place: (place / name).unlink()


def _replace(name, old, new):
    return lambda place: _change(place / name, old, new)


def _write(name, content):
    return lambda place: (place / name).write_bytes(content)


def _rows(name, rows, bsn=""):
    return lambda place: _keep(place / name, rows, bsn)


WRONG = {
    "no_folder": (CASE, shutil.rmtree, f"there is no folder {CASE} in your output"),
    "no_file": (CASE, _remove("settlement.csv"), "there is no file settlement.csv"),
    "no_column": (CASE, _replace("settlement.csv", "lkv_cents", "lkv"), "settlement.csv: there is no column lkv_cents"),
    "row_more": (CASE, _rows("bonus_lines.csv", 1, "000000000"), " 000000000 that must not be there"),
    "row_twice": (CASE, _rows("bonus_lines.csv", 1), "bonus_lines.csv: there is more than one row of 99999"),
    "no_row": (CASE, _rows("settlement.csv", 0), "settlement.csv: there is no row of 99999"),
    "unreadable": (CASE, _write("settlement.csv", b"\xff\n"), "settlement.csv cannot be read"),
    "refused": (CASE, _write("refused.txt", b"no"), "must not be refused"),
    "not_refused": (REFUSED, _remove("refused.txt"), "must be refused"),
    "figure": (MACRO, _replace("macro.json", "4000/2773", "3/2"), 'jobs_exact is "3/2", expected "4000/2773"'),
    "no_json": (MACRO, _write("macro.json", b"{"), "macro.json cannot be read"),
    "no_figure": (MACRO, _write("macro.json", b"{}"), 'sectors.market.realised_jobs is null, expected "1.44"'),
}


@pytest.mark.parametrize(("case", "breaks", "expected"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_said(case, breaks, expected, output, capsys):
    assert CHECK.main([str(output), "--only", case]) == 0
    breaks(output / case)
    assert expected in _printed_text(capsys, output, "--only", case).out


def _keep(path, rows, bsn):
    """Keep the header and some rows, and add the first row again, with another person where one is given."""
    header, first, *_ = path.read_text("utf-8").splitlines()
    kept = [first] * rows
    if rows:
        place = header.split(",").index("bsn")
        cells = first.split(",")
        kept.append(",".join([*cells[:place], bsn or cells[place], *cells[place + 1 :]]))
    path.write_text("\n".join([header, *kept, ""]), "utf-8")


def test_it_cannot_check_without_a_folder_or_a_case(output, capsys):
    assert "is no folder" in _printed_text(capsys, output / "absent", code=2).err
    assert "No case begins with wtl-9" in _printed_text(capsys, output, "--only", "wtl-9", code=2).err


def test_the_checker_needs_nothing_but_python():
    tree = ast.parse((REFERENCE / "check.py").read_text("utf-8"), feature_version=(3, 9))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert names <= sys.stdlib_module_names


def test_both_languages_have_the_same_messages():
    assert CHECK.WORDS["en"].keys() == CHECK.WORDS["nl"].keys()


def test_the_command_writes_what_quotum_makes_of_every_case(tmp_path, capsys):
    main(["--output", str(tmp_path / "output")])
    assert CHECK.main([str(tmp_path / "output")]) == 0, capsys.readouterr().out
    with pytest.raises(SystemExit, match="a folder that is not there"):
        main(["--output", str(tmp_path / "output")])


def test_the_command_writes_the_cases_and_keeps_what_was_written_by_hand(tmp_path):
    for name in (*BY_HAND, "gone.csv", "gone/case.json"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("by hand")
    write_cases(tmp_path)
    assert sorted(files_under(tmp_path)) == sorted([*contents(), *BY_HAND])
    assert {(tmp_path / name).read_text() for name in BY_HAND} == {"by hand"}


FIRST = {worked.provision.folder: worked for worked in reversed(EVERY)}
ALONE = [worked for worked in EVERY if worked in FIRST.values() or worked.case.exit_code]


@pytest.mark.parametrize("worked", ALONE, ids=lambda worked: worked.id)
def test_each_folder_by_itself_through_the_commands(worked, tmp_path, capsys):
    """What a reader does who has nothing but the folder."""
    folder = REFERENCE / worked.id
    case = json.loads((folder / "case.json").read_text("utf-8"))
    deliveries = [folder / name for name in case["deliveries"]]
    ended(quotum("receive", *deliveries, "--archive", tmp_path / "archive", "--received", RECEIVED.isoformat()), 0)
    scenario = ("--scenario", folder / "scenario.toml") if case["scenario"] else ()
    asked = ("--year", case["year"], "--as-of", case["as_of"], "--regime", case["regime"], *scenario)
    run = tmp_path / "run"
    ended(quotum("settle", "--archive", tmp_path / "archive", *asked, "--out", run), case["expected"]["exit_code"])
    given = tmp_path / "output" / worked.id
    given.mkdir(parents=True)
    files = dict(read_files(run / "data", worked.case)) if run.exists() else {"refused.txt": ""}
    for name, text in files.items():
        (given / name).write_text(text, "utf-8")
    assert CHECK.main([str(tmp_path / "output"), "--only", worked.id]) == 0, capsys.readouterr().out


@pytest.mark.parametrize("page", ["README.md", "LEESMIJ.md"])
def test_the_commands_of_the_pages_work(page, output_and_codes, capsys):
    """Each line of the pages that runs the checker, over what quotum makes."""
    lines = [line.strip() for line in (REFERENCE / page).read_text("utf-8").splitlines()]
    commands = [line.split()[2:] for line in lines if line.startswith("python3 check.py")]
    assert len(commands) > 1
    for arguments in commands:
        assert CHECK.main([str(output_and_codes[0]) if word == "MY_OUTPUT" else word for word in arguments]) == 0
    capsys.readouterr()


def test_the_checker_starts_on_its_own(output):
    """As another implementation runs it."""
    command = [sys.executable, "-I", str(REFERENCE / "check.py"), str(output), "--only", CASE]
    process = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (process.returncode, process.stderr) == (0, "")
    assert process.stdout.endswith("1 of 1 cases agree.\n")
