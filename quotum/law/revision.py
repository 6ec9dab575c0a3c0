"""Revision (herziening): what two settlements of one year on different as-of days differ in (law.md rule 6).

LKV and bonus are granted per employee (Wtl art. 2.10, 4.1), so they are compared per employer and
person: one person down and another up are two differences, whatever the employer's total does.
"""

import narwhals as nw

from quotum.frames import Frame


def differences(before: Frame, after: Frame, keys: tuple[str, ...], amounts: tuple[str, ...]) -> Frame:
    """Lines of two settlements side by side; a line that one of them lacks counts zero there.

    Args:
        before: Lines of the earlier settlement: `keys` and `amounts`, each key once.
        after: Lines of the later one.
        keys: What identifies a line.
        amounts: Amounts in cents.

    Returns:
        `keys`, and of each amount `before_`, `after_` and `difference_` (after less before), in cents.
    """
    nothing = nw.lit(0).cast(nw.Int64)
    earlier = before.select(
        *keys,
        **{f"before_{name}": nw.col(name) for name in amounts},
        **{f"after_{name}": nothing for name in amounts},
    )
    later = after.select(
        *keys,
        **{f"before_{name}": nothing for name in amounts},
        **{f"after_{name}": nw.col(name) for name in amounts},
    )
    sides = [f"{side}_{name}" for side in ("before", "after") for name in amounts]
    both = nw.concat([earlier, later], how="vertical").group_by(*keys).agg(*(nw.col(name).sum() for name in sides))
    return both.with_columns(*(nw.col(name).cast(nw.Int64) for name in sides)).with_columns(
        **{f"difference_{name}": nw.col(f"after_{name}") - nw.col(f"before_{name}") for name in amounts}
    )


def is_downward() -> nw.Expr:
    """Whether LKV and bonus of a person together become less.

    Wtl art. 4.3 lid 1: to the employer's disadvantage only when it is due to the employer or was
    knowable to it, and within five years after the year; the software lists, an official judges.
    """
    return nw.col("difference_payable_cents") < 0


def is_upward() -> nw.Expr:
    """Whether they become more: not payable on the office's own motion, the employer's way is objection."""
    return nw.col("difference_payable_cents") > 0


def is_corrected() -> nw.Expr:
    """Whether base or surcharge of a return differs: a correction of the payroll return (art. 6 lid 7)."""
    return (nw.col("difference_base_cents") != 0) | (nw.col("difference_surcharge_cents") != 0)
