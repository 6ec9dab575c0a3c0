"""An income relation that stands twice in a message is found wherever the two rows are in a receive call."""

import tracemalloc
import zipfile

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from quotum.intake import readers
from quotum.intake.flat import csv_rows
from quotum.intake.receive import receive
from quotum.intake.staging import scattered_messages
from quotum.intake.staging.messages import FRAGMENT_SCHEMA, Fragments
from quotum.intake.staging.parts import Parts, Writer
from tests.helpers import RECEIVED
from tests.rows import OTHER_EMPLOYER, OTHER_PERSON, cells, csv_text, nil_return, numbered, withdrawal

ROW = cells("returns")
FEBRUARY = {"DatAanvTv": "2026-02-01", "DatEindTv": "2026-02-28"}
AGAIN = {
    "the_same_row": ROW,
    "other_personnel_number": ROW | {"PersNr": "P 7"},
    "other_hours": ROW | {"AantVerlU": "99"},
    "withdrawn": withdrawal(Soort="V") | {"Soort": "A"},
}
ANOTHER = {
    "relation": ROW | {"NumIV": "2"},
    "person": ROW | {"SofiNr": OTHER_PERSON},
    "message": ROW | {"IdBer": "M2"},
    "filing_time": ROW | {"DatTdAanm": "2026-02-20T10:00:01"},
    "kind": ROW | {"Soort": "C"},
    "period": ROW | FEBRUARY,
    "employer": ROW | {"LhNr": f"{OTHER_EMPLOYER}L01"},
}
BETWEEN = [cells("returns", SofiNr=numbered(number), IdBer="N") for number in range(600, 700)]


@pytest.fixture(params=[(10_000, 1_000), (0, 1_000), (0, 1)], ids=["at_hand", "written", "written_in_shares"])
def _kept(request, monkeypatch):
    """Rows at the edges of what came together are at hand, or read again from what was written, in shares of one."""
    monkeypatch.setattr(scattered_messages, "_AT_HAND", request.param[0])
    monkeypatch.setattr(scattered_messages, "_SIGNS_AT_A_TIME", request.param[1])
    monkeypatch.setattr(scattered_messages, "_ROWS_AT_A_TIME", request.param[1])
    monkeypatch.setattr(scattered_messages, "_FRAGMENTS_AT_A_TIME", request.param[1])


def _twice(folder, *files) -> int:
    paths = []
    folder.mkdir(exist_ok=True)
    for number, rows in enumerate(files):
        paths.append(folder / f"{number}.csv")
        paths[-1].write_text(csv_text("returns", rows))
    reception = receive(paths, folder / "archive", RECEIVED)
    assert not reception.refused
    return sum(count for rule, _, count in reception.findings if rule == "row_twice_in_message")


@pytest.mark.usefixtures("_kept")
class TestApart:
    """The two rows did not come together."""

    @pytest.fixture(autouse=True)
    def _few_at_a_time(self, monkeypatch):
        monkeypatch.setattr(csv_rows, "_BLOCK_BYTES", 2_000)
        monkeypatch.setattr(readers, "ENOUGH_ROWS", 10)
        monkeypatch.setattr(readers, "MOST_ROWS", 20)

    def test_far_from_each_other(self, tmp_path):
        other = ROW | {"AantVerlU": "99"}
        assert _twice(tmp_path, [ROW, *BETWEEN, other]) == 1

    def test_thrice_is_found_in_both_later_places(self, tmp_path):
        assert _twice(tmp_path, [ROW, *BETWEEN, ROW, *(row | {"IdBer": "O"} for row in BETWEEN), ROW]) == 2

    def test_without_bsn_the_personnel_number_tells(self, tmp_path):
        first, other = (ROW | {"SofiNr": "", "PersNr": name} for name in ("P 1", "P 2"))
        assert _twice(tmp_path / "other", [first, *BETWEEN, other]) == 0
        assert _twice(tmp_path, [first, *BETWEEN, first]) == 1

    def test_of_many_messages(self, tmp_path):
        """Some of them at hand and others not; wherever their signs fall."""
        messages = [
            ROW | {"IdBer": f"M{number}", "DatTdAanm": f"2026-02-{number:02d}T10:00:00"} for number in range(1, 29)
        ]
        other = [message | {"AantVerlU": "99"} for message in messages]
        assert _twice(tmp_path, [*messages, *BETWEEN, *reversed(other)]) == len(messages)


@pytest.mark.usefixtures("_kept")
def test_returns_without_rows_in_two_files_are_no_repetition(tmp_path):
    assert _twice(tmp_path, [nil_return()], [nil_return(IdBer="M2"), nil_return()]) == 0


@pytest.mark.parametrize("again", AGAIN.values(), ids=AGAIN)
@pytest.mark.usefixtures("_kept")
def test_in_two_files_of_one_call(again, tmp_path):
    kind = {"Soort": again["Soort"]}
    assert _twice(tmp_path, [ROW | kind], [again, *BETWEEN]) == 1


@pytest.mark.parametrize("other", ANOTHER.values(), ids=ANOTHER)
@pytest.mark.usefixtures("_kept")
def test_another_is_no_repetition(other, tmp_path):
    assert _twice(tmp_path, [ROW], [other, *BETWEEN]) == 0


@pytest.mark.usefixtures("_kept")
def test_a_member_that_turned_out_to_be_broken_does_not_count(tmp_path, monkeypatch):
    """Its rows were read and written before it broke."""
    monkeypatch.setattr(csv_rows, "_BLOCK_BYTES", 2_000)
    with zipfile.ZipFile(tmp_path / "both.zip", "w") as packed:
        packed.writestr("1.csv", csv_text("returns", [ROW, *BETWEEN]) + "short\n")
        packed.writestr("2.csv", csv_text("returns", [ROW]))
    reception = receive([tmp_path / "both.zip"], tmp_path / "archive", RECEIVED)
    assert len(reception.members_refused) == 1
    assert "row_twice_in_message" not in {rule for rule, _, _ in reception.findings}


def test_a_fragment_with_a_repetition_of_its_own_has_one_finding(tmp_path):
    assert _twice(tmp_path, [ROW], [ROW, ROW, *BETWEEN]) == 1


def test_findings_are_in_order_of_rows_although_messages_are_mixed(tmp_path):
    """The first message of the second file has its repetition last."""
    other = ROW | {"IdBer": "M2"}
    first = [ROW, other]
    second = [ROW | {"NumIV": "2"}, other, ROW]
    assert _twice(tmp_path, first, second) == 2
    result = next((tmp_path / "archive").rglob("findings.parquet"))
    rows = [
        (row["delivery"], row["row"])
        for row in pq.read_table(result).to_pylist()
        if row["rule"] == "row_twice_in_message"
    ]
    assert rows == sorted(rows)
    assert {row for _, row in rows} == {2, 3} or {row for _, row in rows} == {1, 2}


def test_any_number_of_fragments_takes_no_memory(tmp_path):
    """A country has ten million of them."""
    every, turns = 50_000, 40
    with Writer() as writer:
        edges = Parts(tmp_path, "edges", scattered_messages.EDGE_SCHEMA, writer, uncounted=True)
        looked = scattered_messages.ScatteredMessages(tmp_path / "signs", edges)
        tracemalloc.start()
        for turn in range(turns):
            looked.add(_fragments(turn * every, every))
        held, _ = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert (tmp_path / "signs").stat().st_size == every * turns * 12
    assert held < every * turns


def _fragments(first: int, count: int) -> Fragments:
    numbers = np.arange(first, first + count)
    columns = {column.name: pa.nulls(count, column.type) for column in FRAGMENT_SCHEMA}
    columns |= {"fragment": pa.array(numbers), "rows": pa.array(np.zeros(count, np.int64))}
    fragments = pa.table(columns)
    return Fragments(fragments, {}, frozenset(), numbers.astype(np.uint64), first + count - 1)
