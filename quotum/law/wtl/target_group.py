"""The target group (doelgroep banenafspraak) in a return period.

Wtl art. 2.12 lid 2: a registration that overlaps the period by at least one day counts for the
whole period; for the macro count that is a reading after Wfsv art. 38g lid 8.
"""

import narwhals as nw

from quotum.frames import Frame, each_once

KEY = ("bsn", "period_start", "period_end")


def registered_in_period(register: Frame, periods: Frame) -> Frame:
    """Which persons are registered in which periods, each pair once.

    Args:
        register: `bsn`, `registered_from`, `registered_until` (never null: a far day while it runs).
        periods: `period_start`, `period_end` of the year.

    Returns:
        `bsn`, `period_start`, `period_end` and `registered` (always 1).
    """
    pairs = register.join(periods, how="cross")
    overlap = (nw.col("registered_from") <= nw.col("period_end")) & (
        nw.col("registered_until") >= nw.col("period_start")
    )
    return each_once(pairs.filter(overlap), *KEY).with_columns(registered=nw.lit(1).cast(nw.Int64))


def registered_throughout(register: Frame, periods: Frame) -> Frame:
    """Who has one registration that overlaps every period: nearly everybody who is registered.

    Args:
        register: `bsn`, `registered_from`, `registered_until`.
        periods: `period_start`, `period_end` of the year.

    Returns:
        `bsn`, each once, and `throughout` (always 1).
    """
    outermost = periods.select(nw.col("period_end").min(), nw.col("period_start").max())
    whole = (nw.col("registered_from") <= nw.col("period_end")) & (nw.col("registered_until") >= nw.col("period_start"))
    found = each_once(register.join(outermost, how="cross").filter(whole), "bsn")
    return found.with_columns(throughout=nw.lit(1).cast(nw.Int64))


def in_target_group() -> nw.Expr:
    """Whether a row counts as target group: registered in its period, and its kind of work is not out."""
    return (nw.col("registered").fill_null(0) == 1) & (nw.col("out_of_count") == 0)
