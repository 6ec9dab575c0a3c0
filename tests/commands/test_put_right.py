"""Mistakes that an operator puts right: a table sent again, a delivery or message withdrawn, a contradiction."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from quotum.archive.layout import Layout
from quotum.archive.receipts import receipts
from tests.helpers import (
    RECEIVED,
    deliver,
    discreet,
    ended,
    paid_hours,
    quotum,
    receive_command,
    record_and_results,
    results,
    rows_of,
    settle_command,
    settled,
    table_rows,
    take_in,
    write_csv,
)
from tests.rows import EMPLOYER, OTHER_EMPLOYER, OTHER_PERSON, PERSON, cells, numbered

pytestmark = pytest.mark.slow

RETURNS = [cells("returns"), cells("returns", LhNr=f"{OTHER_EMPLOYER}L01", SofiNr=OTHER_PERSON, AantVerlU="7")]
OTHERS = [cells("register", bsn=numbered(number)) for number in range(600, 602)]


def _lkv(run: Path) -> int:
    return sum(int(row["lkv_cents"]) for row in rows_of(run / "data" / "settlement.csv"))


def _on(day: int) -> datetime:
    return RECEIVED + timedelta(days=day)


@pytest.fixture
def archive(tmp_path) -> Path:
    """Returns, employers and a register of three."""
    files = deliver(tmp_path / "first", returns=RETURNS, employers=[cells("employers")])
    take_in(tmp_path / "archive", [*files, write_csv(tmp_path / "good.csv", "register", [cells("register"), *OTHERS])])
    return tmp_path / "archive"


@pytest.fixture
def wrong(archive, tmp_path) -> Path:
    """A register of somebody else, which replaces the good one."""
    path = write_csv(tmp_path / "wrong.csv", "register", [cells("register", bsn=numbered(650))])
    take_in(archive, [path], _on(1))
    return path


# A table sent again.


def test_the_table_sent_last_is_in_force(archive, wrong, tmp_path):
    """The receipt points to the bytes that are kept; as known before, it is what was in force then."""
    settled(archive, tmp_path / "before")
    assert _lkv(tmp_path / "before") == 0
    again = take_in(archive, [tmp_path / "good.csv"], _on(2))
    assert [(replacement.rows, replacement.rows_before, replacement.call) for replacement in again.replaced] == [
        (3, 1, 2)
    ]
    settled(archive, tmp_path / "after")
    assert _lkv(tmp_path / "after") == 101_00
    settled(archive, tmp_path / "then", known_on=_on(1).date())
    assert results(tmp_path / "then") == results(tmp_path / "before")
    assert "0 problems" in ended(quotum("archive", "check", "--archive", archive), 0)


def test_the_table_that_is_in_force_already_adds_nothing(archive, wrong, tmp_path):
    assert take_in(archive, [wrong], _on(2)).known == ("wrong.csv",)
    assert len(receipts(Layout(archive))) == 2
    # Of a table in two files one alone is another table; both together are the one in force.
    first, second = (write_csv(tmp_path / f"{n}.csv", "register", [row]) for n, row in enumerate(OTHERS))
    take_in(archive, [first, second], _on(3))
    assert take_in(archive, [second, first], _on(4)).deliveries == ()
    assert [str(replacement) for replacement in take_in(archive, [second], _on(5)).replaced] == [
        "register: 1 rows, replaces 2 rows of call 3; 1 rows fewer, more than a tenth"
    ]


def test_a_run_read_a_table_in_two_files_and_not_the_half_that_came_after_it(archive, tmp_path):
    """One of its files alone is another table: the run is repeated with both."""
    first, second = (
        write_csv(tmp_path / f"{n}.csv", "register", [row]) for n, row in enumerate((cells("register"), OTHERS[0]))
    )
    take_in(archive, [first, second], _on(1))
    settled(archive, tmp_path / "run")
    take_in(archive, [second], _on(2))
    assert _lkv(tmp_path / "run") == 101_00
    assert "identical" in ended(quotum("replay", tmp_path / "run"), 0)


def test_a_table_received_with_an_earlier_day_is_not_in_force_and_says_so(archive, wrong, tmp_path):
    output = ended(
        quotum("receive", tmp_path / "good.csv", "--archive", archive, "--received", "2027-05-02T07:00:00"), 0
    )
    assert "adds nothing" in output  # on that day it was in force
    early = write_csv(tmp_path / "early.csv", "register", [OTHERS[0]])
    output = ended(quotum("receive", early, "--archive", archive, "--received", "2027-01-01T07:00:00"), 0)
    assert "register: 1 rows, not in force: those of call 2 (1 rows) were received later and stay" in output


@pytest.mark.parametrize(("left", "lost"), [(18, 0), (17, 3)], ids=["a_tenth", "more_than_a_tenth"])
def test_a_table_that_loses_more_than_a_tenth_is_a_finding(left, lost, tmp_path):
    """Of twenty rows eighteen are left; seventeen."""
    rows = [cells("register", bsn=numbered(number)) for number in range(600, 620)]
    take_in(tmp_path / "archive", [write_csv(tmp_path / "twenty.csv", "register", rows)])
    fewer = write_csv(tmp_path / "fewer.csv", "register", rows[:left])
    process = quotum("receive", fewer, "--archive", tmp_path / "archive", "--received", _on(1).isoformat())
    ended(process, 0)
    assert f"register: {left} rows, replaces 20 rows of call 1" in process.stdout
    assert ("table_loses_rows: 1" in process.stdout) == bool(lost)
    assert (f"{lost} rows fewer, more than a tenth" in process.stderr) == bool(lost)
    assert "archive findings --rule" not in process.stdout


# What was withdrawn.


def _withdraw(archive: Path, what: object, *more: object, code: int = 0) -> str:
    moment = ("--received", _on(10).isoformat())
    return ended(
        quotum("archive", "withdraw", what, "--archive", archive, "--reason", "it is wrong", *moment, *more), code
    )


def test_a_call_is_withdrawn_and_the_one_before_is_in_force_again(archive, wrong, tmp_path):
    settled(archive, tmp_path / "before")
    output = _withdraw(archive, 2)
    assert "withdrawn: register wrong.csv of call 2; receipt 3" in output
    assert "in force now, register: that of call 1" in output
    settled(archive, tmp_path / "after")
    assert (_lkv(tmp_path / "before"), _lkv(tmp_path / "after")) == (0, 101_00)
    settled(archive, tmp_path / "then", known_on=_on(9).date())
    assert results(tmp_path / "then") == results(tmp_path / "before")
    listed = ended(quotum("archive", "list", "--archive", archive), 0)
    assert "wrong.csv: 1 accepted + 0 rejected, sha256" in listed
    assert "(withdrawn)" in listed
    assert "withdrawal    register wrong.csv of call 2: it is wrong" in listed
    assert "remark: withdrawal 3" in ended(quotum("archive", "check", "--archive", archive), 0)
    assert "2 receive calls" in ended(quotum("archive", "rebuild", "--archive", archive), 0)


def test_a_withdrawal_is_withdrawn_and_what_is_sent_again_counts_again(archive, wrong, tmp_path):
    _withdraw(archive, 2)
    assert "in force now, register: that of call 2" in _withdraw(archive, 3)
    settled(archive, tmp_path / "run")
    assert _lkv(tmp_path / "run") == 0
    assert "is out of force already" in _withdraw(archive, 3, code=2)
    _withdraw(archive, 1)
    ended(settle_command(archive, tmp_path / "nothing"), 13)
    take_in(archive, [tmp_path / "first" / "returns.csv"], _on(20))
    settled(archive, tmp_path / "again")
    assert paid_hours(tmp_path / "again") == {EMPLOYER: 100, OTHER_EMPLOYER: 7}


def test_one_delivery_of_several_is_withdrawn_by_its_digest(tmp_path):
    file = write_csv(tmp_path / "one.csv", "returns", RETURNS[:1])
    two = write_csv(tmp_path / "two.csv", "returns", RETURNS[1:])
    parts = [
        write_csv(tmp_path / f"r{n}.csv", "register", [row]) for n, row in enumerate((cells("register"), OTHERS[0]))
    ]
    take_in(tmp_path / "archive", [file, two, *parts])
    (receipt,) = receipts(Layout(tmp_path / "archive"))
    digests = {delivery.name: delivery.sha256 for delivery in receipt.deliveries}
    settled(tmp_path / "archive", tmp_path / "before")
    _withdraw(tmp_path / "archive", digests["two.csv"][:16])
    settled(tmp_path / "archive", tmp_path / "after")
    assert paid_hours(tmp_path / "after") == {EMPLOYER: 100}
    _withdraw(tmp_path / "archive", f"delivery:{digests['r0.csv']}")
    settled(tmp_path / "archive", tmp_path / "nobody")
    assert (_lkv(tmp_path / "after"), _lkv(tmp_path / "nobody")) == (101_00, 0)
    ended(quotum("replay", tmp_path / "before", "--from-originals"), 0)


def test_a_message_is_withdrawn_and_the_one_before_stands(archive, tmp_path):
    later = {"IdBer": "M2", "DatTdAanm": "2026-03-20T10:00:00", "AantVerlU": "33"}
    take_in(archive, [write_csv(tmp_path / "later.csv", "returns", [cells("returns", **later)])], _on(1))
    settled(archive, tmp_path / "before")
    output = _withdraw(archive, "M2")
    assert "withdrawn: 1 messages" in output
    discreet(output)
    settled(archive, tmp_path / "after")
    assert (paid_hours(tmp_path / "before")[EMPLOYER], paid_hours(tmp_path / "after")[EMPLOYER]) == (33, 100)
    ended(quotum("explain", tmp_path / "after", EMPLOYER), 0)
    output = ended(quotum("diff", tmp_path / "before", tmp_path / "after", "--archive", archive), 0)
    assert "1 messages of returns that one run counted" in output


def test_what_is_withdrawn_must_be_one_thing(archive, tmp_path):
    """Two employers have a message M1: the number of one says which; a name that fits nothing is wrong use."""
    assert "2 messages are named so" in _withdraw(archive, "M1", code=2)
    assert "nothing in force is named so" in _withdraw(archive, "M9", code=2)
    assert "no receive call" in _withdraw(archive, "call:7", code=2)
    assert "no payroll tax number" in _withdraw(archive, "M1", "--number", "1", code=2)
    ended(quotum("archive", "withdraw", 1, "--archive", archive, "--reason", " "), 2)
    assert len(receipts(Layout(archive))) == 1
    _withdraw(archive, "M1", "--number", f"{OTHER_EMPLOYER}L01", "--filed-at", "2026-02-20T10:00:00")
    settled(archive, tmp_path / "run")
    assert paid_hours(tmp_path / "run") == {EMPLOYER: 100}
    take_in(archive, [write_csv(tmp_path / "call.csv", "returns", [cells("returns", IdBer="1")])], _on(1))
    assert "it can be a call or a message" in _withdraw(archive, "1", code=2)


def test_a_withdrawal_is_merged_and_forgetting_keeps_what_is_in_force(archive, wrong, tmp_path):
    settled(archive, tmp_path / "before")
    _withdraw(archive, 2)
    settled(archive, tmp_path / "after")
    for added in (2, 0):
        output = ended(quotum("archive", "merge", archive, "--archive", tmp_path / "merged"), 0)
        assert f"of which {added} added something" in output
    for run in ("before", "after"):
        ended(quotum("replay", tmp_path / run, "--archive", tmp_path / "merged"), 0)
    result = quotum("archive", "forget", "--year", "2020", "--archive", archive, "--yes")
    assert "goes: " not in ended(result, 0)
    # The withdrawn register goes with the years before it was withdrawn; the good one is in force and stays.
    result = ended(quotum("archive", "forget", "--before", "2030", "--archive", archive, "--dry-run"), 0)
    assert "goes: register wrong.csv" in result
    assert "goes: register good.csv" not in result


def test_runs_made_before_are_repeated_as_they_were(archive, wrong, tmp_path):
    """Whatever was sent again or withdrawn since, from the originals too; explained and verified as well."""
    first = [tmp_path / "first" / "returns.csv"]
    steps = {
        "wrong": lambda: None,
        "call": lambda: _withdraw(archive, 2),
        "undone": lambda: _withdraw(archive, 3),
        "again": lambda: take_in(archive, [tmp_path / "good.csv"], _on(12)),
        "message": lambda: _withdraw(archive, "M1", "--number", f"{EMPLOYER}L01"),
        "returns": lambda: _withdraw(archive, f"delivery:{_digest(archive, 'returns.csv')}"),
        "returned": lambda: take_in(archive, first, _on(20)),
        "aside": lambda: take_in(archive, [write_csv(tmp_path / "bad.csv", "returns", [row])], _on(21)),
    }
    row, result = cells("returns", AantVerlU="90"), []
    for name, step in steps.items():
        step()
        if name != "returns":  # then there is nothing to settle
            settled(archive, tmp_path / name)
            result.append((name, _lkv(tmp_path / name), results(tmp_path / name)))
    expected = {"wrong": 0, "call": 101_00, "undone": 0, "again": 101_00, "message": 0, "returned": 101_00, "aside": 0}
    assert {name: cents for name, cents, _ in result} == expected
    for name, *_ in result:
        for more in ((), ("--from-originals",)):
            assert "identical" in ended(quotum("replay", tmp_path / name, *more), 0), name
        ended(quotum("verify", tmp_path / name), 0)
        ended(quotum("explain", tmp_path / name, OTHER_EMPLOYER), 0)
    assert "problems" in ended(quotum("archive", "check", "--archive", archive), 0)


def _digest(archive: Path, name: str) -> str:
    result = (delivery for receipt in receipts(Layout(archive)) for delivery in receipt.deliveries)
    return next(delivery.sha256 for delivery in result if delivery.name == name)


# What contradicts itself.


def test_a_contradiction_with_what_came_before_is_said_the_night_it_comes(archive, tmp_path):
    bad = write_csv(tmp_path / "bad.csv", "returns", [cells("returns", AantVerlU="90")])
    process = receive_command(archive, bad)
    ended(process, 0)
    assert "message_contradicts_itself: 1" in process.stdout
    assert "out of force: returns.csv, row 1; bad.csv, row 1" in process.stderr
    discreet(process.output)
    drop = tmp_path / "drop"
    drop.mkdir()
    write_csv(drop / "worse.csv", "returns", [cells("returns", IdBer="X"), cells("returns", IdBer="X", AantVerlU="1")])
    job = quotum("job", "nightly", "--drop", drop, "--archive", archive, "--quiet-for", 0)
    assert "out of force: worse.csv, row 1; worse.csv, row 2" in ended(job, 0)
    assert " warning received worse.csv" in job.stdout
    assert "worse.csv, row 2" in (drop / "done" / "worse.csv.reason.txt").read_text()


def test_a_contradiction_sets_its_return_aside_and_not_the_country(archive, tmp_path):
    bad = write_csv(tmp_path / "bad.csv", "returns", [cells("returns", AantVerlU="90")])
    take_in(archive, [bad])
    result = settle_command(archive, tmp_path / "run")
    assert "returns.csv, row 1; bad.csv, row 1" in ended(result, 3)
    assert paid_hours(tmp_path / "run") == {EMPLOYER: 0, OTHER_EMPLOYER: 7}
    (aside,) = table_rows(tmp_path / "run", "set_aside")
    assert (aside["lhnr"], aside["row"], aside["simulation"]) == (f"{EMPLOYER}L01", 1, False)
    rows = {row["code"]: row["count"] for row in table_rows(tmp_path / "run", "quality")}
    assert rows["message_contradicts_itself"] == 1
    ended(quotum("replay", tmp_path / "run"), 0)
    ended(quotum("explain", tmp_path / "run", EMPLOYER), 0)
    assert "employer 1, L01" in ended(quotum("quality", tmp_path / "run", "--rule", "message_contradicts_itself"), 0)
    assert "bad.csv, row 1" in ended(settle_command(archive, tmp_path / "strict", "--strict"), 13)
    assert not (tmp_path / "strict").exists()
    # Withdrawn, or sent anew: nothing is set aside any more.
    newer = {"IdBer": "M2", "DatTdAanm": "2026-03-20T10:00:00", "AantVerlU": "33"}
    take_in(archive, [write_csv(tmp_path / "new.csv", "returns", [cells("returns", **newer)])], _on(1))
    ended(settle_command(archive, tmp_path / "later"), 0)
    assert paid_hours(tmp_path / "later")[EMPLOYER] == 33


def test_a_message_put_out_of_force_by_hand_contradicts_nobody(archive, tmp_path):
    """Withdrawn, the same message can come anew: it is held against nothing of before."""
    take_in(archive, [write_csv(tmp_path / "bad.csv", "returns", [cells("returns", AantVerlU="90")])])
    _withdraw(archive, "M1", "--number", f"{EMPLOYER}L01")
    ended(settle_command(archive, tmp_path / "without"), 0)
    right = write_csv(tmp_path / "right.csv", "returns", [cells("returns", AantVerlU="80")])
    assert take_in(archive, [right], _on(20)).contradictions == ()
    ended(settle_command(archive, tmp_path / "run"), 0)
    assert paid_hours(tmp_path / "run")[EMPLOYER] == 80


# What was rejected of the deliveries that a settlement used.


def test_a_settlement_names_each_delivery_of_which_rows_were_rejected(archive, tmp_path):
    half = [cells("register"), *(cells("register", bsn=PERSON, registered_until="NA") for _ in range(2)), *OTHERS]
    ended(receive_command(archive, write_csv(tmp_path / "half.csv", "register", half)), 3)
    process = settle_command(archive, tmp_path / "run")
    ended(process, 0)
    line = "register: 2 of 5 rows were rejected (40.00%) in half.csv"
    assert line in process.stdout
    assert line in process.stderr
    rows = {row["code"]: row["count"] for row in table_rows(tmp_path / "run", "quality")}
    assert rows["delivery_rows_rejected"] == 2
    assert "delivery_rows_rejected: 2 (40.00% of the rows)" in ended(quotum("quality", tmp_path / "run"), 0)
    assert "half.csv, row 2" in ended(quotum("quality", tmp_path / "run", "--rule", "delivery_rows_rejected"), 0)


def test_the_same_bytes_whoever_settles(archive, wrong, tmp_path):
    """With a withdrawal and a message set aside the record too has the same bytes."""
    take_in(archive, [write_csv(tmp_path / "bad.csv", "returns", [cells("returns", AantVerlU="90")])])
    _withdraw(archive, 2)
    for name in ("one", "two"):
        ended(settle_command(archive, tmp_path / name, "--threads", 1 if name == "one" else 2), 3)
    assert record_and_results(tmp_path / "one") == record_and_results(tmp_path / "two")
