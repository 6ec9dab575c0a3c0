"""Rows of returns as a table with the column names of the payroll return, typed for Parquet or as text."""

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from quotum.generate.calendars import FAR, Calendar
from quotum.generate.draws import Flags, Whole
from quotum.generate.employers import Employers, Plan
from quotum.generate.message_times import PERIODS, TYPE_NAMES, MessageType, made_at, message_type, unit_of
from quotum.generate.numbers import bsns
from quotum.generate.relations import Relations
from quotum.generate.returns import Rows, premium_wages
from quotum.identifiers import RSIN_DIGITS
from quotum.tables import RETURNS, Kind

NAMES = tuple(column.delivered_name for column in RETURNS.columns if not column.optional)
"""Columns of the flat form, in order."""
DECIMAL = pa.decimal128(12, 2)
_DELIVERED_TYPES: dict[Kind, pa.DataType] = {
    Kind.EUROS: DECIMAL,
    Kind.WHOLE: pa.int64(),
    Kind.CODE: pa.int64(),
    Kind.DATE: pa.date32(),
    Kind.MOMENT: pa.timestamp("us"),
}
SCHEMA = pa.schema(
    [
        pa.field(column.delivered_name, _DELIVERED_TYPES.get(column.kind, pa.string()))
        for column in RETURNS.columns
        if not column.optional
    ]
)
"""Arrow schema of the flat form."""
MOMENT_FORM = "%Y-%m-%dT%H:%M:%S"
_KINDS = ("V", "A", "C")
_ACTIONS = ("I", "X")
_ASKED = ("IndAvrLkvOudrWn", "IndAvrLkvAgWn", "IndAvrLkvDgBaf", "IndAvrLkvHpAgWn")
_INSURED = ("IndWAO", "IndWW", "IndZW")


def _take(values: npt.NDArray[np.generic], places: Whole) -> npt.NDArray[np.generic]:
    """Takes values at places; arbitrary where there is no place (-1)."""
    return values[places] if values.size else np.zeros(len(places), values.dtype)


def whole(values: Whole, null: Flags | None = None) -> pa.Array:
    """Converts whole numbers to Arrow, null where marked."""
    return pa.array(values, pa.int64(), mask=null)


def dates(days: Whole, null: Flags | None = None) -> pa.Array:
    """Converts day numbers to Arrow dates, null where marked."""
    return pa.array(days.astype(np.int32), pa.int32(), mask=null).cast(pa.date32())


def euros(cents: Whole, null: Flags | None = None) -> pa.Array:
    """Converts cents to Arrow decimals of euros, without floats."""
    halves = np.empty((len(cents), 2), dtype="<i8")
    halves[:, 0] = cents
    halves[:, 1] = cents >> 63
    exact = pa.Array.from_buffers(DECIMAL, len(cents), [None, pa.py_buffer(halves)])
    return exact if null is None else pc.if_else(pa.array(null), pa.scalar(None, DECIMAL), exact)


def one_of(places: Whole, values: tuple[str, ...], null: Flags | None = None) -> pa.Array:
    """Takes a text for each place in a list of texts, null where marked."""
    return pc.take(pa.array(values, pa.string()), pa.array(places, pa.int64(), mask=null))


def flag(values: Flags, null: Flags | None = None) -> pa.Array:
    """Converts flags to J or N, null where marked."""
    return one_of(values.astype(np.int64), ("N", "J"), null)


def digits(values: Whole, width: int, null: Flags | None = None) -> pa.Array:
    """Converts whole numbers to text with leading zeros, null where marked."""
    return pc.utf8_lpad(pa.array(values, pa.int64(), mask=null).cast(pa.string()), width, "0")


def join_texts(*parts: pa.Array | str) -> pa.Array:
    """Joins texts."""
    return pc.binary_join_element_wise(*[pa.scalar(part) if isinstance(part, str) else part for part in parts], "")


def payroll_tax_numbers(rsins: Whole, sub_numbers: Whole) -> pa.Array:
    """Returns payroll tax numbers as text."""
    return join_texts(digits(rsins, RSIN_DIGITS), "L", digits(sub_numbers, 2))


def flat_table(
    plan: Plan, calendar: Calendar, employers: Employers, relations: Relations, rows: Rows, rsin: Whole
) -> pa.Table:
    """Makes a table of rows with the column names of the payroll return.

    Args:
        plan: The country.
        calendar: Periods.
        employers: Employers of this part.
        relations: Their income relations.
        rows: Rows about them.
        rsin: RSIN of each employer of this part.
    """
    none = rows.relation < 0
    short = none | rows.withdrawn
    filer = employers.four_week[rows.employer]
    index = employers.index[rows.employer]
    seconds = made_at(plan.draws, calendar, employers.four_week, int(employers.index[0]), rows.message)
    kind, own_period = message_type(rows.message), unit_of(rows.message) % PERIODS
    number = calendar.numbers[filer, np.minimum(own_period, calendar.counts[filer] - 1)]
    number = np.where(kind == MessageType.YEAR_END, 0, number)
    head = {
        "IdBer": join_texts(
            str(calendar.year),
            "-",
            digits(index, 7),
            "-",
            digits(rows.sub_number, 2),
            "-",
            digits(number, 2),
            "-",
            one_of(kind, TYPE_NAMES),
        ),
        "DatTdAanm": pa.array(seconds, pa.int64()).cast(pa.timestamp("s")).cast(pa.timestamp("us")),
        "Soort": one_of(rows.kind, _KINDS),
        "Actie": one_of(rows.withdrawn.astype(np.int64), _ACTIONS),
        "LhNr": payroll_tax_numbers(rsin[rows.employer], rows.sub_number),
        "DatAanvTv": dates(calendar.starts[filer, rows.period]),
        "DatEindTv": dates(calendar.ends[filer, rows.period]),
    }
    parts = (
        pa.table(head),
        _person_columns(plan, employers, relations, rows, none, short),
        _work_columns(relations, rows, short),
        _wage_columns(employers, relations, rows, short),
    )
    columns = {name: part[name] for part in parts for name in part.column_names}
    return pa.table([columns[name] for name in NAMES], schema=SCHEMA)


def _person_columns(
    plan: Plan, employers: Employers, relations: Relations, rows: Rows, none: Flags, short: Flags
) -> pa.Table:
    place = rows.relation
    has_bsn = _take(relations.has_bsn, place).astype(bool)
    slot = _take(relations.slot, place).astype(np.int64) - employers.first_slot[rows.employer] + 1
    named = ~none & (employers.personnel_numbers[rows.employer] | ~has_bsn)
    ended = _take(relations.ended, place).astype(np.int64)
    columns = {
        "NumIV": whole(_take(relations.number, place).astype(np.int64), none),
        "SofiNr": digits(bsns(_take(relations.person, place).astype(np.int64), plan.draws.seed), 9, none | ~has_bsn),
        "PersNr": join_texts("P-", digits(slot, 5, ~named)),
        "DatAanv": dates(_take(relations.started, place).astype(np.int64), short),
        "DatEind": dates(ended, short | (ended >= FAR)),
        "Gebdat": dates(
            _take(relations.born, place).astype(np.int64), short | ~_take(relations.has_birth_date, place).astype(bool)
        ),
    }
    return pa.table(columns)


def _work_columns(relations: Relations, rows: Rows, short: Flags) -> pa.Table:
    place = rows.relation
    nature = _take(relations.nature, place).astype(np.int64)
    columns = {
        "SrtIV": whole(_take(relations.kind, place).astype(np.int64), short),
        "CdAard": whole(nature, short | (nature == 0)),
    }
    for values, names in ((relations.insured, _INSURED), (relations.asked, _ASKED)):
        for number, name in enumerate(names):
            value = _take(values[number], place).astype(bool)
            if name == "IndAvrLkvDgBaf":
                value = value & ~rows.request_forgotten
            columns[name] = flag(value, short)
    return pa.table(columns)


def _wage_columns(employers: Employers, relations: Relations, rows: Rows, short: Flags) -> pa.Table:
    premium = premium_wages(employers, relations, rows)
    columns = {
        "LnSV": euros(premium.low + premium.high + premium.benefit, short),
        "PrlnAofAnwLg": euros(premium.low, short),
        "PrlnAofAnwHg": euros(premium.high, short),
        "PrlnAofAnwUit": euros(premium.benefit, short),
        "AantVerlU": whole(rows.hours, short),
    }
    return pa.table(columns)


def as_text(table: pa.Table) -> pa.Table:
    """Converts every value of a table to its text in CSV and XML."""
    texts = [
        pc.strftime(column.cast(pa.timestamp("s")), MOMENT_FORM)
        if pa.types.is_timestamp(column.type)
        else column.cast(pa.string())
        for column in table.columns
    ]
    return pa.table(texts, names=table.column_names)
