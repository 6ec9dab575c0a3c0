"""What `quotum receive` and `quotum settle` do and say when all is well."""

import json
import re
from datetime import datetime
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from attrs import fields

from quotum.archive.layout import existing
from quotum.archive.receipts import Amounts, receipts
from quotum.errors import SelfCheckFailed
from quotum.intake.checks.reconciliation import Tally, reconcile
from quotum.intake.checks.row_rules import MESSAGES, all_rules
from quotum.run.findings.declared import FINDINGS
from quotum.tables import DELIVERIES
from tests.helpers import (
    ACTIVATED,
    AS_OF,
    arrow_rows,
    deliver,
    discreet,
    ended,
    example,
    files_under,
    paid_hours,
    quotum,
    receive_command,
    rows_of,
    settle_command,
    settled,
    table_rows,
    take_in,
    write_csv,
)
from tests.rows import EMPLOYER, OTHER_EMPLOYER, OTHER_PERSON, allocation, cells, numbered


@pytest.fixture(scope="module")
def archive(tmp_path_factory) -> Path:
    """An archive with a small sound set."""
    folder = tmp_path_factory.mktemp("sound")
    take_in(folder / "archive", deliver(folder / "files"))
    return folder / "archive"


@pytest.fixture(scope="module")
def activated(archive) -> Path:
    """A scenario in which the regime is active."""
    path = archive.parent / "activated.toml"
    path.write_text(ACTIVATED)
    return path


def _first(run: Path) -> dict[str, str]:
    return rows_of(run / "data" / "settlement.csv")[0]


def _json(run: Path, name: str) -> dict:
    return json.loads((run / "data" / name).read_text("utf-8"))


# receive.


def test_receive_says_what_became_of_each_file(tmp_path):
    files = deliver(tmp_path / "files")
    output = ended(receive_command(tmp_path / "archive", *files), 0)
    of_rows = [f"{path.name}: {path.stem}, 1 rows received = 1 accepted + 0 rejected" for path in files]
    of_amounts = [
        "  hours: 100 received = 100 accepted + 0 rejected",
        "  premium wage: received = accepted + rejected; the amounts, of fewer than 10 rows, are in the receipt",
    ]
    total = f"together: {len(files)} rows received = {len(files)} accepted + 0 rejected"
    assert output.splitlines() == [of_rows[0], *of_amounts, *of_rows[1:], total]


def test_received_is_accepted_and_rejected_in_rows_hours_and_premium_wage(tmp_path):
    """40 x 100 hours and 40 x 1,000.01 came; 12 rows are rejected, two of them because they cannot be read."""
    rows = [cells("returns", NumIV=str(number), PrlnAofAnwHg="1000.01") for number in range(1, 41)]
    for row in rows[:10]:
        row["IndZW"] = "X"
    rows[10]["AantVerlU"], rows[11]["PrlnAofAnwHg"] = "many", "1000.001"
    delivered = write_csv(tmp_path / "returns.csv", "returns", rows)
    output = ended(receive_command(tmp_path / "archive", delivered), 3)
    assert output.splitlines()[:3] == [
        "returns.csv: returns, 40 rows received = 28 accepted + 12 rejected",
        "  hours: 3,900 received = 2,800 accepted + 1,100 rejected, and 1 rows in which it cannot be read",
        "  premium wage: 39,000.39 received = 28,000.28 accepted + 11,000.11 rejected, "
        "and 1 rows in which it cannot be read",
    ]
    (receipt,) = receipts(existing(tmp_path / "archive"))
    assert receipt.deliveries[0].amounts == Amounts(3900, 2800, 1100, 3900039, 2800028, 1100011, 1, 1)


@pytest.mark.parametrize("lost", ["rows", "hours", "cents"])
def test_what_does_not_add_up_is_a_defect_of_quotum(lost):
    """Rows, hours or cents that came in and are neither accepted nor rejected stop the call with code 15."""
    names = [field.name for field in fields(Tally)]
    other = [0, 7, 3, 300, 3000, 0, 0]
    came = np.array([[0, 0, 5, 500, 5000, 0, 0], other])
    accepted, rejected = np.array([[0, 0, 4, 400, 4000, 0, 0], other]), np.array([[0, 0, 1, 100, 1000, 0, 0]])
    reconcile(came, accepted, rejected)
    rejected[0, 2 + names.index(lost)] = 0
    with pytest.raises(SelfCheckFailed, match=f"delivery 0, member 0: {lost}") as failed:
        reconcile(came, accepted, rejected)
    assert failed.value.exit_code == 15


def test_what_is_there_already_adds_nothing_under_any_name(tmp_path):
    files = deliver(tmp_path / "files")
    take_in(tmp_path / "archive", files)
    before = files_under(tmp_path / "archive")
    copy = tmp_path / "another name.txt"
    copy.write_bytes(files[0].read_bytes())
    output = ended(receive_command(tmp_path / "archive", copy, *files[1:]), 0)
    assert output.count("in the archive already, adds nothing") == len(files)
    assert files_under(tmp_path / "archive") == before


def test_one_file_twice_in_one_call_counts_once(tmp_path):
    path = deliver(tmp_path / "files", returns=[cells("returns")])[0]
    copy = tmp_path / "copy.csv"
    copy.write_bytes(path.read_bytes())
    assert "adds nothing" in ended(receive_command(tmp_path / "archive", path, path, copy), 0)
    settled(tmp_path / "archive", tmp_path / "run")
    assert _first(tmp_path / "run")["paid_hours"] == "100"


def test_one_refused_file_twice_in_one_call_is_refused_twice(tmp_path):
    for name in ("one", "two"):
        with write_csv(tmp_path / f"{name}.csv", "returns", [cells("returns")]).open("a") as file:
            file.write('"')
    output = ended(receive_command(tmp_path / "archive", tmp_path / "one.csv", tmp_path / "two.csv"), 10)
    assert "already" not in output
    assert "refused: one.csv: is broken CSV" in output
    assert "refused: two.csv: is broken CSV" in output


def test_originals_are_kept_to_the_byte(tmp_path):
    files = deliver(tmp_path / "files")
    take_in(tmp_path / "archive", files)
    originals = {path.read_bytes() for path in (tmp_path / "archive" / "originals").glob("*/*")}
    assert originals == {path.read_bytes() for path in files}


def test_the_rules_are_listed_without_a_delivery():
    output = ended(quotum("receive", "--rules"), 0)
    lines = [tuple(line.split()[:3]) for line in output.splitlines()]
    listed = [(rule.table, rule.level, rule.name) for rule in all_rules()]
    assert lines[: len(listed)] == listed
    assert [line for line in lines if line[:2] == ("loonaangifte", "refuse")] == [
        ("loonaangifte", "refuse", rule.name) for rule in MESSAGES
    ]
    assert {table.name for table in DELIVERIES} == {table for table, _, _ in listed}
    assert {name for table, _, name in lines if table == "settlement"} == {finding.code for finding in FINDINGS}
    assert all(finding.reason in output for finding in FINDINGS)
    assert all(rule.reason in output and rule.source in output for rule in all_rules())


@pytest.mark.parametrize("present", [False, True], ids=["no_archive", "an_archive"])
def test_a_dry_receive_writes_nothing_and_says_the_same(present, tmp_path):
    place = tmp_path / "archive"
    if present:
        take_in(place, deliver(tmp_path / "first", register=[cells("register")]))
    files = deliver(tmp_path / "files")
    before = files_under(tmp_path)
    dry = ended(receive_command(place, *files, "--dry-run"), 0)
    assert "nothing was written" in dry
    assert files_under(tmp_path) == before
    assert place.exists() is present
    real = ended(receive_command(place, *files), 0)
    assert dry.replace("dry run: nothing was written\n", "") == real


def test_the_archive_may_come_from_the_surroundings(tmp_path, monkeypatch):
    files = deliver(tmp_path / "files")
    monkeypatch.setenv("QUOTUM_ARCHIVE", str(tmp_path / "archive"))
    from click.testing import CliRunner  # noqa: PLC0415 (the helper takes the variable away)

    from jobs.cli import main  # noqa: PLC0415

    result = CliRunner().invoke(main, ["receive", *map(str, files)])
    assert (result.exit_code, (tmp_path / "archive" / "receipts" / "000001.json").is_file()) == (0, True)


# What was known when.


def _received(folder: Path, archive: Path, day: str, kind: str, *rows: dict[str, str]) -> None:
    path = write_csv(folder / f"{kind}-{day[:10]}-{len(list(folder.iterdir()))}.csv", kind, rows)
    received = datetime.fromisoformat(day)
    take_in(archive, [path], received)


def test_a_later_register_replaces_the_one_before(tmp_path):
    files, archive = tmp_path / "files", tmp_path / "archive"
    files.mkdir()
    _received(files, archive, "2027-01-10T09:00:00", "returns", cells("returns"), cells("returns", SofiNr=OTHER_PERSON))
    # The later day counts, not the later call.
    _received(files, archive, "2027-03-10T09:00:00", "register")
    _received(files, archive, "2027-02-10T09:00:00", "register", cells("register"), cells("register", bsn=OTHER_PERSON))
    settled(archive, tmp_path / "now")
    assert _first(tmp_path / "now")["target_group_hours"] == "0"
    _received(files, archive, "2027-04-10T09:00:00", "register", cells("register"))
    settled(archive, tmp_path / "later")
    assert _first(tmp_path / "later")["target_group_hours"] == "100"


@pytest.fixture(scope="module")
def grown(tmp_path_factory) -> Path:
    """An archive that grew over four months."""
    folder = tmp_path_factory.mktemp("grown")
    files, archive = folder / "files", folder / "archive"
    files.mkdir()
    _received(files, archive, "2027-01-10T09:00:00", "returns", cells("returns"))
    _received(files, archive, "2027-02-10T09:00:00", "register", cells("register"))
    corrected = cells("returns", IdBer="M2", DatTdAanm="2026-04-01T00:00:00", AantVerlU="60")
    _received(files, archive, "2027-03-10T23:59:59", "returns", corrected)
    _received(files, archive, "2027-04-10T00:00:00", "register", cells("register", bsn=OTHER_PERSON))
    return archive


@pytest.mark.parametrize(
    ("known_on", "paid", "target"),
    [
        pytest.param("2027-02-09", 100, 0, id="the_day_before_the_register"),
        pytest.param("2027-02-10", 100, 100, id="the_day_of_the_register"),
        pytest.param("2027-03-09", 100, 100, id="the_day_before_the_correction"),
        pytest.param("2027-03-10", 60, 60, id="the_day_of_the_correction_late_in_the_evening"),
        pytest.param("2027-04-10", 60, 0, id="the_day_of_the_next_register"),
        pytest.param(None, 60, 0, id="now"),
    ],
)
def test_known_on_cuts_deliveries_on_their_received_day(known_on, paid, target, grown, tmp_path):
    options = () if known_on is None else ("--known-on", known_on)
    ended(settle_command(grown, tmp_path / "run", *options), 0)
    row = _first(tmp_path / "run")
    assert (int(row["paid_hours"]), int(row["target_group_hours"])) == (paid, target)
    assert _json(tmp_path / "run", "run.json")["known_on"] == known_on


def test_nothing_was_known_before_the_first_delivery(archive, tmp_path):
    output = ended(settle_command(archive, tmp_path / "run", "--known-on", "2027-05-01"), 13)
    assert "2027-05-01" in output
    assert list(tmp_path.iterdir()) == []


def test_known_on_cuts_parameters_too(tmp_path):
    """The figures of 2026 were not known in 2025."""
    take_in(tmp_path / "archive", deliver(tmp_path / "files"), datetime.fromisoformat("2025-06-01"))
    output = ended(settle_command(tmp_path / "archive", tmp_path / "run", "--known-on", "2025-06-30"), 12)
    assert "2026-01-01" in output


FILED = {
    "made_in_the_last_second": ({"DatTdAanm": "2027-05-01T23:59:59"}, True),
    "made_at_midnight": ({"DatTdAanm": "2027-05-02T00:00:00"}, False),
    "filed_at_midnight": ({"Ingediend": "2027-05-02T00:00:00"}, False),
    "filed_before_made": ({"DatTdAanm": "2027-06-01T00:00:00", "Ingediend": "2027-05-01T12:00:00"}, True),
    "after_midnight_in_amsterdam_by_its_offset": ({"DatTdAanm": "2027-05-01T22:30:00Z"}, False),
    "before_midnight_in_amsterdam_by_its_offset": ({"DatTdAanm": "2027-05-02T00:30:00+05:00"}, True),
}


@pytest.fixture(scope="module")
def hours_as_filed(tmp_path_factory) -> dict[str, int]:
    """Paid hours by name of the case: 60 where the second message counts, 100 where only the first does."""
    folder = tmp_path_factory.mktemp("filed")
    employers = {name: numbered(100 + number) for number, name in enumerate(FILED)}
    rows = []
    for name, (filed, _counts) in FILED.items():
        number = {"LhNr": f"{employers[name]}L01"}
        rows += [cells("returns", **number), cells("returns", **(number | {"IdBer": "M2", "AantVerlU": "60"} | filed))]
    take_in(folder / "archive", [write_csv(folder / "returns.csv", "returns", rows)])
    settled(folder / "archive", folder / "run")
    hours = paid_hours(folder / "run")
    return {name: hours[employer] for name, employer in employers.items()}


@pytest.mark.parametrize("name", FILED)
def test_as_of_takes_the_whole_day_of_filing(name, hours_as_filed):
    assert hours_as_filed[name] == (60 if FILED[name][1] else 100)


TWICE = "2026-10-25T02:{}:00+0{}:00"


@pytest.mark.parametrize(
    "form",
    [
        "csv",
        *(pytest.param(form, marks=pytest.mark.slow) for form in ("text in parquet", "instants in parquet")),
        "xml",
    ],
)
def test_of_the_hour_that_comes_twice_the_second_is_later(form, tmp_path):
    """M2 was made at 2:30 the first time, M1 at 2:15 the second: M1 is the last word, in every form."""
    first, second = TWICE.format(30, 2), TWICE.format(15, 1)
    rows = [
        cells("returns", IdBer="M2", DatTdAanm=first, AantVerlU="100"),
        cells("returns", IdBer="M1", DatTdAanm=second, AantVerlU="60"),
    ]
    if form == "xml":
        paths = [_message(tmp_path / f"{row['IdBer']}.xml", row) for row in rows]
    elif form == "csv":
        paths = [write_csv(tmp_path / "returns.csv", "returns", rows)]
    else:
        table = arrow_rows("returns", rows, typed=False)
        if form == "instants in parquet":
            place = table.schema.get_field_index("DatTdAanm")
            instants = pa.array([datetime.fromisoformat(row["DatTdAanm"]) for row in rows], pa.timestamp("us", "UTC"))
            table = table.set_column(place, "DatTdAanm", instants)
        paths = [tmp_path / "returns.parquet"]
        pq.write_table(table, paths[0])
    take_in(tmp_path / "archive", paths)
    settled(tmp_path / "archive", tmp_path / "run")
    assert list(paid_hours(tmp_path / "run").values()) == [60]


def _message(path: Path, row: dict[str, str]) -> Path:
    """A return of one income relation, with what a row says of message and hours."""
    text = example("loonaangifte-2026-with-correction.xml").read_text("utf-8")
    text = re.sub("<TijdvakCorrectie>.*</TijdvakCorrectie>", "", text, flags=re.DOTALL)
    _first_one, *others = re.findall("<InkomstenverhoudingInitieel>.*?</InkomstenverhoudingInitieel>", text, re.DOTALL)
    for other in others:
        text = text.replace(other, "")
    for name in ("IdBer", "DatTdAanm", "AantVerlU"):
        text = re.sub(f"<{name}>[^<]*<", f"<{name}>{row[name]}<", text)
    path.write_text(text, encoding="utf-8")
    return path


# settle.


def test_a_year_as_it_is_settles_with_lkv_only(archive, tmp_path):
    """100 hours x 1.01 = 101.00 euro; the articles are not in force, so no surcharge and no bonus; no simulation."""
    output = ended(settle_command(archive, tmp_path / "run"), 0)
    assert "quota regime is not in force" in output
    assert "SIMULATION" not in output
    discreet(output)
    row = _first(tmp_path / "run")
    amounts = ("surcharge_base_cents", "surcharge_cents", "lkv_cents", "bonus_cents", "payable_cents", "net_cents")
    assert [row[name] for name in amounts] == ["0", "0", "10100", "0", "10100", "10100"]
    assert table_rows(tmp_path / "run", "surcharge_lines") == []
    assert [line["lkv_cents"] for line in table_rows(tmp_path / "run", "bonus_lines")] == [101_00]
    macro, record = _json(tmp_path / "run", "macro.json"), _json(tmp_path / "run", "run.json")
    assert (macro["simulation"], record["simulation"]) == (False, False)
    assert macro["totals"]["lkv_cents"] == 101_00
    assert (macro["totals"]["bonus_cents"], macro["totals"]["surcharge_cents"]) == (0, 0)
    assert macro["rate_hundredths"] is None
    assert "SIMULATION" not in (tmp_path / "run" / "bag-info.txt").read_text()


def test_a_scenario_makes_it_a_simulation_and_that_is_said_everywhere(archive, activated, tmp_path):
    """Wage 4321.98 x 0.35% = 15.12, down to 15 euros; bonus 100 x 3.76."""
    output = ended(settle_command(archive, tmp_path / "run", "--scenario", activated), 0)
    first_line = output[output.index("SIMULATION") :].splitlines()[0]
    assert first_line == "SIMULATION: settlement of 2026, returns as filed by 2027-05-01"
    assert "Activated in 2024, surcharge of 0.35%" in output
    assert "SIMULATION" in (tmp_path / "run" / "bag-info.txt").read_text()
    macro, record = _json(tmp_path / "run", "macro.json"), _json(tmp_path / "run", "run.json")
    assert macro["simulation"] is True
    assert record["simulation"] is True
    assert macro["rate_hundredths"] == 35
    assert record["scenario"]["set"]["wet_banenafspraak.surcharge_rate"] == "0.35"
    row = _first(tmp_path / "run")
    assert (row["small_employer"], row["surcharge_cents"], row["bonus_cents"]) == ("false", "1500", "37600")
    discreet(output)


@pytest.mark.parametrize("simulated", [False, True], ids=["as_it_is", "simulated"])
def test_every_assumed_figure_has_a_line(simulated, archive, activated, tmp_path):
    options = ("--scenario", activated) if simulated else ()
    output = ended(settle_command(archive, tmp_path / "run", "--assumptions", *options), 0)
    used = _json(tmp_path / "run", "run.json")["parameters"]
    assumed = [figure for figure in used if figure["status"] == "assumed"]
    assert assumed
    lines = [line for line in output.splitlines() if "(assumed:" in line]
    assert len(lines) == len(assumed)
    for figure in assumed:
        assert any(f"{figure['name']} = {figure['value']}" in line and figure["source"] in line for line in lines)
    in_macro = _json(tmp_path / "run", "macro.json")["assumed"]
    assert [figure["name"] for figure in in_macro] == [figure["name"] for figure in assumed]
    assert all(figure["value"] and figure["source"] for figure in in_macro)


def test_every_reading_has_a_line_with_its_provision(archive, activated, tmp_path):
    output = ended(settle_command(archive, tmp_path / "run", "--assumptions", "--scenario", activated), 0)
    readings = _json(tmp_path / "run", "macro.json")["readings"]
    assert len(readings) > 5
    assert all(f"{reading['text']} [{reading['provision']}]" in output for reading in readings)


@pytest.mark.parametrize("simulated", [False, True], ids=["as_it_is", "simulated"])
def test_a_dry_settle_prints_every_parameter_with_its_source_and_writes_nothing(
    simulated, archive, activated, tmp_path
):
    options = ("--scenario", activated) if simulated else ()
    before, notes = files_under(archive), tmp_path / "run"
    output = ended(settle_command(archive, tmp_path / "run", "--dry-run", *options), 0)
    assert "Nothing was written" in output
    assert list(tmp_path.iterdir()) == []
    assert files_under(archive) == before
    assert ("SIMULATION" in output) is simulated
    discreet(output)
    ended(settle_command(archive, notes, *options), 0)
    used = _json(notes, "run.json")["parameters"]
    assert len(used) > 10
    lines = output.splitlines()
    missing = [
        figure["name"]
        for figure in used
        if not any(f"- {figure['name']} = {figure['value']} " in line and figure["source"] in line for line in lines)
    ]
    assert missing == []


def test_what_was_not_delivered_is_said(tmp_path):
    take_in(tmp_path / "archive", deliver(tmp_path / "files", returns=[cells("returns")]))
    output = ended(settle_command(tmp_path / "archive", tmp_path / "run"), 0)
    for kind in ("register", "employers", "wage_bills", "traits"):
        assert re.search(rf"^quotum: no {kind} delivered: .{{20,}}", output, re.MULTILINE)
    row = _first(tmp_path / "run")
    assert (row["rsin"], row["sector"], row["small_ground"]) == (EMPLOYER, "", "declared_class")
    codes = {line["code"]: line["count"] for line in table_rows(tmp_path / "run", "quality")}
    assert codes["employer_without_sector"] == 1


def test_what_is_delivered_and_not_used_is_said(archive, tmp_path):
    path = write_csv(
        tmp_path / "allocations.csv",
        "allocations",
        [allocation(1, "2026-01-01", 2026)],
    )
    files = deliver(tmp_path / "files")
    take_in(tmp_path / "archive", [*files, path])
    output = ended(settle_command(tmp_path / "archive", tmp_path / "run"), 0)
    assert "allocations delivered" in output
    assert "allocations delivered" not in ended(settle_command(archive, tmp_path / "other"), 0)


def test_a_later_scenario_wins_with_a_remark(archive, activated, tmp_path):
    higher = tmp_path / "higher.toml"
    higher.write_text('title = "Higher"\n[set]\n"wet_banenafspraak.surcharge_rate" = "1.00"\n')
    output = ended(settle_command(archive, tmp_path / "run", "--scenario", activated, "--scenario", higher), 0)
    assert '"1.00" of scenario "Higher" replaces "0.35"' in output
    assert _json(tmp_path / "run", "macro.json")["rate_hundredths"] == 100
    turned = ended(settle_command(archive, tmp_path / "turned", "--scenario", higher, "--scenario", activated), 0)
    assert '"0.35"' in turned
    assert _json(tmp_path / "turned", "macro.json")["rate_hundredths"] == 35


def test_the_decision_day_is_noted_and_no_more(archive, tmp_path):
    ended(settle_command(archive, tmp_path / "one", "--decided-on", "2027-06-30"), 0)
    ended(settle_command(archive, tmp_path / "two"), 0)
    assert _json(tmp_path / "one", "run.json")["decided_on"] == "2027-06-30"
    assert _json(tmp_path / "two", "run.json")["decided_on"] is None
    assert (tmp_path / "one/data/settlement.csv").read_bytes() == (tmp_path / "two/data/settlement.csv").read_bytes()


def test_every_employer_that_reported_or_is_listed_has_a_row(tmp_path):
    files = deliver(
        tmp_path / "files",
        returns=[cells("returns")],
        employers=[cells("employers", rsin=OTHER_EMPLOYER, sector="overheid")],
    )
    take_in(tmp_path / "archive", files)
    settled(tmp_path / "archive", tmp_path / "run")
    rows = rows_of(tmp_path / "run" / "data" / "settlement.csv")
    assert [(row["rsin"], row["sector"], row["paid_hours"]) for row in rows] == [
        (EMPLOYER, "", "100"),
        (OTHER_EMPLOYER, "overheid", "0"),
    ]


def test_the_record_holds_what_was_asked_and_read(archive, tmp_path):
    ended(settle_command(archive, tmp_path / "run"), 0)
    record = _json(tmp_path / "run", "run.json")
    assert (record["year"], record["as_of"], record["regime"]) == (2026, AS_OF.isoformat(), "as-enacted")
    originals = {path.name for path in (archive / "originals").glob("*/*")}
    assert {entry["sha256"] for entry in record["inputs"]} == originals
    assert all(figure["source"] for figure in record["parameters"])
    # Nothing of a place, a moment or a person.
    text = (tmp_path / "run" / "data" / "run.json").read_text()
    assert str(archive) not in text
    assert str(tmp_path) not in text
    discreet(text)
