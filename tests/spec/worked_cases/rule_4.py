"""Rule 4: the inclusivity surcharge."""

from collections.abc import Mapping

from quotum.words import Text
from tests.spec.worked_cases.case import LAW, READING, Case, Provision, Row, Rows, Step
from tests.spec.worked_cases.rows import ACTIVATED, LARGE, deduction, employer, registered, trait, worked
from tests.spec.worked_cases.steps import settled, surcharge


def charged(*rows: Row, **more: Rows) -> Mapping[str, Rows]:
    """Returns of an employer that is not small."""
    return {"returns": list(rows), "employers": [employer()], "wage_bills": [LARGE]} | more


def owes(base_cents: int, cents: int) -> Row:
    return settled(small_employer=False, surcharge_base_cents=base_cents, surcharge_cents=cents)


RIGHT = {"register": [registered()]}
_DUE = Text("First year of the surcharge: year of activation + 2", "Eerste jaar van de opslag: jaar van activering + 2")

DUE = Provision(
    "wet-banenafspraak-6-lid-1",
    4,
    "Wet banenafspraak art. 5, 6 lid 1, 12 lid 1, 13",
    Text("The year from which the surcharge is due", "Het jaar vanaf wanneer de opslag verschuldigd is"),
    Text("Is a surcharge due over this year?", "Is over dit jaar een opslag verschuldigd?"),
    LAW,
    Text(
        "Due from 1 January of the second calendar year after the year of activation, and not before the articles are "
        "in force. They are not in force: only a scenario activates them.",
        "Verschuldigd vanaf 1 januari van het tweede kalenderjaar na het jaar van activering, en niet voordat de "
        "artikelen in werking zijn. Zij zijn niet in werking: alleen een scenario activeert ze.",
    ),
    (
        Case(
            "second-year-after-activation",
            Text("Activated in 2024: due over 2026", "Geactiveerd in 2024: verschuldigd over 2026"),
            Text(
                "2024 + 2 = 2026. The bonus is due in the same years.",
                "2024 + 2 = 2026. De bonus geldt in dezelfde jaren.",
            ),
            charged(worked(100, wage="100000.00"), **RIGHT),
            (
                Step(
                    _DUE, "{wet_banenafspraak.activated_in} + {wet_banenafspraak.surcharge_delay_years} <= 2026", "true"
                ),
                surcharge("100000.00", "350"),
                Step(
                    Text("Bonus: hours x rate", "Bonus: uren x tarief"),
                    "100 * {wtl.bonus_rate}",
                    "376.00",
                    "bonus_cents",
                ),
            ),
            settlement=[settled(surcharge_cents=350_00, lkv_cents=101_00, bonus_cents=376_00)],
            settings=ACTIVATED,
        ),
        Case(
            "first-year-after-activation",
            Text("Activated in 2025: not yet due over 2026", "Geactiveerd in 2025: over 2026 nog niet verschuldigd"),
            Text("2025 + 2 = 2027. Neither surcharge nor bonus.", "2025 + 2 = 2027. Opslag noch bonus."),
            charged(worked(100, wage="100000.00"), **RIGHT),
            (
                Step(
                    _DUE,
                    "{wet_banenafspraak.activated_in} + {wet_banenafspraak.surcharge_delay_years} <= 2026",
                    "false",
                ),
                Step(Text("Surcharge", "Opslag"), "0", "0", "surcharge_cents"),
            ),
            settlement=[settled(surcharge_base_cents=0, surcharge_cents=0, lkv_cents=101_00, bonus_cents=0)],
            settings=ACTIVATED | {"wet_banenafspraak.activated_in": "2025"},
        ),
        Case(
            "as-the-law-is",
            Text("The law as it is: no surcharge, no bonus", "De wet zoals zij is: geen opslag, geen bonus"),
            Text(
                "No royal decree puts the articles in force and no regulation activates them: a year settles with the "
                "LKV only.",
                "Geen koninklijk besluit stelt de artikelen in werking en geen regeling activeert ze: een jaar heeft "
                "alleen LKV.",
            ),
            charged(worked(100, wage="100000.00"), **RIGHT),
            (Step(Text("Surcharge", "Opslag"), "0", "0", "surcharge_cents"),),
            settlement=[settled(surcharge_base_cents=0, surcharge_cents=0, lkv_cents=101_00, bonus_cents=0)],
        ),
        Case(
            "activated-before-in-force",
            Text(
                "Activated in 2024, in force from 2025: refused",
                "Geactiveerd in 2024, in werking vanaf 2025: geweigerd",
            ),
            Text(
                "What is not in force cannot be activated: the scenario is refused (quotum: code 11).",
                "Wat niet in werking is kan niet geactiveerd worden: het scenario wordt geweigerd (quotum: code 11).",
            ),
            charged(worked(100, wage="100000.00")),
            (
                Step(
                    Text(
                        "Activated in or after the year of entry into force?",
                        "Geactiveerd in of na het jaar van inwerkingtreding?",
                    ),
                    "{wet_banenafspraak.activated_in} >= 2025",
                    "false",
                ),
            ),
            settings=ACTIVATED | {"wet_banenafspraak.in_force_from": "2025-01-01"},
            exit_code=11,
            alone=True,
        ),
    ),
)


def _base(name: str, title: Text, explanation: Text, given: Mapping[str, Rows], base: str, euros: int) -> Case:
    return Case(
        name,
        title,
        explanation,
        given,
        (surcharge(base, str(euros)),),
        settlement=[owes(round(float(base) * 100), euros * 100)],
        settings=ACTIVATED,
    )


_ORDINARY = worked(1000, wage="60000.00", bsn="person-2", NumIV="2")


def _other(**changes: object) -> Row:
    return worked(1000, wage="40000.00", **changes)


BASE = Provision(
    "wet-banenafspraak-6-lid-4",
    4,
    "Wet banenafspraak art. 6 lid 4 a, b, c; lid 8",
    Text("The wage that counts for the surcharge", "Het loon dat telt voor de opslag"),
    Text("Does the premium wage of this row count?", "Telt het premieplichtig loon van deze regel?"),
    LAW,
    Text(
        "Wage of agency and payroll workers, of Wsw employment and of sheltered work stays out, and so do benefits. "
        "The first day in service decides for the whole period (lid 8).",
        "Loon van uitzend- en payrollkrachten, van Wsw-dienstbetrekkingen en van beschut werk blijft buiten "
        "beschouwing, en ook uitkeringen. De eerste dag in dienst beslist voor het hele tijdvak (lid 8).",
    ),
    (
        _base(
            "agency-worker",
            Text("Agency worker (CdAard 11): out", "Uitzendkracht (CdAard 11): telt niet"),
            Text(
                "Only the 60,000.00 of the other employee counts.", "Alleen de 60.000,00 van de andere werknemer telt."
            ),
            charged(_ORDINARY, _other(CdAard="11")),
            "60000.00",
            210,
        ),
        _base(
            "wsw-seconded",
            Text("Wsw, seconded (CdAard 22): out", "Wsw, gedetacheerd (CdAard 22): telt niet"),
            Text(
                "Wsw employment stays out of the base, seconded or not, although it counts for the LKV from 2026.",
                "Een Wsw-dienstbetrekking blijft buiten de grondslag, gedetacheerd of niet, al telt zij vanaf 2026 "
                "voor het LKV.",
            ),
            charged(_ORDINARY, _other(CdAard="22")),
            "60000.00",
            210,
        ),
        _base(
            "supported-work",
            Text("Supported work (CdAard 23): in", "Begeleid werken (CdAard 23): telt"),
            Text("Supported work is with an ordinary employer.", "Begeleid werken is bij een gewone werkgever."),
            charged(_ORDINARY, _other(CdAard="23")),
            "100000.00",
            350,
        ),
        _base(
            "lent-out-from-the-first-day",
            Text("Lent out from 1 January: out", "Uitgeleend vanaf 1 januari: telt niet"),
            Text("The trait holds on the first day in service.", "Het kenmerk geldt op de eerste dag in dienst."),
            charged(_ORDINARY, _other(), traits=[trait("lent_out", "2026-01-01")]),
            "60000.00",
            210,
        ),
        _base(
            "lent-out-from-the-second-day",
            Text("Lent out from 2 January: in, for the whole month", "Uitgeleend vanaf 2 januari: telt, de hele maand"),
            Text(
                "On the first day in service the work was ordinary; that decides for all of January.",
                "Op de eerste dag in dienst was het gewoon werk; dat beslist voor heel januari.",
            ),
            charged(_ORDINARY, _other(), traits=[trait("lent_out", "2026-01-02")]),
            "100000.00",
            350,
        ),
        _base(
            "benefits",
            Text("Benefits: out", "Uitkeringen: tellen niet"),
            Text(
                "Benefits have a column of their own (PrlnAofAnwUit) and stay out.",
                "Uitkeringen hebben een eigen kolom (PrlnAofAnwUit) en blijven buiten beschouwing.",
            ),
            charged(_ORDINARY, _other(PrlnAofAnwHg="0.00", PrlnAofAnwUit="40000.00")),
            "60000.00",
            210,
        ),
        _base(
            "supplement-taken-off",
            Text(
                "A supplement on a benefit, delivered as a deduction",
                "Een aanvulling op een uitkering, aangeleverd als aftrek",
            ),
            Text(
                "A return does not show supplements that an employer pays on a benefit; what is delivered is taken "
                "off.",
                "Een aangifte toont aanvullingen op een uitkering niet; wat is aangeleverd gaat eraf.",
            ),
            charged(_ORDINARY, _other(), deductions=[deduction("40000.00")]),
            "60000.00",
            210,
        ),
        _base(
            "supplement-above-the-base",
            Text("A deduction above the base: nothing is left", "Een aftrek boven de grondslag: er blijft niets over"),
            Text("A deduction never makes a base negative.", "Een aftrek maakt een grondslag nooit negatief."),
            charged(_ORDINARY, deductions=[deduction("60000.01")]),
            "0.00",
            0,
        ),
    ),
)

AMOUNT = Provision(
    "wet-banenafspraak-6-lid-6",
    4,
    "Wet banenafspraak art. 6 lid 6, 7; Wfsv art. 35 lid 1",
    Text("The surcharge over a return", "De opslag over een aangifte"),
    Text("What is the surcharge over this return?", "Wat is de opslag over deze aangifte?"),
    READING,
    Text(
        "Per payroll tax number and period base x rate, rounded down to whole euros, towards minus infinity (reading, "
        "from the rule that collective amounts of the return are cut off in the employer's favour). The year is the "
        "sum. The rate of 0.35% is made up: no regulation sets one.",
        "Per loonheffingennummer en tijdvak grondslag x percentage, naar beneden afgerond op hele euro's, ook onder "
        "nul (lezing, naar de regel dat collectieve bedragen van de aangifte in het voordeel van de werkgever worden "
        "afgekapt). Het jaar is de som. Het percentage van 0,35% is verzonnen: geen regeling stelt er een vast.",
    ),
    (
        _base(
            "a-million",
            Text("1,000,000.00 at 0.35%", "1.000.000,00 tegen 0,35%"),
            Text("A whole number of euros.", "Een heel aantal euro's."),
            charged(worked(20_000, wage="1000000.00")),
            "1000000.00",
            3_500,
        ),
        _base(
            "just-below-a-euro",
            Text("285.71 at 0.35%: nothing", "285,71 tegen 0,35%: niets"),
            Text("0.999985 euro is rounded down to 0.", "0,999985 euro wordt naar beneden afgerond op 0."),
            charged(worked(10, wage="285.71")),
            "285.71",
            0,
        ),
        _base(
            "just-above-a-euro",
            Text("285.72 at 0.35%: one euro", "285,72 tegen 0,35%: één euro"),
            Text("1.00002 euro is rounded down to 1.", "1,00002 euro wordt naar beneden afgerond op 1."),
            charged(worked(10, wage="285.72")),
            "285.72",
            1,
        ),
        _base(
            "below-zero",
            Text("-100.00 at 0.35%: -1 euro", "-100,00 tegen 0,35%: -1 euro"),
            Text(
                "-0.35 euro is rounded towards minus infinity: -1, in the employer's favour.",
                "-0,35 euro wordt naar beneden afgerond: -1, in het voordeel van de werkgever.",
            ),
            charged(worked(-10, wage="-100.00")),
            "-100.00",
            -1,
        ),
        Case(
            "rounded-per-return",
            Text("Two returns of 285.71: nothing", "Twee aangiften van 285,71: niets"),
            Text(
                "Each return is rounded by itself; over the sum of 571.42 it would have been 1 euro.",
                "Elke aangifte wordt apart afgerond; over de som van 571,42 was het 1 euro geweest.",
            ),
            charged(worked(10, 1, "285.71"), worked(10, 2, "285.71")),
            (
                surcharge("285.71", "0"),
                surcharge("285.71", "0"),
                Step(Text("The year: the sum", "Het jaar: de som"), "0 + 0", "0", "surcharge_cents"),
            ),
            settlement=[owes(571_42, 0)],
            returns=[
                {
                    "lhnr": "employer-1L01",
                    "period_start": "2026-01-01",
                    "period_end": "2026-01-31",
                    "base_cents": 285_71,
                    "surcharge_cents": 0,
                },
                {
                    "lhnr": "employer-1L01",
                    "period_start": "2026-02-01",
                    "period_end": "2026-02-28",
                    "base_cents": 285_71,
                    "surcharge_cents": 0,
                },
            ],
            settings=ACTIVATED,
        ),
    ),
)


PROVISIONS = (DUE, BASE, AMOUNT)
