"""Findings of a settlement that show only when everything is together."""

import pyarrow.parquet as pq

from tests.helpers import EMPLOYER, OTHER_EMPLOYER, cells, deliver, settled, take_in, withdrawal


def _found(tmp_path, **rows) -> dict[str, int]:
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
    assert _found(tmp_path, returns=rows)["withdrawal_of_nothing"] == 1


def test_no_withdrawal_no_finding(tmp_path):
    assert "withdrawal_of_nothing" not in _found(tmp_path, returns=[cells("returns")])


def test_employers_without_returns_and_returns_without_employer(tmp_path):
    """One of the two is in the delivery alone, the other in the returns alone."""
    found = _found(tmp_path, returns=[cells("returns")], employers=[cells("employers", rsin=OTHER_EMPLOYER)])
    assert (found["employer_without_returns"], found["employer_without_sector"]) == (1, 1)
    assert EMPLOYER != OTHER_EMPLOYER


def test_more_hours_than_a_year_has(tmp_path):
    """12 x 730 = 8,760 are all hours of 2026; one more is too many."""
    assert "person_above_hours_of_year" not in _found(tmp_path / "all", returns=_months(AantVerlU="730"))
    rows = _months(AantVerlU="730")
    rows[0]["AantVerlU"] = "731"
    assert _found(tmp_path / "more", returns=rows)["person_above_hours_of_year"] == 1
