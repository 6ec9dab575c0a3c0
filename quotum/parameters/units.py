"""Units of parameters in Dutch: what a figure counts, and per what."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from quotum.words import Text

IN_DUTCH: Final[Mapping[str, str]] = MappingProxyType(
    {
        "as-enacted or quota-levy": "as-enacted (zoals vastgesteld) of quota-levy (quotumheffing)",
        "calendar year": "kalenderjaar",
        "calendar years": "kalenderjaren",
        "calendar_month (before that of the start) or month_up_to_day_before (the start)": (
            "calendar_month (de kalendermaand voor die van het begin) of month_up_to_day_before "
            "(de maand tot de dag voor het begin)"
        ),
        "central or regional": "central (landelijk) of regional (per regio)",
        "country or delivery": "country (het land) of delivery (wat is geleverd)",
        "date": "datum",
        "declaration (at the start of the employment) or registration (in the return period)": (
            "declaration (doelgroepverklaring bij het begin van de dienstbetrekking) of registration "
            "(registratie in het aangiftetijdvak)"
        ),
        "employees": "werknemers",
        "euro": "euro",
        "euro per employee per calendar year": "euro per werknemer per kalenderjaar",
        "euro per employee per calendar year; 0 is without maximum": (
            "euro per werknemer per kalenderjaar; 0 is zonder maximum"
        ),
        "euro per employee per year": "euro per werknemer per jaar",
        "euro per job": "euro per baan",
        "euro per missing job per year": "euro per ontbrekende baan per jaar",
        "euro per paid hour": "euro per verloond uur",
        "euro per person per year": "euro per persoon per jaar",
        "euro per year": "euro per jaar",
        "hours in December 2012": "uren in december 2012",
        "hours or flat": "hours (naar uren) of flat (vast bedrag)",
        "hours per employee per year": "uren per werknemer per jaar",
        "hours per job per month": "uren per baan per maand",
        "hours per job per year": "uren per baan per jaar",
        "hours per year": "uren per jaar",
        "jobs": "banen",
        "jobs above the baseline": "banen boven de nulmeting",
        "jobs per year": "banen per jaar",
        "months": "maanden",
        "months before the start of the employment": "maanden voor het begin van de dienstbetrekking",
        "paid hours per person per year": "verloonde uren per persoon per jaar",
        "percent of agency hours": "procent van de ingeleende uren",
        "percent of extra people": "procent van de extra mensen",
        "percent of its target": "procent van het eigen doel",
        "percent of paid hours": "procent van de verloonde uren",
        "percent of participants": "procent van de deelnemers",
        "percent of premium wage": "procent van het premieloon",
        "percent of premium wage, or balance, or budget": (
            "procent van het premieloon, of balance (evenwicht), of budget (budgetneutraal)"
        ),
        "percent of sheltered work": "procent van het beschutte werk",
        "persons": "personen",
        "raise or beside": "raise (verhoging van het LKV) of beside (ernaast)",
        "separate, joint or conditional": "separate (apart), joint (samen) of conditional (voorwaardelijk)",
        "times the average premium wage": "maal het gemiddelde premieloon",
        "wage or high_rate": "wage (het loon) of high_rate (het hoge Aof-tarief)",
        "wage or hours": "wage (loon) of hours (uren)",
        "years": "jaren",
        "years from the start of the employment": "jaren vanaf het begin van de dienstbetrekking",
        "years from the start of the employment; 0 is without end": (
            "jaren vanaf het begin van de dienstbetrekking; 0 is zonder einde"
        ),
        "yes or no": "yes (ja) of no (nee)",
    }
)
"""Each unit of the parameter files; words that a scenario writes stay as they are, with their Dutch behind them."""


def unit(name: str) -> Text:
    """A unit in both languages; a unit of a parameter that is not shipped stays as it is.

    Args:
        name: The unit in English, as in the parameter files.
    """
    return Text(name, IN_DUTCH.get(name, name))


__all__ = ["IN_DUTCH", "unit"]
