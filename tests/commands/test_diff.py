"""`quotum diff`: what differs between two runs of a year, by what, and the three lists of a revision."""

import csv
import json
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pyarrow.parquet as pq
import pytest
from attrs import evolve

from quotum.diff.revision_lists import revision_lists_of
from quotum.diff.sides import Pair, read_pair
from quotum.engine.duck import duck_engine
from quotum.generate.country import generate
from quotum.run.settle import prepare, settle
from quotum.run_folder import bag
from quotum.run_folder.request import Request
from tests.helpers import (
    ACTIVATED,
    deliver,
    discreet,
    ended,
    files_under,
    quotum,
    rows_of,
    table_rows,
    take_in,
    write_parquet,
)
from tests.rows import EMPLOYER, OTHER_EMPLOYER, OTHER_PERSON, PERSON, cells, nil_return, numbered

OVERVIEW, FINAL = date(2027, 1, 31), date(2027, 5, 1)
# In the order of the run: EMPLOYER, OTHER_EMPLOYER, LATE, SILENT.
LATE, SILENT = numbered(3), numbered(4)
THIRD = numbered(503)


def at(archive: Path, out: Path, as_of: date, *scenarios: Path, **more: object) -> Path:
    """A run of 2026 as of a day."""
    request = Request(archive, 2026, as_of, out, tuple(map(str, scenarios)), **({"threads": 1} | more))
    settle(prepare(request))
    return out


def said_later(**changed: str) -> dict[str, str]:
    """A correction that was made between the two days."""
    return cells("returns", IdBer='M2, "again"', DatTdAanm="2027-03-10T11:12:13", Soort="C", **changed)


def received(archive: Path, day: str, kind: str, *rows: dict[str, str]) -> None:
    path = write_parquet(archive.parent / f"{kind}-{day}.parquet", kind, rows)
    take_in(archive, [path], datetime.fromisoformat(f"{day}T09:00:00"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """An archive of four employers, and runs of it: the overview, the final one, and some that differ otherwise.

    EMPLOYER corrects PERSON from 100 hours down to 60 and OTHER_PERSON from 100 up to 130; OTHER_EMPLOYER says the
    same once more; LATE files its first return in February and is in no other delivery; SILENT files nothing.
    """
    folder = tmp_path_factory.mktemp("diff")
    archive = folder / "archive"
    other = {"SofiNr": OTHER_PERSON, "NumIV": "2"}
    received(
        archive, "2027-01-10", "returns",
        cells("returns"), cells("returns", **other),
        cells("returns", LhNr=f"{OTHER_EMPLOYER}L01", SofiNr=THIRD),
        cells("returns", DatAanvTv="2025-01-01", DatEindTv="2025-01-31", DatTdAanm="2025-02-10T10:00:00"),
    )  # fmt: skip
    received(
        archive, "2027-04-20", "returns",
        said_later(AantVerlU="60"), said_later(AantVerlU="130", PrlnAofAnwHg="9000.00", **other),
        said_later(LhNr=f"{OTHER_EMPLOYER}L01", SofiNr=THIRD) | {"DatTdAanm": "2027-02-01T00:00:00"},
        nil_return(IdBer="M9", LhNr=f"{LATE}L02", DatTdAanm="2027-02-28T23:59:59"),
        nil_return(IdBer="M8", LhNr=f"{OTHER_EMPLOYER}L01", DatTdAanm="2027-01-31T23:59:59", Soort="C"),
        # Not between the days, and of a year that a settlement of 2026 does not look at.
        nil_return(IdBer="M10", LhNr=f"{OTHER_EMPLOYER}L01", DatTdAanm="2027-05-02T00:00:00"),
        nil_return(IdBer="M11", LhNr=f"{OTHER_EMPLOYER}L01", DatTdAanm="2027-02-20T10:00:00", DatAanvTv="2027-01-01",
                   DatEindTv="2027-01-31"),
    )  # fmt: skip
    received(archive, "2027-01-11", "register", cells("register"), cells("register", bsn=OTHER_PERSON))
    received(
        archive, "2027-01-12", "employers",
        *(cells("employers", rsin=rsin, name="") for rsin in (EMPLOYER, OTHER_EMPLOYER, SILENT)),
    )  # fmt: skip
    received(archive, "2027-01-13", "wage_bills", cells("wage_bills"), cells("wage_bills", rsin=OTHER_EMPLOYER))
    (folder / "activated.toml").write_text(ACTIVATED, "utf-8")
    (folder / "other-rate.toml").write_text(ACTIVATED.replace('"0.35"', '"0.50"'), "utf-8")
    for name, day in (("overview", OVERVIEW), ("final", FINAL)):
        at(archive, folder / name, day)
        at(archive, folder / f"{name}-activated", day, folder / "activated.toml")
    at(archive, folder / "final-other-rate", FINAL, folder / "other-rate.toml")
    return folder


def lines(folder: Path, name: str) -> list[dict[str, object]]:
    """The rows of a list without their mark, after checking that the CSV beside it says the same."""
    rows = pq.read_table(folder / f"{name}.parquet").to_pylist()
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        texts = list(csv.DictReader(stream))
    moments = {key for row in rows for key, value in row.items() if isinstance(value, datetime)}
    result = [{key: csv_value(value) for key, value in row.items()} for row in rows]
    instants = [{k: str(_utc(v)) if k in moments else v for k, v in row.items()} for row in texts]
    assert instants == result
    marks = {row.pop("simulation") for row in rows}
    assert len(marks) <= 1
    return rows


def _utc(local: str) -> datetime:
    """A filing time of a list, which is local and has its offset."""
    moment = datetime.fromisoformat(local)
    assert moment.utcoffset() == moment.astimezone(ZoneInfo("Europe/Amsterdam")).utcoffset()
    return moment.astimezone(UTC)


def csv_value(value: object) -> str:
    """A value as CSV has it."""
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


# What differs, and by what


@pytest.fixture(scope="module")
def everyday(folder) -> tuple[str, Path]:
    """The preliminary overview against the final settlement: what was said, and the lists."""
    out = folder / "lists"
    result = quotum("diff", folder / "overview", folder / "final", "--out", out)
    ended(result, 0)
    assert result.stderr == f"Lists written: {out}\n"
    return result.stdout, out


@pytest.mark.slow
def test_the_overview_against_the_final_settlement(everyday):
    text, _ = everyday
    discreet(text)
    page = [line.split() for line in text.splitlines()]
    assert "Employers: 3 in both runs, 0 in the first run only, 1 in the second only; 2 differ." in text
    # 100 + 100 + 100 hours; then 60 + 130 + 100. LKV is 1.01 an hour of the two who are registered.
    assert ["paid_hours", "300", "290", "-10", "1", "0", "1"] in page
    assert ["lkv", "202.00", "191.90", "-10.10", "1", "0", "1"] in page
    assert ["small_employer", "1", "0", "0"] in page
    assert "The same for every employer: sector, premium_wage_t2_cents, " in text
    assert "parameters: the same" in text
    # A correction of the first two employers, and the return of the third.
    assert "3 messages of returns that one run counted and the other did not, of 3 employers; 2 of these" in text
    assert ["employer", "1", "-10.10", "0.00", "messages", "(1)"] in page
    last = [line for line in text.splitlines() if line.startswith("  employer 1: ")]
    assert len(last) == 1
    assert "correction of 2026-01-01 to 2026-01-31 filed 2027-03-10 11:12:13, 2 rows, in returns-2027-04-20" in last[0]


def test_the_lists_name_employers_columns_and_messages(everyday):
    _, out = everyday
    result = {(row["rsin"], row["column"]): (row["first"], row["second"], row["difference"]) for row in
             lines(out, "differences")}  # fmt: skip
    assert result == {
        (EMPLOYER, "paid_hours"): ("200", "190", -10),
        (EMPLOYER, "target_group_hours"): ("200", "190", -10),
        (EMPLOYER, "lkv_cents"): ("20200", "19190", -1010),
        (EMPLOYER, "payable_cents"): ("20200", "19190", -1010),
        (EMPLOYER, "net_cents"): ("20200", "19190", -1010),
        # It is in the second run only, with nothing but a ground.
        (LATE, "small_employer"): (None, "false", None),
        (LATE, "small_ground"): (None, "declared_class", None),
    }
    numbers = {row["rsin"]: (row["first_number"], row["second_number"]) for row in lines(out, "differences")}
    assert numbers == {EMPLOYER: (1, 1), LATE: (None, 3)}
    assert lines(out, "difference_causes") == [
        {"rsin": EMPLOYER, "cause": "messages", "count": 1},
        {"rsin": LATE, "cause": "messages", "count": 1},
    ]
    items = [(row["lhnr"], row["message_id"], row["return_kind"], row["rows"]) for row in
            lines(out, "difference_messages")]  # fmt: skip
    assert items == [(f"{EMPLOYER}L01", 'M2, "again"', "C", 2), (f"{LATE}L02", "M9", "V", 0)]
    assert {row["counted_by"] for row in lines(out, "difference_messages")} == {"second"}


def test_only_the_lists_hold_numbers_of_employers(everyday):
    _, out = everyday
    discreet((out / "diff.json").read_text("utf-8"))
    assert [path.name for path in (out, *out.iterdir()) if path.stat().st_mode & 0o077] == []


def test_the_other_way_round_says_which_run_counted_them(folder, tmp_path):
    output = ended(quotum("diff", folder / "final", folder / "overview", "--out", tmp_path / "lists"), 0)
    assert "1 in the first run only, 0 in the second only" in output
    assert "employer 1: correction" in output
    assert "which only the first run counted" in output
    assert {row["counted_by"] for row in lines(tmp_path / "lists", "difference_messages")} == {"first"}
    assert {row["difference"] for row in lines(tmp_path / "lists", "differences")} == {None, 10, 1010}


def test_a_run_against_itself(folder):
    output = ended(quotum("diff", folder / "final", folder / "final"), 0)
    assert "none differs" in output
    assert "nothing: the same returns, deliveries, parameters and code" in output
    assert "employer 1" not in output


def test_json_is_stable_and_holds_no_identifier(folder):
    outputs = [ended(quotum("diff", folder / "overview", folder / "final", "--format", "json"), 0) for _ in range(2)]
    assert outputs[0] == outputs[1]
    discreet(outputs[0])
    record = json.loads(outputs[0])
    assert record["employers"] == {"both": 3, "only_first": 0, "only_second": 1, "differing": 2, "untraced": 0}
    assert record["largest"][0]["second_number"] == 1
    assert record["largest"][0]["causes"] == {"messages": 1}
    assert record["first"]["as_of"] == "2027-01-31"


def test_other_parameters_are_named(folder):
    output = ended(quotum("diff", folder / "final-activated", folder / "final-other-rate"), 0)
    assert output.startswith("SIMULATION: ")
    assert "parameter wet_banenafspraak.surcharge_rate: 0.35 to 0.50 (Activated in 2024" in output
    assert "surcharge rate 0.35% (given) to 0.50% (given)" in output
    # 4321.98 of the other employer; 4321.98 and 9000.00 of the first.
    assert ["surcharge", "61.00", "87.00", "+26.00"] in [line.split()[:4] for line in output.splitlines()]
    assert "2 employers differ without a message or row of their own: parameters, rate or code" in output


def test_a_scenario_stands_beside_the_law(folder):
    output = ended(quotum("diff", folder / "final", folder / "final-activated"), 0)
    assert "parameter wet_banenafspraak.activated_in: not used to 2024" in output
    assert "Second run: returns as filed by 2027-05-01, scenario: Activated in 2024" in output


# Deliveries


@pytest.fixture(scope="module")
def known(tmp_path_factory) -> tuple[Path, Path]:
    """An archive whose small deliveries all came a second time, and the run before that."""
    folder = tmp_path_factory.mktemp("known")
    archive = folder / "archive"
    firms = [EMPLOYER, OTHER_EMPLOYER, LATE, SILENT]
    people = [PERSON, OTHER_PERSON, THIRD, numbered(504)]
    returns = [
        cells("returns", LhNr=f"{rsin}L01", SofiNr=bsn) for rsin, bsn in zip(firms, people, strict=True)
    ]  # fmt: skip
    received(archive, "2027-01-10", "returns", *returns)
    received(archive, "2027-01-11", "register", *(cells("register", bsn=bsn) for bsn in people))
    received(archive, "2027-01-12", "employers", *(cells("employers", rsin=rsin) for rsin in firms))
    received(archive, "2027-01-13", "wage_bills", *(cells("wage_bills", rsin=rsin) for rsin in firms))
    at(archive, folder / "before", FINAL)
    return archive, folder / "before"


SECOND_TIME = {
    "register": (
        [
            cells("register", bsn=PERSON, registered_from="2020-01-01", registered_until="2026-01-15"),
            cells("register", bsn=PERSON, registered_from="2026-01-16", ground="b"),  # the same days in two pieces
            cells("register", bsn=OTHER_PERSON, registered_until="2027-02-01", ended_by="other"),  # ends after the year
            cells("register", bsn=THIRD, registered_until="2025-12-31"),
        ],
        {LATE: 1, SILENT: 1},
    ),
    "employers": (
        [
            cells("employers", rsin=EMPLOYER, name="Another name", iban="NL91ABNA0417164300"),
            cells("employers", rsin=OTHER_EMPLOYER, sector="overheid"),
            cells("employers", rsin=LATE, started_on="2025-06-01"),
        ],
        {OTHER_EMPLOYER: 1, LATE: 1, SILENT: 1},
    ),
    "wage_bills": (
        [
            *(cells("wage_bills", rsin=rsin) for rsin in (EMPLOYER, LATE)),  # unknown of the one who is silent
            cells("wage_bills", rsin=OTHER_EMPLOYER, premium_wage="1.00"),
            cells("wage_bills", rsin=LATE, year="2023", premium_wage="1.00"),  # of no use for 2026
        ],
        {OTHER_EMPLOYER: 1, SILENT: 1},
    ),
    "traits": ([cells("traits", lhnr=f"{LATE}L01", bsn=THIRD)], {LATE: 1}),
}


@pytest.mark.parametrize(
    "kind",
    [
        kind if kind in ("register", "wage_bills") else pytest.param(kind, marks=pytest.mark.slow)
        for kind in SECOND_TIME
    ],
)
def test_a_delivery_that_is_not_the_same_is_a_cause(kind, known, tmp_path):
    archive, before = known
    rows, expected = SECOND_TIME[kind]
    received(archive, "2027-05-20", kind, *rows)
    after = at(archive, tmp_path / "after", FINAL)
    result = quotum("diff", before, after, "--out", tmp_path / "lists", "--format", "json")
    ended(result, 0)
    text = result.stdout
    discreet(text)
    causes = {cause["name"]: (cause["employers"], cause["count"]) for cause in json.loads(text)["causes"]}
    assert causes[kind] == (len(expected), sum(expected.values()))
    differing = {row["rsin"] for row in lines(tmp_path / "lists", "differences")}
    if kind == "wage_bills":
        wages = {row["rsin"]: row["second"] for row in lines(tmp_path / "lists", "differences")
                 if row["column"] == "premium_wage_t2_cents"}  # fmt: skip
        assert wages == {OTHER_EMPLOYER: "100", SILENT: None}
    own = {row["rsin"]: row["count"] for row in lines(tmp_path / "lists", "difference_causes") if row["cause"] == kind}
    assert own == {rsin: count for rsin, count in expected.items() if rsin in differing}
    assert kind in {delivery["kind"] for delivery in json.loads(text)["terms"]["deliveries"]}


def test_a_message_that_was_delivered_twice_counts_once(folder, tmp_path):
    """The same message in another file is none that only one run counted; one with more rows is."""
    archive = tmp_path / "archive"
    received(archive, "2027-01-10", "returns", cells("returns"), cells("returns", LhNr=f"{OTHER_EMPLOYER}L01"))
    first = at(archive, tmp_path / "first", FINAL)
    received(
        archive, "2027-01-20", "returns", cells("returns"),
        cells("returns", LhNr=f"{OTHER_EMPLOYER}L01", SofiNr=OTHER_PERSON, NumIV="2"),
        cells("returns", LhNr=f"{OTHER_EMPLOYER}L01"),
    )  # fmt: skip
    second = at(archive, tmp_path / "second", FINAL)
    ended(quotum("diff", first, second, "--out", tmp_path / "lists"), 0)
    result = [(row["rsin"], row["rows"], row["counted_by"]) for row in lines(tmp_path / "lists", "difference_messages")]
    assert result == [(OTHER_EMPLOYER, 2, "second")]


# A country


@pytest.fixture(scope="module")
def country(tmp_path_factory) -> Path:
    """A made-up country with late and corrected returns, its overview and its final settlement, at a given rate."""
    folder = tmp_path_factory.mktemp("country")
    generate(250, 2026, 3, folder / "files", "parquet")
    take_in(folder / "archive", [path for path in (folder / "files").iterdir() if path.suffix != ".toml"])
    (folder / "rate.toml").write_text(ACTIVATED, "utf-8")
    for name, day in (("overview", OVERVIEW), ("final", FINAL)):
        at(folder / "archive", folder / name, day, folder / "rate.toml")
    ended(quotum("diff", folder / "overview", folder / "final", "--out", folder / "lists"), 0)
    return folder


@pytest.mark.slow
def test_a_country_differs_as_its_rows_do(country):
    """Row by row in plain Python, from the files of both runs."""
    first, second = ({row["rsin"]: row for row in rows_of(country / name / "data" / "settlement.csv")}
                     for name in ("overview", "final"))  # fmt: skip
    assert set(first) == set(second)
    expected = [
        (rsin, column, first[rsin][column], value)
        for rsin in sorted(first)
        for column, value in sorted(second[rsin].items())
        if first[rsin][column] != value
    ]
    result = lines(country / "lists", "differences")
    assert [(row["rsin"], row["column"], row["first"], row["second"]) for row in result] == expected
    assert len({row["rsin"] for row in result}) > 5
    assert all(row["difference"] == int(row["second"]) - int(row["first"]) for row in result)


@pytest.mark.slow
def test_a_country_differs_by_the_messages_that_were_made_between_the_days(country):
    """Of each employer that differs, every message that the generator dates between the two days; nothing untraced."""
    result = {
        (row["LhNr"], row["IdBer"], row["DatAanvTv"])
        for path in (country / "files").glob("returns-2026-*.parquet")
        for row in pq.read_table(path, columns=["LhNr", "IdBer", "DatTdAanm", "DatAanvTv"]).to_pylist()
        if OVERVIEW < row["DatTdAanm"].date() <= FINAL
    }
    differing = {row["rsin"] for row in lines(country / "lists", "differences")}
    values = {(row["lhnr"], row["message_id"], row["period_start"]) for row in
            lines(country / "lists", "difference_messages")}  # fmt: skip
    assert values == {pair for pair in result if pair[0][:9] in differing}
    assert {number[:9] for number, _, _ in values} == differing


def test_a_revision_of_a_country_adds_up(country, tmp_path):
    """The three lists together are the difference of the totals."""
    ended(quotum("diff", country / "overview", country / "final", "--revision", "--out", tmp_path / "lists"), 0)
    totals = [json.loads((country / name / "data" / "macro.json").read_text())["totals"] for name in
              ("overview", "final")]  # fmt: skip
    down, up, surcharge = (
        lines(tmp_path / "lists", name) for name in ("lkv_downward", "lkv_upward", "surcharge_corrections")
    )
    assert down or up
    assert surcharge
    granted = sum(row["difference_payable_cents"] for row in (*down, *up))
    assert granted == totals[1]["payable_cents"] - totals[0]["payable_cents"]
    charged = sum(row["difference_surcharge_cents"] for row in surcharge)
    assert charged == totals[1]["surcharge_cents"] - totals[0]["surcharge_cents"]


# Revision


def revision(folder: Path, *more: object, first: str = "overview", second: str = "final") -> str:
    return ended(quotum("diff", folder / first, folder / second, "--revision", *more), 0)


def test_the_three_lists(folder, tmp_path):
    output = revision(folder, "--out", tmp_path / "lists", first="overview-activated", second="final-activated")
    discreet(output)
    page = [line.split() for line in output.splitlines()]
    # 40 hours less at 1.01 + 3.76, 30 hours more; 9000.00 for 4321.98 in the base at 0.35%.
    assert ["LKV", "and", "bonus", "downward,", "per", "employer", "and", "person", "1", "-190.80"] in page
    assert ["LKV", "and", "bonus", "upward,", "per", "employer", "and", "person", "1", "+143.10"] in page
    assert page[[line[:1] for line in page].index(["surcharge,"])][-2:] == ["1", "+16.00"]
    (down,) = lines(tmp_path / "lists", "lkv_downward")
    assert (down["rsin"], down["bsn"], down["before_lkv_cents"], down["after_lkv_cents"]) == (
        EMPLOYER, PERSON, 100 * 101, 60 * 101,
    )  # fmt: skip
    (up,) = lines(tmp_path / "lists", "lkv_upward")
    assert (up["bsn"], up["difference_lkv_cents"], up["difference_bonus_cents"]) == (OTHER_PERSON, 30 * 101, 30 * 376)
    (return_,) = lines(tmp_path / "lists", "surcharge_corrections")
    assert return_["lhnr"] == f"{EMPLOYER}L01"
    assert return_["difference_base_cents"] == 9_000_00 - 4_321_98
    discreet((tmp_path / "lists" / "revision.json").read_text("utf-8"))


def test_who_acts_and_what_is_not_automatic(folder):
    output = revision(folder)
    for words in (
        "an official of the inspector judges each line",
        "only when it is due to the employer or was knowable to it",
        "the employer, by objection",
        "not payable on the office's own motion",
        "by a correction of the payroll return",
        "Wtl art. 4.3 lid 1",
        "Wet banenafspraak art. 6 lid 7",
        "none of them is a decision",
    ):
        assert words in output
    assert "it is no settlement that a decision rests on" in output


@pytest.mark.parametrize(
    ("decided_on", "words"),
    [
        pytest.param(date(2031, 12, 31), "in time on 2031-12-31", id="the_last_day"),
        pytest.param(
            date(2032, 1, 1), "TOO LATE on 2032-01-01, nothing in this list can be revised", id="the_day_after"
        ),
    ],
)
def test_wtl_4_3_lid_1_five_years_after_the_year(decided_on, words, folder, tmp_path):
    """Over 2026 until 31 December 2031, judged on the day of the second decision."""
    runs = read_pair(folder / "final", folder / "final")
    pair = Pair(evolve(runs.first, decided_on=date(2027, 7, 1)), evolve(runs.second, decided_on=decided_on))
    with duck_engine(tmp_path) as engine:
        result = revision_lists_of(engine, pair)
    assert result.lists[0].until == f"until 2031-12-31, five years after the year: {words}"
    assert result.in_time == words.startswith("in time")
    # Six weeks from the first decision: 42 days.
    assert result.lists[1].until == "within 6 weeks of the decision of 2027-07-01: until 2027-08-12"
    assert not any("no settlement that a decision rests on" in remark for remark in result.remarks)


def test_a_revision_goes_forward(folder):
    output = ended(quotum("diff", folder / "final", folder / "overview", "--revision"), 2)
    assert "name the earlier settlement first" in output


def test_a_revision_needs_no_archive(folder, tmp_path):
    assert "downward" in revision(folder, "--archive", tmp_path / "nowhere")


# What cannot be compared


@pytest.fixture(scope="module")
def levy(folder) -> Path:
    """A run of the quota levy."""
    scenario = folder / "levy.toml"
    scenario.write_text(
        'title = "Quota"\n[set]\n"wfsv.quota_percentage_market" = "2.00"\n"wfsv.quota_percentage_government" = "2.76"\n'
    )
    for name, day in (("levy-overview", OVERVIEW), ("levy", FINAL)):
        at(folder / "archive", folder / name, day, scenario, regime="quota-levy")
    return folder / "levy"


def test_quota_levies_are_compared_by_their_own_columns(levy):
    output = ended(quotum("diff", levy.parent / "levy-overview", levy), 0)
    assert ["paid_hours", "300", "290", "-10", "1", "0", "1"] in [line.split() for line in output.splitlines()]
    assert "quota_levy" in output


def test_a_quota_levy_is_no_decision_to_be_revised(levy):
    assert "no decision" in ended(quotum("diff", levy.parent / "levy-overview", levy, "--revision"), 2)


def test_runs_of_two_regimes_are_no_pair(levy, folder):
    output = ended(quotum("diff", folder / "final", levy), 2)
    assert "different regimes" in output
    assert "quota-levy" in output


def test_runs_of_two_years_are_no_pair(folder, tmp_path):
    request = Request(folder / "archive", 2025, date(2026, 5, 1), tmp_path / "run-2025", threads=1)
    settle(prepare(request))
    output = ended(quotum("diff", tmp_path / "run-2025", folder / "final"), 2)
    assert "different years" in output
    assert "of 2025" in output


def test_a_folder_that_is_no_run(folder):
    assert "no run of quotum" in ended(quotum("diff", folder / "archive", folder / "final"), 2)


@pytest.mark.parametrize(
    "name", ["data/settlement.parquet", "data/run.json", "manifest-sha256.txt", "tagmanifest-sha256.txt"]
)
@pytest.mark.parametrize("how", ["altered", "missing"])
@pytest.mark.parametrize("mode", [(), ("--revision",)], ids=["plain", "revision"])
def test_an_altered_run_is_not_compared(name, how, mode, folder, tmp_path):
    copy = _copy(folder / "final", tmp_path / "copy")
    if how == "missing":
        (copy / name).unlink()
    else:
        content = bytearray((copy / name).read_bytes())
        content[len(content) // 2] ^= 1
        (copy / name).write_bytes(content)
    output = ended(quotum("diff", folder / "overview", copy, *mode), 21)
    assert "altered" in output
    discreet(output)


def _copy(run: Path, place: Path) -> Path:
    for name, content in files_under(run).items():
        path = place / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return place


def test_a_run_of_a_newer_format_is_refused(folder, tmp_path):
    copy = _copy(folder / "final", tmp_path / "copy")
    record = json.loads((copy / "data" / "run.json").read_text())
    (copy / "data" / "run.json").write_text(json.dumps(record | {"format": 2}))
    bag._tag_files(copy, "newer")
    assert "newer quotum" in ended(quotum("diff", folder / "overview", copy), 21)


def test_an_archive_that_is_not_there_or_another_one(folder, tmp_path):
    folders = (folder / "overview", folder / "final", "--archive")
    ended(quotum("diff", *folders, tmp_path / "nowhere"), 13)
    take_in(tmp_path / "other", deliver(tmp_path / "files"))
    assert "name the archive of the run" in ended(quotum("diff", *folders, tmp_path / "other"), 13)


def test_a_damaged_archive(folder, tmp_path):
    archive = _copy(folder / "archive", tmp_path / "archive")
    fragments = next(path for path in sorted(archive.rglob("fragments*.parquet")))
    fragments.write_bytes(fragments.read_bytes()[:-1] + b"X")
    output = ended(quotum("diff", folder / "overview", folder / "final", "--archive", archive), 13)
    assert "damaged" in output


@pytest.mark.parametrize("mode", [(), ("--revision",)], ids=["plain", "revision"])
def test_out_must_be_new(mode, folder, tmp_path):
    own_folder = tmp_path / "mine"
    own_folder.mkdir()
    assert "new folder" in ended(quotum("diff", folder / "overview", folder / "final", "--out", own_folder, *mode), 2)
    ended(quotum("diff", folder / "overview", folder / "final", "--out", tmp_path / "no" / "where", *mode), 14)
    assert list(own_folder.iterdir()) == []


def test_what_is_said_about_arguments_repeats_no_number(folder):
    result = quotum("diff", folder / "overview", folder / "final", EMPLOYER)
    assert result.exit_code == 2
    assert EMPLOYER not in result.output


def test_both_runs_hold_what_is_compared(folder):
    """The small country is no empty one."""
    assert [row["rsin"] for row in table_rows(folder / "final", "settlement")] == [
        EMPLOYER,
        OTHER_EMPLOYER,
        LATE,
        SILENT,
    ]
    assert len(table_rows(folder / "final-activated", "surcharge_lines")) == 3
