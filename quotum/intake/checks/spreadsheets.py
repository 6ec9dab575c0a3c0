"""Identifiers that a spreadsheet turned into numbers."""

from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from quotum.intake.flat.plain_values import nine_digits
from quotum.intake.rows import Rows, whole

_SHORT: Final = "^[1-9][0-9]{6,7}$"
# 1,23E+08 and 123456782.0
_NUMBER: Final = r"^([0-9]([.,][0-9]+)?[Ee]\+?[0-9]+|[0-9]{7,9}[.,]0+)$"
_DIGITS: Final = 9


def written_as_number(name: str, rows: Rows) -> pa.Array | None:
    """Finds the rows in which a BSN or RSIN was written as a number.

    Counts as a number: seven or eight digits that pass the eleven test with zeros in front, and digits with an exponent
    or with decimals.

    Args:
        name: The internal name of the column.
        rows: The rows.
    """
    delivered = rows.delivered(name)
    if rows.all_understood(name) or not pa.types.is_string(delivered.type):
        return None
    texts = whole(delivered)
    short = pc.if_else(pc.match_substring_regex(texts, _SHORT), pc.utf8_lpad(texts, _DIGITS, "0"), None)
    read = nine_digits(short)
    passes = short.is_valid().to_numpy(zero_copy_only=False)
    passes[read.odd] = False
    return pc.or_kleene(pa.array(passes), pc.match_substring_regex(texts, _NUMBER))
