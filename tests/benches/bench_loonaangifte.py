"""How fast payroll returns are read, beside a plain lxml loop over the same fields.

Run it by hand: `python tests/benches/bench_loonaangifte.py [relations] [messages]`.
"""

import io
import re
import sys
import time
from collections.abc import Callable, Iterator
from functools import cache
from itertools import count
from pathlib import Path
from typing import BinaryIO

from lxml import etree

from quotum.intake.payroll_xml.reader import read_loonaangifte
from quotum.intake.sources import RawRows, RefusedMember, Source

SAMPLE = Path(__file__).parents[2] / "fixtures" / "loonaangifte-2026-with-correction.xml"
NAMESPACE = "{http://xml.belastingdienst.nl/schemas/Loonaangifte/2026/01}"
AROUND = ["IdBer", "DatTdAanm", "LhNr", "DatAanvTv", "DatEindTv"]
TEXTS = [
    *("NumIV", "SofiNr", "PersNr", "DatAanv", "DatEind", "Gebdat", "SrtIV", "CdAard", "IndWAO", "IndWW", "IndZW"),
    *("IndAvrLkvOudrWn", "IndAvrLkvAgWn", "IndAvrLkvDgBaf", "IndAvrLkvDgBafSb", "IndAvrLkvHpAgWn"),
    *("LnSV", "PrlnAofAnwLg", "PrlnAofAnwHg", "PrlnAofAnwUit", "AantVerlU"),
]
LINES = ["InkomstenverhoudingInitieel", "InkomstenverhoudingIntrekking"]
AROUND_TAGS, TEXT_TAGS, LINE_TAGS = ([NAMESPACE + name for name in names] for names in (AROUND, TEXTS, LINES))


def big_return(relations: int) -> bytes:
    """The sample with more income relations in its return."""
    sample = SAMPLE.read_bytes()
    matches = re.findall(rb"<InkomstenverhoudingInitieel>.*?</InkomstenverhoudingInitieel>\s*", sample, re.DOTALL)[:3]
    begin, end = sample.index(matches[0]), sample.index(matches[2]) + len(matches[2])
    return sample[:begin] + b"".join(matches[number % 3] for number in range(relations)) + sample[end:]


def write_return(path: Path, relations: int, first: int = 1) -> None:
    """The sample with more income relations in its return, each of another person and with another wage.

    Args:
        path: File to make.
        relations: Number of income relations.
        first: Sequence number of the first person.
    """
    with path.open("wb") as out:
        out.writelines(pieces_of_return(relations, first))


def pieces_of_return(relations: int, first: int = 1) -> Iterator[bytes]:
    """The same in pieces."""
    head, around, tail = _template()
    yield re.sub(rb"<IdBer>.*?</IdBer>", b"<IdBer>M%d</IdBer>" % first, head)
    for number, bsn in zip(range(relations), _persons(first), strict=False):
        before, between, after = around[number % 3]
        yield b"%s%09d%s%d%s" % (before, bsn, between, 1000 + number * 7919 % 5000, after)
    yield tail


@cache
def _template() -> tuple[bytes, list[list[bytes]], bytes]:
    """What is before the income relations, three of these around BSN and wage, and what comes after."""
    sample = SAMPLE.read_bytes()
    matches = re.findall(rb"<InkomstenverhoudingInitieel>.*?</InkomstenverhoudingInitieel>\s*", sample, re.DOTALL)[:3]
    begin, end = sample.index(matches[0]), sample.index(matches[2]) + len(matches[2])
    around = [re.split(rb"(?<=<SofiNr>)[0-9]+|(?<=<LnSV>)[0-9]+", item) for item in matches]
    return sample[:begin], around, sample[end:]


def _persons(first: int) -> Iterator[int]:
    """Numbers that pass the eleven test."""
    for eight in count(10_000_000 + first):
        ninth = sum((9 - place) * int(digit) for place, digit in enumerate(str(eight))) % 11
        if ninth < 10:
            yield eight * 10 + ninth


def with_lxml(messages: list[bytes]) -> int:
    """Reads the same fields with iterparse; the first income period stands for all."""
    return sum(1 for message in messages for _ in lxml_rows(message))


def lxml_rows(message: bytes | BinaryIO) -> Iterator[dict[str, str | None]]:
    """Rows of one message, in memory or as a stream."""
    stream = io.BytesIO(message) if isinstance(message, bytes) else message
    around: dict[str, str | None] = {}
    tags = [*AROUND_TAGS, *LINE_TAGS]
    for _, element in etree.iterparse(stream, tag=tags, resolve_entities=False, huge_tree=True):
        if element.tag in AROUND_TAGS:
            around[element.tag] = element.text
            continue
        row = dict(around)
        for below in element.iter(TEXT_TAGS):
            row.setdefault(below.tag, below.text)
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]
        yield row


def with_quotum(messages: list[bytes]) -> int:
    """Reads with quotum."""
    sources = (
        Source(number, 0, "a message", lambda message=message: io.BytesIO(message))
        for number, message in enumerate(messages)
    )
    rows = 0
    for event in read_loonaangifte(sources):
        if isinstance(event, RefusedMember):
            raise ValueError(event.reason)
        rows += len(event.table) if isinstance(event, RawRows) else 0
    return rows


def rate(read: Callable[[list[bytes]], int], messages: list[bytes]) -> tuple[int, float]:
    """Rows, and seconds of the best of three."""
    best = float("inf")
    rows = 0
    for _ in range(3):
        start = time.perf_counter()
        rows = read(messages)
        best = min(best, time.perf_counter() - start)
    return rows, best


def compare(title: str, messages: list[bytes]) -> None:
    """Prints both rates and their ratio."""
    size = sum(map(len, messages)) / 1e6
    rows, own = rate(with_quotum, messages)
    others, other_rows = rate(with_lxml, messages)
    if rows != others:
        raise ValueError(f"quotum reads {rows} rows, lxml {others}")
    for name, seconds in (("quotum", own), ("lxml", other_rows)):
        print(  # noqa: T201 - a script
            f"{title:>30} {name:>7}: {len(messages) / seconds:9,.0f} messages/s {rows / seconds:9,.0f} rows/s "
            f"{size / seconds:6.0f} MB/s"
        )
    print(f"{title:>30}   ratio: {other_rows / own:.1f}")  # noqa: T201 - a script


if __name__ == "__main__":
    relations, number = (int(text) for text in (*sys.argv[1:3], "20000", "2000")[:2])
    compare(f"one return of {relations} rows", [big_return(relations)])
    compare(f"{number} small messages", [SAMPLE.read_bytes()] * number)
