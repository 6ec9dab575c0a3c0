"""Whole cents and hundredths: the only shapes in which amounts and rates exist.

Amounts are integer cents, rates integer hundredths (of a euro or of a percent point). Every
rounding has a name and a direction; floats never come near.
"""

from fractions import Fraction

from quotum.errors import SelfCheckFailed
from quotum.words import Sentence, numeral

CENTS_PER_EURO = 100
HUNDREDTHS_PER_PERCENT = 100
PERCENT = 100
HUNDRED_PERCENT = HUNDREDTHS_PER_PERCENT * PERCENT
"""The whole, in hundredths of a percent point."""

# Above this an engine may divide in binary fractions and lose cents (Spark does).
LARGEST_EXACT = 2**53
# A quarter of what 64 bits hold: three such sums can be added or taken off each other.
LARGEST_SUM = 2**61
# In steps of so many cents magnitudes are summed: no sum of them can leave 64 bits.
MAGNITUDE_STEP = 2**20


def round_half_up(value: Fraction) -> int:
    """The nearest whole number; a half goes up, also below zero (-0.5 gives 0)."""
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)


def round_down(value: Fraction) -> int:
    """The whole number at or below, towards minus infinity (-0.5 gives -1)."""
    return value.numerator // value.denominator


def round_up(value: Fraction) -> int:
    """The whole number at or above."""
    return -(-value.numerator // value.denominator)


def decimal_text(value: Fraction, places: int = 2) -> Sentence:
    """A fraction as text with a fixed number of decimals, rounded half up; its Dutch has a comma."""
    scaled = round_half_up(value * 10**places)
    sign = "-" if scaled < 0 else ""
    whole, rest = divmod(abs(scaled), 10**places)
    return numeral(f"{sign}{whole}.{rest:0{places}d}" if places else f"{sign}{whole}")


def hundredths_text(hundredths: int) -> Sentence:
    """Hundredths as text with two decimals: 35 is "0.35"."""
    return decimal_text(Fraction(hundredths, HUNDREDTHS_PER_PERCENT))


def euro_text(cents: int) -> Sentence:
    """Cents as euros for people: -123456 is "-1,234.56", and "-1.234,56" in Dutch."""
    sign = "-" if cents < 0 else ""
    euros, rest = divmod(abs(cents), CENTS_PER_EURO)
    return numeral(f"{sign}{euros:,}.{rest:02d}")


def number_text(number: Fraction) -> Sentence:
    """A number with two decimals for people, rounded half up: 1234.5 is "1,234.50", and "1.234,50" in Dutch."""
    return euro_text(round_half_up(number * CENTS_PER_EURO))


def count_text(number: int) -> Sentence:
    """A whole number for people: 1234 is "1,234", and "1.234" in Dutch."""
    return numeral(f"{number:,}")


def percent_text(hundredths: int) -> Sentence:
    """Hundredths of a percent for people: 43 is "0.43%", and "0,43%" in Dutch."""
    return numeral(f"{hundredths_text(hundredths)}%")


def require_exact_product(largest_operand: int, factor: int, what: str) -> None:
    """Refuse a multiplication whose product can leave the range every engine computes exactly.

    Args:
        largest_operand: Largest absolute value in the column.
        factor: The number it is multiplied by.
        what: The product, in words, for the message.

    Raises:
        SelfCheckFailed: The product can pass 2^53.
    """
    if abs(largest_operand) * abs(factor) > LARGEST_EXACT:
        raise SelfCheckFailed(
            f"{what} can pass 2^53: the largest operand is {abs(largest_operand)}, the factor {factor}"
        )


def require_exact_sum(magnitude: int, what: str) -> None:
    """Refuse a sum that can leave 64 bits on the way to a result.

    Args:
        magnitude: The sum of the absolute values that are added, or more.
        what: The sum, in words, for the message.

    Raises:
        SelfCheckFailed: The sum can pass 2^61.
    """
    if abs(magnitude) > LARGEST_SUM:
        raise SelfCheckFailed(f"{what} can pass 2^61: its parts add up to about {abs(magnitude)}")
