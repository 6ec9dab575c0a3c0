"""Faults of a row of a return: one for each check of intake on returns, and those that show in a whole year.

Checks of the filing time (Ingediend) have no fault here, because the generator gives none; nor have checks for a file
that is not whole.
"""

from collections.abc import Iterator

from attrs import frozen

Cell = tuple[str, str | None]
"""Column, and its faulty value; None leaves it empty."""


@frozen
class Defect:
    """A fault of a row."""

    what: str
    """Description of the fault."""
    rule: str
    """Check of intake that finds it; it may break others too."""
    cells: tuple[Cell, ...] = ()
    """Faulty cells; without cells the row repeats the row before it."""
    only_text: bool = False
    """Whether a typed column cannot hold it."""
    in_xml: bool = True
    """Whether a single row of an XML message can have it."""
    of_year: bool = False
    """Whether only `settle` finds it, when everything is together, and not `receive`."""


@frozen
class MessageDefect:
    """A fault of an XML message in a part that has no column in the flat form."""

    what: str
    """Description of the fault."""
    rule: str
    """Check of intake that finds it."""
    old: str
    """Text to replace in the message (a regular expression)."""
    new: str
    """Replacement."""
    of_year: bool = False
    """Whether only `settle` finds it, when everything is together, and not `receive`."""


_NOT_REPORTED, _NO_RETURN = "withdrawal of what was not reported", "correction of who filed no return and is not listed"
# Payroll tax number of no employer in the country: theirs begin with 8 or 9.
_NOBODY = "100000009L01"
MESSAGE_DEFECTS = (
    MessageDefect(
        "first day of an income period that does not exist", "income_periods_sound",
        r"<Inkomstenperiode><DatAanv>[^<]*<", "<Inkomstenperiode><DatAanv>2026-02-30<",
    ),
    MessageDefect("total that is no amount", "totals_are_amounts", r"<TotLnSV>[^<]*<", "<TotLnSV>1e3<"),
    MessageDefect("total that is not the sum", "total_matches_rows", r"<TotLnSV>[^<]*<", "<TotLnSV>123456789<"),
    MessageDefect(
        "period of another year than the schema", "period_of_the_year_of_its_schema",
        r"<DatAanvTv>\d*(-[^<]*)</DatAanvTv><DatEindTv>\d*(-[^<]*)<",
        r"<DatAanvTv>2021\1</DatAanvTv><DatEindTv>2021\2<",
    ),
    MessageDefect(
        _NOT_REPORTED, "withdrawal_of_nothing", "</AanvullendeAangifte>",
        "<InkomstenverhoudingIntrekking><NumIV>9998</NumIV><PersNr>P-99998</PersNr></InkomstenverhoudingIntrekking>"
        "</AanvullendeAangifte>", of_year=True,
    ),
    MessageDefect(
        _NO_RETURN, "period_without_full_return", r"<LhNr>[^<]*</LhNr>(.*<AanvullendeAangifte>)",
        rf"<LhNr>{_NOBODY}</LhNr>\1", of_year=True,
    ),
)  # fmt: skip

_MESSAGE = frozenset({"IdBer", "DatTdAanm", "Soort", "Actie", "LhNr", "DatAanvTv", "DatEindTv"})
_FLAGS = (
    "IndWAO", "IndWW", "IndZW", "IndAvrLkvOudrWn", "IndAvrLkvAgWn", "IndAvrLkvDgBaf", "IndAvrLkvHpAgWn",
)  # fmt: skip
_AMOUNTS = ("LnSV", "PrlnAofAnwLg", "PrlnAofAnwHg", "PrlnAofAnwUit")
_REQUIRED = (
    "IdBer", "DatTdAanm", "Soort", "Actie", "LhNr", "DatAanvTv", "DatEindTv", "NumIV", "DatAanv", "SrtIV", "IndWAO",
    "IndWW", "IndZW", *_AMOUNTS,
)  # fmt: skip


def defect_kinds(year: int) -> tuple[Defect, ...]:
    """Returns every defect of a row in a year."""
    return (
        *_first(year),
        *_forms(year),
        *_absent(),
        *_periods(year),
        *_other_faults(),
        *_implausible(year),
        *_of_year(),
    )


def _first(year: int) -> Iterator[Defect]:
    yield Defect("BSN that fails the eleven test", "SofiNr_form", (("SofiNr", "123456789"),))
    yield Defect("kind of income relation that does not exist", "SrtIV_listed", (("SrtIV", "99"),))
    yield Defect("paid hours missing", "AantVerlU_required", (("AantVerlU", None),))
    yield Defect("number of the income relation of five digits", "NumIV_form", (("NumIV", "12345"),))
    yield Defect(
        "first and last day of the period do not belong together", "period_days_belong_together",
        (("DatAanvTv", f"{year}-06-01"), ("DatEindTv", f"{year}-06-29")), in_xml=False,
    )  # fmt: skip
    yield Defect("date that does not exist", "DatAanv_form", (("DatAanv", f"{year}-02-30"),), only_text=True)


def _forms(year: int) -> Iterator[Defect]:
    """Values that cannot be understood, column by column."""
    for flag in _FLAGS:
        yield Defect(f"indicator {flag} other than J or N", f"{flag}_form", ((flag, "X"),))
    for amount in _AMOUNTS:
        description = "amount" if amount == _AMOUNTS[0] else amount
        yield Defect(f"{description} with three decimals", f"{amount}_form", ((amount, "1234.567"),), only_text=True)
        yield Defect(f"{description} of eleven digits", f"{amount}_digits", ((amount, "123456789.01"),))
    values = {
        "IdBer": "I" * 33, "DatTdAanm": f"{year}-02-30T10:00:00", "Soort": "Z", "Actie": "Z", "LhNr": "123456789L01",
        "DatAanvTv": f"{year}-13-01", "DatEindTv": f"{year}-01-32", "PersNr": "P" * 36, "DatEind": "tomorrow",
        "Gebdat": "1990-02-30", "SrtIV": "1x", "CdAard": "123", "AantVerlU": "123456",
    }  # fmt: skip
    only_text = {"DatTdAanm", "DatAanvTv", "DatEindTv", "DatEind", "Gebdat", "SrtIV"}
    for column, value in values.items():
        yield Defect(
            f"value of {column} that cannot be understood", f"{column}_form", ((column, value),),
            only_text=column in only_text, in_xml=column not in _MESSAGE,
        )  # fmt: skip


def _absent() -> Iterator[Defect]:
    for column in _REQUIRED:
        in_xml = column not in (*_MESSAGE, "SrtIV")
        yield Defect(f"{column} missing", f"{column}_required", ((column, None),), in_xml=in_xml)


def _periods(year: int) -> Iterator[Defect]:
    yield Defect(
        "period of half a year", "period_of_half_a_year_or_more",
        (("DatAanvTv", f"{year}-01-01"), ("DatEindTv", f"{year}-06-30")), in_xml=False,
    )  # fmt: skip
    yield Defect(
        "withdrawal in a full return", "full_return_withdraws_nothing", (("Soort", "V"), ("Actie", "X")), in_xml=False
    )
    # In years outside the lists no code is known to be wrong.
    before = (("DatAanvTv", "2021-01-01"), ("DatEindTv", "2021-01-31"))
    for element in ("SrtIV", "CdAard"):
        yield Defect(
            f"{element} that no list has, in a year without list", f"{element}_of_another_year",
            (*before, (element, "99")), in_xml=False,
        )  # fmt: skip


def _other_faults() -> Iterator[Defect]:
    yield Defect("nature of the employment that does not exist", "CdAard_listed", (("CdAard", "80"),))
    yield Defect("BSN that begins with 000", "SofiNr_not_000", (("SofiNr", "000000012"),))
    yield Defect("payroll tax number that begins with 000", "LhNr_not_000", (("LhNr", "000000012L01"),), in_xml=False)
    yield Defect("row that is there twice", "row_twice_in_message", in_xml=False)


def _of_year() -> Iterator[Defect]:
    """Faults that only show when everything is together."""
    withdrawn = ("Soort", "A"), ("Actie", "X"), ("NumIV", "9998")
    yield Defect(_NOT_REPORTED, "withdrawal_of_nothing", withdrawn, in_xml=False, of_year=True)
    corrected = ("Soort", "C"), ("LhNr", _NOBODY)
    yield Defect(_NO_RETURN, "period_without_full_return", corrected, in_xml=False, of_year=True)


def _implausible(year: int) -> Iterator[Defect]:
    """Implausible values, which are accepted with a finding."""
    premium = ("PrlnAofAnwLg", "0.00"), ("PrlnAofAnwHg", "1000.00")
    nothing = tuple((amount, "0.00") for amount in _AMOUNTS)
    yield Defect(
        "end before the start", "ended_before_started", (("DatAanv", f"{year}-01-15"), ("DatEind", f"{year}-01-10"))
    )
    yield Defect(
        "start after the period", "started_after_period", (("DatAanv", f"{year + 1}-06-01"), ("DatEind", None))
    )
    yield Defect(
        "birth after the start", "born_after_start", (("Gebdat", f"{year}-12-31"), ("DatAanv", f"{year}-01-01"))
    )
    yield Defect(
        "made before the period", "made_before_period", (("DatTdAanm", f"{year - 1}-06-01T10:00:00"),), in_xml=False
    )
    yield Defect("more hours than there are", "hours_above_period", (("AantVerlU", "9999"),))
    yield Defect("hours without wage", "hours_without_wage", (("IndWAO", "J"), ("AantVerlU", "100"), *nothing))
    yield Defect("wage without hours", "wage_without_hours", (("AantVerlU", "0"), *premium))
    yield Defect("hours below zero and wage above", "hours_and_wage_of_opposite_sign", (("AantVerlU", "-10"), *premium))
    yield Defect(
        "wage in both classes", "premium_wage_in_both_classes",
        (("PrlnAofAnwLg", "500.00"), ("PrlnAofAnwHg", "500.00")),
    )  # fmt: skip
    yield Defect(
        "wage above the maximum of a year", "premium_wage_above_maximum",
        (("PrlnAofAnwLg", "0.00"), ("PrlnAofAnwHg", "900000.00")),
    )  # fmt: skip


__all__ = ["MESSAGE_DEFECTS", "Defect", "MessageDefect", "defect_kinds"]
