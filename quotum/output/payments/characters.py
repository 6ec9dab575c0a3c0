"""Text in the characters that every bank of the euro payments area (SEPA) takes."""

import unicodedata
from string import ascii_letters, digits
from typing import Final

_LETTERS: Final = frozenset(ascii_letters + digits)
ALLOWED: Final = _LETTERS | frozenset("/-?:().,'+ ")
"""Characters of the SEPA character set."""
LONGEST_NAME: Final = 70
"""Longest name of a party in a credit transfer of SEPA; the schema takes more."""
_UNKNOWN: Final = "."
# Letters that Unicode does not take apart, and marks that have a near one in the set.
_NEAR: Final = {
    "ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D",
    "ð": "d", "Ð": "D", "þ": "th", "Þ": "TH", "ł": "l", "Ł": "L", "ħ": "h", "Ħ": "H", "ŧ": "t", "Ŧ": "T", "ı": "i",
    "ĸ": "k", "ŋ": "n", "Ŋ": "N", "ə": "e", "Ə": "E", "€": "EUR", "&": "+", "_": "-", "~": "-", "‐": "-", "‑": "-",
    "‒": "-", "–": "-", "—": "-", "―": "-", "−": "-", "`": "'", "´": "'", "ʹ": "'", "ʼ": "'", "‘": "'", "’": "'",
    "‚": ",", "‛": "'", "“": "'", "”": "'", "„": "'", '"': "'", "«": "'", "»": "'", ";": ",", "[": "(", "]": ")",
    "{": "(", "}": ")", "\\": "/", "|": "/", "⁄": "/", "·": ".", "•": ".", "×": "x",
}  # fmt: skip
# Of these Unicode has a decomposition that begins with a blank, such as that of the acute accent on its own.
_NEAR_FIRST: Final = frozenset("´`¨¯¸")


def sepa_text(text: str, longest: int) -> str:
    """Text reduced to the SEPA character set, cut to a number of characters.

    Letters lose their diacritics; what has no near character becomes a full stop, several in a row only one.

    Args:
        text: Any text.
        longest: Most characters.

    Returns:
        Text of characters in `ALLOWED` without blanks around it or doubled; empty when no letter or digit is left.
    """
    replaced: list[str] = []
    for sign in text:
        near = _near(sign)
        if near == _UNKNOWN and replaced[-1:] == [_UNKNOWN] and sign != _UNKNOWN:
            continue
        replaced.append(near)
    cut = " ".join("".join(replaced).split())[:longest].strip()
    return cut if _LETTERS & set(cut) else ""


def _near(sign: str) -> str:
    """What stands for a character; nothing for a mark on the letter before it."""
    if sign in ALLOWED:
        return sign
    if sign in _NEAR:
        return _NEAR[sign]
    if sign.isspace() or sign in _NEAR_FIRST:
        return " "
    if unicodedata.category(sign) in ("Mn", "Me", "Cf"):
        return ""
    if unicodedata.category(sign) == "Cc":
        return " "
    parts = [letter for letter in unicodedata.normalize("NFKD", sign) if not unicodedata.combining(letter)]
    near = "".join(_NEAR.get(letter, letter) for letter in parts)
    return near if near and ALLOWED.issuperset(near) else _UNKNOWN


__all__ = ["ALLOWED", "LONGEST_NAME", "sepa_text"]
