"""What hangs on findings, wherever findings are told: on screen, in the file, on both pages, in both languages."""

import pytest

from quotum.run.findings.amounts_at_stake import MEANINGS
from quotum.run.findings.declared import FINDINGS
from quotum.run.findings.finding import Stake
from tests.helpers import ACTIVATED, deliver, discreet, ended, quotum, settle_command, table_rows, take_in
from tests.replay.altering import a_copy, change_rows, seal_again
from tests.rows import OTHER_EMPLOYER, cells


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """100 hours asked for as disabled without declaration; 1,000,000.00 at 0.35% of which the class decides.

    Who earns 1,000,000.00 is above the maximum premium wage too: on that hangs the surcharge over the rest.
    """
    folder = tmp_path_factory.mktemp("hanging")
    rows = [
        cells("returns", IndAvrLkvDgBaf="N", IndAvrLkvAgWn="J", PrlnAofAnwHg="0.00"),
        cells("returns", IdBer="N1", LhNr=f"{OTHER_EMPLOYER}L01", IndAvrLkvDgBaf="N", PrlnAofAnwHg="1000000.00"),
    ]
    employers = [cells("employers"), cells("employers", rsin=OTHER_EMPLOYER)]
    take_in(
        folder / "archive",
        deliver(folder / "files", returns=rows, employers=employers, wage_bills=[cells("wage_bills")]),
    )
    (folder / "activated.toml").write_text(ACTIVATED, "utf-8")
    more = ("--scenario", folder / "activated.toml", "--threads", 1)
    output = ended(settle_command(folder / "archive", folder / "run", *more), 0)
    return folder / "run", output


def test_the_file_has_the_cents_and_nothing_where_they_cannot_be_computed(run):
    rows = {row["code"]: (row["count"], row["cents"]) for row in table_rows(run[0], "quality")}
    assert rows["lkv_without_declaration"] == (1, 305_00)
    assert rows["declared_class_decides"] == (1, 3_500_00)
    assert rows["filing_time_is_time_made"] == (2, None)


def test_the_summary_and_quality_say_so(run):
    discreet(run[1])
    for text in (run[1], ended(quotum("quality", run[0]), 0)):
        assert "at most 305.00 euro hang on it: LKV and bonus that would be granted besides" in text
        assert "at most 3,500.00 euro hang on it: surcharge that is charged or would be" in text
        assert text.count("hang on it") == 3
    assert "at most 305.00 euro" in ended(quotum("quality", run[0], "--rule", "lkv_without_declaration"), 0)
    assert "hang on it" not in ended(quotum("quality", run[0], "--rule", "filing_time_is_time_made"), 0)


def test_the_page_of_quality_has_a_column(run, tmp_path):
    ended(quotum("quality", run[0], "--out", tmp_path / "quality.html"), 0)
    page = (tmp_path / "quality.html").read_text("utf-8")
    assert '<td class="number">305.00</td>' in page
    assert "the most that hangs on it" in page


@pytest.mark.parametrize(
    ("language", "heading", "what", "amount"),
    [
        ("en", "Hangs on it at most", "Surcharge that is charged or would be", "3,500"),
        ("nl", "Hiermee gemoeid, ten hoogste", "Opslag die wordt geheven of zou worden geheven", "3.500"),
    ],
)
def test_the_report_has_it_in_both_languages_where_it_is_not_of_fewer_than_ten(
    language, heading, what, amount, run, tmp_path
):
    many = a_copy(run[0], tmp_path / "many")
    change_rows(many, "quality", lambda rows: [row | {"count": 10 * row["count"]} for row in rows])
    seal_again(many)
    pages = []
    for number, folder in enumerate((many, run[0])):
        ended(quotum("report", folder, "--out", tmp_path / f"{number}.html", "--language", language), 0)
        pages.append((tmp_path / f"{number}.html").read_text("utf-8"))
    assert all(text in pages[0] for text in (heading, what, amount))
    assert heading in pages[1]
    assert what not in pages[1]


def test_replay_makes_the_same_euros(run):
    assert "identical" in ended(quotum("replay", run[0], "--threads", 2), 0)


def test_every_kind_of_euros_hangs_on_a_finding_and_is_said():
    assert {finding.stake for finding in FINDINGS if finding.stake is not None} == set(Stake) == set(MEANINGS)
