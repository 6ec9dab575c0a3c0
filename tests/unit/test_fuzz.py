"""Deliveries with something wrong anywhere in their bytes: accepted with the values that stand there, or refused.

A sound file is changed at random and received; whatever was accepted is held against a reading of the same changed
file by another program (lxml, the csv module, DuckDB). A refusal has a reason; anything else is a defect.
"""

import csv
import io
import random
import re
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from quotum.archive.known import known
from quotum.archive.layout import existing
from quotum.intake.flat.raw_rows import ENOUGH_ROWS
from quotum.intake.receive import Reception, receive
from quotum.tables import INCOME_RELATIONS
from tests.helpers import FIXTURES, RECEIVED, arrow_rows, discreet, process_and_peak
from tests.rows import cells, csv_text, header, numbered, withdrawal
from tests.unit.test_schemas import OFFICIAL, needs_schemas

XML = (FIXTURES / "loonaangifte-2026-with-correction.xml").read_bytes()
ROWS = [
    *(
        cells("returns", NumIV=str(number), SofiNr=numbered(600 + number), LnSV=f"{number}00.25", PersNr=f"P {number}")
        for number in range(1, 30)
    ),
    withdrawal(IdBer="M2", NumIV="40"),
]
NAMES = sorted(header("returns", ROWS))
CSV = csv_text("returns", ROWS, NAMES).encode()
ODD = (
    b"18446744073709551616", b"-9223372036854775809", b"9" * 400, b"2026-02-30", b"0000-00-00", b"-0", b"NaN", b"1e5",
    b"0x10", b"", b" ", b"\t", b"\n", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"&#0;", b"&lt;", b"&amp;#74;", b"&x;",
    b"<![CDATA[1]]>", b"<!-- -->", b"<?x y?>", b'"', b"'", b",", b";", b"1,5", b"J", b"N", b"\xd9\xa1\xd9\xa2",
    b"\xe2\x80\x8b1", b"00000000000000000000000000000000001", b"+1", b"1.", b".5", b"1.005", b"-1.00", b"99999",
)  # fmt: skip
_ELEMENT = re.compile(rb"<(\w+)>[^<>]*</\1>")
_VALUE = re.compile(rb"(?<=>)[^<>\s]+(?=<)|(?<=,)[^,\n]+(?=,)")
_MARKS = re.compile(rb"\A(?:\xef\xbb\xbf)+(?=\xef\xbb\xbf)")
FIELDS = (
    "NumIV", "SofiNr", "PersNr", "DatAanv", "DatEind", "Gebdat", "SrtIV", "CdAard", "IndWAO", "IndWW", "IndZW", "LnSV",
    "PrlnAofAnwLg", "PrlnAofAnwHg", "PrlnAofAnwUit", "AantVerlU",
)  # fmt: skip
PERIOD_FIELDS = ("SrtIV", "CdAard", "IndWAO", "IndWW", "IndZW")
REQUESTS = ("IndAvrLkvOudrWn", "IndAvrLkvAgWn", "IndAvrLkvDgBaf", "IndAvrLkvHpAgWn")
INSIDE = {column.delivered_name: column.name for column in INCOME_RELATIONS.columns}
Row = dict[str, str | None]
Reading = list[Row]


# Changes.


def _places(chance: random.Random, data: bytes) -> tuple[int, int]:
    start = chance.randrange(len(data))
    return start, min(len(data), start + chance.choice((1, 2, 7, 40, 300)))


def _cut(chance: random.Random, data: bytes) -> bytes:
    return data[: chance.randrange(len(data))]


def _flip(chance: random.Random, data: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 1, 3, 20))):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _drop(chance: random.Random, data: bytes) -> bytes:
    start, end = _places(chance, data)
    return data[:start] + data[end:]


def _double(chance: random.Random, data: bytes) -> bytes:
    start, end = _places(chance, data)
    return data[:end] + data[start:end] + data[end:]


def _insert(chance: random.Random, data: bytes) -> bytes:
    start, _ = _places(chance, data)
    return data[:start] + chance.choice(ODD) + data[start:]


def _replace_value(chance: random.Random, data: bytes) -> bytes:
    matches = list(_VALUE.finditer(data))
    if not matches:
        return _flip(chance, data)
    match_ = chance.choice(matches)
    return data[: match_.start()] + chance.choice(ODD) + data[match_.end() :]


def _double_element(chance: random.Random, data: bytes) -> bytes:
    match_ = chance.choice(list(_ELEMENT.finditer(data)))
    return data[: match_.end()] + match_[0] + data[match_.end() :]


def _move_element(chance: random.Random, data: bytes) -> bytes:
    first, other = sorted(chance.sample(list(_ELEMENT.finditer(data)), 2), key=lambda result: result.start())
    between = data[first.end() : other.start()]
    return data[: first.start()] + other[0] + between + first[0] + data[other.end() :]


def _other_namespace(chance: random.Random, data: bytes) -> bytes:
    wrong = chance.choice((b"2025/01", b"2021/01", b"2026/02", b"/2026", b""))
    return data.replace(b"2026/01", wrong, 1)


def _entities(chance: random.Random, data: bytes) -> bytes:
    bomb = b'<!DOCTYPE Loonaangifte [<!ENTITY a "1"><!ENTITY b "&a;&a;&a;&a;">]>'
    data = data.replace(b"<Loonaangifte", bomb + b"<Loonaangifte", 1)
    return data.replace(b"<NumIV>1<", chance.choice((b"<NumIV>&b;<", b"<NumIV>1<")), 1)


def _other_encoding(chance: random.Random, data: bytes) -> bytes:
    text = data.decode("utf-8", "replace")
    return chance.choice(
        (
            text.encode("utf-16"),
            b"\xef\xbb\xbf" + data,
            text.replace("UTF-8", "ISO-8859-1", 1).encode("latin-1", "replace"),
        )
    )


Change = Callable[[random.Random, bytes], bytes]
ANYWHERE: tuple[Change, ...] = (_cut, _flip, _drop, _double, _insert)
IN_XML = (
    *ANYWHERE, _replace_value, _replace_value, _double_element, _move_element, _other_namespace, _entities,
    _other_encoding,
)  # fmt: skip
IN_CSV = (*ANYWHERE, _replace_value, _replace_value)


# Other readers of the same files: what a file says, row by row, or that it cannot be read.


def _xml_rows(data: bytes) -> Reading:
    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    space = f"{{{etree.QName(root).namespace}}}"

    def text_of(element: etree._Element | None, *path: str) -> str | None:
        result = None if element is None else element.find("/".join(space + name for name in path))
        return None if result is None else "".join(result.itertext(with_tail=False))

    message = {"IdBer": text_of(root, "Bericht", "IdBer"), "LhNr": text_of(root, "AdministratieveEenheid", "LhNr")}
    rows: Reading = []
    for section in root.find(f"{space}AdministratieveEenheid"):
        name = _local(section)
        if name not in ("TijdvakAangifte", "TijdvakCorrectie"):
            continue
        kinds = {"VolledigeAangifte": "V", "AanvullendeAangifte": "A"}
        inside = next((item for item in section if _local(item) in kinds), section) if name[7] == "A" else section
        kind = kinds.get(_local(inside), "C")
        own = message | {"Soort": kind, **{day: text_of(section, day) for day in ("DatAanvTv", "DatEindTv")}}
        lines = [element for element in inside if isinstance(element.tag, str) and "Inkomstenverhouding" in element.tag]
        for line in lines or [None]:
            row = own | _line(line, text_of, own)
            rows.append(row | {"PersNr": (row.get("PersNr") or "").strip(" \t\r\n\u00a0") or None})
    return rows


def _local(element: etree._Element) -> str:
    """Name of an element without its namespace; of a comment none."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _line(
    line: etree._Element | None, text: Callable[..., str | None], own: dict[str, str | None]
) -> dict[str, str | None]:
    if line is None:
        return {"Actie": None, "NumIV": None}
    if _local(line).endswith("Intrekking"):
        return {"Actie": "X"} | {name: text(line, name) for name in ("NumIV", "SofiNr", "PersNr")}
    places = dict.fromkeys(("SofiNr", "Gebdat"), ("NatuurlijkPersoon",))
    places |= dict.fromkeys(
        ("LnSV", "PrlnAofAnwLg", "PrlnAofAnwHg", "PrlnAofAnwUit", "AantVerlU"), ("Werknemersgegevens",)
    )
    row = {name: text(line, *places.get(name, ()), name) for name in FIELDS if name not in PERIOD_FIELDS}
    periods = [item for item in line if _local(item) == "Inkomstenperiode"]
    first = max(_day(own["DatAanvTv"]) or "", _day(row["DatAanv"]) or "")
    last = min(_day(own["DatEindTv"]) or "9", _day(row["DatEind"]) or "9")
    first = first if first <= last else _day(own["DatAanvTv"]) or ""
    starts = [(_day(text(period, "DatAanv")) or "", number) for number, period in enumerate(periods)]
    before = [start for start in starts if start[0] <= first]
    number = max(before)[1] if before else min(starts, key=lambda start: (start[0], -start[1]))[1] if starts else None
    deciding = None if number is None else periods[number]
    for name in REQUESTS:
        asked = [text(period, name) for period in periods]
        row[name] = "J" if "J" in asked else "N" if "N" in asked else None
    return {"Actie": "I"} | row | {name: text(deciding, name) for name in PERIOD_FIELDS}


def _csv_rows(data: bytes) -> Reading:
    text = data.decode("utf-8-sig")
    lines = [line for line in csv.reader(io.StringIO(text, newline=""), strict=True) if line]
    return [_in_one_form(dict(zip(lines[0], line, strict=True))) for line in lines[1:]]


def _in_one_form(row: Row) -> Row:
    """Without blanks, and codes in capitals."""
    result = {name: (text or "").strip(" \t\u00a0") or None for name, text in row.items()}
    codes = [
        name for name, text in result.items() if text and (name in ("LhNr", "Soort", "Actie") or name[:3] == "Ind")
    ]
    return result | {name: str(result[name]).upper() for name in codes}


def _parquet_rows(data: bytes) -> Reading:
    try:
        rows = pq.read_table(io.BytesIO(data), columns=NAMES)
        result = [values.cast(pa.string()).to_pylist() for values in rows.columns]
    except (pa.ArrowException, OSError, UnicodeDecodeError):  # it looks at more of the file than the values
        return [{name: row.get(name) or None for name in NAMES} for row in ROWS]
    return [_in_one_form(dict(zip(NAMES, row, strict=True))) for row in zip(*result, strict=True)]


def _day(text: str | None) -> str | None:
    return text.strip()[:10] if text and text.strip() else None


def _meaning(name: str, text: str | None) -> object:  # noqa: PLR0911 - one answer per kind
    """What a value that was accepted must mean, by the plainest of means."""
    if text is None or (text == "" and name != "PersNr"):
        return None
    match name:
        case "PersNr" | "Actie":
            return text
        case "LnSV" | "PrlnAofAnwLg" | "PrlnAofAnwHg" | "PrlnAofAnwUit":
            return int(Decimal(text.strip()) * 100)
        case "DatAanv" | "DatEind" | "Gebdat" | "DatAanvTv" | "DatEindTv":
            return date.fromisoformat(str(_day(text)))
        case "LhNr":
            return int(text[:9]) * 100 + int(text[10:])
        case _ if name.startswith("Ind"):
            return {"J": True, "N": False}[text]
        case _:
            return int(text)


# Received and compared.


def _accepted(archive: Path) -> dict[tuple[str, int], dict[str, object]]:
    """Every accepted row with an income relation, by digest of its delivery and row number."""
    if not (archive / "receipts").exists():
        return {}
    read = known(existing(archive), None)
    names = {
        (receipt.sequence, file.number): file.sha256 for receipt in read.receipts for file in receipt.deliveries
    }  # fmt: skip
    result = {}
    for derived in read.tables():
        if derived.table == INCOME_RELATIONS.name:
            for row in pq.read_table(archive / derived.path).to_pylist():
                result[names[row["fragment"] >> 32, row["delivery"]], row["row"]] = row
    return result


def _received(files: list[bytes], folder: Path, kind: str) -> tuple[Reception, Path]:
    paths = []
    for number, data in enumerate(files):
        paths.append(folder / f"{number}.{kind}")
        paths[-1].write_bytes(data)
    return receive(paths, folder / "archive", RECEIVED), folder / "archive"


def _hold_against(files: list[bytes], folder: Path, kind: str, rows_of: Callable[[bytes], Reading]) -> int:
    """Receive files and compare; gives the number of those of which something was accepted."""
    begun = time.monotonic()
    reception, archive = _received(files, folder, kind)
    assert time.monotonic() - begun < 10 + len(files) * 0.2, "it hangs"
    for problem in (*reception.refused, *reception.members_refused):
        assert len(problem.reason) > 10
        discreet(problem.reason)
    accepted = _accepted(archive)
    kept = {item.sha256: item for item in reception.deliveries}
    for data in files:
        delivery = kept.get(sha256(data).hexdigest())
        if delivery is None:
            continue
        rows = rows_of(_MARKS.sub(b"", data))
        assert delivery.received == len(rows)
        for number, row in enumerate(rows, 1):
            result = accepted.get((delivery.sha256, number))
            if result is not None:
                _require_equal(row, result)
    return len(kept)


def _require_equal(row: dict[str, str | None], record: dict[str, object]) -> None:
    for name, text in row.items():
        if name in INSIDE:
            assert record[INSIDE[name]] == _meaning(name, text), name


def _changed(data: bytes, changes: tuple[Change, ...], count: int, seed: int) -> Iterator[bytes]:
    """Files with one to three changes."""
    chance = random.Random(seed)  # noqa: S311 - the same each time
    for _ in range(count):
        changed = data
        for _ in range(chance.choice((1, 1, 1, 2, 3))):
            if changed:
                try:
                    changed = chance.choice(changes)(chance, changed)
                except (IndexError, ValueError):  # nothing of the kind is left to be changed
                    continue
        yield changed


@pytest.fixture(scope="module")
def parquet() -> bytes:
    """The rows as typed Parquet."""
    buffer = io.BytesIO()
    pq.write_table(arrow_rows("returns", ROWS, typed=True), buffer, row_group_size=10)
    return buffer.getvalue()


def _run(kind: str, count: int, seed: int, folder: Path, parquet: bytes) -> int:
    if kind == "xml":
        return _hold_against([XML, *_changed(XML, IN_XML, count, seed)], folder, kind, _xml_rows)
    if kind == "csv":
        return _hold_against([CSV, *_changed(CSV, IN_CSV, count, seed)], folder, kind, _csv_rows)
    return _hold_against([parquet, *_changed(parquet, ANYWHERE, count, seed)], folder, kind, _parquet_rows)


KINDS = ["xml", "csv", "parquet"]


@pytest.mark.parametrize("kind", KINDS)
def test_some_hundreds(kind, tmp_path, parquet):
    assert _run(kind, 150, 1, tmp_path, parquet) >= 1


def test_a_parquet_file_that_says_something_impossible_of_a_column(tmp_path, parquet):
    """Of how many values there are; the values themselves are right."""
    no_counts_at_all = re.compile(rb"\x3c(?:\x29|\x16..?\x19)(\x06)\x19\x26", re.DOTALL)
    places = [match_.start(1) for match_ in no_counts_at_all.finditer(parquet)]
    assert len(places) > 20
    files = [parquet[:at] + b"\x46" + parquet[at + 1 :] for at in places]
    assert _hold_against(files, tmp_path, "parquet", _parquet_rows) >= 0


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2, 12))
@pytest.mark.parametrize("kind", KINDS)
def test_many_thousands(kind, seed, tmp_path, parquet):
    _run(kind, 1000, seed, tmp_path, parquet)


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_any_text_in_any_place(tmp_path_factory, data):
    """Hypothesis chooses the texts, of everything that XML can hold, and makes them small when something is wrong."""
    text = data.draw(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40))
    places = list(_VALUE.finditer(XML))
    match_ = data.draw(st.sampled_from(places))
    safe = text.replace("&", "&amp;").replace("<", "&lt;").encode()
    changed = XML[: match_.start()] + safe + XML[match_.end() :]
    _hold_against([changed], tmp_path_factory.mktemp("any"), "xml", _xml_rows)


GIGABYTE = {
    "letters": (b"<PersNr>", b"x"),
    "greater_signs": (b"<PersNr>", b">"),
    "comment": (b"<!--", b"<a>"),
    "cdata": (b"<PersNr><![CDATA[", b">"),
    "tag": (b"<PersNr", b" a>"),
    "instruction": (b"<?x ", b"<a>"),
    "attribute": (b'<PersNr a="', b"<b "),
    "text_in_parts": (b"<PersNr>", b"x<!---->"),
}


@pytest.mark.slow
@pytest.mark.parametrize("inside", GIGABYTE.values(), ids=GIGABYTE)
@pytest.mark.parametrize("more", [(), pytest.param(("--schemas", OFFICIAL), marks=needs_schemas)], ids=["", "schemas"])
def test_a_gigabyte_in_one_element_is_refused_in_bounded_memory(more, inside, tmp_path):
    """The bound is that of any delivery: half a gigabyte, the program itself included."""
    opening, filling = inside
    place = XML.index(b"<PersNr>")
    piece = filling * ((1 << 20) // len(filling))
    with (tmp_path / "return.xml").open("wb") as file:
        file.write(XML[:place] + opening)
        for _ in range(1024):
            file.write(piece)
        file.write(XML[place:])
    process, megabytes = process_and_peak("receive", tmp_path / "return.xml", "--archive", tmp_path / "archive", *more)
    assert (process.returncode, "Traceback" in process.stderr) == (10, False), process.stderr
    assert megabytes < 500


def _many_times(row: dict[str, str], count: int, typed: Sequence[str] = (), **other: pa.Array) -> pa.Table:
    """A row many times, as texts but for some columns, with other values in some."""
    columns = {}
    for name, text, value in zip(
        header("returns", [row]),
        arrow_rows("returns", [row], typed=False),
        arrow_rows("returns", [row], typed=True),
        strict=True,
    ):
        given = value if name in typed else text
        columns[name] = other[name] if name in other else pa.array([given[0].as_py()] * count, given.type)
    return pa.table(columns)


LONG = {
    "in_every_row": (160_000, 2_000, "PersNr", 3),
    "in_few_rows": (200, 1 << 20, "PersNr", 10),
    "too_long_to_come_once": (30_000, 1 << 20, "PersNr", 10),
    "that_a_finding_shows": (160_000, 2_000, "SrtIV", 3),
    "of_a_hundred_megabytes": (1, 1 << 27, "PersNr", 10),
}


@pytest.mark.parametrize(
    ("rows", "length", "column", "code"),
    [
        pytest.param(*case, id=name, marks=[] if name == "in_every_row" else pytest.mark.slow)
        for name, case in LONG.items()
    ],
)
def test_a_long_text_in_a_small_parquet_file_takes_little_memory(rows, length, column, code, tmp_path):
    """It stands there once and comes with every row: written out it would be up to thirty gigabytes."""
    coded = pa.DictionaryArray.from_arrays(pa.array([0] * rows, pa.int32()), pa.array(["x" * length]))
    table = _many_times(cells("returns"), rows, **{column: coded})
    pq.write_table(table, tmp_path / "returns.parquet", compression="zstd")
    assert (tmp_path / "returns.parquet").stat().st_size < 100_000
    process, megabytes = process_and_peak("receive", tmp_path / "returns.parquet", "--archive", tmp_path / "archive")
    assert process.returncode == code, process.stderr
    assert megabytes < 350


@pytest.mark.slow
def test_rows_of_a_hundred_years_take_no_more_memory(tmp_path):
    """A file is written for each year, and none has enough rows to be written on."""
    years = pa.array([str(year) for year in range(2006, 2100)]).take(pa.array(np.arange(2_000_000) % 94))
    first, last = (pa.compute.binary_join_element_wise(years, day, "") for day in ("-01-01", "-01-31"))
    rows = _many_times(cells("returns"), len(years), DatAanvTv=first, DatEindTv=last)
    pq.write_table(rows, tmp_path / "returns.parquet")
    process, megabytes = process_and_peak("receive", tmp_path / "returns.parquet", "--archive", tmp_path / "archive")
    assert process.returncode == 0, process.stderr
    assert megabytes < 500


@pytest.mark.slow
def test_members_of_many_types_take_no_more_memory(tmp_path):
    """Rows of the same types wait for each other."""
    typed = ("LnSV", "PrlnAofAnwLg", "PrlnAofAnwHg", "DatAanvTv", "DatEindTv", "NumIV", "AantVerlU")
    different = pa.array([f"{number % 9000:04}" for number in range(ENOUGH_ROWS - 1)])
    with zipfile.ZipFile(tmp_path / "returns.zip", "w") as container:
        for number in range(1 << len(typed)):
            names = [name for place, name in enumerate(typed) if number >> place & 1]
            packed = io.BytesIO()
            pq.write_table(_many_times(cells("returns"), ENOUGH_ROWS - 1, names, PersNr=different), packed)
            container.writestr(f"{number}.parquet", packed.getvalue())
    process, megabytes = process_and_peak("receive", tmp_path / "returns.zip", "--archive", tmp_path / "archive")
    assert process.returncode == 0, process.stderr
    assert megabytes < 500


COUNT = 3_000_000
SEVEN_ODD = {
    "AantVerlU": "99999", "PrlnAofAnwLg": "9999999.00", "PrlnAofAnwHg": "9999999.00", "DatAanv": "2029-01-01",
    "DatEind": "2019-01-01", "Gebdat": "2030-01-01", "DatTdAanm": "2020-01-01T00:00:00",
}  # fmt: skip
MILLIONS = {
    "seven_findings": (cells("returns", SofiNr=numbered(601)) | SEVEN_ODD, "PersNr", 0),
    "finding": (cells("returns", AantVerlU="0", SofiNr=numbered(601)), "PersNr", 0),
    "rejected": (cells("returns", SofiNr="123456789"), "PersNr", 3),
    "all_different": (cells("returns", SofiNr=numbered(601)), "NumIV", 3),
}


@pytest.mark.slow
@pytest.mark.parametrize(("row", "different", "code"), MILLIONS.values(), ids=MILLIONS)
@pytest.mark.parametrize("group", [1 << 20, COUNT], ids=["groups", "one_group"])
def test_millions_of_rows_with_something_wrong_or_different_in_each(row, different, code, group, tmp_path):
    """They take no more memory than others, however many there are in one group of the file."""
    table = _many_times(row, COUNT, **{different: pa.array([f"{number:07}" for number in range(COUNT)])})
    pq.write_table(table, tmp_path / "returns.parquet", row_group_size=group)
    process, megabytes = process_and_peak("receive", tmp_path / "returns.parquet", "--archive", tmp_path / "archive")
    assert process.returncode == code, process.stderr
    (findings,) = (tmp_path / "archive" / "rows").rglob("findings.parquet")
    assert pq.read_metadata(findings).num_rows >= 0.99 * COUNT
    assert megabytes < 500
