"""What lies beside deliveries, and what is sent in their place."""

import gzip
import zipfile

import pytest

from quotum.errors import DeliveryRefused
from quotum.intake.delivery.litter import is_litter, is_litter_file, named_like_litter
from quotum.intake.delivery.other_formats import refuse_other_format
from quotum.intake.receive import receive
from tests.helpers import FIXTURES, RECEIVED
from tests.rows import cells, csv_text

RETURNS = csv_text("returns", [cells("returns")])
XML = (FIXTURES / "loonaangifte-2026-with-correction.xml").read_bytes()
MARK = b"\xef\xbb\xbf"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LITTER = {
    "__MACOSX/out/._returns.csv": b"\x00\x05\x16\x07\x00\x02\x00\x00Mac OS X        ",
    "out/.DS_Store": b"\x00\x00\x00\x01Bud1\x00",
    "out\\Thumbs.db": OLE,
    "desktop.ini": b"[.ShellClassInfo]\r\n",
    "Desktop.ini": "[.ShellClassInfo]".encode("utf-16"),
    "_SUCCESS": b"",
    "spark/_SUCCESS": b"{}",
    "spark/._SUCCESS.crc": b"crc\x00\x00\x00\x02\x00",
    "spark/.part-00000-1.snappy.parquet.crc": b"crc\x00\x00\x00\x02\x00",
    "_committed_12": b'{"added":[]}',
    "_started_12": b"",
    "_common_metadata": b"PAR1\x15\x00",
    "~$returns.xlsx": b"\x05operator",
    ".~lock.returns.csv#": b",operator,host",
}


@pytest.mark.parametrize("name", LITTER)
def test_litter(name):
    assert named_like_litter(name)
    assert is_litter(name, LITTER[name])


@pytest.mark.parametrize("name", ["returns.csv", "DS_Store", "a/_SUCCESS.csv", "thumbs.csv", "a._csv", "a._b", ""])
def test_no_litter_by_its_name(name):
    assert not named_like_litter(name)
    assert not is_litter(name, b"")


@pytest.mark.parametrize("name", ["._returns.csv", "_SUCCESS", "Thumbs.db", ".part.crc", "_metadata", "desktop.ini"])
@pytest.mark.parametrize("content", [RETURNS.encode(), XML[:100]], ids=["csv", "xml"])
def test_what_holds_rows_is_no_litter_whatever_its_name(name, content):
    assert not is_litter(name, content)


def test_litter_is_passed_over_with_a_remark(tmp_path):
    """Beside deliveries, and within: with code 0, and nothing of it is found or kept."""
    files = {"_SUCCESS": b"", "Thumbs.db": OLE, "returns.csv": RETURNS.encode()}
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    with zipfile.ZipFile(tmp_path / "packed.zip", "w") as packed:
        packed.writestr("2.csv", csv_text("returns", [cells("returns", IdBer="M2")]))
        for name, content in LITTER.items():
            packed.writestr(name, content)
    reception = receive(sorted(tmp_path.iterdir()), tmp_path / "archive", RECEIVED)
    assert (reception.exit_code, reception.refused, reception.members_refused) == (0, (), ())
    assert [delivery.name for delivery in reception.deliveries] == ["packed.zip", "returns.csv"]
    (remark,) = reception.remarks
    assert remark.startswith("passed over, as left by an operating system or a tool: Thumbs.db; _SUCCESS; packed.zip, ")
    assert remark.endswith(f" and {2 + len(LITTER) - 6} more")
    assert receive([tmp_path / "_SUCCESS"], tmp_path / "archive", RECEIVED).exit_code == 0
    assert not is_litter_file(tmp_path / "gone" / "_SUCCESS")


def test_a_container_of_litter_alone_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "packed.zip", "w") as packed:
        packed.writestr("out/.DS_Store", b"")
    (problem,) = receive([tmp_path / "packed.zip"], tmp_path / "archive", RECEIVED).refused
    assert "holds only what an operating system or a tool leaves" in problem.reason


OTHERS = {
    "web_page": (b"<!DOCTYPE html><html><body>404</body></html>", "web page (HTML): the download went wrong"),
    "web_page_in_capitals": (b"\r\n<HTML><HEAD>", "web page"),
    "web_page_with_a_mark": (MARK + b"<!-- x -->\n<!doctype HTML>", "web page"),
    "web_page_in_xml": (b'<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "a" "b"><html>', "web page"),
    "json": (b'{"returns": []}', "JSON"),
    "json_list": (MARK + b'[\n {"NumIV": 1}]', "JSON"),
    "pdf": (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
    "old_office": (OLE + bytes(20), ".xls"),
    "rtf": (b"{\\rtf1\\ansi", "RTF"),
    "arrow": (b"ARROW1\0\0", "Arrow"),
    "avro": (b"Obj\x01\x04", "Avro"),
    "sqlite": (b"SQLite format 3\0", "SQLite"),
    "picture": (b"\x89PNG\r\n", "picture"),
    "xz": (b"\xfd7zXZ\0", "packed as xz"),
    "seven_zip": (b"7z\xbc\xaf'\x1c", "packed as 7z"),
    "rar": (b"Rar!\x1a\x07", "packed as rar"),
}


@pytest.mark.parametrize("case", OTHERS)
def test_another_file_is_named(case, tmp_path):
    """Also within a container."""
    content, word = OTHERS[case]
    (tmp_path / "return.xml").write_bytes(content)
    (tmp_path / "return.gz").write_bytes(gzip.compress(content))
    problems = receive(sorted(tmp_path.iterdir()), tmp_path / "archive", RECEIVED).refused
    assert len(problems) == 2
    assert all(word in problem.reason for problem in problems)


@pytest.mark.parametrize("content", [XML, MARK + XML, RETURNS.encode(), b"<header/>", b"<html5/>", b"[a],b", b"{a},b"])
def test_what_is_left_to_its_reader(content):
    refuse_other_format(content)
    with pytest.raises(DeliveryRefused):
        refuse_other_format(b"<html>" + content)


@pytest.mark.parametrize("marks", [2, 3])
@pytest.mark.parametrize("packed", [False, True], ids=["plain", "zip"])
@pytest.mark.parametrize("content", [XML, RETURNS.encode()], ids=["xml", "csv"])
def test_marks_before_a_mark_are_passed_over(marks, packed, content, tmp_path):
    path = tmp_path / "delivery"
    path.write_bytes(MARK * marks + content)
    if packed:
        with zipfile.ZipFile(tmp_path / "delivery.zip", "w") as container:
            container.write(path, "delivery")
        path = tmp_path / "delivery.zip"
    (delivery,) = receive([path], tmp_path / "archive", RECEIVED).deliveries
    assert (delivery.received, delivery.rejected) == (5 if content is XML else 1, 0)


def test_a_return_of_a_year_whose_schema_was_not_seen_is_said_once(tmp_path):
    for number in range(2):
        again = XML.replace(b"2026", b"2027").replace(b"0001</IdBer>", b"000%d</IdBer>" % number)
        (tmp_path / f"{number}.xml").write_bytes(again)
    reception = receive(sorted(tmp_path.iterdir()), tmp_path / "archive", RECEIVED)
    assert [delivery.received for delivery in reception.deliveries] == [5, 5]
    (remark,) = reception.remarks
    assert remark.startswith("returns of 2027 were read after a description of their schema")
