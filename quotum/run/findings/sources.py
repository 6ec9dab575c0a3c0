"""What each finding of a settlement rests on: a provision, or the form of the deliveries."""

from typing import Final

from quotum.run.findings.deliveries_used import CONTRADICTS, REJECTED
from quotum.run.findings.levy import LEVY_MEANINGS
from quotum.run.stages.filing_times import AFTER_RECEIPT, OVERLAP

_HIRED: Final = "Besluit Wfsv art. 2.28"
_TAKEN_OVER: Final = "Besluit Wfsv art. 2.15"
_SMALL: Final = "Besluit Wfsv art. 2.19d"
_DEDUCTED: Final = "Wet banenafspraak art. 6 lid 4 c"
_COUNTED: Final = "Wfsv art. 122n; Regeling Wfsv art. 3.33"
_ENTITLED: Final = "Wtl art. 2.10 to 2.13"

SOURCES: Final = {
    "allocation_above_hours": _HIRED,
    "allocation_agreed_late": _HIRED,
    "allocation_without_borrower": _HIRED,
    "baseline_register_thin": _COUNTED,
    "declared_class_contradicts_test": _SMALL,
    "declared_class_decides": _SMALL,
    "deduction_above_base": _DEDUCTED,
    "deduction_without_return": _DEDUCTED,
    "employer_without_returns": "quotum, employers delivery against the returns",
    "employer_without_sector": "quotum, returns against the employers delivery",
    "filing_time_is_time_made": "quotum, form of deliveries: Ingediend",
    "lkv_without_declaration": _ENTITLED,
    "lkv_without_start_of_employment": _ENTITLED,
    CONTRADICTS: "contract.md, a message",
    REJECTED: "contract.md, deliveries",
    AFTER_RECEIPT: "quotum, receipts against Ingediend and DatTdAanm",
    "nothing_balances": "Kamerstuk 34 352 nr. 281, footnote 17",
    "period_without_full_return": "Aangifte loonheffingen, schema: TijdvakCorrectie",
    OVERLAP: "Aangifte loonheffingen, schema: DatAanvTv, DatEindTv",
    "person_above_hours_of_year": "a day has 24 hours",
    "person_above_maximum_premium_wage": "Wfsv art. 17 lid 1",
    "quota_employer_without_sector": "Wfsv art. 38f",
    "quota_part_year_employer": "Wfsv art. 34",
    "registration_ended_by_unknown": "Wtl art. 6.2 lid 4",
    "rows_without_birth_date": "Aangifte loonheffingen, schema: NatuurlijkPersoon/Gebdat",
    "rows_without_bsn": "Aangifte loonheffingen, schema: NatuurlijkPersoon/SofiNr",
    "small_employers_not_tested": _SMALL,
    "starter_with_wage_of_t2": _SMALL,
    "savings_loss_withheld": _COUNTED,
    "took_over_more_than_whole": _TAKEN_OVER,
    "took_over_unknown_wage": _TAKEN_OVER,
    "trait_contradicts_nature": "Aangifte loonheffingen, schema: Inkomstenperiode/CdAard",
    "wage_bills_differ": _SMALL,
    "withdrawal_of_nothing": "Aangifte loonheffingen, schema: InkomstenverhoudingIntrekking",
}


_OF_EMPLOYERS: Final = frozenset(
    (
        "declared_class_contradicts_test",
        "declared_class_decides",
        "employer_without_returns",
        "employer_without_sector",
        "quota_employer_without_sector",
        "quota_part_year_employer",
        "small_employers_not_tested",
        "starter_with_wage_of_t2",
        "took_over_more_than_whole",
        "took_over_unknown_wage",
        "wage_bills_differ",
    )
)


def of_employers(code: str) -> bool:
    """Whether a finding is one of an employer, so that its share is of the employers."""
    return code in _OF_EMPLOYERS


def reason_of(code: str) -> str:
    """What a finding says, with its source."""
    return f"{LEVY_MEANINGS[code]} [{SOURCES[code]}]" if code in SOURCES else code


__all__ = ["SOURCES", "of_employers", "reason_of"]
