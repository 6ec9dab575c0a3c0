"""Words of a simulation of later years on the terminal, in both languages."""

from typing import Final

from quotum.words import Text

ROWS_AS_THEY_ARE: Final = Text(
    "The rows of {rows} as they are, under the law and the figures of {years}",
    "De regels van {rows} zoals die zijn, onder de wet en de cijfers van {years}",
)
FROM_YEAR: Final = Text("  from {year}:", "  vanaf {year}:")
GROWS_BY: Final = Text(
    "  {parameter}: grows by {growth} percent a year", "  {parameter}: groeit met {growth} procent per jaar"
)
BEHIND_OPTION: Final = Text(
    "Readings of the law these results rest on: {readings}; notes of the scenarios: {notes}. --assumptions prints "
    "them, and the page and tables/assumptions.parquet hold them.",
    "Lezingen van de wet waarop deze uitkomsten berusten: {readings}; toelichtingen van de scenario's: {notes}. "
    "--assumptions drukt ze af, en de pagina en tables/assumptions.parquet bevatten ze.",
)
TITLE: Final = Text(
    "Figures that a later year lacks or that grow, assumed:",
    "Cijfers die een later jaar niet heeft of die groeien, aangenomen:",
)
RUNS_ON: Final = Text("{value} of {year} runs on", "{value} van {year} loopt door")
GROWS: Final = Text(
    "{value} of {year}, {growth} percent a year, rounded half up to whole cents",
    "{value} van {year}, {growth} procent per jaar, rekenkundig afgerond op hele centen",
)
GROWTH_IDLE: Final = Text(
    "[growth] changes nothing: amounts grow to a later year, which --as-if names",
    "[growth] verandert niets: bedragen groeien naar een later jaar, dat --as-if noemt",
)
