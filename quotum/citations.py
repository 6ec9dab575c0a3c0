"""Provisions and sources of rules in Dutch: laws are cited by their Dutch names, with a few English words between."""

from typing import Final

from quotum.words import Sentence

_PHRASES: Final = (
    ("a day has 24 hours", "een dag heeft 24 uren"),
    ("the booked amounts of the budget documents", "de geboekte bedragen van de begrotingsstukken"),
    ("budget documents", "begrotingsstukken"),
    ("letter on the motie-Bruins", "brief over de motie-Bruins"),
    ("yearly measurement of the banenafspraak", "jaarlijkse meting van de banenafspraak"),
    ("monitoring of the banenafspraak", "monitoring van de banenafspraak"),
    ("no provision", "geen bepaling"),
    ("policy choice", "beleidskeuze"),
    ("332760 hours are 3000 jobs", "332760 uren zijn 3000 banen"),
    ("shares not found", "aandelen niet gevonden"),
    ("the four-week calendar", "de vierwekenkalender"),
    ("text until", "tekst tot en met"),
    ("not in force", "niet in werking"),
    ("fixed by UWV", "vastgesteld door UWV"),
    ("footnote", "voetnoot"),
    ("variable G", "variabele G"),
    ("(wage)", "(loon)"),
    ("(hours)", "(uren)"),
    ("partly", "deels"),
    (" since ", " sinds "),
    (" until ", " tot en met "),
    (" and ", " en "),
    (" to ", " tot en met "),
)
"""English words of citations, the longer before those that they hold."""


def cited(text: str) -> Sentence:
    """A provision or a source of a rule in both languages; chapters of pages of quotum keep their English names.

    Args:
        text: As the declaration has it.
    """
    dutch = text if ".md, " in text else _in_dutch(text)
    return Sentence(text, dutch)


def _in_dutch(text: str) -> str:
    for english, dutch in _PHRASES:
        text = text.replace(english, dutch)
    return text


__all__ = ["cited"]
