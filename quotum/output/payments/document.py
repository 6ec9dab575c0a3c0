"""A message pain.001.001.09: a payment information block with its credit transfers."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from typing import Final
from xml.sax.saxutils import escape

from attrs import frozen

from quotum.money import CENTS_PER_EURO
from quotum.output.payments.debtor import Debtor
from quotum.output.payments.naming import Naming

NAMESPACE: Final = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"
MOST_CENTS: Final = 999_999_999_99
"""Largest amount of a SEPA credit transfer; the schema takes 18 digits."""


@frozen
class Terms:
    """What all messages of an order have in common."""

    naming: Naming
    """Identifiers and texts."""
    debtor: Debtor
    """Who pays."""
    execution_date: date
    """Day on which the bank is to pay (ReqdExctnDt)."""
    decided_on: date | None
    """Day of the decision; None when the run names none."""

    @property
    def made_at(self) -> str:
        """Moment that stands for the making of the message (CreDtTm): midnight, so that no clock is in it."""
        return datetime.combine(self.decided_on or self.execution_date, time()).isoformat()


@frozen
class Payment:
    """A credit transfer."""

    number: int
    """Number of the employer: its row in the settlement, from 1."""
    cents: int
    """Amount, above zero and at most `MOST_CENTS`."""
    name: str
    """Name of the employer in the SEPA character set."""
    iban: str
    """Account of the employer."""
    bic: str
    """Bank of the account; empty when it is not known."""


def amount_text(cents: int) -> str:
    """An amount as a message has it: euros, a point, two decimals."""
    euros, rest = divmod(cents, CENTS_PER_EURO)
    return f"{euros}.{rest:02d}"


def message(terms: Terms, file: int, payments: Sequence[Payment]) -> Iterator[str]:
    """The text of a message in pieces.

    Args:
        terms: What all messages of the order have in common.
        file: Number of the file, from 1.
        payments: Its payments, at least one.
    """
    naming, debtor = terms.naming, terms.debtor
    count, total = len(payments), amount_text(sum(payment.cents for payment in payments))
    sums = f"<NbOfTxs>{count}</NbOfTxs><CtrlSum>{total}</CtrlSum>"
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="{NAMESPACE}"><CstmrCdtTrfInitn>\n'
    yield (
        f"<GrpHdr><MsgId>{naming.message(file)}</MsgId><CreDtTm>{terms.made_at}</CreDtTm>{sums}"
        f"<InitgPty>{_name(debtor.name)}</InitgPty></GrpHdr>\n"
    )
    yield (
        f"<PmtInf><PmtInfId>{naming.block(file)}</PmtInfId><PmtMtd>TRF</PmtMtd><BtchBookg>true</BtchBookg>{sums}"
        "<PmtTpInf><SvcLvl><Cd>SEPA</Cd></SvcLvl></PmtTpInf>"
        f"<ReqdExctnDt><Dt>{terms.execution_date.isoformat()}</Dt></ReqdExctnDt>\n"
        f"<Dbtr>{_name(debtor.name)}</Dbtr><DbtrAcct>{_account(debtor.iban)}</DbtrAcct>"
        f"<DbtrAgt>{_bank(debtor.bic)}</DbtrAgt><ChrgBr>SLEV</ChrgBr>\n"
    )
    for payment in payments:
        yield _transfer(naming, payment)
    yield "</PmtInf>\n</CstmrCdtTrfInitn></Document>\n"


def _transfer(naming: Naming, payment: Payment) -> str:
    bank = f"<CdtrAgt>{_bank(payment.bic)}</CdtrAgt>" if payment.bic else ""
    return (
        f"<CdtTrfTxInf><PmtId><EndToEndId>{naming.payment(payment.number)}</EndToEndId></PmtId>"
        f'<Amt><InstdAmt Ccy="EUR">{amount_text(payment.cents)}</InstdAmt></Amt>{bank}'
        f"<Cdtr>{_name(payment.name)}</Cdtr><CdtrAcct>{_account(payment.iban)}</CdtrAcct>"
        f"<RmtInf><Ustrd>{escape(naming.text(payment.number))}</Ustrd></RmtInf></CdtTrfTxInf>\n"
    )


def _name(name: str) -> str:
    return f"<Nm>{escape(name)}</Nm>"


def _account(iban: str) -> str:
    return f"<Id><IBAN>{iban}</IBAN></Id>"


def _bank(bic: str) -> str:
    """A bank; the schema asks for that of the debtor, so what is not known is called that."""
    known = f"<BICFI>{bic}</BICFI>" if bic else "<Othr><Id>NOTPROVIDED</Id></Othr>"
    return f"<FinInstnId>{known}</FinInstnId>"


__all__ = ["MOST_CENTS", "NAMESPACE", "Payment", "Terms", "amount_text", "message"]
