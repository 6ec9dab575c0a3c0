"""Rule 5: the other three benefits, which are reported and decide by cumulation, and the six months before a start."""

from collections.abc import Mapping
from datetime import date

from quotum.words import Text
from tests.spec.worked_cases.case import LAW, READING, Case, Provision, Row, Rows, Step
from tests.spec.worked_cases.rows import E1, P1, declaration, worked
from tests.spec.worked_cases.rule_5 import given, year_of
from tests.spec.worked_cases.steps import hours, line, lkv

_AS_OF = date(2026, 5, 1)
_NOT_THIS = {"IndAvrLkvDgBaf": "N"}
_OTHER = Text(
    "LKV: hours x amount per hour, at most the maximum of the year",
    "LKV: uren x bedrag per uur, ten hoogste het jaarmaximum",
)


def _amount(category: str, total: int, result: str, suffix: str = "") -> Step:
    formula = f"min({total} * {{wtl.{category}_rate{suffix}}}, {{wtl.{category}_cap{suffix}}})"
    return Step(_OTHER, formula, result, "lkv_cents")


def _line(category: str, total: int, cents: int) -> Row:
    return {"rsin": E1, "bsn": P1, "category": category, "paid_hours": total, "lkv_cents": cents}


def _disabled(total: int, result: str, title: Text, explanation: Text) -> Case:
    rows = year_of(total, year=2025, DatAanv="2024-02-01", IndAvrLkvAgWn="J", **_NOT_THIS)
    return Case(
        f"{total}-hours",
        title,
        explanation,
        given(*rows, declarations=[declaration("disabled", "2024-02-01")]),
        (_amount("disabled", total, result),),
        lines=[],
        others=[_line("disabled", total, round(float(result) * 100))],
        year=2025,
        as_of=_AS_OF,
    )


DISABLED = Provision(
    "wtl-2.9",
    5,
    "Wtl art. 2.6, 2.9",
    Text("LKV for a disabled worker", "LKV arbeidsgehandicapte werknemer"),
    Text("How much LKV is this person worth over the year?", "Hoeveel LKV levert deze persoon over het jaar op?"),
    LAW,
    Text(
        "3.05 euro per paid hour, at most 6,000 euro a year, for three years from the start of an employment that a "
        "declaration covers.",
        "3,05 euro per verloond uur, ten hoogste 6.000 euro per jaar, drie jaren vanaf de aanvang van een "
        "dienstbetrekking die een verklaring dekt.",
    ),
    (
        _disabled(
            1967,
            "5999.35",
            Text("1,967 hours: just below the maximum", "1.967 uren: net onder het maximum"),
            Text("5,999.35 is below 6,000.00.", "5.999,35 is lager dan 6.000,00."),
        ),
        _disabled(
            1968,
            "6000",
            Text("1,968 hours: cut off at the maximum", "1.968 uren: afgekapt op het maximum"),
            Text("6,002.40 is more than 6,000.00.", "6.002,40 is meer dan 6.000,00."),
        ),
    ),
)


def _older(start: str, result: str, suffix: str, kept: str, title: Text, explanation: Text) -> Case:
    row = worked(100, 1, year=2025, DatAanv=start, IndAvrLkvOudrWn="J", **_NOT_THIS)
    before = Text("Did the employment begin before this day?", "Begon de dienstbetrekking voor deze dag?")
    return Case(
        f"started-{start}",
        title,
        explanation,
        given(row, declarations=[declaration("older", start)]),
        (Step(before, f"{start} < {{wtl.older_amounts_kept_before}}", kept), _amount("older", 100, result, suffix)),
        others=[_line("older", 100, round(float(result) * 100))],
        year=2025,
        as_of=_AS_OF,
    )


OLDER = Provision(
    "wtl-6.2a",
    5,
    "Wtl art. 2.5, 6.2a lid 1",
    Text("LKV for an older worker: old and new amounts", "LKV oudere werknemer: oude en nieuwe bedragen"),
    Text("Which amounts hold?", "Welke bedragen gelden?"),
    LAW,
    Text(
        "Employments that began before 1 January 2024 keep the old amounts (3.05, at most 6,000 euro); for later ones "
        "1.35 and 2,600 euro hold in 2025.",
        "Dienstbetrekkingen die voor 1 januari 2024 begonnen houden de oude bedragen (3,05, ten hoogste 6.000 euro); "
        "voor latere gelden in 2025 1,35 en 2.600 euro.",
    ),
    (
        _older(
            "2023-12-31",
            "305.00",
            "_before_2024",
            "true",
            Text("Started on 31 December 2023: 3.05 an hour", "Begonnen op 31 december 2023: 3,05 per uur"),
            Text("Before 1 January 2024.", "Voor 1 januari 2024."),
        ),
        _older(
            "2024-01-01",
            "135.00",
            "",
            "false",
            Text("Started on 1 January 2024: 1.35 an hour", "Begonnen op 1 januari 2024: 1,35 per uur"),
            Text("On the day itself the new amounts hold.", "Op de dag zelf gelden de nieuwe bedragen."),
        ),
    ),
)


def _reassigned(name: str, declared: str, months: tuple[int, ...], counts: int, title: Text, explanation: Text) -> Case:
    """100 hours in some months of 2026 for who was employed here since 2010."""
    rows = [worked(100, month, DatAanv="2010-01-01", IndAvrLkvHpAgWn="J", **_NOT_THIS) for month in months]
    total = counts * 100
    return Case(
        name,
        title,
        explanation,
        given(*rows, declarations=[declaration("reassigned", declared)]),
        (
            hours(f"{counts} * 100", f"{total}"),
            Step(
                _OTHER,
                f"min({total} * {{wtl.reassigned_rate}}, {{wtl.reassigned_cap}})",
                f"{total * 305 / 100:.2f}",
                "lkv_cents",
            ),
        ),
        others=[_line("reassigned", total, total * 305)],
    )


REASSIGNED = Provision(
    "wtl-2.16-lid-1",
    5,
    "Wtl art. 2.14, 2.16 lid 1; art. 2.12 lid 2",
    Text("Reassigned workers: one year", "Herplaatste werknemers: één jaar"),
    Text(
        "Does the period lie within the year of the declaration?", "Valt het tijdvak binnen het jaar van de verklaring?"
    ),
    LAW,
    Text(
        "One year from the first day of the declaration, with the employer that the person was employed by on that "
        "day. A period in which the year begins or ends counts whole.",
        "Eén jaar vanaf de eerste dag van de verklaring, bij de werkgever waar de persoon op die dag in dienst was. "
        "Een tijdvak waarin het jaar begint of eindigt telt geheel.",
    ),
    (
        _reassigned(
            "begins-on-the-last-day",
            "2026-01-31",
            (1, 2),
            2,
            Text("Declared from 31 January: January counts whole", "Verklaring vanaf 31 januari: januari telt geheel"),
            Text(
                "The right begins on the last day of the period.", "Het recht begint op de laatste dag van het tijdvak."
            ),
        ),
        _reassigned(
            "begins-on-the-day-after",
            "2026-02-01",
            (1, 2),
            1,
            Text("Declared from 1 February: January does not", "Verklaring vanaf 1 februari: januari niet"),
            Text("January was over before the right began.", "Januari was voorbij voordat het recht begon."),
        ),
        _reassigned(
            "over-on-the-first-day",
            "2025-06-01",
            (5, 6),
            1,
            Text("The year is over on 1 June: June does not count", "Het jaar is om op 1 juni: juni telt niet"),
            Text("June begins on the day on which the year is over.", "Juni begint op de dag waarop het jaar om is."),
        ),
        _reassigned(
            "over-on-the-second-day",
            "2025-06-02",
            (5, 6),
            2,
            Text("The year is over on 2 June: June counts whole", "Het jaar is om op 2 juni: juni telt geheel"),
            Text("June begins a day before the year is over.", "Juni begint een dag voordat het jaar om is."),
        ),
    ),
)


def _again(ended_on: str) -> Mapping[str, Rows]:
    """An employment until September 2024, and another from 20 March 2025."""
    before = worked(60, 9, year=2024, DatAanv="2020-01-01", DatEind=ended_on)
    now = worked(100, 4, year=2025, NumIV="2", DatAanv="2025-03-20")
    return given(before, now, declarations=[declaration("jobs_agreement", "2025-03-20")])


def _free(ended_on: str, result: str) -> Step:
    words = Text(
        "Did the earlier employment end before the six months?",
        "Eindigde de eerdere dienstbetrekking voor de zes maanden?",
    )
    return Step(words, f"{ended_on} < 2024-09-20", result)


SIX_MONTHS = Provision(
    "wtl-2.10-lid-1-b-until-2025",
    5,
    "Wtl art. 2.10 lid 1 b (text until 2025)",
    Text(
        "Until 2025: no employment in the six months before",
        "Tot en met 2025: geen dienstbetrekking in zes maanden ervoor",
    ),
    Text(
        "Was there no employment with this employer in the six months before?",
        "Was er in de zes maanden ervoor geen dienstbetrekking bij deze werkgever?",
    ),
    READING,
    Text(
        "The six months before a start on 20 March 2025 run from 20 September 2024 to 19 March 2025. Employments are "
        "taken as the returns report them (reading).",
        "De zes maanden voor een aanvang op 20 maart 2025 lopen van 20 september 2024 tot en met 19 maart 2025. "
        "Dienstbetrekkingen gelden zoals de aangiften ze noemen (lezing).",
    ),
    (
        Case(
            "ended-the-day-before",
            Text("Ended on 19 September 2024: right", "Geëindigd op 19 september 2024: recht"),
            Text("Six months without employment, to the day.", "Zes maanden zonder dienstbetrekking, op de dag af."),
            _again("2024-09-19"),
            (_free("2024-09-19", "true"), lkv(100, "101.00")),
            lines=[line(100, 101_00)],
            year=2025,
            as_of=_AS_OF,
        ),
        Case(
            "ended-on-the-first-day",
            Text("Ended on 20 September 2024: no right", "Geëindigd op 20 september 2024: geen recht"),
            Text(
                "A day of employment lies within the six months.",
                "Een dag van de dienstbetrekking valt binnen de zes maanden.",
            ),
            _again("2024-09-20"),
            (_free("2024-09-20", "false"),),
            lines=[],
            year=2025,
            as_of=_AS_OF,
        ),
    ),
)

PROVISIONS = (DISABLED, OLDER, REASSIGNED, SIX_MONTHS)
