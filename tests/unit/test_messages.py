"""Fragments: the rows of one message, kind and period are put together, wherever they stand."""

from collections import Counter

import duckdb
import numpy as np
import pyarrow as pa
import pytest

from quotum.intake.checks.checker import Checker
from quotum.intake.staging import messages
from quotum.intake.staging.messages import SUMS, fragments_of
from quotum.tables import RETURNS
from tests.helpers import arrow_rows
from tests.rows import EMPLOYER, OTHER_EMPLOYER, OTHER_PERSON, PERSON, cells, withdrawal

FIRST = 7_000


def _accepted(rows: list[dict[str, str]]) -> pa.Table:
    raw = arrow_rows("returns", rows, typed=False)
    for column in RETURNS.columns:
        if column.delivered_name not in raw.schema.names:
            raw = raw.append_column(column.delivered_name, pa.nulls(len(rows), pa.string()))
    raw = raw.append_column("delivery", pa.array(np.zeros(len(rows), np.int64)))
    raw = raw.append_column("member", pa.array(np.arange(len(rows)) // 40))
    checked = Checker(duckdb.connect()).check(raw.append_column("row", pa.array(np.arange(len(rows)) + 1)), RETURNS)
    assert not len(checked.left_out)
    return checked.accepted


def _mixed_up(count: int) -> list[dict[str, str]]:
    """Rows of a few messages that stand through each other, some of them twice, some anonymous."""
    chance = np.random.default_rng(1)
    months = [("2025-12-01", "2025-12-31"), ("2026-01-01", "2026-01-31")]
    rows = []
    for _ in range(count):
        start, end = months[chance.integers(2)]
        person, number = [(PERSON, ""), (OTHER_PERSON, ""), ("", "a"), ("", "b")][chance.integers(4)]
        text = {
            "IdBer": f"M{chance.integers(3)}", "Soort": "VA"[chance.integers(2)], "DatAanvTv": start, "DatEindTv": end,
            "LhNr": f"{[EMPLOYER, OTHER_EMPLOYER][chance.integers(2)]}L01", "SofiNr": person, "PersNr": number,
            "NumIV": str(chance.integers(1, 12)),
        }  # fmt: skip
        if text["Soort"] == "A" and not chance.integers(5):
            rows.append(dict.fromkeys(cells("returns"), "") | withdrawal(**text))
        else:
            rows.append(cells("returns", **text, LnSV=f"{chance.integers(-999, 9_999)}.25"))
    return rows


@pytest.mark.parametrize(
    "mixers",
    [
        pytest.param(messages._MIXERS, id="as_it_is"),
        pytest.param((0, messages._MIXERS[0]), id="the_first_number_is_that_of_every_row"),
        pytest.param((0, 0), id="every_number_is_that_of_every_row"),
    ],
)
def test_fragments_are_what_a_plain_loop_finds(monkeypatch, mixers):
    monkeypatch.setattr(messages, "_MIXERS", mixers)
    accepted = _accepted(_mixed_up(200))
    result = fragments_of(accepted, FIRST)
    keys = ("member", "payroll_tax_number", "message_id", "return_kind", "period_start", "period_end")
    rows = accepted.to_pylist()
    number: dict[tuple, int] = {}
    for row in rows:
        number.setdefault(tuple(row[key] for key in keys), FIRST + len(number))
    of_row = [number[tuple(row[key] for key in keys)] for row in rows]
    identities = Counter(
        (fragment, row["bsn"], row["personnel_number"] if row["bsn"] is None else None, row["relation_number"])
        for fragment, row in zip(of_row, rows, strict=True)
    )
    repeated = {fragment for (fragment, *_), count in identities.items() if count > 1}
    assert 0 < len(repeated) < len(number) < len(rows)
    fragments = result.fragments.to_pylist()
    assert [(line["fragment"], *(line[key] for key in keys)) for line in fragments] == [
        (fragment, *key) for key, fragment in number.items()
    ]
    assert {line["fragment"] for line in fragments if line["repeated"]} == repeated
    assert {line["fragment"]: line["rows"] for line in fragments} == Counter(of_row)
    for name in SUMS:
        sums = Counter()
        for fragment, row in zip(of_row, rows, strict=True):
            sums[fragment] += row[name] or 0
        assert {line["fragment"]: line[name] for line in fragments} == dict(sums)
    kept = [(row["row"], (row["fragment"], year)) for year, line in result.rows.items() for row in line.to_pylist()]
    assert sorted(kept) == [
        (row["row"], (fragment, row["period_start"].year)) for fragment, row in zip(of_row, rows, strict=True)
    ]
    assert list(result.rows) == [2025, 2026]
    assert result.years == {(0, row["member"], row["period_start"].year) for row in rows}


def test_a_return_without_rows_is_a_fragment_of_no_rows():
    empty = dict.fromkeys(cells("returns"), "") | {
        name: value
        for name, value in cells("returns").items()
        if name in ("IdBer", "DatTdAanm", "Soort", "LhNr", "DatAanvTv", "DatEindTv")
    }
    result = fragments_of(_accepted([empty]), FIRST)
    assert result.fragments["rows"].to_pylist() == [0]
    assert not result.fragments["repeated"].to_pylist()[0]
    assert [rows.num_rows for rows in result.rows.values()] == [0]
