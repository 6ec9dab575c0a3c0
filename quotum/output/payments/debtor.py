"""Who pays (de ontvanger): its name and account, refused before anything is written when they are wrong."""

from attrs import frozen

from quotum.errors import WrongUse
from quotum.output import words
from quotum.output.payments.accounts import in_sepa, is_bic, is_iban, plain
from quotum.output.payments.characters import ALLOWED, LONGEST_NAME


@frozen
class Debtor:
    """The party whose account is charged."""

    name: str
    """Name in the SEPA character set."""
    iban: str
    """Account, without blanks."""
    bic: str
    """Bank of the account; empty when it is not known."""


def checked_debtor(name: str, iban: str, bic: str | None) -> Debtor:
    """Debtor details that can stand in an order as they are.

    Args:
        name: As the bank knows it: nothing of it is changed or cut, apart from blanks around it.
        iban: Account; blanks and small letters are those of paper.
        bic: Bank of the account; None when it is not known.

    Raises:
        WrongUse: One of them is wrong. The message does not repeat it.
    """
    bare, account, bank = name.strip(), plain(iban), plain(bic or "")
    if not any(sign.isalnum() for sign in bare):
        raise WrongUse("--debtor-name is empty; give the name of the account as the bank has it")
    if len(bare) > LONGEST_NAME:
        raise WrongUse(
            f"--debtor-name has {len(bare)} characters and a bank takes {LONGEST_NAME}; give the name of the account "
            "as the bank has it"
        )
    if not ALLOWED.issuperset(bare):
        raise WrongUse(
            "--debtor-name has characters that banks do not take; use letters without accents, digits, blanks and "
            "/ - ? : ( ) . , ' +"
        )
    if not is_iban(account):
        raise WrongUse(words.NO_IBAN.sentence())
    if not in_sepa(account):
        raise WrongUse("--debtor-iban is of a country outside SEPA, from which no such order is paid")
    if bic is not None and not is_bic(bank):
        raise WrongUse("--debtor-bic is no BIC: eight or eleven letters and digits; leave it out when it is not known")
    if bank and bank[4:6] != account[:2]:
        raise WrongUse("--debtor-bic is of another country than --debtor-iban; leave it out when it is not known")
    return Debtor(bare, account, bank)


__all__ = ["Debtor", "checked_debtor"]
