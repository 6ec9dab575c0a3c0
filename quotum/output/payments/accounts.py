"""Accounts in a payment order: which can be paid to, and the bank of each where it is known."""

import re
from typing import Final

from quotum.intake.checks.accounts import passes_check_digits

_IBAN: Final = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{1,30}")
_BIC: Final = re.compile(r"[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}(?:[A-Z0-9]{3})?")
# Countries and territories, as an IBAN names them, of the SEPA scheme (European Payments Council, list of 2025).
_SEPA: Final = frozenset(
    (
        "AD", "AL", "AT", "BE", "BG", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GB", "GI", "GR", "HR",
        "HU", "IE", "IS", "IT", "LI", "LT", "LU", "LV", "MC", "MD", "ME", "MK", "MT", "NL", "NO", "PL", "PT", "RO",
        "RS", "SE", "SI", "SK", "SM", "VA",
    )
)  # fmt: skip


def plain(account: str) -> str:
    """An IBAN or BIC as a machine writes it: capitals, no blanks."""
    return "".join(account.split()).upper()


def is_iban(account: str) -> bool:
    """Whether a plain text is an IBAN: its form, its length and its check digits (ISO 13616)."""
    return _IBAN.fullmatch(account) is not None and passes_check_digits(account)


def in_sepa(account: str) -> bool:
    """Whether an IBAN is of a country that a SEPA credit transfer reaches."""
    return account[:2] in _SEPA


def is_bic(bank: str) -> bool:
    """Whether a plain text has the form of a BIC (ISO 9362)."""
    return _BIC.fullmatch(bank) is not None


def bank_of(bank: str, account: str) -> str:
    """The BIC of an account; empty when the text is no BIC, or a BIC of another country."""
    bic = plain(bank)
    return bic if is_bic(bic) and bic[4:6] == account[:2] else ""


__all__ = ["bank_of", "in_sepa", "is_bic", "is_iban", "plain"]
