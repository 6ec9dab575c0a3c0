"""Rule 6: settlement and revision."""

from datetime import date

from quotum.words import Text
from tests.spec.worked_cases.case import LAW, Case, Provision, Step
from tests.spec.worked_cases.rows import ACTIVATED, LARGE, worked
from tests.spec.worked_cases.rule_5 import BONUS, given
from tests.spec.worked_cases.steps import in_time, line, lkv, settled, surcharge

_NET = Text("For insight: payable - surcharge", "Ter inzicht: uit te betalen - opslag")

PAYABLE = Provision(
    "wtl-4.4-lid-1",
    6,
    "Wtl art. 4.4 lid 1; Wet banenafspraak art. 6 lid 7",
    Text("What is paid out and what is collected", "Wat wordt uitbetaald en wat wordt geheven"),
    Text("What is payable to the employer?", "Wat wordt aan de werkgever uitbetaald?"),
    LAW,
    Text(
        "LKV and bonus are paid out together; the surcharge is part of the payroll return. Nothing nets them: net is "
        "for insight only, and payable is never less the surcharge.",
        "LKV en bonus worden samen uitbetaald; de opslag hoort bij de loonaangifte. Niets verrekent ze: het saldo is "
        "alleen ter inzicht, en uit te betalen is nooit verminderd met de opslag.",
    ),
    (
        Case(
            "surcharge-below-payable",
            Text("477.00 payable, 350.00 surcharge", "477,00 uit te betalen, 350,00 opslag"),
            Text("Both in full, beside each other.", "Beide volledig, naast elkaar."),
            given(worked(100, wage="100000.00"), wage_bills=[LARGE]),
            (
                lkv(100, "101.00"),
                Step(BONUS, "100 * {wtl.bonus_rate}", "376.00", "bonus_cents"),
                Step(
                    Text("Payable: LKV + bonus", "Uit te betalen: LKV + bonus"),
                    "101.00 + 376.00",
                    "477.00",
                    "payable_cents",
                ),
                surcharge("100000.00", "350"),
                Step(_NET, "477.00 - 350", "127.00", "net_cents"),
            ),
            settlement=[
                settled(
                    lkv_cents=101_00, bonus_cents=376_00, payable_cents=477_00, surcharge_cents=350_00, net_cents=127_00
                )
            ],
            settings=ACTIVATED,
        ),
        Case(
            "surcharge-above-payable",
            Text("477.00 payable, 700.00 surcharge", "477,00 uit te betalen, 700,00 opslag"),
            Text(
                "The full 477.00 is paid out, although net is below zero.",
                "De volle 477,00 wordt uitbetaald, al is het saldo negatief.",
            ),
            given(worked(100, wage="200000.00"), wage_bills=[LARGE]),
            (surcharge("200000.00", "700"), Step(_NET, "477.00 - 700", "-223.00", "net_cents")),
            settlement=[settled(payable_cents=477_00, surcharge_cents=700_00, net_cents=-223_00)],
            settings=ACTIVATED,
        ),
    ),
)

_CORRECTED = given(worked(100), worked(80, Soort="C", IdBer="M-late", DatTdAanm="2027-06-15T09:00:00"))

REVISION = Provision(
    "wtl-4.3",
    6,
    "Wtl art. 4.3",
    Text("Revision: one year on two as-of days", "Herziening: een jaar op twee peildagen"),
    Text("What is the LKV on each of two as-of days?", "Wat is het LKV op elk van twee peildagen?"),
    LAW,
    Text(
        "A correction of 15 June 2027 lowers 100 hours to 80. The decision rests on 1 May 2027; the difference is a "
        "revision downward of 20.20, which an official judges (4.3 lid 1).",
        "Een correctie van 15 juni 2027 verlaagt 100 uren tot 80. De beschikking berust op 1 mei 2027; het verschil "
        "is een herziening naar beneden van 20,20, die een ambtenaar beoordeelt (4.3 lid 1).",
    ),
    (
        Case(
            "as-of-1-may",
            Text("As of 1 May 2027: 101.00", "Peildag 1 mei 2027: 101,00"),
            Text("The correction was not filed yet.", "De correctie was nog niet ingediend."),
            _CORRECTED,
            (in_time("2027-06-15", "2027-05-01", "false"), lkv(100, "101.00")),
            settlement=[settled(paid_hours=100, lkv_cents=101_00)],
            lines=[line(100, 101_00)],
        ),
        Case(
            "as-of-1-september",
            Text("As of 1 September 2027: 80.80", "Peildag 1 september 2027: 80,80"),
            Text("The same deliveries; the correction counts now.", "Dezelfde leveringen; de correctie telt nu."),
            _CORRECTED,
            (
                in_time("2027-06-15", "2027-09-01", "true"),
                lkv(80, "80.80"),
                Step(Text("Downward", "Naar beneden"), "101.00 - 80.80", "20.20"),
            ),
            settlement=[settled(paid_hours=80, lkv_cents=80_80)],
            lines=[line(80, 80_80)],
            as_of=date(2027, 9, 1),
        ),
    ),
)

PROVISIONS = (PAYABLE, REVISION)
