"""Tables that pass between stages are what they are declared to be."""

from datetime import date, datetime
from functools import cache

import narwhals as nw
import pyarrow as pa
import pytest

from quotum.run.stages.outputs import gives
from quotum.tables import Column, Kind, Table
from tests.spec.lkv import Claims, benefits, worked
from tests.spec.rule_7_quota_levy.levies import allocation, both_years, hours_of, levy
from tests.spec.tables import (
    EMPLOYER,
    OTHER_EMPLOYER,
    OTHER_PERSON,
    PERSON,
    Country,
    declaration,
    deduction,
    employer,
    month,
    new_engine,
    registered,
    row,
    settle,
    wage_bill,
)
from tests.stage_tables import DECLARED, SEEN, NotAsDeclared

TWO = Table("two", "two columns", (Column("rsin", Kind.RSIN, ""), Column("day", Kind.DATE, "", null=True)), ("rsin",))


@gives(TWO)
def _given(table):
    return nw.from_native(table).lazy()


@cache
def _all_stages(folder):
    """Every stage, each with rows in all it gives."""
    engine = new_engine("pyarrow", folder)
    start, end = "2026-01-01", "2026-01-31"
    later = {"DatTdAanm": "2026-03-20T09:00:00", "IdBer": "M2"}
    rows = [
        row(AantVerlU=9_000, PrlnAofAnwHg="1000000.00"),
        row(Soort="A", Actie="X", NumIV=9, **later),
        row(Soort="C", **month(2), **later),
        row(LhNr=f"{OTHER_EMPLOYER}L01", DatAanvTv=start, DatEindTv=end),
        row(LhNr=f"{OTHER_EMPLOYER}L01", DatEindTv="2026-01-25"),
        *(row(DatAanvTv=f"2024-{place:02}-01", DatEindTv=f"2024-{place:02}-{last}", PrlnAofAnwHg="99999.00")
          for place, last in enumerate((31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31), 1)),
    ]  # fmt: skip
    country = Country(
        rows, [registered()], [employer()], [wage_bill("9000000.00")], deductions=[deduction("9999999.00")],
        received=datetime.fromisoformat("2026-03-01T12:00:00"),
    )  # fmt: skip
    settle(engine, country)
    older = {"IndAvrLkvOudrWn": "J", "DatAanv": "2025-01-01"}
    asked = [worked(**older), worked(NumIV=2, SofiNr=OTHER_PERSON, **older)]
    declared = [declaration(), declaration("older")]
    benefits(engine, Claims(asked, [registered()], declarations=declared))
    benefits(engine, Claims([worked(1, 2026, Gebdat="")], [registered()]), 2026)
    hours = [*both_years(50_000), hours_of(1_000, bsn=PERSON, NumIV=2), *both_years(50_000, OTHER_EMPLOYER)]
    moved = [allocation(100, EMPLOYER, OTHER_EMPLOYER), allocation(1, EMPLOYER, "000000036")]
    levy(engine, Country(hours, [registered()], [employer()]), moved)


def test_every_declared_table_is_held_with_rows_in_it(tmp_path_factory):
    _all_stages(tmp_path_factory.mktemp("stages"))
    assert {name for name in DECLARED if not SEEN[name]} - {"_given"} == set()


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        pytest.param({"rsin": [1, 2], "day": [None, None]}, "", id="as_declared"),
        pytest.param({"rsin": [1, 2]}, "columns differ", id="a_column_too_few"),
        pytest.param({"rsin": [1], "day": [None], "more": [1]}, "columns differ", id="a_column_too_many"),
        pytest.param({"rsin": ["1"], "day": [None]}, "columns differ", id="of_another_type"),
        pytest.param({"rsin": [None], "day": [date(2026, 1, 1)]}, "without a value", id="null_where_none_may_be"),
        pytest.param({"rsin": [1, 1], "day": [None, None]}, "not each once", id="a_key_twice"),
    ],
)
def test_what_is_not_as_declared_fails(columns, words):
    kinds = {"day": pa.date32()} | {"rsin": pa.string() if columns["rsin"] == ["1"] else pa.int64()}
    table = pa.table({name: pa.array(values, kinds.get(name, pa.int64())) for name, values in columns.items()})
    if not words:
        _given(table)
        return
    with pytest.raises(NotAsDeclared, match=words):
        _given(table)
