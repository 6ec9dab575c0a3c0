"""Lines of arithmetic and expected rows that many worked cases share."""

from quotum.words import Text
from tests.spec.worked_cases.case import Row, Step
from tests.spec.worked_cases.rows import E1, P1

LKV_FORMULA = "min({hours} * {{wtl.jobs_agreement_rate}}, {{wtl.jobs_agreement_cap}})"


def lkv(hours: int | str, result: str, gives: str = "lkv_cents") -> Step:
    """The LKV of a person: hours x rate, at most the maximum."""
    return Step(
        Text(
            "LKV: paid hours that count x amount per hour, at most the maximum of the year",
            "LKV: verloonde uren die tellen x bedrag per uur, ten hoogste het jaarmaximum",
        ),
        LKV_FORMULA.format(hours=hours),
        result,
        gives,
    )


def hours(formula: str, result: str, gives: str = "paid_hours") -> Step:
    """The paid hours that count."""
    return Step(Text("Paid hours that count", "Verloonde uren die tellen"), formula, result, gives)


def in_time(day: str, limit: str, result: str) -> Step:
    """Whether a message was filed in time."""
    return Step(
        Text(
            "Was the last message filed by the end of the as-of day?",
            "Is het laatste bericht ingediend uiterlijk op de peildag?",
        ),
        f"{day} <= {limit}",
        result,
    )


def overlap(until: str, period_start: str, result: str) -> Step:
    """Whether a registration that ends touches a period."""
    return Step(
        Text("Does the registration reach the first day of the period?", "Loopt de registratie tot in het tijdvak?"),
        f"{until} >= {period_start}",
        result,
    )


def surcharge(base: str, result: str, gives: str = "surcharge_cents") -> Step:
    """The surcharge over a return."""
    return Step(
        Text(
            "Surcharge over the return: base x rate, rounded down to whole euros",
            "Opslag over de aangifte: grondslag x percentage, naar beneden afgerond op hele euro's",
        ),
        f"down({base} * {{wet_banenafspraak.surcharge_rate}} / 100)",
        result,
        gives,
    )


def line(paid_hours: int, lkv_cents: int, bsn: str = P1, rsin: str = E1, **more: object) -> Row:
    """An expected row of a person at an employer."""
    return {"rsin": rsin, "bsn": bsn, "paid_hours": paid_hours, "lkv_cents": lkv_cents} | more


def settled(rsin: str = E1, **columns: object) -> Row:
    """An expected row of an employer."""
    return {"rsin": rsin} | columns
