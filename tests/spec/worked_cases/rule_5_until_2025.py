"""Rule 5 until 2025, by a declaration at the start of the employment, and the transition to 2026."""

from collections.abc import Mapping
from datetime import date

from quotum.words import Text
from tests.spec.worked_cases.case import LAW, READING, Case, Provision, Row, Rows, Step
from tests.spec.worked_cases.rows import declaration, registered, worked
from tests.spec.worked_cases.rule_5 import given
from tests.spec.worked_cases.steps import hours, line, lkv, settled

_AS_OF = date(2026, 5, 1)
_NOTHING = Step(Text("LKV", "LKV"), "0", "0", "lkv_cents")


def _start(
    name: str,
    title: Text,
    explanation: Text,
    register: Row,
    right: bool,
    start: str = "2025-03-20",
    declared: bool = True,
) -> Case:
    """100 hours in April 2025 after a start."""
    papers = [declaration("jobs_agreement", start)] if declared else []
    return Case(
        name,
        title,
        explanation,
        given(worked(100, 4, year=2025, DatAanv=start), register=[register], declarations=papers),
        (lkv(100, "101.00"),) if right else (_NOTHING,),
        settlement=[settled(lkv_cents=101_00 if right else 0)],
        lines=[line(100, 101_00)] if right else [],
        year=2025,
        as_of=_AS_OF,
    )


START = Provision(
    "wtl-2.10-lid-1-until-2025",
    5,
    "Wtl art. 2.10 lid 1 (text until 2025)",
    Text("Until 2025: registered and declared at the start", "Tot en met 2025: geregistreerd en verklaard bij aanvang"),
    Text(
        "Was the person registered on the first day of the employment, or in the month before it, with a declaration?",
        "Was de persoon geregistreerd op de eerste dag van de dienstbetrekking, of in de maand daarvoor, met een "
        "verklaring?",
    ),
    READING,
    Text(
        '"De maand voorafgaand aan": for a start from 2025 on the month up to the day before, 20 February to 19 March '
        "for a start on 20 March. Registration afterwards is not needed.",
        '"De maand voorafgaand aan": voor een aanvang vanaf 2025 de maand tot en met de dag ervoor, 20 februari tot '
        "en met 19 maart voor een aanvang op 20 maart. Registratie daarna is niet nodig.",
    ),
    (
        _start(
            "registered-on-the-first-day-of-the-month-before",
            Text("Registered until 20 February: right", "Geregistreerd tot en met 20 februari: recht"),
            Text(
                "20 February is the first day of the month before.", "20 februari is de eerste dag van de maand ervoor."
            ),
            registered("2025-02-01", "2025-02-20"),
            True,
        ),
        _start(
            "registered-a-day-too-early",
            Text("Registered until 19 February: no right", "Geregistreerd tot en met 19 februari: geen recht"),
            Text("A day before the month before.", "Een dag voor de maand ervoor."),
            registered("2025-02-01", "2025-02-19"),
            False,
        ),
        _start(
            "registered-from-the-start",
            Text("Registered from 20 March: right", "Geregistreerd vanaf 20 maart: recht"),
            Text("The first day of the employment itself counts.", "De eerste dag van de dienstbetrekking zelf telt."),
            registered("2025-03-20"),
            True,
        ),
        _start(
            "registered-after-the-start",
            Text("Registered from 21 March: no right", "Geregistreerd vanaf 21 maart: geen recht"),
            Text("The employment had begun.", "De dienstbetrekking was al begonnen."),
            registered("2025-03-21"),
            False,
        ),
        _start(
            "no-declaration",
            Text("Registered, without a declaration: no right", "Geregistreerd, zonder verklaring: geen recht"),
            Text(
                "Until 2025 the declaration is needed too (a finding).",
                "Tot en met 2025 is ook de verklaring nodig (een bevinding).",
            ),
            registered("2020-01-01"),
            False,
            declared=False,
        ),
    ),
)


def _three_years(name: str, start: str, counts: int, title: Text, explanation: Text, ends: str, june: str) -> Case:
    rows = [worked(100, month, year=2025, DatAanv=start) for month in range(1, 13)]
    begins_before = Text(
        "Does June begin before the three years are over?", "Begint juni voordat de drie jaren om zijn?"
    )
    return Case(
        name,
        title,
        explanation,
        given(*rows, declarations=[declaration("jobs_agreement", start)]),
        (
            Step(begins_before, f"2025-06-01 < {ends}", june),
            hours(f"{counts} * 100", f"{counts * 100}"),
            lkv(counts * 100, f"{counts * 101}.00"),
        ),
        settlement=[settled(paid_hours=1200, lkv_cents=counts * 101_00)],
        lines=[line(counts * 100, counts * 101_00)],
        year=2025,
        as_of=_AS_OF,
    )


DURATION = Provision(
    "wtl-2.12-lid-1-until-2025",
    5,
    "Wtl art. 2.12 lid 1 (text until 2025)",
    Text("Until 2025: three years", "Tot en met 2025: drie jaren"),
    Text(
        "Does the period begin before the years of the right are over?",
        "Begint het tijdvak voordat de jaren van het recht om zijn?",
    ),
    LAW,
    Text(
        "Three years from the first day of the employment. A period that begins within them counts whole.",
        "Drie jaren vanaf de eerste dag van de dienstbetrekking. Een tijdvak dat daarbinnen begint telt geheel.",
    ),
    (
        _three_years(
            "over-on-the-first-day",
            "2022-06-01",
            5,
            Text("Started on 1 June 2022: until May 2025", "Begonnen op 1 juni 2022: tot en met mei 2025"),
            Text(
                "June begins on the day on which the three years are over.",
                "Juni begint op de dag waarop de drie jaren om zijn.",
            ),
            "2025-06-01",
            "false",
        ),
        _three_years(
            "over-on-the-second-day",
            "2022-06-02",
            6,
            Text("Started on 2 June 2022: June 2025 counts whole", "Begonnen op 2 juni 2022: juni 2025 telt geheel"),
            Text(
                "June begins a day before the three years are over.",
                "Juni begint een dag voordat de drie jaren om zijn.",
            ),
            "2025-06-02",
            "true",
        ),
    ),
)


def _running(register: Row, start: str = "2024-02-01") -> Mapping[str, Rows]:
    """An employment by declaration, and 100 hours a month in 2026."""
    rows = [worked(100, month, DatAanv=start) for month in range(1, 13)]
    return given(*rows, register=[register], declarations=[declaration("jobs_agreement", start)])


def _kept(name: str, title: Text, explanation: Text, deliveries: Mapping[str, Rows], months: int) -> Case:
    return Case(
        name,
        title,
        explanation,
        deliveries,
        (hours(f"{months} * 100", f"{months * 100}"), lkv(months * 100, f"{months * 101}.00"))
        if months
        else (_NOTHING,),
        settlement=[settled(paid_hours=1200, lkv_cents=months * 101_00)],
        lines=[line(months * 100, months * 101_00)] if months else [],
    )


TRANSITION = Provision(
    "wtl-6.2",
    5,
    "Wtl art. 6.2 lid 1 a, b; lid 4",
    Text(
        "What is left of a period that ran on 31 December 2025",
        "Wat overblijft van een periode die op 31 december 2025 liep",
    ),
    Text("Is the remaining part kept?", "Blijft het resterende deel behouden?"),
    READING,
    Text(
        "Who was not in the target group on 1 January 2026 keeps the remaining part (lid 1 a). Who was, has the right "
        "as long as the new conditions hold, so it ends with the registration (lid 1 b), unless that was ended at the "
        "person's own request (lid 4). The day of 1 January is a reading.",
        "Wie op 1 januari 2026 niet tot de doelgroep behoorde houdt het resterende deel (lid 1 a). Wie dat wel deed "
        "heeft recht zolang aan de nieuwe voorwaarden wordt voldaan; het eindigt dus met de registratie (lid 1 b), "
        "tenzij die op eigen verzoek is beëindigd (lid 4). De dag van 1 januari is een lezing.",
    ),
    (
        _kept(
            "registration-ended",
            Text("Registered until 30 June 2026: six months", "Geregistreerd tot en met 30 juni 2026: zes maanden"),
            Text(
                "How it ended is not known; that is no own request.",
                "Hoe zij eindigde is niet bekend; dat is geen eigen verzoek.",
            ),
            _running(registered(until="2026-06-30")),
            6,
        ),
        _kept(
            "ended-at-own-request",
            Text(
                "The same, ended at own request: the whole year", "Hetzelfde, op eigen verzoek beëindigd: het hele jaar"
            ),
            Text(
                "The remaining part, until 31 January 2027, is kept.",
                "Het resterende deel, tot en met 31 januari 2027, blijft.",
            ),
            _running(registered(until="2026-06-30", ended_by="own_request")),
            12,
        ),
        _kept(
            "not-registered-on-1-january",
            Text(
                "Registered until 31 December 2025: the whole year",
                "Geregistreerd tot en met 31 december 2025: het hele jaar",
            ),
            Text(
                "Not in the target group on 1 January 2026: the remaining part is kept.",
                "Op 1 januari 2026 niet in de doelgroep: het resterende deel blijft.",
            ),
            _running(registered(until="2025-12-31")),
            12,
        ),
        _kept(
            "registered-on-1-january",
            Text(
                "Registered until 1 January 2026: January only",
                "Geregistreerd tot en met 1 januari 2026: alleen januari",
            ),
            Text(
                "One day later, and the new text holds: the right ends with the registration.",
                "Een dag later, en de nieuwe tekst geldt: het recht eindigt met de registratie.",
            ),
            _running(registered(until="2026-01-01")),
            1,
        ),
        _kept(
            "began-on-31-december-2025",
            Text("Started on 31 December 2025: kept", "Begonnen op 31 december 2025: behouden"),
            Text(
                "The period had begun on the last day of the old text, and nobody is registered on 1 January 2026.",
                "De periode was op de laatste dag van de oude tekst begonnen, en op 1 januari 2026 is er geen "
                "registratie.",
            ),
            _running(registered(until="2025-12-31"), "2025-12-31"),
            12,
        ),
        _kept(
            "began-on-1-january-2026",
            Text("Started on 1 January 2026: nothing to keep", "Begonnen op 1 januari 2026: niets te behouden"),
            Text(
                "The new text holds, and it asks for a registration in the period.",
                "De nieuwe tekst geldt, en die vraagt een registratie in het tijdvak.",
            ),
            _running(registered(until="2025-12-31"), "2026-01-01"),
            0,
        ),
        _kept(
            "over-on-1-january-2026",
            Text("Three years over on 1 January 2026: nothing is left", "Drie jaren om op 1 januari 2026: niets over"),
            Text(
                "Started on 1 January 2023: 31 December 2025 was the last day.",
                "Begonnen op 1 januari 2023: 31 december 2025 was de laatste dag.",
            ),
            _running(registered(until="2025-12-31"), "2023-01-01"),
            0,
        ),
        _kept(
            "over-on-2-january-2026",
            Text(
                "Three years over on 2 January 2026: January is left",
                "Drie jaren om op 2 januari 2026: januari blijft over",
            ),
            Text("January begins a day before, and counts whole.", "Januari begint een dag eerder, en telt geheel."),
            _running(registered(until="2025-12-31"), "2023-01-02"),
            1,
        ),
        _kept(
            "remaining-part-ends",
            Text("Three years over on 2 June 2026: until June", "Drie jaren om op 2 juni 2026: tot en met juni"),
            Text(
                "Not registered on 1 January 2026; started on 2 June 2023, so June is the last period that begins in "
                "time.",
                "Op 1 januari 2026 niet geregistreerd; begonnen op 2 juni 2023, dus juni is het laatste tijdvak dat "
                "op tijd begint.",
            ),
            _running(registered(until="2025-12-31"), "2023-06-02"),
            6,
        ),
    ),
)

PROVISIONS = (START, DURATION, TRANSITION)
