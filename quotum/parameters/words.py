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
