"""`quotum payments`: what is ordered of a run, what is refused, and that nothing is ordered twice."""

import csv
import json
import re
import shutil
from hashlib import sha256
from pathlib import Path

import pytest

from quotum.archive.layout import Layout
from quotum.archive.orders import orders
from tests.commands.paying import (
    ACCOUNT,
    BELGIAN,
    DEBTOR,
    EXECUTED,
    HOURS,
    archive_of,
    corrected,
    messages,
    paid,
    pay,
    person,
    returns,
    settle,
    texts,
)
from tests.helpers import ACTIVATED, deliver, discreet, ended, files_under, quotum, take_in
from tests.rows import Row, declaration, numbered

PAID = {"1": "101.00", "6": "1515.00", "8": "1.01"}
NOT_PAID = {"2": ("20200", "no_iban"), "3": ("30300", "iban_check_digits"), "5": ("5050", "iban_outside_sepa"),
            "7": ("7070", "not_in_employers")}  # fmt: skip
PERCENTAGES = """title = "Percentages"
[set]
"wfsv.quota_percentage_market" = "2.00"
"wfsv.quota_percentage_government" = "1.93"
"""


@pytest.fixture(scope="module")
def settled(tmp_path_factory):
    """An archive with an ordinary run and a simulation; a test that orders takes a copy."""
    folder = tmp_path_factory.mktemp("settled")
    archive = archive_of(folder)
    settle(archive, folder / "run")
    (folder / "scenario.toml").write_text(ACTIVATED, "utf-8")
    settle(archive, folder / "simulation", "--scenario", folder / "scenario.toml")
    return folder


@pytest.fixture
def country(settled, tmp_path):
    shutil.copytree(settled, tmp_path / "country")
    return tmp_path / "country"


def _pay(country: Path, name: str = "order", *more: object, run: str = "run"):
    return pay(country / run, country / name, "--archive", country / "archive", *more)


def _not_payable(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _cents(amount: str) -> int:
    euros, cents = amount.split(".")
    return int(euros) * 100 + int(cents)


def test_payable_is_paid_and_never_the_net(country):
    ended(_pay(country), 0)
    assert paid(country / "order") == PAID
    (message,) = messages(country / "order")
    assert texts(message, "Cdtr/Nm") == ["Bakkerij Zoetemelk", "Werkgever volgnummer 6", "Cafe + Zonen"]
    assert texts(message, "CdtrAcct/Id/IBAN") == [ACCOUNT, "NL20INGB0001234567", BELGIAN]
    assert texts(message, "CdtrAgt/FinInstnId/BICFI") == ["GKCCBEBB"]
    assert texts(message, "RmtInf/Ustrd") == [f"LKV banenafspraak 2026, volgnummer {number}" for number in (1, 6, 8)]


def test_a_simulation_pays_what_is_payable_although_the_surcharge_is_more(country):
    ended(_pay(country, "order", "--simulation", run="simulation"), 0)
    with (country / "simulation" / "data" / "settlement.csv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    assert any(row["net_cents"] != row["payable_cents"] for row in rows)
    expected = {str(number): row["payable_cents"] for number, row in enumerate(rows, 1) if str(number) in PAID}
    assert {number: str(_cents(amount)) for number, amount in paid(country / "order").items()} == expected


def test_who_cannot_be_paid_is_listed_with_the_reason_and_who_gets_nothing_is_not(country):
    output = ended(_pay(country), 0)
    rows = _not_payable(country / "order" / "not_payable.csv")
    assert {row["number"]: (row["due_cents"], row["reason"]) for row in rows} == NOT_PAID
    assert [row["rsin"] for row in rows] == [numbered(int(number)) for number in NOT_PAID]
    assert "employers that cannot be paid: 4" in output
    discreet(output, [person(number) for number in HOURS] + [ACCOUNT, "Zoetemelk"])


def test_sums_tie_to_the_settlement_to_the_cent(country):
    ended(_pay(country, "order", "--transactions", 2), 0)
    macro = json.loads((country / "run" / "data" / "macro.json").read_text("utf-8"))
    payment_messages = messages(country / "order")
    assert [texts(message_file, "NbOfTxs") for message_file in payment_messages] == [["2", "2"], ["1", "1"]]
    assert [texts(message_file, "CtrlSum") for message_file in payment_messages] == [["1616.00"] * 2, ["1.01"] * 2]
    sums = sum(_cents(texts(message_file, "GrpHdr/CtrlSum")[0]) for message_file in payment_messages)
    left = sum(int(row["due_cents"]) for row in _not_payable(country / "order" / "not_payable.csv"))
    assert sums + left == macro["totals"]["payable_cents"]
    record = json.loads((country / "order" / "order.json").read_text("utf-8"))
    assert (record["control_sum_cents"], record["due_cents"], record["transactions"]) == (sums, sums + left, 3)
    for file in record["files"]:
        assert sha256((country / "order" / file["name"]).read_bytes()).hexdigest() == file["sha256"]


@pytest.mark.parametrize("most", [1, 2, 3, 4])
def test_files_hold_at_most_as_many_as_was_asked(country, most):
    ended(_pay(country, "order", "--transactions", most), 0)
    numbers = [len(texts(message, "CdtTrfTxInf")) for message in messages(country / "order")]
    assert sum(numbers) == 3
    assert numbers == [most] * (3 // most) + [3 % most] * (3 % most > 0)
    assert paid(country / "order") == PAID


def test_identifiers_follow_from_the_run_and_differ(country):
    ended(_pay(country, "order", "--transactions", 2), 0)
    payment_messages = messages(country / "order")
    identifiers = [
        text
        for message_file in payment_messages
        for name in ("MsgId", "PmtInfId", "EndToEndId")
        for text in texts(message_file, name)
    ]
    assert len(set(identifiers)) == len(identifiers) == 2 + 2 + 3
    assert max(map(len, identifiers)) <= 35
    assert not re.search(r"\d{9}", " ".join(identifiers))
    assert [f"{texts(message_file, 'MsgId')[0]}.xml" for message_file in payment_messages] == sorted(
        p.name for p in (country / "order").glob("*.xml")
    )


def test_the_same_run_gives_the_same_bytes(country, settled, tmp_path):
    ended(_pay(country), 0)
    shutil.copytree(settled, tmp_path / "other")
    ended(_pay(tmp_path / "other", "elsewhere"), 0)
    assert files_under(country / "order") == files_under(tmp_path / "other" / "elsewhere")


def test_the_same_command_again_says_that_the_order_is_there(country):
    ended(_pay(country), 0)
    before = files_under(country)
    assert "The same order was there already" in ended(_pay(country), 0)
    assert files_under(country) == before


def test_an_order_is_for_its_owner_to_read_and_for_nobody_to_write(country):
    ended(_pay(country), 0)
    assert (country / "order").stat().st_mode & 0o777 == 0o500
    assert {path.stat().st_mode & 0o777 for path in (country / "order").iterdir()} == {0o400}


def test_a_second_order_names_the_first_and_needs_again(country):
    ended(_pay(country), 0)
    before = files_under(country)
    output = ended(_pay(country, "second"), 2)
    assert "order 1 of 3 payments, 1,617.01 euro" in output
    assert str(country / "order") in output
    assert "--again" in output
    assert files_under(country) == before
    ended(_pay(country, "second", "--again"), 0)
    assert paid(country / "second") == PAID
    first, other = (texts(messages(country / name)[0], "EndToEndId") for name in ("order", "second"))
    assert not set(first) & set(other)
    assert [order.number for order in orders(Layout(country / "archive"))] == [1, 2]


def test_an_order_that_was_moved_away_is_still_known(country):
    ended(_pay(country), 0)
    (country / "order").rename(country / "sent")
    assert "ordered before" in ended(_pay(country), 2)
    assert not (country / "order").exists()


def test_another_order_in_the_place_is_left_alone(country):
    ended(_pay(country), 0)
    before = files_under(country / "order")
    assert "another order" in ended(_pay(country, "order", "--transactions", 1), 2)
    assert files_under(country / "order") == before


def test_another_run_of_the_year_is_not_paid_in_whole_beside_the_first(country):
    ended(_pay(country), 0)
    settle(country / "archive", country / "later", as_of="2027-05-03")
    output = ended(_pay(country, "second", run="later"), 2)
    assert "another run of 2026 was ordered before" in output
    assert "--revision-of" in output
    assert not (country / "second").exists()
    ended(_pay(country, "second", "--again", run="later"), 0)
    assert paid(country / "second") == PAID


def test_an_order_without_payments_stands_in_the_way_of_nothing(tmp_path):
    archive = archive_of(tmp_path, employers=[])
    settle(archive, tmp_path / "run")
    assert "nothing can be paid" in ended(pay(tmp_path / "run", tmp_path / "order"), 0)
    assert list((tmp_path / "order").glob("*.xml")) == []
    assert len(_not_payable(tmp_path / "order" / "not_payable.csv")) == 7
    ended(pay(tmp_path / "run", tmp_path / "second"), 0)


def _said_upward(first: Path, second: Path, archive: Path) -> int:
    process = quotum("diff", first, second, "--archive", archive, "--revision", "--format", "json")
    (upward,) = [row for row in json.loads(process.stdout)["lists"] if row["table"] == "lkv_upward"]
    return int(upward["difference_cents"])


def test_a_revision_pays_what_is_due_upward_only(country):
    """The first goes up by 20 hours, the sixth down by 500; nothing is taken back (Wtl art. 4.3)."""
    archive = country / "archive"
    ended(_pay(country), 0)
    corrected(archive, country / "corrections", "2027-05-20", {1: "120", 6: "1000"})
    settle(archive, country / "later", as_of="2027-06-01")
    output = ended(_pay(country, "upward", "--revision-of", country / "run", run="later"), 0)
    assert paid(country / "upward") == {"1": "20.20"}
    assert _said_upward(country / "run", country / "later", archive) == 2020
    assert texts(messages(country / "upward")[0], "Ustrd") == ["herziening LKV banenafspraak 2026, volgnummer 1"]
    assert "not payable on the office's own motion" in output


def test_what_went_down_and_comes_back_is_not_paid_twice(country):
    archive = country / "archive"
    ended(_pay(country), 0)
    for number, (filed, hours) in enumerate([("2027-05-20", "1000"), ("2027-06-20", "1501")], 1):
        corrected(archive, country / f"corrections{number}", filed, {1: str(100 + 10 * number), 6: hours})
        settle(archive, country / f"later{number}", as_of=f"2027-0{number + 5}-01")
    first = ("--revision-of", country / "run")
    ended(_pay(country, "order1", *first, run="later1"), 0)
    assert paid(country / "order1") == {"1": "10.10"}
    assert "Name every run" in ended(_pay(country, "order2", *first, run="later2"), 2)
    ended(_pay(country, "order2", *first, "--revision-of", country / "later1", run="later2"), 0)
    assert paid(country / "order2") == {"1": "10.10", "6": "1.01"}


def test_a_revision_pays_who_could_not_be_paid_only_when_asked(country):
    archive = country / "archive"
    ended(_pay(country), 0)
    corrected(archive, country / "corrections", "2027-05-20", {1: "120"})
    rows = [{"rsin": numbered(number), "name": f"N{number}", "sector": "niet-overheid", "started_on": "2015-01-01",
             "iban": ACCOUNT} for number in HOURS]  # fmt: skip
    take_in(archive, deliver(country / "accounts", employers=rows))
    settle(archive, country / "later", as_of="2027-06-01")
    revision = ("--revision-of", country / "run")
    ended(_pay(country, "upward", *revision, run="later"), 0)
    assert paid(country / "upward") == {"1": "20.20"}
    ended(_pay(country, "whole", *revision, "--with-unpaid", "--again", run="later"), 0)
    assert paid(country / "whole") == {"1": "20.20", "2": "202.00", "3": "303.00", "5": "50.50", "7": "70.70"}
    assert "belongs to --revision-of" in ended(_pay(country, "x", "--with-unpaid", run="later"), 2)


def test_a_revision_names_runs_that_were_ordered(country):
    settle(country / "archive", country / "later", as_of="2027-05-03")
    assert "was not ordered" in ended(_pay(country, "x", "--revision-of", country / "run", run="later"), 2)
    ended(_pay(country), 0)
    assert "same year" in ended(_pay(country, "x", "--again", "--revision-of", country / "run"), 2)
    ended(_pay(country, "y", "--again", run="later"), 0)
    assert "later day" in ended(_pay(country, "x", "--again", "--revision-of", country / "later"), 2)
    assert not (country / "x").exists()


def test_a_simulation_is_ordered_only_as_one_and_says_so_everywhere(country):
    assert "is a simulation" in ended(_pay(country, run="simulation"), 2)
    assert not (country / "order").exists()
    output = ended(_pay(country, "order", "--simulation", run="simulation"), 0)
    assert output.startswith("SIMULATION")
    names = [path.name for path in (country / "order").iterdir()]
    assert len(names) == 3
    (message,) = messages(country / "order")
    identifiers = [text for name in ("MsgId", "PmtInfId", "EndToEndId", "Ustrd") for text in texts(message, name)]
    assert all(text.startswith("SIMULATION") for text in [*names, *identifiers])
    assert {row["simulation"] for row in _not_payable(country / "order" / "SIMULATION-not_payable.csv")} == {"true"}
    assert max(len(text) for name in ("MsgId", "PmtInfId", "EndToEndId") for text in texts(message, name)) <= 35


def test_an_order_that_is_a_simulation_stands_in_the_way_of_no_other(country, settled, tmp_path):
    ended(_pay(country, "tried", "--simulation"), 0)
    assert "ordered before" in ended(_pay(country, "tried2", "--simulation"), 2)
    ended(_pay(country), 0)
    shutil.copytree(settled, tmp_path / "other")
    ended(_pay(tmp_path / "other"), 0)
    assert files_under(country / "order") == files_under(tmp_path / "other" / "order")


def test_amounts_that_rest_on_an_assumed_figure_are_ordered_only_as_a_simulation(tmp_path):
    """A right by declaration rests on the month before the start, which is assumed."""
    declared = declaration("jobs_agreement", "2024-01-01", bsn=person(1))
    archive = archive_of(tmp_path, declarations=[declared])
    settle(archive, tmp_path / "run")
    output = ended(pay(tmp_path / "run", tmp_path / "order"), 2)
    assert "wtl.month_before_start" in output
    assert "saving_per_job" not in output
    ended(pay(tmp_path / "run", tmp_path / "order", "--simulation"), 0)


def test_the_quota_levy_pays_nothing(country):
    before = {"DatAanvTv": "2025-01-01", "DatEindTv": "2025-01-31", "DatAanv": "2020-01-01", "IdBer": "M0"}
    take_in(country / "archive", deliver(country / "of2025", returns=returns({1: "100"}, **before)))
    (country / "levy.toml").write_text(PERCENTAGES, "utf-8")
    settle(country / "archive", country / "levy", "--regime", "quota-levy", "--scenario", country / "levy.toml")
    for more in ((), ("--simulation",)):
        assert "122na" in ended(_pay(country, "order", *more, run="levy"), 2)


@pytest.mark.parametrize(
    ("option", "wrong", "expected"),
    [
        ("--debtor-name", " ", "empty"),
        ("--debtor-name", "N" * 71, "71 characters"),
        ("--debtor-name", "Caf\u00e9", "do not take"),
        ("--debtor-iban", "NL87INGB0002445588", "no IBAN"),
        ("--debtor-iban", "NL86INGB000244558", "no IBAN"),
        ("--debtor-iban", "TR330006100519786457841326", "outside SEPA"),
        ("--debtor-bic", "INGBNL2", "no BIC"),
        ("--debtor-bic", "GKCCBEBB", "another country"),
        ("--execution-date", "2027-04-30", "lies before"),
        ("--execution-date", "31-05-2027", "yyyy-mm-dd"),
        ("--transactions", "0", "0"),
    ],
)
def test_wrong_details_are_refused_before_anything_is_written(country, option, wrong, expected):
    before = files_under(country)
    result = ended(_pay(country, "order", option, wrong), 2)
    assert expected in result
    assert wrong not in result or option != "--debtor-iban"
    assert files_under(country) == before


def test_details_at_the_limits_are_taken(country):
    longest, exact = "N" * 70, "2027-05-01"
    ended(_pay(country, "order", "--debtor-name", longest, "--execution-date", exact), 0)
    (message,) = messages(country / "order")
    assert texts(message, "Dbtr/Nm") == texts(message, "InitgPty/Nm") == [longest]


def test_the_moment_is_the_decision_or_else_the_day_of_execution(country):
    ended(_pay(country), 0)
    assert texts(messages(country / "order")[0], "CreDtTm") == ["2027-07-15T00:00:00"]
    settle(country / "archive", country / "decided", "--decided-on", "2027-06-30")
    ended(_pay(country, "second", "--again", run="decided"), 0)
    assert texts(messages(country / "second")[0], "CreDtTm") == ["2027-06-30T00:00:00"]
    assert "decided on, 2027-06-30" in ended(
        _pay(country, "third", "--again", "--execution-date", "2027-06-29", run="decided"), 2
    )


def test_without_a_bic_the_bank_of_the_debtor_is_not_provided(country):
    without = [item for item in DEBTOR if item not in ("--debtor-bic", "INGBNL2A")]
    ended(quotum("payments", country / "run", *without, *EXECUTED, "--out", country / "order",
                 "--archive", country / "archive"), 0)  # fmt: skip
    assert texts(messages(country / "order")[0], "DbtrAgt/FinInstnId/Othr/Id") == ["NOTPROVIDED"]


def test_an_altered_run_is_not_paid_from(country):
    path = country / "run" / "data" / "settlement.csv"
    path.chmod(0o600)
    path.write_bytes(path.read_bytes().replace(b"10100", b"90100"))
    ended(_pay(country), 21)
    assert not (country / "order").exists()


def test_a_run_that_the_archive_does_not_note_is_not_paid_from(country, tmp_path):
    other = archive_of(tmp_path / "other")
    assert "no note" in ended(_pay(country, "order", "--archive", other), 21)


def test_notes_on_orders_that_were_damaged_stop_every_order(country):
    ended(_pay(country), 0)
    path = country / "archive" / "notes" / "orders.json"
    path.write_bytes(path.read_bytes().replace(b'"number": 1', b'"number": 7'))
    assert "restore" in ended(_pay(country, "second", "--again"), 13)
    assert "orders.json" in quotum("archive", "check", "--archive", country / "archive").output


def test_an_archive_with_orders_is_sound_and_merging_takes_them_along(country, tmp_path):
    ended(_pay(country), 0)
    assert "0 problems" in ended(quotum("archive", "check", "--archive", country / "archive"), 0)
    into = tmp_path / "into"
    for _ in range(2):
        ended(quotum("archive", "merge", country / "archive", "--archive", into), 0)
        assert orders(Layout(into)) == orders(Layout(country / "archive"))
    assert "ordered before" in ended(_pay(country, "second", "--archive", into), 2)


def test_a_place_that_holds_something_else_is_refused(country):
    (country / "order").mkdir()
    assert "no order of quotum" in ended(_pay(country), 2)
    ended(_pay(country, "not/there"), 14)
