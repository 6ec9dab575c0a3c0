"""Messages left out of what is in force: withdrawn, or set aside because they contradict themselves.

Rows of the same message, period, kind and identity that differ put the message out of force, whatever files they came
in. Its returns are settled as if it had never come; where a later full return takes its place, nothing is lost and
nothing is reported.
"""

from datetime import date
from functools import reduce
from typing import Final

import narwhals as nw
import pyarrow as pa

from quotum.archive import words
from quotum.archive.in_force import InForce, in_force
from quotum.archive.known import Known
from quotum.archive.receipts import MESSAGE, PIECES_PER_CALL, WithdrawnMessage
from quotum.archive.withdrawals import messages_of
from quotum.engine.interface import Engine
from quotum.errors import ArchiveLacks
from quotum.frames import Frame
from quotum.law.returns import RETURN
from quotum.words import joined

_KINDS: Final = ("fragment", "return_kind")
_PLACE: Final = ("delivery", "member", "row")
_SHOWN: Final = 5
RETURNS_ASIDE: Final = pa.schema(
    [
        pa.field("payroll_tax_number", pa.int64()),
        pa.field("period_start", pa.date32()),
        pa.field("period_end", pa.date32()),
        pa.field("delivery", pa.string()),
        pa.field("member", pa.int64()),
        pa.field("row", pa.int64()),
    ]
)
"""A return with a message set aside, with the digest of the delivery and the first contradicting row."""


def in_force_without(
    engine: Engine,
    archive: Known,
    rows: Frame,
    fragments: Frame,
    year: int,
    as_of: date,
    corrections: Frame | None = None,
) -> InForce:
    """Returns the returns in force at the end of a day, without messages that are withdrawn or contradict themselves.

    Notes the returns with a message set aside in the archive as known.

    Args:
        engine: The engine.
        archive: The archive as known.
        rows: As in `in_force`.
        fragments: As in `in_force`.
        year: Calendar year of rows and fragments.
        as_of: The local day; a message filed on it counts.
        corrections: As in `in_force`.

    Raises:
        ArchiveLacks: A message contradicts itself, and the archive is read strictly.
    """
    out = withdrawn_fragments(engine, archive, fragments)
    result = in_force(engine, rows, fragments, as_of, corrections, out)
    differing = engine.collect(result.contradictions)
    if not differing.num_rows:
        return result
    if archive.strict:
        raise _contradiction(archive, differing)
    messages = engine.table(_messages(engine, archive, result, differing))
    aside = engine.keep(result.placed.filed.join(messages, on=list(MESSAGE), how="inner"))
    _note(engine, archive, year, result, aside, differing)
    parts = [aside.select(*_KINDS)] if out is None else [out, aside.select(*_KINDS)]
    return in_force(engine, rows, fragments, as_of, corrections, engine.keep(nw.concat(parts, how="vertical")))


def withdrawn_fragments(engine: Engine, archive: Known, fragments: Frame) -> Frame | None:
    """Returns fragments of withdrawn deliveries and messages, with their kind; None without any.

    Args:
        engine: The engine.
        archive: The archive as known.
        fragments: As `tables.FRAGMENTS`.
    """
    messages = messages_of(archive.withdrawals)
    if not messages and not archive.gone:
        return None
    call = nw.col("fragment") // PIECES_PER_CALL
    deliveries = [(call == sequence) & (nw.col("delivery") == number) for sequence, number in sorted(archive.gone)]
    of_messages = [
        (call < before)
        & (nw.col("payroll_tax_number") == message.payroll_tax_number)
        & (nw.col("message_id") == message.message_id)
        & (nw.col("filed_at") == message.filed_at)
        for before, message in messages
    ]
    is_withdrawn = reduce(lambda left, right: left | right, (*deliveries, *of_messages))
    return engine.keep(fragments.filter(is_withdrawn).select(*_KINDS))


def is_withdrawn(archive: Known, fragment: int, delivery: int, message: WithdrawnMessage) -> bool:
    """Whether a fragment of a message was withdrawn."""
    call = fragment // PIECES_PER_CALL
    return (call, delivery) in archive.gone or any(
        call < before and withdrawn_message == message for before, withdrawn_message in messages_of(archive.withdrawals)
    )


def _messages(engine: Engine, archive: Known, result: InForce, differing: pa.Table) -> pa.Table:
    """Returns the messages that contradict themselves, each with the first place where it does."""
    fragments = engine.table(pa.table({"fragment": differing["fragment"].unique()}))
    named = engine.collect(result.placed.filed.join(fragments, on="fragment", how="semi").select("fragment", *MESSAGE))
    message_of = {row["fragment"]: tuple(row[name] for name in MESSAGE) for row in named.to_pylist()}
    first: dict[tuple[object, ...], tuple[str, int, int]] = {}
    for row in differing.to_pylist():
        message = message_of[row["fragment"]]
        place = archive.digest_of(row["fragment"], row["delivery"]), row["member"], row["row"]
        first[message] = min(first.get(message, place), place)
    schema = pa.schema(
        [*(named.schema.field(name) for name in MESSAGE), *(RETURNS_ASIDE.field(name) for name in _PLACE)]
    )
    first_places = [
        dict(zip(schema.names, (*message, *place), strict=True)) for message, place in sorted(first.items())
    ]
    return pa.Table.from_pylist(first_places, schema).rename_columns([*MESSAGE, *(f"first_{name}" for name in _PLACE)])


def _note(engine: Engine, archive: Known, year: int, result: InForce, aside: Frame, differing: pa.Table) -> None:
    """Notes the returns of a year whose result changes; returns replaced by a later full return are not affected."""
    order = result.placed
    stands = order.filed.join(order.left_out, on="fragment", how="anti").select("fragment")
    in_play = nw.concat([stands, order.in_parts.select("fragment")], how="vertical")
    names = {name: nw.col(f"first_{name}") for name in _PLACE}
    concerned = aside.join(in_play, on="fragment", how="semi").select(*RETURN, **names)
    noted = engine.collect(concerned).select(RETURNS_ASIDE.names).cast(RETURNS_ASIDE)
    before = archive.set_aside.get(year, RETURNS_ASIDE.empty_table())
    archive.set_aside[year] = unique_rows(pa.concat_tables([before, noted]))
    if noted.num_rows:
        archive.contradicting.update(dict.fromkeys(_places(archive, differing)))


def unique_rows(rows: pa.Table) -> pa.Table:
    """Returns distinct rows in order."""
    names = rows.schema.names
    return rows.group_by(names, use_threads=False).aggregate([]).sort_by([(name, "ascending") for name in names])


def returns_aside(archive: Known) -> pa.Table:
    """Returns the returns with a message set aside, of all years that were read, as `RETURNS_ASIDE`."""
    return unique_rows(pa.concat_tables([RETURNS_ASIDE.empty_table(), *archive.set_aside.values()]))


def _places(archive: Known, differing: pa.Table) -> list[str]:
    """Returns file and row of differing rows, in order."""
    rows = differing.sort_by([("fragment", "ascending"), ("row", "ascending")]).to_pylist()
    return [archive.place(row["fragment"], row["member"], row["delivery"], row["row"]) for row in rows]


def _contradiction(archive: Known, differing: pa.Table) -> ArchiveLacks:
    """Returns an error that names files and rows."""
    places = _places(archive, differing)
    more = words.MORE_ROWS.sentence(count=len(places) - _SHOWN) if len(places) > _SHOWN else ""
    return ArchiveLacks(words.CONTRADICTS.sentence(places=joined("; ", places[:_SHOWN]), more=more))


__all__ = [
    "RETURNS_ASIDE",
    "in_force_without",
    "is_withdrawn",
    "returns_aside",
    "unique_rows",
    "withdrawn_fragments",
]
