"""Words about parameters and scenarios, in English and Dutch; names, values, provisions and sources are data."""

from typing import Final

from quotum.words import Text

STATUSES: Final = {
    "enacted": Text("enacted", "vastgesteld"),
    "published": Text("published", "gepubliceerd"),
    "assumed": Text("assumed", "aangenomen"),
    "scenario": Text("scenario", "scenario"),
    "not shipped": Text("not shipped", "niet meegeleverd"),
}
"""Status of a value, by its name in files."""

_UNITS: Final = {
    "as-enacted or quota-levy": "as-enacted of quota-levy",
    "calendar year": "kalenderjaar",
    "calendar years": "kalenderjaren",
    "calendar_month (before that of the start) or month_up_to_day_before (the start)": (
        "calendar_month (voor die van het begin) of month_up_to_day_before (het begin)"
    ),
    "central or regional": "central of regional",
    "country or delivery": "country of delivery",
    "date": "datum",
    "declaration (at the start of the employment) or registration (in the return period)": (
        "declaration (bij het begin van de dienstbetrekking) of registration (in het aangiftetijdvak)"
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
    "hours or flat": "hours of flat",
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
    "percent of agency hours": "procent van de uren van uitzendkrachten",
    "percent of extra people": "procent van de extra mensen",
    "percent of its target": "procent van het doel",
    "percent of paid hours": "procent van de verloonde uren",
    "percent of participants": "procent van de deelnemers",
    "percent of premium wage": "procent van het premieloon",
    "percent of premium wage, or balance, or budget": "procent van het premieloon, of balance, of budget",
    "percent of sheltered work": "procent van het beschut werk",
    "persons": "personen",
    "raise or beside": "raise of beside",
    "separate, joint or conditional": "separate, joint of conditional",
    "times the average premium wage": "maal de gemiddelde premieplichtige loonsom",
    "wage or high_rate": "wage of high_rate",
    "wage or hours": "wage of hours",
    "years": "jaren",
    "years from the start of the employment": "jaren vanaf het begin van de dienstbetrekking",
    "years from the start of the employment; 0 is without end": (
        "jaren vanaf het begin van de dienstbetrekking; 0 is zonder einde"
    ),
    "yes or no": "ja of nee",
}


def unit(name: str) -> Text:
    """A unit of a parameter; the same in both languages when it is none of those shipped.

    Args:
        name: The unit, as the parameter file has it.
    """
    return Text(name, _UNITS.get(name, name))


VALUE_REPLACED: Final = Text(
    '{name}: "{new}" of scenario "{later}" replaces "{old}" of scenario "{earlier}" ({unit})',
    '{name}: "{new}" van scenario "{later}" vervangt "{old}" van scenario "{earlier}" ({unit})',
)
RANGE_REPLACED: Final = Text(
    '{name}: the range "{low}" to "{high}" of scenario "{later}" replaces "{old_low}" to "{old_high}"',
    '{name}: de bandbreedte "{low}" tot "{high}" van scenario "{later}" vervangt "{old_low}" tot "{old_high}"',
)
FILE_REPLACED: Final = Text(
    'extra_registrations: the file of scenario "{later}" replaces the one before it',
    'extra_registrations: het bestand van scenario "{later}" vervangt het vorige',
)
