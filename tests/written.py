"""One set of rows, good and bad, as every program writes it that people deliver with.

`python -m tests.written fastparquet` (or polars, spark) makes the files of that program in `fixtures/written` anew: the
quick tests need none of them installed.
"""

import csv
import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from quotum.tables import Kind
from tests.helpers import FIXTURES
from tests.rows import (
    EMPLOYER,
    OTHER_EMPLOYER,
    OTHER_PERSON,
    Row,
    allocation,
    cells,
    declaration,
    deduction,
    numbered,
    table,
    transfer,
)

WRITTEN = FIXTURES / "written"
AMSTERDAM = "Europe/Amsterdam"
SHORT = "12345672"

ROWS: dict[str, list[Row]] = {
    "returns": [
        cells("returns", PersNr="P-1"),
        cells("returns", NumIV="2", SofiNr="", PersNr="P 2", Gebdat="", CdAard="", DatEind="2026-01-15"),
        cells("returns", NumIV="0", SofiNr=OTHER_PERSON, LnSV="-12.50", PrlnAofAnwHg="-12.50", AantVerlU="-3"),
        cells("returns", NumIV="3", IndWAO="N", IndWW="N", IndZW="N", IndAvrLkvOudrWn="J", IndAvrLkvDgBaf="N"),
        cells("returns", NumIV="4", IndAvrLkvAgWn="J", IndAvrLkvHpAgWn="J", IndAvrLkvDgBaf=""),
        cells("returns", NumIV="5", SofiNr="123456789"),
        cells("returns", NumIV="6", SofiNr=SHORT),
        cells("returns", NumIV="7", AantVerlU="100000"),
        cells("returns", NumIV="10000"),
        cells("returns", NumIV="8", SrtIV="99"),
        cells("returns", NumIV="9", IndWW="Y"),
        cells("returns", NumIV="10", AantVerlU="700", DatAanv="2026-02-03"),
    ],
    "register": [
        cells("register", registered_until="", ended_by=""),
        cells("register", bsn=OTHER_PERSON, registered_until="2026-12-31", ended_by="own_request"),
        cells("register", bsn=SHORT, registered_until="2019-12-31", ended_by="other"),
    ],
    "employers": [
        cells("employers", iban="", ended_on=""),
        cells("employers", rsin=OTHER_EMPLOYER, name="Café d'Oude, zn", sector="overheid", ended_on="2026-03-31"),
        cells("employers", rsin="123456789", sector="markt", iban="", ended_on=""),
    ],
    "wage_bills": [
        cells("wage_bills"),
        cells("wage_bills", rsin=OTHER_EMPLOYER, premium_wage="-1.00"),
        cells("wage_bills", rsin=numbered(3), year="12024"),
    ],
    "traits": [
        cells("traits", until=""),
        cells("traits", bsn=OTHER_PERSON, until="2026-12-31", trait="lent_out"),
        cells("traits", until="2019-12-31", trait="sheltered"),
    ],
    "declarations": [
        declaration("older", "2024-01-01"),
        declaration("jobs_agreement_training", "2024-01-01", "2026-12-31", OTHER_PERSON),
        declaration("young", "2024-01-01"),
    ],
    "transfers": [
        transfer("0.5", "2025-07-01", EMPLOYER, OTHER_EMPLOYER),
        transfer("0.1234", "2025-07-01", EMPLOYER, numbered(3)),
        transfer("1.5", "2025-08-01"),
    ],
    "allocations": [
        allocation(hours, "2026-01-02", 2026, EMPLOYER, OTHER_EMPLOYER) for hours in (100, -1)
    ],
    "deductions": [
        deduction("100.50"),
        deduction("-1.00", f"{EMPLOYER}L00") | {"period_start": "2026-02-01"},
    ],
}  # fmt: skip

Writer = Callable[[Path, str], object]
Change = Callable[[Kind, str], str]


def kinds_of(kind: str) -> dict[str, Kind]:
    """Every column that the rows fill, with what its values are."""
    filled = {name for row in ROWS[kind] for name in row}
    columns = {column.delivered_name: column.kind for column in table(kind).columns}
    return {
        name: column
        for name, column in columns.items()
        if name in filled
        or not next(delivery for delivery in table(kind).columns if delivery.delivered_name == name).optional
    }


def _as_it_is(_kind: Kind, text: str) -> str:
    return text


def _lines(kind: str, change: Change) -> list[list[str]]:
    kinds = kinds_of(kind)
    return [[change(result, row.get(name, "")) for name, result in kinds.items()] for row in ROWS[kind]]


def _csv(path: Path, kind: str, names: Callable[[str], str] = str, change: Change = _as_it_is, **how: Any) -> None:
    with path.open("w", encoding=how.pop("encoding", "utf-8"), newline="") as file:
        writer = csv.writer(file, **({"lineterminator": "\n"} | how))
        writer.writerows([[names(name) for name in kinds_of(kind)], *_lines(kind, change)])


def _dutch(kind: Kind, text: str) -> str:
    """As Excel shows it in the Netherlands."""
    match kind:
        case Kind.EUROS | Kind.SHARE:
            return text.replace(".", ",")
        case Kind.DATE if text:
            return f"{int(text[8:])}-{int(text[5:7])}-{text[:4]}"
        case Kind.MOMENT if text:
            return f"{text[8:10]}-{text[5:7]}-{text[:4]} {text[11:]}"
        case _:
            return text


def _loose(kind: Kind, text: str) -> str:
    """With blanks around it, in the other case, days as midnight and moments with a space."""
    match kind:
        case Kind.FLAG | Kind.PAYROLL_TAX_NUMBER:
            text = text.lower()
        case Kind.CHOICE:
            text = text.swapcase()
        case Kind.DATE if text:
            text += " 00:00:00"
        case Kind.MOMENT:
            text = text.replace("T", " ")
    return f" {text}  "


def _typed(kind: Kind, text: str) -> Any:
    """A value in a type of its own; text where there is none."""
    if not text:
        return None
    match kind:
        case Kind.WHOLE | Kind.CODE:
            return int(text)
        case Kind.EUROS | Kind.SHARE:
            return Decimal(text)
        case Kind.DATE:
            return date.fromisoformat(text)
        case Kind.MOMENT:
            return datetime.fromisoformat(text)
        case _:
            return text


_TYPES: dict[Kind, pa.DataType] = {
    Kind.WHOLE: pa.int64(),
    Kind.CODE: pa.int64(),
    Kind.EUROS: pa.decimal128(12, 2),
    Kind.SHARE: pa.decimal128(5, 4),
    Kind.DATE: pa.date32(),
    Kind.MOMENT: pa.timestamp("us"),
}


def arrow(kind: str, types: Mapping[Kind, pa.DataType] | None = None, text: pa.DataType | None = None) -> pa.Table:
    """The rows as Arrow; by types of other kinds where given."""
    columns = {}
    chosen = _TYPES | dict(types or {})
    for name, result in kinds_of(kind).items():
        values = [_typed(result, row.get(name, "")) for row in ROWS[kind]]
        column = pa.array(values, _TYPES.get(result, text or pa.string()))
        if pa.types.is_timestamp(column.type) and chosen[result].tz:
            column = pc.assume_timezone(column, AMSTERDAM)
        columns[name] = column.cast(chosen[result]) if result in chosen else column
    return pa.table(columns)


def _parquet(types: Mapping[Kind, pa.DataType] | None = None, text: pa.DataType | None = None, **how: Any) -> Writer:
    return lambda path, kind: pq.write_table(arrow(kind, types, text), path, **how)


def _texts(change: Change) -> Writer:
    def write(path: Path, kind: str) -> None:
        columns = zip(*_lines(kind, change), strict=True)
        pq.write_table(pa.table(list(map(pa.array, columns)), list(kinds_of(kind))), path)

    return write


def _pandas(kind: str, decimals: bool = True) -> pd.DataFrame:
    """The rows as pandas has them: no day of its own, and moments instead."""
    frame = {}
    for name, result in kinds_of(kind).items():
        texts = [row.get(name, "") for row in ROWS[kind]]
        values = [_typed(result, text) for text in texts]
        if result in (Kind.DATE, Kind.MOMENT):
            frame[name] = pd.Series(pd.to_datetime([text or None for text in texts], format="ISO8601"))
        elif result in (Kind.WHOLE, Kind.CODE):
            frame[name] = pd.Series(values, dtype="Int64")
        elif result in (Kind.EUROS, Kind.SHARE) and decimals:
            frame[name] = pd.Series(values, dtype=object)
        else:
            frame[name] = pd.Series([text or None for text in texts], dtype=object)
    return pd.DataFrame(frame)


def _duckdb(form: str) -> Writer:
    def write(path: Path, kind: str) -> None:
        with duckdb.connect() as connection:
            connection.register("rows", arrow(kind))
            connection.execute(f"COPY (SELECT * FROM rows) TO '{path}' ({form})")  # noqa: S608 - a path of the test

    return write


CSV: dict[str, Writer] = {
    "plain": _csv,
    "quoted": lambda path, kind: _csv(path, kind, quoting=csv.QUOTE_ALL, lineterminator="\r\n"),
    "with_a_mark": lambda path, kind: _csv(path, kind, encoding="utf-8-sig"),
    "in_capitals": lambda path, kind: _csv(path, kind, names=str.upper),
    "in_small_letters": lambda path, kind: _csv(path, kind, names=str.lower),
    "loose": lambda path, kind: _csv(path, kind, names=lambda name: f" {name} ", change=_loose),
    "pandas": lambda path, kind: _pandas(kind).to_csv(path, index=False),
    "duckdb": _duckdb("FORMAT csv, HEADER"),
}
DUTCH: dict[str, Writer] = {
    "excel": lambda path, kind: _csv(
        path, kind, change=_dutch, delimiter=";", lineterminator="\r\n", encoding="utf-8-sig"
    ),
}
PARQUET: dict[str, Writer] = {
    "pyarrow": _parquet(),
    "pyarrow_nanoseconds": _parquet({Kind.MOMENT: pa.timestamp("ns")}),
    "pyarrow_milliseconds": _parquet({Kind.MOMENT: pa.timestamp("ms")}),
    "pyarrow_instants": _parquet({Kind.MOMENT: pa.timestamp("us", "UTC")}),
    "pyarrow_instants_of_amsterdam": _parquet({Kind.MOMENT: pa.timestamp("ns", AMSTERDAM)}),
    "pyarrow_int96": _parquet(use_deprecated_int96_timestamps=True),
    "pyarrow_instants_as_int96": _parquet(
        {Kind.MOMENT: pa.timestamp("us", AMSTERDAM)}, use_deprecated_int96_timestamps=True
    ),
    "pyarrow_days_as_moments": _parquet({Kind.DATE: pa.timestamp("s")}),
    "pyarrow_many_decimals": _parquet(
        dict.fromkeys((Kind.EUROS, Kind.SHARE, Kind.WHOLE, Kind.CODE), pa.decimal128(38, 10))
    ),
    "pyarrow_wide_decimals": _parquet(
        dict.fromkeys((Kind.EUROS, Kind.SHARE, Kind.WHOLE, Kind.CODE), pa.decimal256(60, 20))
    ),
    "pyarrow_dictionaries": _parquet(text=pa.dictionary(pa.int8(), pa.string())),
    "pyarrow_long_strings": _parquet(text=pa.large_string()),
    "pyarrow_views": _parquet(text=pa.string_view()),
    "pyarrow_bytes": _parquet(text=pa.binary()),
    "pyarrow_texts": _texts(_as_it_is),
    "pyarrow_loose_texts": _texts(_loose),
    "pandas": lambda path, kind: _pandas(kind).to_parquet(path, index=False),
    "duckdb": _duckdb("FORMAT parquet"),
}


def _polars(kind: str) -> None:
    import polars  # noqa: PLC0415 - not in the environment of the quick tests

    result = polars.from_arrow(arrow(kind))
    assert isinstance(result, polars.DataFrame)
    result.write_parquet(WRITTEN / f"polars-{kind}.parquet")


def _fastparquet(kind: str) -> None:
    """It has no decimals, so that amounts are texts."""
    import fastparquet  # noqa: PLC0415 - not in the environment of the quick tests

    for times in ("int64", "int96") if kind == "returns" else ("int64",):
        name = WRITTEN / f"fastparquet_{times}-{kind}.parquet"
        fastparquet.write(str(name), _pandas(kind, decimals=False), times=times, write_index=False)


# What Spark writes moments as; the first is what it does by itself.
SPARK = {"int96": "INT96", "micros": "TIMESTAMP_MICROS", "millis": "TIMESTAMP_MILLIS", "local": ""}
_IN_SPARK = {
    Kind.WHOLE: "int", Kind.CODE: "int", Kind.EUROS: "decimal(12,2)", Kind.SHARE: "decimal(5,4)", Kind.DATE: "date",
    Kind.MOMENT: "timestamp",
}  # fmt: skip


def spark_session() -> Any:
    """A session in the time zone of Amsterdam."""
    from pyspark.sql import SparkSession  # noqa: PLC0415 - needs Java

    return SparkSession.builder.master("local[1]").config("spark.sql.session.timeZone", AMSTERDAM).getOrCreate()


def with_spark(session: Any, folder: Path, kind: str, form: str) -> Path:
    """The rows as Spark writes them.

    Args:
        session: Its session, in the time zone of Amsterdam.
        folder: Where to.
        kind: What they are.
        form: One of `SPARK`.
    """
    _csv(folder / f"{kind}.csv", kind)
    types = _IN_SPARK | ({Kind.MOMENT: "timestamp_ntz"} if form == "local" else {})
    chosen = [f"CAST(`{name}` AS {types.get(result, 'string')}) AS `{name}`" for name, result in kinds_of(kind).items()]
    rows = session.read.csv(str(folder / f"{kind}.csv"), header=True).selectExpr(*chosen)
    if SPARK[form]:
        session.conf.set("spark.sql.parquet.outputTimestampType", SPARK[form])
    out = folder / f"spark_{form}-{kind}"
    rows.coalesce(1).write.mode("overwrite").parquet(str(out))
    (part,) = out.glob("part-*.parquet")
    return part


def _spark(kind: str) -> None:
    session = spark_session()
    with tempfile.TemporaryDirectory() as folder:
        for form in SPARK if kind == "returns" else ("int96",):
            shutil.copyfile(with_spark(session, Path(folder), kind, form), WRITTEN / f"spark_{form}-{kind}.parquet")


def in_fixtures(form: str, kind: str = "returns") -> Path:
    """The file of a program; only returns have moments, so that Spark writes all else in one way."""
    path = WRITTEN / f"{form}-{kind}.parquet"
    return path if path.exists() else WRITTEN / f"{form.split('_', maxsplit=1)[0]}_int96-{kind}.parquet"


if __name__ == "__main__":
    WRITTEN.mkdir(exist_ok=True)
    for own_kind in ROWS:
        {"polars": _polars, "fastparquet": _fastparquet, "spark": _spark}[sys.argv[1]](own_kind)
