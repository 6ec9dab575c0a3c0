"""BSN, RSIN and payroll tax number: their forms, the eleven test, and their integers.

Inside quotum they are integers; at the edges strings of nine (or twelve) characters. None of them
may appear in a message, a log line or a file name.
"""

import re

from stdnum.nl import bsn

RSIN_DIGITS = 9
SUB_NUMBERS = 100
_EMPLOYER = re.compile(r"(\d{4})(\.?)(\d{2})\2(\d{3})([Ll]\d{2})?", re.ASCII)
_NINE_DIGITS = re.compile(r"(?=(\d(?:[ .]?\d){8}))", re.ASCII)


def employer_number(text: str) -> tuple[str, str | None] | None:
    """RSIN in a text, and the payroll tax number (loonheffingennummer) when it is that: `L` and two digits more.

    The RSIN may have the dots that letters write, 1234.56.789; its digits are not tested. None when it is neither.
    """
    match = _EMPLOYER.fullmatch(text)
    if match is None:
        return None
    rsin = match[1] + match[3] + match[4]
    return rsin, (rsin + match[5].upper() if match[5] else None)


def passes_eleven_test(text: str) -> bool:
    """Whether nine digits are a possible BSN or RSIN (elfproef).

    The sum of (9 - i) times digit i over the first eight, modulo 11, equals the ninth. Strict:
    exactly nine ASCII digits, not all zero.
    """
    if len(text) != RSIN_DIGITS or not (text.isascii() and text.isdigit()) or text == "0" * RSIN_DIGITS:
        return False
    return bool(bsn.checksum(text) == 0)


def nine_digits(number: int) -> str:
    """A BSN or RSIN as it is written: nine digits with leading zeros."""
    return f"{number:09d}"


def payroll_tax_number_text(number: int) -> str:
    """A payroll tax number (loonheffingennummer) as it is written: RSIN, `L`, two digits."""
    rsin, sub = divmod(number, SUB_NUMBERS)
    return f"{rsin:09d}L{sub:02d}"


def payroll_tax_number_integer(text: str) -> int:
    """The integer of a payroll tax number: RSIN x 100 + sub-number."""
    return int(text[:RSIN_DIGITS]) * SUB_NUMBERS + int(text[-2:])


def masked(text: str) -> str:
    """Text that can be shown on one line, such as a file name.

    Nine digits that could be a BSN or RSIN are starred out, with points or spaces between them too; a sign that is
    none to print, such as a line end, becomes a question mark.
    """
    hidden = [sign if sign.isprintable() else "?" for sign in text]
    for match in _NINE_DIGITS.finditer(text):
        if passes_eleven_test(re.sub("[ .]", "", match[1])):
            hidden[match.start(1) : match.end(1)] = "*" * len(match[1])
    return "".join(hidden)
