"""Rule 5 from 2026: the LKV doelgroep banenafspraak and the jobs agreement bonus."""

from collections.abc import Mapping, Sequence
from datetime import date

from quotum.words import Text
from tests.spec.worked_cases.case import ASSUMED, LAW, READING, Case, Provision, Row, Rows, Step
from tests.spec.worked_cases.rows import ACTIVATED, LARGE, declaration, employer, registered, wage_bill, worked
from tests.spec.worked_cases.steps import hours, line, lkv, settled

BONUS = Text("Bonus: the same hours x bonus rate", "Bonus: dezelfde uren x bonustarief")


def given(*rows: Row, register: Sequence[Row] = (), **more: Rows) -> Mapping[str, Rows]:
    """Returns of a registered person."""
    return {"returns": list(rows), "register": list(register) or [registered()], "employers": [employer()]} | more


def year_of(total: int, **changes: object) -> list[Row]:
    """Paid hours of a year, spread over its months."""
    item, rest = divmod(total, 12)
    return [worked(item + (rest if month == 12 else 0), month, **changes) for month in range(1, 13)]


def _amount(total: int, cents: int, capped: bool, title: Text, explanation: Text) -> Case:
    return Case(
        f"{total}-hours",
        title,
        explanation,
        given(*year_of(total)),
        (lkv(total, f"{cents / 100:.2f}"),),
        settlement=[settled(paid_hours=total, lkv_cents=cents, bonus_cents=0, payable_cents=cents)],
        lines=[line(total, cents, lkv_capped=capped, bonus_cents=0)],
    )


AMOUNT = Provision(
    "wtl-2.13",
    5,
    "Wtl art. 2.13",
    Text("Amount of the LKV", "Bedrag van het LKV"),
    Text("How much LKV is this person worth over the year?", "Hoeveel LKV levert deze persoon over het jaar op?"),
    LAW,
    Text(
        "1.01 euro per paid hour, at most 2,000 euro per person per employer per calendar year; exact in cents, no "
        "provision rounds. Never below zero.",
        "1,01 euro per verloond uur, ten hoogste 2.000 euro per werknemer per werkgever per kalenderjaar; exact in "
        "centen, geen bepaling rondt af. Nooit onder nul.",
    ),
    (
        _amount(
            1500, 1_515_00, False, Text("1,500 hours", "1.500 uren"), Text("Below the maximum.", "Onder het maximum.")
        ),
        _amount(
            1664,
            1_680_64,
            False,
            Text("1,664 hours", "1.664 uren"),
            Text("32 hours a week; in cents.", "32 uren per week; in centen."),
        ),
        _amount(
            1980,
            1_999_80,
            False,
            Text("1,980 hours: 20 cents below the maximum", "1.980 uren: 20 cent onder het maximum"),
            Text("The last whole hour below the maximum.", "Het laatste hele uur onder het maximum."),
        ),
        _amount(
            1981,
            2_000_00,
            True,
            Text("1,981 hours: cut off at the maximum", "1.981 uren: afgekapt op het maximum"),
            Text("2,000.81 is more than 2,000.00.", "2.000,81 is meer dan 2.000,00."),
        ),
        Case(
            "hours-below-zero",
            Text("Hours that add up to -5", "Uren die samen -5 zijn"),
            Text(
                "Corrections within the year can make hours negative; the LKV is never below zero. The person keeps a "
                "row.",
                "Correcties binnen het jaar kunnen uren negatief maken; het LKV is nooit lager dan nul. De persoon "
                "houdt een regel.",
            ),
            given(worked(95, 1), worked(-100, 2)),
            (
                hours("95 - 100", "-5"),
                Step(
                    Text("LKV, never below zero", "LKV, nooit onder nul"),
                    "max(-5 * {wtl.jobs_agreement_rate}, 0)",
                    "0",
                    "lkv_cents",
                ),
            ),
            settlement=[settled(paid_hours=-5, lkv_cents=0)],
            lines=[line(-5, 0)],
        ),
    ),
)


def _condition(name: str, title: Text, explanation: Text, right: bool, row: Row, *steps: Step) -> Case:
    """100 hours in January with a condition that holds or not."""
    return Case(
        name,
        title,
        explanation,
        given(row),
        (*steps, lkv(100, "101.00")) if right else (*steps, Step(Text("LKV", "LKV"), "0", "0", "lkv_cents")),
        settlement=[settled(paid_hours=100, target_group_hours=100, lkv_cents=101_00 if right else 0)],
        lines=[line(100, 101_00)] if right else [],
    )


REQUEST = Provision(
    "wtl-2.1",
    5,
    "Wtl art. 2.1; art. 1.1, 2.10 lid 1",
    Text("Asked for, for an insured employee", "Gevraagd, voor een verzekerde werknemer"),
    Text(
        "Did the employer ask for it, and is it an insured employment?",
        "Heeft de werkgever erom gevraagd, en is het een verzekerde dienstbetrekking?",
    ),
    READING,
    Text(
        "The request is the indicator of the row (per row is a reading). The income relation is of kind 11, 13 or 15 "
        "and insured for at least one of WAO/WIA, WW and ZW.",
        "Het verzoek is de indicatie van de regel (per regel is een lezing). De inkomstenverhouding is van soort 11, "
        "13 of 15 en verzekerd voor ten minste één van WAO/WIA, WW en ZW.",
    ),
    (
        _condition(
            "asked-for",
            Text("Asked for (J)", "Gevraagd (J)"),
            Text("All conditions hold.", "Alle voorwaarden gelden."),
            True,
            worked(100),
        ),
        _condition(
            "not-asked-for",
            Text("Not asked for (N): no right", "Niet gevraagd (N): geen recht"),
            Text(
                "Of the target group, but the employer did not ask.",
                "Wel van de doelgroep, maar de werkgever vroeg er niet om.",
            ),
            False,
            worked(100, IndAvrLkvDgBaf="N"),
        ),
        _condition(
            "insured-for-one",
            Text("Insured for the ZW only: right", "Alleen verzekerd voor de ZW: recht"),
            Text("One of the three insurances is enough.", "Eén van de drie verzekeringen is genoeg."),
            True,
            worked(100, IndWAO="N", IndWW="N"),
        ),
        _condition(
            "not-insured",
            Text("Not insured: no right", "Niet verzekerd: geen recht"),
            Text("Insured for none of the three.", "Voor geen van de drie verzekerd."),
            False,
            worked(100, IndWAO="N", IndWW="N", IndZW="N"),
        ),
        _condition(
            "kind-17",
            Text("Income relation of kind 17: no right", "Inkomstenverhouding van soort 17: geen recht"),
            Text(
                "Kind 17 (a director and major shareholder) is no employment for the Wtl.",
                "Soort 17 (een directeur-grootaandeelhouder) is geen dienstbetrekking voor de Wtl.",
            ),
            False,
            worked(100, SrtIV="17"),
        ),
    ),
)


def _age(reached: str, start: str, result: str) -> Step:
    words = Text(
        "Is the pension age reached by the first day of the period?",
        "Is de pensioenleeftijd bereikt op de eerste dag van het tijdvak?",
    )
    return Step(words, f"{reached} <= {start}", result)


def _in_2028(name: str, born: str, counts: int, title: Text, explanation: Text, reached: str) -> Case:
    """100 hours a month from January to April 2028."""
    total = counts * 100
    step = (hours(f"{counts} * 100", f"{total}"), lkv(total, f"{total * 101 / 100:.2f}"))
    return Case(
        name,
        title,
        explanation,
        given(*(worked(100, month, year=2028, Gebdat=born) for month in (1, 2, 3, 4))),
        (_age(reached, "2028-04-01", "true"), *(step if counts else ())),
        settlement=[settled(target_group_hours=400, lkv_cents=total * 101)],
        lines=[line(total, total * 101)] if counts else [],
        year=2028,
        as_of=date(2029, 5, 1),
    )


AGE = Provision(
    "wtl-2.10-lid-2-a",
    5,
    "Wtl art. 2.10 lid 2 a; AOW art. 7a lid 1",
    Text("The pension age", "De pensioengerechtigde leeftijd"),
    Text(
        "Does the period begin before the day on which the person reaches the pension age?",
        "Begint het tijdvak voor de dag waarop de persoon de pensioengerechtigde leeftijd bereikt?",
    ),
    LAW,
    Text(
        "The age in force in the year in which it is reached: 67 years in 2026 and 2027, 67 years and 3 months in "
        "2028. The period in which the age is reached counts whole; a period that begins on the day itself does not. "
        "Without a birth date there is no right (a finding).",
        "De leeftijd die geldt in het jaar waarin zij wordt bereikt: 67 jaar in 2026 en 2027, 67 jaar en 3 maanden in "
        "2028. Het tijdvak waarin de leeftijd wordt bereikt telt geheel; een tijdvak dat op de dag zelf begint niet. "
        "Zonder geboortedatum is er geen recht (een bevinding).",
    ),
    (
        Case(
            "reached-on-the-first-day",
            Text("67 on 1 March: March does not count", "67 op 1 maart: maart telt niet"),
            Text("Born on 1 March 1959.", "Geboren op 1 maart 1959."),
            given(*(worked(100, month, Gebdat="1959-03-01") for month in (1, 2, 3))),
            (_age("2026-03-01", "2026-03-01", "true"), hours("2 * 100", "200"), lkv(200, "202.00")),
            lines=[line(200, 202_00)],
        ),
        Case(
            "reached-on-the-second-day",
            Text("67 on 2 March: March counts whole", "67 op 2 maart: maart telt geheel"),
            Text("Born on 2 March 1959.", "Geboren op 2 maart 1959."),
            given(*(worked(100, month, Gebdat="1959-03-02") for month in (1, 2, 3, 4))),
            (_age("2026-03-02", "2026-03-01", "false"), hours("3 * 100", "300"), lkv(300, "303.00")),
            lines=[line(300, 303_00)],
        ),
        _in_2028(
            "born-31-december-1960",
            "1960-12-31",
            0,
            Text(
                "Born on 31 December 1960: 67 on 31 December 2027",
                "Geboren op 31 december 1960: 67 op 31 december 2027",
            ),
            Text(
                "The age of 2027 is reached in 2027, so nothing counts in 2028.",
                "De leeftijd van 2027 wordt in 2027 bereikt; in 2028 telt dus niets.",
            ),
            "2027-12-31",
        ),
        _in_2028(
            "born-1-january-1961",
            "1961-01-01",
            3,
            Text("Born a day later: 1 April 2028", "Een dag later geboren: 1 april 2028"),
            Text(
                "The age of 67 years would be reached on 1 January 2028, but from that day 67 years and 3 months "
                "hold: 1 April. January to March count.",
                "67 jaar zou op 1 januari 2028 worden bereikt, maar vanaf die dag geldt 67 jaar en 3 maanden: 1 "
                "april. Januari tot en met maart tellen.",
            ),
            "2028-04-01",
        ),
        Case(
            "no-birth-date",
            Text("No birth date: no right", "Geen geboortedatum: geen recht"),
            Text(
                "Nobody can say that the pension age is not reached.",
                "Niemand kan zeggen dat de pensioenleeftijd niet is bereikt.",
            ),
            given(worked(100, Gebdat="")),
            (),
            settlement=[settled(target_group_hours=100, lkv_cents=0)],
            lines=[],
        ),
    ),
)


def _bonus(total: int, result: str) -> Step:
    return Step(BONUS, f"min({total} * {{wtl.bonus_rate}}, {{wtl.bonus_cap}})", result, "bonus_cents")


_CAPPED = ACTIVATED | {"wtl.bonus_cap": "5000"}
BONUS_AMOUNT = Provision(
    "wtl-2.13-lid-2",
    5,
    "Wtl art. 2.13 lid 2; Wet banenafspraak art. 6 lid 1",
    Text("The jobs agreement bonus", "De banenafspraakbonus"),
    Text("How much bonus is this person worth over the year?", "Hoeveel bonus levert deze persoon over het jaar op?"),
    ASSUMED,
    Text(
        "Bonus rate x the same hours, in the years in which the surcharge is due (reading); every employer gets it, a "
        "small one too. The amount of 3.76 euro is assumed: the paragraph was not read anywhere, and no source states "
        "a maximum (the 5,000 euro of two cases is a policy choice).",
        "Bonustarief x dezelfde uren, in de jaren waarin de opslag verschuldigd is (lezing); elke werkgever krijgt "
        "hem, ook een kleine. Het bedrag van 3,76 euro is aangenomen: het artikellid is nergens gelezen, en geen bron "
        "noemt een maximum (de 5.000 euro van twee gevallen is een beleidskeuze).",
    ),
    (
        Case(
            "small-employer",
            Text("A small employer gets the bonus", "Een kleine werkgever krijgt de bonus"),
            Text("Exempt from the surcharge, not from the bonus.", "Vrijgesteld van de opslag, niet van de bonus."),
            given(worked(100), wage_bills=[wage_bill("1082500.00")]),
            (Step(BONUS, "100 * {wtl.bonus_rate}", "376.00", "bonus_cents"), lkv(100, "101.00")),
            settlement=[
                settled(
                    small_employer=True, surcharge_cents=0, lkv_cents=101_00, bonus_cents=376_00, payable_cents=477_00
                )
            ],
            settings=ACTIVATED,
        ),
        Case(
            "no-maximum",
            Text("1,981 hours: the LKV is cut off, the bonus is not", "1.981 uren: het LKV is afgekapt, de bonus niet"),
            Text("Without a maximum (0) the bonus goes on.", "Zonder maximum (0) loopt de bonus door."),
            given(*year_of(1981), wage_bills=[LARGE]),
            (lkv(1981, "2000"), Step(BONUS, "1981 * {wtl.bonus_rate}", "7448.56", "bonus_cents")),
            lines=[line(1981, 2_000_00, lkv_capped=True, bonus_cents=7_448_56)],
            settings=ACTIVATED,
        ),
        Case(
            "just-below-a-maximum",
            Text("A maximum of 5,000: 1,329 hours stay below", "Een maximum van 5.000: 1.329 uren blijven eronder"),
            Text("4,997.04 is below 5,000.00.", "4.997,04 is lager dan 5.000,00."),
            given(*year_of(1329), wage_bills=[LARGE]),
            (_bonus(1329, "4997.04"),),
            lines=[line(1329, 1_342_29, bonus_cents=4_997_04)],
            settings=_CAPPED,
        ),
        Case(
            "above-a-maximum",
            Text("A maximum of 5,000: 1,330 hours are cut off", "Een maximum van 5.000: 1.330 uren worden afgekapt"),
            Text("5,000.80 is more than 5,000.00.", "5.000,80 is meer dan 5.000,00."),
            given(*year_of(1330), wage_bills=[LARGE]),
            (_bonus(1330, "5000"),),
            lines=[line(1330, 1_343_30, bonus_cents=5_000_00)],
            settings=_CAPPED,
        ),
    ),
)

_BOTH = {"IndAvrLkvHpAgWn": "J", "DatAanv": "2010-01-01"}
_RESUMED = [worked(100, month, **_BOTH) for month in range(1, 13)]
_REASSIGNED = Text(
    "Reassigned: hours x amount per hour, at most the maximum",
    "Herplaatsing: uren x bedrag per uur, ten hoogste het maximum",
)


def _reassigned_step(total: int, result: str, gives: str = "") -> Step:
    return Step(_REASSIGNED, f"min({total} * {{wtl.reassigned_rate}}, {{wtl.reassigned_cap}})", result, gives)


CUMULATION = Provision(
    "wtl-4.1-lid-3",
    5,
    "Wtl art. 4.1 lid 3; art. 2.14-2.17",
    Text("More than one LKV for a person", "Meer dan één LKV voor een persoon"),
    Text(
        "Which LKV is granted, of those this person has a right to?",
        "Welk LKV wordt toegekend, van die waarop deze persoon recht geeft?",
    ),
    READING,
    Text(
        "The highest amount is granted and no other; of equal amounts the one that the law names first. The jobs "
        "agreement counts with its bonus (reading) and is lost with it.",
        "Het hoogste bedrag wordt toegekend en geen ander; bij gelijke bedragen het eerste in de wet. De "
        "banenafspraak telt met haar bonus (lezing) en vervalt daarmee.",
    ),
    (
        Case(
            "reassigned-is-higher",
            Text("Reassigned 3,660.00 against 1,212.00", "Herplaatsing 3.660,00 tegen 1.212,00"),
            Text(
                "Employed since 2010, resumed with a declaration from 10 January 2026. No bonus is due, so the other "
                "is higher; the jobs agreement keeps a row of nothing.",
                "In dienst sinds 2010, hervat met een verklaring vanaf 10 januari 2026. Er is geen bonus, dus het "
                "andere LKV is hoger; de banenafspraak houdt een regel van nul.",
            ),
            given(*_RESUMED, declarations=[declaration("reassigned", "2026-01-10")]),
            (
                lkv(1200, "1212.00", ""),
                _reassigned_step(1200, "3660.00"),
                Step(Text("LKV jobs agreement", "LKV banenafspraak"), "0", "0", "lkv_cents"),
            ),
            settlement=[settled(lkv_cents=0, payable_cents=0)],
            lines=[line(1200, 0, granted_category="reassigned")],
            others=[
                {
                    "rsin": "employer-1",
                    "bsn": "person-1",
                    "category": "reassigned",
                    "paid_hours": 1200,
                    "lkv_cents": 3_660_00,
                }
            ],
        ),
        Case(
            "jobs-agreement-with-bonus-is-higher",
            Text("With the bonus the jobs agreement is higher", "Met de bonus is de banenafspraak hoger"),
            Text("1,212.00 + 4,512.00 = 5,724.00 against 3,660.00.", "1.212,00 + 4.512,00 = 5.724,00 tegen 3.660,00."),
            given(*_RESUMED, declarations=[declaration("reassigned", "2026-01-10")], wage_bills=[LARGE]),
            (
                lkv(1200, "1212.00"),
                Step(BONUS, "1200 * {wtl.bonus_rate}", "4512.00", "bonus_cents"),
                _reassigned_step(1200, "3660.00"),
            ),
            lines=[line(1200, 1_212_00, bonus_cents=4_512_00, granted_category="jobs_agreement")],
            settings=ACTIVATED,
        ),
        Case(
            "no-declaration",
            Text("Asked for reassigned without a declaration", "Herplaatsing gevraagd zonder verklaring"),
            Text(
                "Without a declaration there is no right to the other LKV (a finding), so the jobs agreement is "
                "granted.",
                "Zonder verklaring is er geen recht op het andere LKV (een bevinding); de banenafspraak wordt "
                "toegekend.",
            ),
            given(*_RESUMED),
            (lkv(1200, "1212.00"),),
            lines=[line(1200, 1_212_00, granted_category="jobs_agreement")],
            others=[],
        ),
    ),
)

PROVISIONS = (REQUEST, AGE, AMOUNT, BONUS_AMOUNT, CUMULATION)
