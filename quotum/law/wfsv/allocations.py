"""Hours of lent-out people that a lender allocates to a borrower: Wfsv art. 38g; Besluit Wfsv art. 2.28, 2.30."""

from datetime import date
from typing import Final

import narwhals as nw

from quotum.law.conditions import Question, Reason, Rule, Text, condition

NO_BORROWER: Final = Reason(
    "no_borrower",
    Text(
        "nothing is known of the borrower, or it is the lender itself",
        "van de inlener is niets bekend, of het is de uitlener zelf",
    ),
)
ALLOCATION_COUNTS: Final = Question(
    "Besluit Wfsv art. 2.28, 2.30",
    Text("Does this allocation of hours count?", "Telt deze toerekening van uren?"),
)
ADDED: Final = Text("yes: {hours} hours are added to C", "ja: {hours} uren komen bij C")
GIVEN_AWAY: Final = Text("yes: {hours} hours go to the borrower", "ja: {hours} uren gaan naar de inlener")
LENDER_LOSES: Final = Question(
    "Wfsv art. 38g; Besluit Wfsv art. 2.28",
    Text("How many hours does the lender lose?", "Hoeveel uren gaan er van de uitlener af?"),
)
TAKEN_OFF: Final = Text("{hours} hours are taken off C", "{hours} uren gaan van C af")


def allocations_agreed_by(year: int) -> date:
    """Last day to agree on hours allocated over year t: 1 August of t+1 (Besluit Wfsv art. 2.28 lid 3, 2.30)."""
    return date(year + 1, 8, 1)


@condition(
    "Besluit Wfsv art. 2.28 lid 3, 2.30",
    Text(
        "Was it agreed by 1 August of the next year?", "Is dat uiterlijk 1 augustus van het jaar erna overeengekomen?"
    ),
    Reason(
        "agreed_late",
        Text("agreed after 1 August of the next year", "overeengekomen na 1 augustus van het volgende jaar"),
    ),
)
def agreed_in_time(year: int) -> nw.Expr:
    """Whether an allocation was agreed by 1 August of t+1. Column: `agreed_on`."""
    return nw.col("agreed_on") <= allocations_agreed_by(year)


@condition(
    ALLOCATION_COUNTS.provision,
    Text("Is the borrower another than the lender?", "Is de inlener een ander dan de uitlener?"),
    NO_BORROWER,
)
def goes_to_another() -> nw.Expr:
    """Whether the borrower is not the lender itself. Columns: `borrower_rsin`, `lender_rsin`."""
    return nw.col("borrower_rsin") != nw.col("lender_rsin")


@condition(
    ALLOCATION_COUNTS.provision,
    Text("Is anything known of the borrower?", "Is er iets bekend van de inlener?"),
    NO_BORROWER,
)
def has_known_borrower() -> nw.Expr:
    """Whether the borrower is an employer of the settlement. Column: `borrower_known` (1, or null when it is not)."""
    return nw.col("borrower_known").fill_null(0) == 1


@condition(
    "Besluit Wfsv art. 2.28",
    Text(
        "Are that at most the hours of the target group of this person at the lender?",
        "Zijn dat ten hoogste de uren van de doelgroep van deze persoon bij de uitlener?",
    ),
    Reason(
        "above_hours",
        Text(
            "more than the hours of the target group of this person at the lender, alone or together",
            "meer dan de uren van de doelgroep van deze persoon bij de uitlener, alleen of samen",
        ),
    ),
)
def within_persons_hours() -> nw.Expr:
    """Whether allocated hours are at most the target-group hours of the person at the lender.

    Columns: `allocated_hours`, `target_hours` (null: the person has none there).
    """
    return nw.col("allocated_hours") <= nw.col("target_hours").fill_null(0)


def has_borrower() -> Rule:
    """Which allocations go anywhere: to another employer, of which something is known."""
    conditions = (goes_to_another, has_known_borrower)
    question = Text("Does it go to a known borrower?", "Gaat het naar een bekende inlener?")
    return Rule(
        "has_borrower",
        ALLOCATION_COUNTS.provision,
        question,
        tuple((condition, condition()) for condition in conditions),
    )


def taken_off_lender() -> nw.Expr:
    """Hours of one person that an allocation takes off variable C of the lender.

    Wfsv art. 38g; Besluit Wfsv art. 2.28. What the person worked as an agency worker was never in
    variable C of the lender (art. 38g lid 5) and cannot be taken off it: those hours go first (a reading).
    Agency hours below zero (a correction) are none: no more is taken off than was allocated.

    Columns: `allocated_hours`; `target_hours` and `counted_target_hours` of the person at the lender.
    """
    difference = nw.col("target_hours") - nw.col("counted_target_hours")
    outside = nw.when(difference < 0).then(nw.lit(0)).otherwise(difference)
    rest = nw.col("allocated_hours") - outside
    return nw.when(rest < 0).then(nw.lit(0)).otherwise(rest).cast(nw.Int64)
