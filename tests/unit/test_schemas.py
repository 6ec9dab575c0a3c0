"""Payroll returns validated against the official schemas: what is wrong, where, and never a value."""

import io
import zipfile
from pathlib import Path

import pytest

from quotum.archive.layout import existing
from quotum.archive.receipts import current, history
from quotum.errors import DeliveryRefused, WrongUse
from quotum.intake.payroll_xml import lengths, schemas
from quotum.intake.payroll_xml.schemas import Schemas
from tests.helpers import FIXTURES, HOUSE, discreet, ended, kept, quotum, receive_command
from tests.rows import PERSON

# Beside the project, or one level up when this is a second working tree of it.
_PLACES = [parent / "shared" / "formats" for parent in HOUSE.parents[:2]]
OFFICIAL = next((place for place in _PLACES if place.is_dir()), _PLACES[0])
SAMPLE = (FIXTURES / "loonaangifte-2026-with-correction.xml").read_bytes()

needs_schemas = pytest.mark.skipif(not OFFICIAL.is_dir(), reason=f"the official schemas are not at {OFFICIAL}")
# Stands in the sample where a value is made wrong: what may not be said again.
HIDDEN = "111222333"

# A small schema of our own, for what the official ones have no example of.
OWN = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="{namespace}" targetNamespace="{namespace}"
 elementFormDefault="qualified"><xs:element name="Loonaangifte"><xs:complexType><xs:sequence>
 <xs:element name="Number" maxOccurs="unbounded"><xs:simpleType><xs:restriction base="xs:int">
 <xs:minInclusive value="3"/><xs:maxExclusive value="9"/></xs:restriction></xs:simpleType></xs:element>
 <xs:element name="Listed" minOccurs="0"><xs:simpleType><xs:list itemType="xs:date"/></xs:simpleType></xs:element>
 <xs:element name="Code" minOccurs="0"><xs:simpleType><xs:restriction base="xs:string"><xs:length value="2"/>
 </xs:restriction></xs:simpleType></xs:element>
 </xs:sequence><xs:attribute name="version" use="required"/></xs:complexType></xs:element></xs:schema>"""
NAMESPACE = "http://xml.belastingdienst.nl/schemas/Loonaangifte/2026/01"
_OWN = OWN.format(namespace=NAMESPACE)


@pytest.fixture(scope="module")
def official() -> Schemas:
    """The official schemas."""
    return Schemas(OFFICIAL)


@pytest.fixture(scope="module")
def own(tmp_path_factory) -> Schemas:
    """The small schema."""
    folder = tmp_path_factory.mktemp("own")
    (folder / "own.xsd").write_text(OWN.format(namespace=NAMESPACE))
    return Schemas(folder)


def _refusal(known: Schemas, message: bytes) -> str:
    with pytest.raises(DeliveryRefused) as refused:
        known.validate(lambda: io.BytesIO(message))
    return str(refused.value)


def _line_of(message: bytes, words: bytes) -> int:
    return message[: message.index(words) + len(words)].count(b"\n") + 1


WRONG = {
    # What stands in the sample, what is put there, and what must be said of it.
    "pattern": (
        b"<SofiNr>111222333",
        b"<SofiNr>11122233",
        "element SofiNr has another form. Expected: the pattern ([1-9]",
    ),
    "one_of": (
        b"<SrtIV>15<",
        f"<SrtIV>{HIDDEN}<".encode(),
        "element SrtIV is none of the values allowed. Expected: one of 11, 13",
    ),
    "digits": (b"<NumIV>1</NumIV>", b"<NumIV>10000</NumIV>", "element NumIV has too many digits. Expected: at most 4"),
    "absent": (
        b"<NumIV>1</NumIV>",
        b"",
        "element DatAanv does not belong there, or something is missing. Expected: NumIV",
    ),
    "decimals": (
        b"<LnSV>3250.00",
        b"<LnSV>3250.001",
        "element LnSV has too many decimals. Expected: at most 2 decimals",
    ),
    "comma": (
        b"<LnSV>3250.00",
        b"<LnSV>3250,00",
        "element LnSV has another form. Expected: a value of the type Bedrag10.2",
    ),
    "no_such_day": (
        b"<Gebdat>1990-01-01",
        b"<Gebdat>1990-02-30",
        "element Gebdat has another form. Expected: a value of the type xs:date",
    ),
    "too_long": (b"<SignNm>", b"<SignNm>" + b"T" * 300, "element SignNm is too long. Expected: at most 200 characters"),
    "too_short": (b"<PersNr>P-001<", b"<PersNr><", "element PersNr is too short. Expected: at least 1 characters"),
    "text_between": (
        b"<SofiNr>",
        f"{HIDDEN}<SofiNr>".encode(),
        "element NatuurlijkPersoon has text between its elements",
    ),
    "unknown": (
        b"<Voorl>",
        f"<_{HIDDEN}/><Voorl>".encode(),
        "an element that the schema does not know does not belong there",
    ),
    "attribute": (
        b'version="2.0"',
        f'version="2.0" a{HIDDEN}="{HIDDEN}"'.encode(),
        "an unknown attribute of element Loonaangifte is not allowed",
    ),
    "element_in_a_value": (b"<NumIV>1<", b"<NumIV>1<b/><", "element NumIV has elements in it. Expected: a value"),
}


@needs_schemas
@pytest.mark.parametrize("case", WRONG.values(), ids=WRONG)
def test_says_line_element_and_expectation_and_no_value(case, official):
    old, new, expected = case
    message = SAMPLE.replace(old, new, 1)
    assert message != SAMPLE
    refusal = _refusal(official, message)
    assert expected in refusal
    end = new if new else b"<DatAanv>"
    place = message.index(new or SAMPLE[SAMPLE.index(old) + len(old) :][:60].strip())
    assert f"at line {message[:place].count(10) + 1}," in refusal, end
    discreet(refusal, {HIDDEN, "3250", "1990-02-30", "TTTT"})


@needs_schemas
def test_a_sound_message_passes(official):
    """Also in small pieces, with Windows line ends, and in Latin-1."""
    for message in (SAMPLE, SAMPLE.replace(b"\n", b"\r\n"), _latin_1(SAMPLE)):
        official.validate(lambda message=message: io.BytesIO(message))


def _latin_1(message: bytes) -> bytes:
    """The same in Latin-1, with a sign that is no UTF-8."""
    text = message.decode().replace("encoding='UTF-8'", "encoding='ISO-8859-1'")
    assert "ISO-8859-1" in text
    return text.replace("<Voorl>A", "<Voorl>É", 1).encode("latin-1")


@needs_schemas
def test_places_are_right_wherever_the_pieces_are_cut(official, monkeypatch):
    message = SAMPLE.replace(b"<SofiNr>111222333", b"<SofiNr>11122233x", 1).replace(b"<SrtIV>15", b"<SrtIV>99", 1)
    whole = _refusal(official, message)
    place = message[: message.index(b"</SofiNr>") + len(b"</SofiNr>")]
    assert f"line {place.count(10) + 1}, column {len(place) - place.rindex(10) - 1}: element SofiNr" in whole
    assert "element SrtIV" in whole
    for size in (4096, 1000, 997):
        monkeypatch.setattr(schemas, "_PIECE", size)
        refusal = _refusal(official, message)
        assert whole.split("; ")[0].split(". ")[0] in refusal


def _bounds(monkeypatch, piece: int, text: int, tag: int) -> None:
    monkeypatch.setattr(schemas, "_PIECE", piece)
    monkeypatch.setattr(lengths, "LONGEST_TEXT", text)
    monkeypatch.setattr(lengths, "LONGEST_TAG", tag)


LONG = {
    "text": (b"<PersNr>", b"x>", b"</PersNr>", "one text, tag or comment is longer"),
    "text_in_parts": (b"<PersNr>", b"x<!---->", b"</PersNr>", "one text is cut up by more"),
    "cdata": (b"<PersNr><![CDATA[", b"<a>]>", b"]]></PersNr>", "one text, tag or comment is longer"),
    "cdata_in_parts": (b"<PersNr>", b"<![CDATA[<a>]]>", b"</PersNr>", "one text, tag or comment is longer"),
    "comment": (b"<!--", b"<a>'", b"-->", "one text, tag or comment is longer"),
    "instruction": (b"<?a ", b"<a>'", b"?>", "one text, tag or comment is longer"),
    "attributes": (b"<PersNr", b' a=">"', b">", "one tag is longer"),
    "tag_in_a_tag": (b"<PersNr", b" <b", b">", "one tag is longer"),
}


@needs_schemas
@pytest.mark.parametrize(("opening", "filling", "ending", "word"), LONG.values(), ids=LONG)
@pytest.mark.parametrize("piece", [7, 512])
def test_something_without_end_is_refused_before_it_is_held(
    piece, opening, filling, ending, word, official, monkeypatch
):
    """The bounds are made small, so that the test is."""
    _bounds(monkeypatch, piece, 4096, 2048)
    for given in (ending, b""):  # it ends too late, or never
        message = SAMPLE.replace(b"<PersNr>", opening + 40_000 * filling + given, 1)
        assert _refusal(official, message).startswith(f"{word} than")


@needs_schemas
@pytest.mark.parametrize("piece", [1, 2, 7, 512, 4096])
def test_much_that_is_short_enough_is_no_reason_to_refuse(piece, official, monkeypatch):
    _bounds(monkeypatch, piece, 2000, 1000)
    odd = b"<!-- '<a -->" * 100 + b'<?x "<?>' * 100 + b" " * 1500 + b"<!--" + b"- " * 900 + b"-->"
    message = SAMPLE.replace(b"<PersNr>", odd + b"<PersNr " + b" " * 900 + b"><![CDATA[]]]]><![CDATA[>]]>", 1)
    official.validate(lambda: io.BytesIO(message))


@needs_schemas
def test_what_stands_on_one_line_has_a_column(official):
    message = b"".join(line.strip() for line in SAMPLE.replace(b"<SrtIV>15", b"<SrtIV>99", 1).splitlines())
    column = message.index(b"</SrtIV>") + len(b"</SrtIV>")
    assert f"line 1, column {column}: element SrtIV" in _refusal(official, message)


@needs_schemas
def test_not_more_than_three_faults_are_told(official):
    message = (
        SAMPLE.replace(b"<IndWAO>J", b"<IndWAO>Y").replace(b"<IndWW>J", b"<IndWW>Y").replace(b"<IndZW>J", b"<IndZW>Y")
    )
    assert message.count(b">Y<") > 3
    assert _refusal(official, message).count("line ") == 3


@needs_schemas
@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        pytest.param(b"</NumIV>", b"</Num>", "mismatched tag", id="crossed_tags"),
        pytest.param(b"<SignNm>", b"<SignNm>&nbsp;", "entity", id="entity"),
        pytest.param(b"</Loonaangifte>", b"</Loonaangifte><a/>", "after the root", id="more_after_it"),
        pytest.param(b"</Loonaangifte>", b"", "before its root element is closed", id="cut_off"),
        pytest.param(b"<Loonaangifte", b"<!DOCTYPE Loonaangifte><Loonaangifte", "DOCTYPE", id="doctype"),
        pytest.param(b"2026/01", b"1999/01", "1999", id="another_year"),
        pytest.param(b"2026/01", b"2025/01", "no schema of", id="a_year_without_schema"),
    ],
)
def test_what_is_no_sound_return_is_told_as_ever(old, new, word, official):
    assert word in _refusal(official, SAMPLE.replace(old, new, 1))


# No number, so that starring out numbers does not hide that it was said.
WORD = "Zoetemelk"
IMITATING = {
    "number_too_large": f"<Number>{10**8}</Number>",
    "number_in_words": f"<Number>type '{WORD}'</Number>",
    "number_that_imitates": f"<Number>{WORD}' is not accepted by the pattern '{WORD}'.</Number>",
    "list_that_imitates": f"<Number>5</Number><Listed>type '{WORD}</Listed>",
    "code_that_imitates": f"<Number>5</Number><Code>allowed length of '{WORD}'.</Code>",
    "not_even_a_number": f"<Number>Expected is ( {WORD} ).</Number>",
}


@pytest.mark.parametrize("inside", IMITATING.values(), ids=IMITATING)
def test_a_value_that_imitates_the_validator_is_not_repeated(inside, own):
    message = f'<Loonaangifte version="2.0" xmlns="{NAMESPACE}">{inside}</Loonaangifte>'
    refusal = _refusal(own, message.encode())
    assert "line 1, column" in refusal
    assert WORD not in refusal
    assert str(10**8) not in refusal


def test_limits_are_named(own):
    def refusal(inside: str) -> str:
        message = f'<Loonaangifte version="2.0" xmlns="{NAMESPACE}">{inside}</Loonaangifte>'
        return _refusal(own, message.encode())

    assert "element Number is too small. Expected: at least 3" in refusal("<Number>2</Number>")
    assert "element Number is too large. Expected: less than 9" in refusal("<Number>9</Number>")
    assert "Expected: 2 characters" in refusal("<Number>5</Number><Code>abc</Code>")
    assert "something is missing. Expected: Number." in refusal("")
    assert "Expected: Number, Listed, Code." in refusal("<Number>5</Number><Other/>")


@pytest.mark.parametrize(
    ("files", "word"),
    [
        pytest.param({}, "holds no schema", id="empty"),
        pytest.param({"a.xsd": "<xs:schema"}, "a.xsd cannot be read as a schema", id="broken"),
        pytest.param({"a.xsd": _OWN.replace('"xs:int"', '"xs:no"')}, "cannot be read", id="senseless"),
        pytest.param(dict.fromkeys(("a.xsd", "b.xsd"), _OWN), "b.xsd is a second", id="two"),
        pytest.param({"a.xsd": _OWN.replace("Loonaangifte", "Other")}, "holds no schema", id="others"),
    ],
)
def test_a_folder_that_does_not_do_is_wrong_use(files, word, tmp_path):
    for name, content in files.items():
        (tmp_path / name).write_text(content)
    with pytest.raises(WrongUse, match=word):
        Schemas(tmp_path)
    assert "is no folder" in ended(receive_command(tmp_path / "archive", __file__, "--schemas", tmp_path / "none"), 2)
    assert not (tmp_path / "archive").exists()


def test_what_macos_leaves_beside_a_schema_is_passed_over(tmp_path):
    (tmp_path / "own.xsd").write_text(_OWN)
    (tmp_path / "._own.xsd").write_bytes(b"\x00\x05\x16\x07\x00\x02\x00\x00")
    message = f'<?xml version="1.0" encoding="us-ascii"?><Loonaangifte xmlns="{NAMESPACE}" version="2.0">'
    message += "<Number>5</Number><!-- \u00e9 --></Loonaangifte>"
    Schemas(tmp_path).validate(lambda: io.BytesIO(message.encode()))


@needs_schemas
def test_the_command_refuses_what_breaks_its_schema_and_keeps_the_rest(tmp_path):
    wrong = tmp_path / "wrong.xml"
    wrong.write_bytes(SAMPLE.replace(b"<LbTab>012", b"<LbTab>x12", 1))
    archive = tmp_path / "archive"
    # The fault is in an element that quotum does not read: only the schema sees it.
    ended(receive_command(archive, wrong, "--dry-run"), 0)
    output = ended(receive_command(archive, wrong, "--schemas", OFFICIAL), 10)
    assert "wrong.xml: breaks the official schema at line" in output
    assert "element LbTab" in output
    assert kept(archive) == {}
    sound = tmp_path / "sound.xml"
    sound.write_bytes(SAMPLE)
    assert "sound.xml: loonaangifte" in ended(receive_command(archive, sound, wrong, "--schemas", OFFICIAL), 10)
    assert PERSON not in output


@needs_schemas
@pytest.mark.slow
def test_memory_does_not_grow_with_the_message(official, tmp_path):
    """Fifty times as long takes no more than some megabytes more."""
    start = SAMPLE.index(b"<InkomstenverhoudingInitieel>")
    end = SAMPLE.index(b"</InkomstenverhoudingInitieel>") + len(b"</InkomstenverhoudingInitieel>")

    def validated(times: int) -> int:
        path = Path(tmp_path / f"{times}.xml")
        with path.open("wb") as file:
            file.write(SAMPLE[:start])
            for _ in range(times):
                file.write(SAMPLE[start:end] * 100)
            file.write(SAMPLE[end:])
        Path("/proc/self/clear_refs").write_text("5")  # forgets the peak of the tests before
        official.validate(lambda: path.open("rb"))
        return int(Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0])

    before = validated(10)
    assert validated(500) - before < 20 << 10


@needs_schemas
def test_what_broke_a_schema_stays_out_when_tables_are_made_again(tmp_path):
    """Made again or merged without the schemas, a member that broke one is not read."""
    # Initials are not read: without the schemas nothing is the matter with them.
    wrong = SAMPLE.replace(b"<Voorl>A", b"<Voorl>" + 40 * b"A", 1).replace(b"<IdBer>", b"<IdBer>Other", 1)
    packed = tmp_path / "two.zip"
    with zipfile.ZipFile(packed, "w") as container:
        container.writestr("wrong.xml", wrong)
        container.writestr("sound.xml", SAMPLE)
    strict, loose, merged = (tmp_path / name for name in ("strict", "loose", "merged"))
    ended(receive_command(strict, packed, "--schemas", OFFICIAL), 3)
    ended(receive_command(loose, packed, "--received", "2027-05-02T06:00:00"), 0)
    (result,) = current(history(existing(strict)))
    assert [delivery.left_out_members for delivery in result.deliveries] == [(1,)]
    assert sum(table.rows for table in result.tables) < sum(
        table.rows for table in current(history(existing(loose)))[0].tables
    )
    ended(quotum("archive", "rebuild", "--archive", strict), 0)
    assert current(history(existing(strict))) == (result,)
    ended(quotum("archive", "merge", strict, "--archive", merged), 0)
    assert current(history(existing(merged)))[0].deliveries == result.deliveries
