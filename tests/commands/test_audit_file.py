"""`quotum audit-file`: valid against the official schema, balanced, tied to the settlement, and discreet."""

import json
import os
import stat
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xmlschema
from lxml import etree

from quotum.output.audit_file.employers import parts
from quotum.output.audit_file.journal import lines
from quotum.output.audit_file.xml_text import amount, xml_text
from quotum.output.employer_names import names_of
from tests.helpers import (
    HOUSE,
    deliver,
    discreet,
    ended,
    example,
    example_files,
    files_under,
    quotum,
    settled,
    table_rows,
    take_in,
)
from tests.rows import EMPLOYER, NAME, OTHER_EMPLOYER, WAGE, cells

_PLACES = [
    Path(os.environ.get("QUOTUM_SCHEMAS", "nowhere")),
    *(parent / "shared" / "formats" for parent in HOUSE.parents[:2]),
]
_SCHEMA = next((result for place in _PLACES if (result := place / "XmlAuditfileFinancieel4.0.xsd").is_file()), None)
with_schema = pytest.mark.skipif(_SCHEMA is None, reason="no ../shared/formats with the official schema")
SPACE = {"x": "http://www.odb.belastingdienst.nl/Belastingdienst/BCPP/1.1/structures/XmlauditfileXAF_4.0"}
AWKWARD = '"Jansen & <Zn> B.V. Één   regel" ' + "lang " * 20


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """Runs of the example of sixty employers, and of the law as it is over a small set with an awkward name."""
    folder = tmp_path_factory.mktemp("audit-file")
    take_in(folder / "archive", example_files("sixty_employers_2026"))
    settled(folder / "archive", folder / "simulated", example("sixty_employers_2026") / "scenario.toml")
    rows = {
        "returns": [cells("returns"), cells("returns", LhNr=f"{OTHER_EMPLOYER}L01", AantVerlU="0")],
        "register": [cells("register")],
        "employers": [cells("employers", name=f'"{AWKWARD.replace(chr(34), chr(34) * 2)}"')],
    }
    take_in(folder / "small", deliver(folder / "files", **rows))
    settled(folder / "small", folder / "enacted", decided_on=date(2027, 7, 1))
    return folder


def _document(path: Path):
    return etree.parse(path)


def _texts(document, path: str) -> list[str]:
    return [element.text for element in document.iterfind(path, SPACE)]


def _cents(text: str) -> int:
    whole, part = text.split(".")
    assert len(part) == 2
    return int(whole) * 100 + int(part)


def _written(run: Path, out: Path, *more: object) -> Path:
    ended(quotum("audit-file", run, "--out", out, *more), 0)
    return out


@with_schema
@pytest.mark.parametrize("name", ["simulated", "enacted"])
def test_two_validators_find_it_valid(name, place, tmp_path):
    path = _written(place / name, tmp_path / "journal.xaf")
    xmlschema.XMLSchema(_SCHEMA).validate(path)
    schema = etree.XMLSchema(etree.parse(_SCHEMA))
    assert schema.validate(_document(path)), schema.error_log


@with_schema
def test_the_validator_would_find_a_wrong_amount(place, tmp_path):
    path = _written(place / "simulated", tmp_path / "journal.xaf")
    text = path.read_text("utf-8")
    path.write_text(text.replace("</amnt>", "5</amnt>", 1), "utf-8")
    assert not xmlschema.XMLSchema(_SCHEMA).is_valid(path)


def test_every_entry_balances_and_the_head_says_what_the_lines_add_up_to(place, tmp_path):
    document = _document(_written(place / "simulated", tmp_path / "journal.xaf"))
    entries = document.findall(".//x:transaction", SPACE)
    assert entries
    for entry in entries:
        sides = {"D": 0, "C": 0}
        for line in entry.iterfind("x:trLine", SPACE):
            sides[line.findtext("x:amntTp", namespaces=SPACE)] += _cents(line.findtext("x:amnt", namespaces=SPACE))
        assert sides["D"] == sides["C"] > 0
    total = sum(map(_cents, _texts(document, ".//x:trLine/x:amnt")))
    head = document.find(".//x:transactions", SPACE)
    for side in ("totalDebit", "totalCredit"):
        assert 2 * _cents(head.findtext(f"x:{side}", namespaces=SPACE)) == total
    assert int(head.findtext("x:linesCount", namespaces=SPACE)) == len(_texts(document, ".//x:trLine/x:nr"))


def test_the_accounts_of_each_employer_hold_its_row_of_the_settlement(place, tmp_path):
    run = place / "simulated"
    document = _document(_written(run, tmp_path / "journal.xaf"))
    numbers = _texts(document, ".//x:customerSupplier/x:custSupID")
    rows = table_rows(run, "settlement")
    assert numbers == [str(number) for number in range(1, len(rows) + 1)]
    assert _texts(document, ".//x:customerSupplier/x:taxRegIdent") == [row["rsin"] for row in rows]
    held = {number: {"1300": 0, "1600": 0, "1610": 0} for number in numbers}
    for line in document.iterfind(".//x:trLine", SPACE):
        values = {etree.QName(item).localname: item.text for item in line}
        if "custSupID" in values:
            held[values["custSupID"]][values["accID"]] += _cents(values["amnt"]) * (
                1 if values["amntTp"] == "D" else -1
            )
    assert list(held.values()) == [
        {"1300": row["surcharge_cents"], "1600": -row["lkv_cents"], "1610": -row["bonus_cents"]} for row in rows
    ]


def test_a_simulation_says_so_in_every_description_and_in_the_name_of_the_file(place):
    output = ended(quotum("audit-file", place / "simulated"), 0)
    path = place / "simulated.simulation.xaf"
    assert output.startswith("SIMULATION: ")
    assert str(path) in output
    document = _document(path)
    described = [
        *_texts(document, ".//x:softwareDesc"),
        *_texts(document, ".//x:companyName"),
        *_texts(document, ".//x:journal//x:desc"),
    ]
    assert len(described) > 100
    assert all(text.startswith("SIMULATIE ") for text in described)
    assert all(text.startswith("SIM-") for text in _texts(document, ".//x:docRef"))


def test_the_law_as_it_is_has_no_mark_and_the_day_of_the_decision(place):
    output = ended(
        quotum("audit-file", place / "enacted", "--company-name", "Dienst <A&B>", "--company-number", "1"), 0
    )
    path = place / "enacted.xaf"
    assert "SIMUL" not in output + path.read_text("utf-8")
    document = _document(path)
    assert _texts(document, ".//x:dateCreated") == ["2027-07-01"]
    assert _texts(document, ".//x:companyName") == ["Dienst <A&B>"]
    assert _texts(document, "x:company/x:taxRegIdent") == ["1"]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_names_are_cut_and_escaped_and_may_be_absent(place, tmp_path):
    document = _document(_written(place / "enacted", tmp_path / "journal.xaf"))
    names = [
        element.findtext("x:custSupName", namespaces=SPACE)
        for element in document.iterfind(".//x:customerSupplier", SPACE)
    ]
    assert names == ['"Jansen & <Zn> B.V. Één regel" lang lang lang lang', None]


def test_an_rsin_stands_in_the_field_for_tax_numbers_alone(place, tmp_path):
    path = _written(place / "simulated", tmp_path / "journal.xaf")
    text = path.read_text("utf-8")
    for row in table_rows(place / "simulated", "settlement"):
        assert text.count(row["rsin"]) == text.count(f"<taxRegIdent>{row['rsin']}</taxRegIdent>") == 1


def test_what_it_prints_is_discreet(place, tmp_path):
    discreet(
        ended(quotum("audit-file", place / "enacted", "--out", tmp_path / "journal.xaf"), 0), (NAME, EMPLOYER, WAGE)
    )


def test_the_same_run_gives_the_same_bytes_and_nothing_else_is_overwritten(place, tmp_path):
    first = _written(place / "simulated", tmp_path / "one.xaf").read_bytes()
    assert _written(place / "simulated", tmp_path / "two.xaf").read_bytes() == first
    assert _written(place / "simulated", tmp_path / "one.xaf").read_bytes() == first
    (tmp_path / "two.xaf").write_bytes(b"mine")
    assert "is not this audit file" in ended(
        quotum("audit-file", place / "simulated", "--out", tmp_path / "two.xaf"), 2
    )
    assert (tmp_path / "two.xaf").read_bytes() == b"mine"
    assert sorted(files_under(tmp_path)) == ["one.xaf", "two.xaf"]


@with_schema
def test_parts_are_whole_audit_files_that_add_up(place, tmp_path):
    whole = _document(_written(place / "simulated", tmp_path / "whole.xaf"))
    output = ended(
        quotum("audit-file", place / "simulated", "--out", tmp_path / "part.xaf", "--employers-per-file", "25"), 0
    )
    paths = [tmp_path / f"part-{number}-of-3.xaf" for number in (1, 2, 3)]
    assert [line.rsplit(" ", 1)[1] for line in output.splitlines()[1:]] == [str(path) for path in paths]
    schema, documents = xmlschema.XMLSchema(_SCHEMA), [_document(path) for path in paths]
    assert all(schema.is_valid(path) for path in paths)
    assert [len(_texts(document, ".//x:custSupName")) for document in documents] == [25, 25, 10]
    for name in (".//x:transactions/x:totalDebit", ".//x:transactions/x:linesCount"):
        texts = [_texts(item, name)[0].replace(".", "") for item in (whole, *documents)]
        assert int(texts[0]) == sum(map(int, texts[1:]))
    assert [text for document in documents for text in _texts(document, ".//x:transaction/x:nr")] == _texts(
        whole, ".//x:transaction/x:nr"
    )


def test_a_run_that_was_altered_is_not_booked(place, tmp_path):
    run = tmp_path / "run"
    for name, content in files_under(place / "enacted").items():
        (run / name).parent.mkdir(parents=True, exist_ok=True)
        (run / name).write_bytes(content)
    path = run / "data" / "settlement.parquet"
    rows = pq.read_table(path)
    pq.write_table(rows.set_column(9, rows.schema.field(9), pa.array([5] * rows.num_rows, pa.int64())), path)
    ended(quotum("audit-file", run, "--archive", place / "small", "--out", tmp_path / "journal.xaf"), 21)
    assert not (tmp_path / "journal.xaf").exists()


def test_totals_that_macro_json_does_not_have_are_not_booked(place, tmp_path, monkeypatch):
    """What would be booked is held against the totals of the country: 15, and nothing is left."""
    monkeypatch.setattr("quotum.output.audit_file.files.require_unaltered", lambda *_: None)
    run = tmp_path / "run"
    for name, content in files_under(place / "enacted").items():
        (run / name).parent.mkdir(parents=True, exist_ok=True)
        (run / name).write_bytes(content)
    macro = json.loads((run / "data" / "macro.json").read_text("utf-8"))
    macro["totals"]["lkv_cents"] += 1
    (run / "data" / "macro.json").write_text(json.dumps(macro), "utf-8")
    output = ended(quotum("audit-file", run, "--archive", place / "small", "--out", tmp_path / "journal.xaf"), 15)
    assert "lkv_cents" in output
    assert sorted(path.name for path in tmp_path.iterdir()) == ["run"]


def test_wrong_use(place, tmp_path):
    ended(quotum("audit-file", tmp_path), 2)
    assert "lies in the run" in ended(quotum("audit-file", place / "enacted", "--out", place / "enacted" / "a.xaf"), 2)
    ended(quotum("audit-file", place / "enacted", "--out", tmp_path / "nowhere" / "a.xaf"), 14)
    ended(quotum("audit-file", place / "enacted", "--archive", tmp_path / "nowhere"), 13)


def test_below_zero_the_sides_change():
    items = list(lines({"surcharge_cents": -100, "lkv_cents": 0, "bonus_cents": 7}))
    assert [(item.account.number, item.side, item.cents) for item in items] == [
        ("1300", "C", 100), ("8000", "D", 100), ("4010", "D", 7), ("1610", "C", 7),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "most", "expected"),
    [
        ("a&b<c>", 50, "a&amp;b&lt;c&gt;"),
        ("\x00\ufffe\ud800x", 50, "???x"),
        ("  two \r\n lines\t", 50, "two lines"),
        ("x" * 51, 50, "x" * 50),
        ("x" * 49 + " y", 50, "x" * 49),
        ("&" * 3, 2, "&amp;&amp;"),
        ("𝔘é€", 2, "𝔘é"),
    ],
)
def test_text_is_what_xml_can_hold(text, most, expected):
    assert xml_text(text, most) == expected


@pytest.mark.parametrize(("cents", "expected"), [(0, "0.00"), (5, "0.05"), (10**17 + 1, "1000000000000000.01")])
def test_amounts_are_exact(cents, expected):
    assert amount(cents) == expected


@pytest.mark.parametrize(("most", "counts"), [(None, [60]), (60, [60]), (59, [59, 1]), (30, [30, 30])])
def test_parts_hold_everybody_once(place, most, counts):
    outcome = parts(place / "simulated", most)
    assert [item.count for item in outcome] == counts
    assert [item.first for item in outcome] == [1 + sum(counts[:number]) for number in range(len(counts))]


def test_nobody_has_a_name_without_a_delivery():
    assert names_of(None).of(pa.array([EMPLOYER])) == [None]
