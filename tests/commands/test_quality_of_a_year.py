"""Findings of a settlement that show only when everything is together."""

import pyarrow.parquet as pq
import pytest

from tests.helpers import deliver, discreet, ended, files_under, quotum, receive_command, settled, take_in
from tests.rows import EMPLOYER, OTHER_EMPLOYER, cells, withdrawal

pytestmark = pytest.mark.slow


def _counts_of_findings(tmp_path, **rows) -> dict[str, int]:
    take_in(tmp_path / "archive", deliver(tmp_path / "files", **rows))
    run = tmp_path / "run"
    settled(tmp_path / "archive", run)
    quality = pq.read_table(run / "data" / "quality.parquet").to_pylist()
    return {row["code"]: row["count"] for row in quality if row["place"] == "settlement"}


def _months(**changed):
    ends = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    days = [(f"2026-{month:02}-01", f"2026-{month:02}-{end}") for month, end in enumerate(ends, 1)]
    return [
        cells("returns", DatAanvTv=start, DatEindTv=end, IdBer=f"M{start}", **changed) for start, end in days
    ]  # fmt: skip


def test_a_withdrawal_of_what_was_not_there(tmp_path):
    """NumIV 9 was never reported; NumIV 1 was, and its withdrawal is in order."""
    later = {"DatTdAanm": "2026-03-20T10:00:00", "IdBer": "M2"}
    rows = [cells("returns"), withdrawal(**later), withdrawal(**later, NumIV="9")]
    assert _counts_of_findings(tmp_path, returns=rows)["withdrawal_of_nothing"] == 1


def test_no_withdrawal_no_finding(tmp_path):
    assert "withdrawal_of_nothing" not in _counts_of_findings(tmp_path, returns=[cells("returns")])


def test_employers_without_returns_and_returns_without_employer(tmp_path):
    """One of the two is in the delivery alone, the other in the returns alone."""
    result = _counts_of_findings(
        tmp_path, returns=[cells("returns")], employers=[cells("employers", rsin=OTHER_EMPLOYER)]
    )
    assert (result["employer_without_returns"], result["employer_without_sector"]) == (1, 1)
    assert EMPLOYER != OTHER_EMPLOYER


def test_more_hours_than_a_year_has(tmp_path):
    """12 x 730 = 8,760 are all hours of 2026; one more is too many."""
    assert "person_above_hours_of_year" not in _counts_of_findings(tmp_path / "all", returns=_months(AantVerlU="730"))
    rows = _months(AantVerlU="730")
    rows[0]["AantVerlU"] = "731"
    assert _counts_of_findings(tmp_path / "more", returns=rows)["person_above_hours_of_year"] == 1


def test_hours_of_a_person_count_wherever_they_are_paid(tmp_path):
    """Each of the two has less than the year."""
    months = _months(AantVerlU="400")
    two = [row | {"LhNr": f"{OTHER_EMPLOYER}L01", "IdBer": f"{row['IdBer']}x"} for row in months]
    assert "person_above_hours_of_year" not in _counts_of_findings(tmp_path / "one", returns=months)
    assert _counts_of_findings(tmp_path / "two", returns=[*months, *two])["person_above_hours_of_year"] == 1


@pytest.fixture
def run(tmp_path):
    """A run on 20 rows, of which 5 are rejected and one is odd."""
    rows = [cells("returns", NumIV=str(number), IndZW="X" if number <= 5 else "J") for number in range(1, 21)]
    rows[19]["AantVerlU"] = "9999"
    employers = [cells("employers"), cells("employers", rsin=OTHER_EMPLOYER)]
    files = deliver(tmp_path / "files", returns=rows, employers=employers)
    ended(receive_command(tmp_path / "archive", *files), 3)
    settled(tmp_path / "archive", tmp_path / "run")
    return tmp_path / "run"


def test_the_quality_of_a_run_is_told_with_shares_and_places(run, tmp_path):
    before = files_under(run)
    output = ended(quotum("quality", run), 0)
    assert "IndZW_form: 5 (25.00% of the rows) in returns.csv (call 1, " in output
    assert "hours_above_period: 1 (5.00% of the rows)" in output
    assert (
        "employer_without_returns: 1 (50.00% of the employers) in settlement: employers of the employers delivery"
        in output
    )
    discreet(output)
    ended(quotum("quality", run, "--archive", tmp_path / "archive", "--out", tmp_path / "quality.html"), 0)
    page = (tmp_path / "quality.html").read_text("utf-8")
    assert "IndZW_form" in page
    assert "25.00%" in page
    assert "http" not in page
    discreet(page)
    assert files_under(run) == before
    ended(quotum("quality", run, "--out", run / "data" / "quality.html"), 2)
    (tmp_path / "archive").rename(tmp_path / "elsewhere")
    assert "IndZW_form: 5 in delivery " in ended(quotum("quality", run), 0)


def test_the_rows_of_a_finding_are_found_again(run, tmp_path):
    archive = ("--archive", tmp_path / "archive")
    output = ended(quotum("archive", "findings", *archive, "--rule", "IndZW_form"), 0)
    assert output.splitlines() == [f"returns.csv, row {row}: reject IndZW_form: X" for row in range(1, 6)]
    output = ended(quotum("archive", "findings", *archive, "--limit", "2"), 0)
    assert "and 4 more" in output
    for rule, code, words in (
        ("Nothing", 2, "no rule is named 'Nothing'"),
        ("IndWW_form", 0, "no row in the archive broke the rule IndWW_form"),
        ("withdrawal_of_nothing", 0, "quotum quality RUN --rule withdrawal_of_nothing says where"),
    ):
        assert words in ended(quotum("archive", "findings", *archive, "--rule", rule), code)
    assert ended(quotum("archive", "findings", *archive, "--delivery", "0" * 64), 0) == ""
