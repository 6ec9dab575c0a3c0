"""A message pain.001.001.09 against the official schema, by two validators, and against another writer of them."""

from collections.abc import Iterator
from datetime import date
from functools import cache
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

import pytest
import xmlschema
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from quotum.errors import WrongUse
from quotum.output.payments.accounts import bank_of, in_sepa, is_bic, is_iban
from quotum.output.payments.characters import LONGEST_NAME, sepa_text
from quotum.output.payments.debtor import Debtor
from quotum.output.payments.document import MOST_CENTS, NAMESPACE, Payment, Terms, amount_text, message
from quotum.output.payments.naming import MOST_FILES, MOST_ORDERS, Naming, require_countable
from tests.unit.test_schemas import OFFICIAL

_NAME = "pain.001.001.09.xsd"
_SEPAXML = find_spec("sepaxml")
_SCHEMAS = [OFFICIAL / _NAME]
if _SEPAXML is not None and _SEPAXML.origin is not None:
    _SCHEMAS.append(Path(_SEPAXML.origin).parent / "schemas" / _NAME)
THERE = [path for path in _SCHEMAS if path.is_file()]
needs_schema = pytest.mark.skipif(not THERE, reason=f"the official schema is not at {OFFICIAL}, nor in sepaxml")
DEBTOR = Debtor("Ontvanger", "NL86INGB0002445588", "INGBNL2A")
PAYMENTS = (
    Payment(1, 1, "Een cent", "NL91ABNA0417164300", ""),
    Payment(2, MOST_CENTS, "Bijna een miljard", "BE68539007547034", "GKCCBEBB"),
    Payment(9_999_999, 161616, "N" * 70, "MT84MALT011000012345MTLCAST001S", "MALTMTMT"),
)


def _terms(**changed: object) -> Terms:
    naming = {"year": 2026, "run": "0123456789abcdef" * 4, "order": 1, "simulation": False, "revision": False}
    return Terms(Naming(**(naming | changed)), DEBTOR, date(2027, 7, 15), date(2027, 6, 30))  # type: ignore[arg-type]


def _written(payments=PAYMENTS, file: int = 1, terms: Terms | None = None) -> bytes:
    return "".join(message(terms or _terms(), file, payments)).encode()


@pytest.fixture(scope="module", params=THERE, ids=lambda path: path.parts[-3])
def schemas(request):
    path = request.param
    return etree.XMLSchema(etree.parse(path)), xmlschema.XMLSchema(path)


@cache
def _official() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(THERE[0]))


def _valid(schemas, raw: bytes) -> None:
    of_lxml, of_xmlschema = schemas
    of_lxml.assertValid(etree.parse(BytesIO(raw)))
    of_xmlschema.validate(BytesIO(raw))


@needs_schema
def test_a_message_is_valid_by_the_official_schema(schemas):
    _valid(schemas, _written())


@needs_schema
def test_the_longest_identifiers_and_texts_are_valid(schemas):
    terms = _terms(order=MOST_ORDERS, simulation=True, revision=True)
    raw = _written(file=MOST_FILES, terms=terms)
    _valid(schemas, raw)
    naming = terms.naming
    assert len(naming.payment(9_999_999)) == 35
    assert max(len(naming.message(MOST_FILES)), len(naming.block(MOST_FILES))) <= 35


@needs_schema
def test_the_schema_says_what_is_wrong(schemas):
    """The validators do look: an amount with three decimals is taken, one without a number is not."""
    raw = _written().replace(b">0.01<", b">one cent<", 1)
    with pytest.raises(xmlschema.XMLSchemaValidationError):
        schemas[1].validate(BytesIO(raw))
    assert not schemas[0].validate(etree.parse(BytesIO(raw)))


@needs_schema
@given(name=st.text(max_size=200), cents=st.integers(1, MOST_CENTS), number=st.integers(1, 9_999_999))
def test_any_name_and_amount_gives_a_valid_message(name, cents, number):
    text = sepa_text(name, LONGEST_NAME) or f"Werkgever volgnummer {number}"
    raw = _written([Payment(number, cents, text, "NL91ABNA0417164300", "")])
    parsed = etree.parse(BytesIO(raw))
    _official().assertValid(parsed)
    assert parsed.findtext(".//{*}Cdtr/{*}Nm") == text
    assert parsed.findtext(".//{*}GrpHdr/{*}CtrlSum") == parsed.findtext(".//{*}InstdAmt") == amount_text(cents)


@pytest.mark.parametrize(
    ("cents", "expected"),
    [(1, "0.01"), (10, "0.10"), (100, "1.00"), (161616, "1616.16"), (MOST_CENTS, "999999999.99"),
     (100_000_000_000, "1000000000.00")],
)  # fmt: skip
def test_amounts_are_euros_with_two_decimals(cents, expected):
    assert amount_text(cents) == expected


@pytest.mark.parametrize(
    ("orders", "files", "fits"), [(99, 1, True), (100, 1, False), (1, 9999, True), (1, 10000, False)]
)
def test_more_orders_or_files_than_identifiers_can_count_are_refused(orders, files, fits):
    if fits:
        require_countable(orders, files)
        return
    with pytest.raises(WrongUse):
        require_countable(orders, files)


@pytest.mark.parametrize(
    ("account", "iban", "sepa"),
    [
        ("NL91ABNA0417164300", True, True),
        ("NL92ABNA0417164300", False, True),
        ("NL91ABNA041716430", False, True),
        ("NL91ABNA04171643000", False, True),
        ("BE68539007547034", True, True),
        ("TR330006100519786457841326", True, False),
        ("", False, False),
        ("NL", False, True),
    ],
)
def test_accounts(account, iban, sepa):
    assert (is_iban(account), in_sepa(account)) == (iban, sepa)


@pytest.mark.parametrize(
    ("bank", "account", "expected"),
    [
        ("INGBNL2A", "NL86INGB0002445588", "INGBNL2A"),
        (" ingb nl2a xxx ", "NL86INGB0002445588", "INGBNL2AXXX"),
        ("INGBNL2AX", "NL86INGB0002445588", ""),
        ("GKCCBEBB", "NL86INGB0002445588", ""),
        ("", "NL86INGB0002445588", ""),
    ],
)
def test_a_bank_that_is_not_surely_that_of_the_account_is_left_out(bank, account, expected):
    assert bank_of(bank, account) == expected
    assert not expected or is_bic(expected)


# What the other writer chooses itself: identifiers are random, the moment is now, and the block is cut otherwise.
_ITS_OWN = {"GrpHdr/MsgId", "GrpHdr/CreDtTm", "PmtInf/PmtInfId"}


def _fields(element: etree._Element, path: str = "") -> Iterator[tuple[str, str]]:
    for child in element:
        name = f"{path}/{etree.QName(child).localname}".lstrip("/")
        if len(child):
            yield from _fields(child, name)
        else:
            yield name + "".join(f"@{key}={value}" for key, value in child.attrib.items()), child.text or ""


def test_another_writer_of_such_files_says_the_same_field_by_field():
    sepaxml = pytest.importorskip("sepaxml", reason="the package sepaxml is not installed")
    config = {
        "name": DEBTOR.name, "IBAN": DEBTOR.iban, "BIC": DEBTOR.bic, "batch": True, "currency": "EUR",
    }  # fmt: skip
    others = sepaxml.SepaTransfer(config, schema="pain.001.001.09", clean=True)
    terms = _terms()
    payments = [
        Payment(2, MOST_CENTS, "Bijna een miljard", "BE68539007547034", "GKCCBEBB"),
        Payment(3, 1, "Cafe + Zonen", "NL91ABNA0417164300", "ABNANL2A"),
    ]
    for payment in payments:
        others.add_payment(
            {
                "name": payment.name, "IBAN": payment.iban, "BIC": payment.bic, "amount": payment.cents,
                "execution_date": terms.execution_date, "description": terms.naming.text(payment.number),
                "endtoend_id": terms.naming.payment(payment.number),
            }
        )  # fmt: skip
    other = etree.fromstring(others.export(validate=True))
    own = etree.fromstring(_written(payments, terms=terms))
    assert etree.QName(own).namespace == etree.QName(other).namespace == NAMESPACE
    first, second = (list(_fields(root[0])) for root in (own, other))
    result = [[field for field in fields if field[0] not in _ITS_OWN] for fields in (first, second)]
    assert result[0] == result[1]
    assert len(result[0]) == 25
