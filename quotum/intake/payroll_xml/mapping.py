"""Configuration with which xml2arrow reads a payroll return (loonaangifte).

Messages are wrapped, `<all><f>message</f><f>message</f></all>`, so that one call reads many and the first level counts
them. A table has a row per child of its path. Levels count by position, from the outermost table inwards, so each
table names all of them. Fields below the path of an inner table belong only to that inner table: an income relation
is one row, its Inkomstenperiode a row per field.
"""

import re
import tempfile
from functools import cache
from typing import Final

import pyarrow as pa
import xml2arrow

OPENING: Final = b"<all>"
CLOSING: Final = b"</all>"
MESSAGE_OPENING: Final = b"<f>"
MESSAGE_CLOSING: Final = b"</f>"

_UNIT: Final = "/all/f/Loonaangifte/AdministratieveEenheid"
_RELATION: Final = "InkomstenverhoudingInitieel"
_WITHDRAWAL: Final = "InkomstenverhoudingIntrekking"

DATES: Final = ("DatAanvTv", "DatEindTv")
TOTALS: Final = ("TotLnSV", "TotPrlnAofAnwLg", "TotPrlnAofAnwHg", "TotPrlnAofAnwUit")
WAGES: Final = ("LnSV", "PrlnAofAnwLg", "PrlnAofAnwHg", "PrlnAofAnwUit", "AantVerlU")
RELATION: Final = ("NumIV", "SofiNr", "PersNr", "DatAanv", "DatEind", "Gebdat", *WAGES)
WITHDRAWN: Final = ("NumIV", "SofiNr", "PersNr")
IN_FORCE: Final = ("SrtIV", "CdAard", "IndWAO", "IndWW", "IndZW")
REQUESTS: Final = ("IndAvrLkvOudrWn", "IndAvrLkvAgWn", "IndAvrLkvDgBaf", "IndAvrLkvHpAgWn")
OLDER_REQUEST: Final = "IndAvrLkvDgBafSb"
PERIOD: Final = ("DatAanv", *IN_FORCE, *REQUESTS, OLDER_REQUEST)

# The three places of lines, by kind (Soort).
LINES: Final = {"V": "full", "A": "supplement", "C": "correction"}
_PATHS: Final = {
    "V": f"{_UNIT}/TijdvakAangifte/VolledigeAangifte",
    "A": f"{_UNIT}/TijdvakAangifte/AanvullendeAangifte",
    "C": f"{_UNIT}/TijdvakCorrectie",
}
_DUPLICATE: Final = re.compile(r"Duplicate value for field '(\w+)'")


def periods_of(kind: str) -> str:
    """Returns the name of the table with the income periods of a kind of section."""
    return f"{LINES[kind]}_periods"


def withdrawn(name: str) -> str:
    """Returns the column of a field of a withdrawal (intrekking)."""
    return f"withdrawn_{name}"


def _table(name: str, path: str, levels: str, fields: dict[str, str]) -> str:
    columns = ", ".join(
        f"{{name: {column}, xml_path: {path}/{below}, data_type: Utf8, nullable: true}}"
        for column, below in fields.items()
    )
    return f"  - {{name: {name}, xml_path: {path}, levels: [{levels}], fields: [{columns}]}}\n"


def _relation_fields() -> dict[str, str]:
    places = dict.fromkeys(RELATION, "") | {"SofiNr": "NatuurlijkPersoon/", "Gebdat": "NatuurlijkPersoon/"}
    places |= dict.fromkeys(WAGES, "Werknemersgegevens/")
    return {name: f"{_RELATION}/{place}{name}" for name, place in places.items()}


def _line_tables(kind: str) -> str:
    levels = "file, part, unit, line" if kind == "C" else "file, part, unit, choice, line"
    fields = {name: name for name in DATES} | {name: f"CollectieveAangifte/{name}" for name in TOTALS}
    fields |= _relation_fields() | {withdrawn(name): f"{_WITHDRAWAL}/{name}" for name in WITHDRAWN}
    path = _PATHS[kind]
    return _table(LINES[kind], path, levels, fields) + _table(
        periods_of(kind), f"{path}/{_RELATION}/Inkomstenperiode", f"{levels}, item", {name: name for name in PERIOD}
    )


def _configuration(stop: bool) -> str:
    message = {name: f"Bericht/{name}" for name in ("IdBer", "DatTdAanm")}
    text = "tables:\n" + _table("file", "/all", "file", {})
    text += _table("parts", "/all/f/Loonaangifte", "file, part", message)
    text += _table("units", _UNIT, "file, part, unit", {"LhNr": "LhNr"})
    text += _table("returns", f"{_UNIT}/TijdvakAangifte", "file, part, unit, choice", {name: name for name in DATES})
    text += "".join(_line_tables(kind) for kind in LINES)
    if not stop:
        return text
    ends = ", ".join(f"{_UNIT}/{section}/DatEindTv" for section in ("TijdvakAangifte", "TijdvakCorrectie"))
    return f"parser_options: {{stop_at_paths: [{ends}]}}\n{text}"


@cache
def parser(stop: bool = False) -> xml2arrow.XmlToArrowParser:
    """Returns the compiled parser; with `stop` it reads up to the dates of the first section only."""
    with tempfile.NamedTemporaryFile("w", suffix=".yaml", encoding="utf-8") as file:
        file.write(_configuration(stop))
        file.flush()
        return xml2arrow.XmlToArrowParser(file.name)


def parse(wrapped: bytes, stop: bool = False) -> dict[str, pa.Table]:
    """Reads wrapped messages in memory."""
    return {name: tidy(batch) for name, batch in parser(stop).parse(wrapped).items()}


def parse_batches(path: str, rows: int) -> xml2arrow.RecordBatchStream:
    """Reads a wrapped message that it opens at once; batches of different tables come in no fixed order."""
    return parser().parse_batches(path, max_rows_per_batch=rows)


def tidy(batch: pa.RecordBatch) -> pa.Table:
    """Gives the levels of a table plain names."""
    return pa.Table.from_batches([batch.rename_columns([name.strip("<>") for name in batch.schema.names])])


def empty(name: str) -> pa.Table:
    """Returns the table without rows."""
    schema = parser().schema(name)
    return pa.schema([field.with_name(field.name.strip("<>")) for field in schema]).empty_table()


def reason_of(error: Exception) -> str:
    """Returns why xml2arrow refused, without the values that its own message quotes."""
    duplicate = _DUPLICATE.search(str(error))
    if duplicate:
        name = duplicate[1].removeprefix(withdrawn(""))
        return twice(name)
    if isinstance(error, xml2arrow.exceptions.XmlParsingError):
        return (
            "it is not sound XML: its tags do not match, or it is cut off. Expected: one whole Loonaangifte. "
            "Deliver the file again, or have the sender make it anew."
        )
    return "it cannot be read as XML. Expected: one whole Loonaangifte. Have the sender make the file anew."


def twice(name: str) -> str:
    """Returns the reason for an element that occurs twice where it may occur once."""
    return (
        f"the element {name} stands twice in one message, section, income relation or income period. "
        "Expected: once. Have the sender make the file anew."
    )
