"""Messages that are left out of what is in force: withdrawn, or set aside because they contradict themselves.

Rows of one message with the same period, kind and identity that differ put the message out of force, whatever files
they came in. Its returns are settled as if it had never come; where a later full return takes its place, nothing is
lost and nothing is said.
"""

from datetime import date
from functools import reduce
from typing import Final

import narwhals as nw
import pyarrow as pa

from quotum.archive.in_force import InForce, in_force
from quotum.archive.known import Known
from quotum.archive.receipts import MESSAGE, PIECES_PER_CALL, WithdrawnMessage
from quotum.archive.withdrawals import messages_of
from quotum.engine.interface import Engine
from quotum.errors import ArchiveLacks
from quotum.frames import Frame
from quotum.law.returns import RETURN

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
"""A return of which a message was set aside, with the digest of the delivery and the first row that contradicts."""


def in_force_without(
    engine: Engine,
    archive: Known,
    rows: Frame,
    fragments: Frame,
    year: int,
    as_of: date,
    corrections: Frame | None = None,
) -> InForce:
    """The returns in force at the end of a day, without messages that are withdrawn or contradict themselves.

    The returns of which a message was set aside are noted in the archive as known.

    Args:
        engine: Where it runs.
        archive: The archive as known.
        rows: As of `in_force`.
        fragments: As of `in_force`.
        year: Calendar year of both.
        as_of: The local day; a message filed on it counts.
        corrections: As of `in_force`.

    Raises:
        ArchiveLacks: A message contradicts itself, and the archive is read strictly.
    """
    out = withdrawn(engine, archive, fragments)
    found = in_force(engine, rows, fragments, as_of, corrections, out)
    differing = engine.collect(found.contradictions)
    if not differing.num_rows:
        return found
    if archive.strict:
        raise _contradiction(archive, differing)
    messages = engine.table(_messages(engine, archive, found, differing))
    aside = engine.keep(found.placed.filed.join(messages, on=list(MESSAGE), how="inner"))
    _note(engine, archive, year, found, aside, differing)
    parts = [aside.select(*_KINDS)] if out is None else [out, aside.select(*_KINDS)]
    return in_force(engine, rows, fragments, as_of, corrections, engine.keep(nw.concat(parts, how="vertical")))


def withdrawn(engine: Engine, archive: Known, fragments: Frame) -> Frame | None:
    """Fragments of deliveries and messages that were withdrawn, with their kind; None without any.

    Args:
        engine: Where it runs.
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
        & (nw.col("payroll_tax_number") == one.payroll_tax_number)
        & (nw.col("message_id") == one.message_id)
        & (nw.col("filed_at") == one.filed_at)
        for before, one in messages
    ]
    wanted = reduce(lambda one, other: one | other, (*deliveries, *of_messages))
    return engine.keep(fragments.filter(wanted).select(*_KINDS))


def is_withdrawn(archive: Known, fragment: int, delivery: int, message: WithdrawnMessage) -> bool:
    """Whether a fragment of a message was withdrawn: as `withdrawn`, of a single one."""
    call = fragment // PIECES_PER_CALL
    return (call, delivery) in archive.gone or any(
        call < before and one == message for before, one in messages_of(archive.withdrawals)
    )


def _messages(engine: Engine, archive: Known, found: InForce, differing: pa.Table) -> pa.Table:
    """The messages that contradict themselves, each with the first place where it does."""
    fragments = engine.table(pa.table({"fragment": differing["fragment"].unique()}))
    named = engine.collect(found.placed.filed.join(fragments, on="fragment", how="semi").select("fragment", *MESSAGE))
    message_of = {row["fragment"]: tuple(row[name] for name in MESSAGE) for row in named.to_pylist()}
    first: dict[tuple[object, ...], tuple[str, int, int]] = {}
    for row in differing.to_pylist():
        message = message_of[row["fragment"]]
        place = archive.digest_of(row["fragment"], row["delivery"]), row["member"], row["row"]
        first[message] = min(first.get(message, place), place)
    schema = pa.schema(
        [*(named.schema.field(name) for name in MESSAGE), *(RETURNS_ASIDE.field(name) for name in _PLACE)]
    )
    said = [dict(zip(schema.names, (*message, *place), strict=True)) for message, place in sorted(first.items())]
    return pa.Table.from_pylist(said, schema).rename_columns([*MESSAGE, *(f"first_{name}" for name in _PLACE)])


def _note(engine: Engine, archive: Known, year: int, found: InForce, aside: Frame, differing: pa.Table) -> None:
    """Note the returns of a year that would stand otherwise; what a later full return replaces is none of them."""
    order = found.placed
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
    """Rows each once and in order."""
    names = rows.schema.names
    return rows.group_by(names, use_threads=False).aggregate([]).sort_by([(name, "ascending") for name in names])


def returns_aside(archive: Known) -> pa.Table:
    """The returns of which a message was set aside, of all years that were read, as `RETURNS_ASIDE`."""
    return unique_rows(pa.concat_tables([RETURNS_ASIDE.empty_table(), *archive.set_aside.values()]))


def _places(archive: Known, differing: pa.Table) -> list[str]:
    """File and row of rows that differ, in order."""
    rows = differing.sort_by([("fragment", "ascending"), ("row", "ascending")]).to_pylist()
    return [archive.place(row["fragment"], row["member"], row["delivery"], row["row"]) for row in rows]


def _contradiction(archive: Known, differing: pa.Table) -> ArchiveLacks:
    """Names files and rows."""
    places = _places(archive, differing)
    more = f" and {len(places) - _SHOWN} rows more" if len(places) > _SHOWN else ""
    return ArchiveLacks(
        "a message contradicts itself: rows with the same period, kind, person and NumIV differ: "
        f"{'; '.join(places[:_SHOWN])}{more}. Without --strict the message is set aside and the others are settled; "
        "ask the employer for a new one, or put it out of force with `quotum archive withdraw`"
    )


__all__ = [
    "RETURNS_ASIDE",
    "in_force_without",
    "is_withdrawn",
    "returns_aside",
    "unique_rows",
    "withdrawn",
]
