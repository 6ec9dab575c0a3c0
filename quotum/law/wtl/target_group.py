"""The target group (doelgroep banenafspraak) in a return period.

Wtl art. 2.12 lid 2: a registration that overlaps the period by at least one day counts for the
whole period; for the macro count that is a reading after Wfsv art. 38g lid 8.
"""

from typing import Final

import narwhals as nw

from quotum.frames import Frame, each_once
from quotum.law.conditions import Question, Reason, Rule, Text, condition
from quotum.law.kinds_of_work import not_sheltered, not_wsw
from quotum.law.readings import WHOLE_PERIOD_COUNTS

KEY = ("bsn", "period_start", "period_end")

NOT_REGISTERED: Final = Reason(
    "not_registered", Text("not registered in this period", "in dit tijdvak niet geregistreerd")
)
IN_TARGET_GROUP: Final = Question(
    "Wfsv art. 38b; Wtl art. 2.12 lid 2; Wet banenafspraak art. 4 lid 3",
    Text(
        "Is this row in the target group, and do its hours count?",
        "Hoort deze regel tot de doelgroep, en tellen de uren mee?",
    ),
)
HOURS_COUNT: Final = Text("yes: {hours} hours count", "ja: {hours} uren tellen mee")


def registered_in_period(register: Frame, periods: Frame) -> Frame:
    """Persons and the periods in which they are registered, each pair once.

    Args:
        register: `bsn`, `registered_from`, `registered_until` (never null: a far day while it runs).
        periods: `period_start`, `period_end` of the year.

    Returns:
        `bsn`, `period_start`, `period_end` and `registered` (always 1).
    """
    pairs = register.join(periods, how="cross")
    return each_once(pairs.filter(_touches()), *KEY).with_columns(registered=nw.lit(1).cast(nw.Int64))


def registered_throughout(register: Frame, periods: Frame) -> Frame:
    """Persons with a registration that overlaps every period: nearly everybody who is registered.

    Args:
        register: `bsn`, `registered_from`, `registered_until`.
        periods: `period_start`, `period_end` of the year.

    Returns:
        `bsn`, each once, and `throughout` (always 1).
    """
    outermost = periods.select(nw.col("period_end").min(), nw.col("period_start").max())
    persons = each_once(register.join(outermost, how="cross").filter(_touches()), "bsn")
    return persons.with_columns(throughout=nw.lit(1).cast(nw.Int64))


def _touches() -> nw.Expr:
    """Whether a registration overlaps a period by at least one day, first and last day included."""
    return (nw.col("registered_from") <= nw.col("period_end")) & (nw.col("registered_until") >= nw.col("period_start"))


@condition(
    "Wtl art. 2.12 lid 2; Wfsv art. 38g lid 8",
    Text(
        "Is the person registered on a day of this period?",
        "Is de persoon op een dag van dit tijdvak geregistreerd in het doelgroepregister?",
    ),
    NOT_REGISTERED,
    WHOLE_PERIOD_COUNTS,
)
def registered() -> nw.Expr:
    """Whether the person of a row is registered on any day of its period, first and last day included.

    Column: `registered` (1, or null), as `registered_in_period` decides.
    """
    return nw.col("registered").fill_null(0) == 1


def in_target_group() -> Rule:
    """Which rows count as target group: registered in their period, and their kind of work is not out."""
    conditions = (registered, not_sheltered, not_wsw)
    return Rule(
        "in_target_group",
        IN_TARGET_GROUP.provision,
        IN_TARGET_GROUP.text,
        tuple((condition, condition()) for condition in conditions),
    )
