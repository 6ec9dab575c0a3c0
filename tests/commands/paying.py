"""A small country whose employers are to be paid, and what their orders hold."""

from collections.abc import Mapping
from pathlib import Path

from click.testing import Result
from lxml import etree

from quotum.output.payments.document import NAMESPACE
from tests.helpers import deliver, quotum, take_in
from tests.rows import Row, cells, numbered

DEBTOR = ("--debtor-name", "Ontvanger", "--debtor-iban", "NL86INGB0002445588", "--debtor-bic", "INGBNL2A")
EXECUTED = ("--execution-date", "2027-07-15")
ACCOUNT, OTHER_ACCOUNT, BELGIAN = "NL91ABNA0417164300", "NL20INGB0001234567", "BE68539007547034"
TURKISH = "TR330006100519786457841326"
HOURS = {1: "100", 2: "200", 3: "300", 4: "0", 5: "50", 6: "1500", 7: "70", 8: "1"}
EMPLOYERS: dict[int, Row] = {
    1: {"name": "Bakkerij Zoetemelk", "iban": ACCOUNT},
    2: {"name": "Zonder rekening"},
    3: {"name": "Verkeerde rekening", "iban": "NL92ABNA0417164300"},
    4: {"name": "Niets te krijgen", "iban": OTHER_ACCOUNT},
    5: {"name": "Buiten het gebied", "iban": TURKISH},
    6: {"name": "Пекарня", "iban": "nl20 ingb 0001 2345 67"},
    8: {"name": "Café & Zonen", "iban": BELGIAN, "bic": "GKCCBEBB"},
}
"""What is delivered of each employer; of the seventh nothing."""


def person(number: int) -> str:
    """The one person of an employer."""
    return numbered(500 + number)


def returns(hours: Mapping[int, str], **more: str) -> list[Row]:
    """A return of January of each employer, with its paid hours."""
    return [
        cells("returns", LhNr=f"{numbered(number)}L01", SofiNr=person(number), AantVerlU=paid, **more)
        for number, paid in hours.items()
    ]


def archive_of(folder: Path, **more: list[Row]) -> Path:
    """An archive with all of it."""
    known = [
        cells("employers", rsin=numbered(number), **({"iban": "", "bic": ""} | row))
        for number, row in EMPLOYERS.items()
    ]
    rows = {
        "returns": returns(HOURS),
        "register": [cells("register", bsn=person(number)) for number in HOURS],
        "employers": known,
    } | more
    reception = quotum(
        "receive", *deliver(folder / "files", **rows), "--archive", folder / "archive", "--received", "2027-05-02T06:00"
    )
    assert reception.exit_code in (0, 3), reception.output
    return folder / "archive"


def settle(archive: Path, out: Path, *more: object, as_of: str = "2027-05-01") -> Path:
    """A run of 2026."""
    result = quotum(
        "settle", "--archive", archive, "--year", 2026, "--as-of", as_of, "--out", out, "--threads", 1, *more
    )
    assert result.exit_code == 0, result.output
    return out


def corrected(archive: Path, folder: Path, filed: str, hours: Mapping[int, str]) -> None:
    """Receive returns that replace those of January."""
    rows = returns(hours, IdBer=f"M-{filed}", DatTdAanm=f"{filed}T10:00:00")
    take_in(archive, deliver(folder, returns=rows))


def pay(run: Path, out: Path, *more: object) -> Result:
    """`quotum payments` with sound debtor details."""
    return quotum("payments", run, *DEBTOR, *EXECUTED, "--out", out, *more)


def messages(order: Path) -> list[etree._Element]:
    """The messages of an order."""
    return [etree.parse(path).getroot() for path in sorted(order.glob("*.xml"))]


def texts(element: etree._Element, path: str) -> list[str]:
    """The texts at a path of element names, in the namespace of the message."""
    steps = "/".join(f"p:{step}" for step in path.split("/"))
    return [result.text or "" for result in element.iterfind(f".//{steps}", {"p": NAMESPACE})]


def paid(order: Path) -> dict[str, str]:
    """What is paid, by the end of the identifier: the number of the employer."""
    result: dict[str, str] = {}
    for message in messages(order):
        ends = [text.rpartition("-")[2].lstrip("0") for text in texts(message, "EndToEndId")]
        result |= dict(zip(ends, texts(message, "InstdAmt"), strict=True))
    return result
