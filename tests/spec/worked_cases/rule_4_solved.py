"""Rule 4: a rate of the surcharge that is solved over the whole country."""

from quotum.words import Text
from tests.spec.worked_cases.case import READING, Case, Provision, Step
from tests.spec.worked_cases.rows import ACTIVATED, wage_bill, worked
from tests.spec.worked_cases.rule_4 import RIGHT, charged, owes
from tests.spec.worked_cases.steps import settled

_RATE = "wet_banenafspraak.surcharge_rate"
_BALANCE = ACTIVATED | {_RATE: "balance", "wet_banenafspraak.required_share": "2.00"}
_BUDGET = ACTIVATED | {_RATE: "budget"}


def _in_balance(base: str, rate: str) -> Step:
    return Step(
        Text(
            "Rate: required share x paid hours in the base x bonus rate / base, half up to hundredths",
            "Percentage: vereist aandeel x verloonde uren in de grondslag x bonustarief / grondslag, afgerond op "
            "honderdsten",
        ),
        f"half_up({{wet_banenafspraak.required_share}} / 100 * 750 * {{wtl.bonus_rate}} / {base} * 100, 2)",
        rate,
        "rate_hundredths",
    )


def _pays(base: str, rate: str, result: str) -> Step:
    return Step(
        Text("Does the surcharge at this rate pay the bonus?", "Betaalt de opslag tegen dit percentage de bonus?"),
        f"down({base} * {rate} / 100) >= 100 * {{wtl.bonus_rate}}",
        result,
    )


_FOUND = Text("Smallest rate that pays it", "Kleinste percentage dat genoeg is")
SOLVED = Provision(
    "wet-banenafspraak-6-lid-6-solved",
    4,
    "Wet banenafspraak art. 6 lid 6; Kamerstuk 34 352 nr. 281",
    Text("A rate that is solved: balance and budget", "Een opgelost percentage: evenwicht en begroting"),
    Text(
        "Which rate is in balance with the bonus, or pays it?",
        "Welk percentage is in evenwicht met de bonus, of betaalt die?",
    ),
    READING,
    Text(
        'Balance (footnote 17: "is de heffing in evenwicht met de bonus"): the required share of the paid hours in '
        "the base x bonus rate / base, half up to hundredths of a percent point. Budget: the smallest rate in "
        "hundredths at which the surcharge is at least the bonus. Each case is settled by itself: there is a single "
        "rate for the country.",
        'Evenwicht (voetnoot 17: "is de heffing in evenwicht met de bonus"): het vereiste aandeel van de verloonde '
        "uren in de grondslag x bonustarief / grondslag, afgerond op honderdsten van een procentpunt. Begroting: het "
        "kleinste percentage in honderdsten waarbij de opslag ten minste de bonus is. Elk geval staat op zichzelf: er "
        "is één percentage voor het hele land.",
    ),
    (
        Case(
            "balance-half-up",
            Text("Exactly 0.375%: 0.38%", "Precies 0,375%: 0,38%"),
            Text(
                "56.40 / 15,040.00 is 0.375%: a half goes up.", "56,40 / 15.040,00 is 0,375%: een half gaat naar boven."
            ),
            charged(worked(750, wage="15040.00")),
            (
                _in_balance("15040", "0.38"),
                Step(Text("Surcharge", "Opslag"), "down(15040 * 0.38 / 100)", "57", "surcharge_cents"),
            ),
            settlement=[owes(15_040_00, 57_00)],
            macro={"rate_hundredths": 38},
            settings=_BALANCE,
            alone=True,
        ),
        Case(
            "balance-just-below-half",
            Text("One cent more wage: 0.37%", "Eén cent meer loon: 0,37%"),
            Text("56.40 / 15,040.01 is just below 0.375%.", "56,40 / 15.040,01 is net onder 0,375%."),
            charged(worked(750, wage="15040.01")),
            (
                _in_balance("15040.01", "0.37"),
                Step(Text("Surcharge", "Opslag"), "down(15040.01 * 0.37 / 100)", "55", "surcharge_cents"),
            ),
            settlement=[owes(15_040_01, 55_00)],
            macro={"rate_hundredths": 37},
            settings=_BALANCE,
            alone=True,
        ),
        Case(
            "budget-exactly-enough",
            Text("376.00 of surcharge for 376.00 of bonus", "376,00 opslag voor 376,00 bonus"),
            Text("0.40% gives exactly the bonus; 0.39% does not.", "0,40% geeft precies de bonus; 0,39% niet."),
            charged(worked(100, wage="94000.00"), **RIGHT),
            (
                _pays("94000", "0.39", "false"),
                _pays("94000", "0.40", "true"),
                Step(_FOUND, "0.40", "0.40", "rate_hundredths"),
                Step(Text("Surcharge", "Opslag"), "down(94000 * 0.40 / 100)", "376", "surcharge_cents"),
            ),
            settlement=[settled(surcharge_cents=376_00, bonus_cents=376_00)],
            macro={"rate_hundredths": 40, "totals": {"surcharge_cents": 376_00, "bonus_cents": 376_00}},
            settings=_BUDGET,
            alone=True,
        ),
        Case(
            "budget-one-cent-short",
            Text("A wage one cent lower: the next hundredth", "Eén cent minder loon: de volgende honderdste"),
            Text(
                "At 0.40% the surcharge over 93,999.99 is rounded down to 375 euro, so 0.41% it is.",
                "Tegen 0,40% is de opslag over 93.999,99 afgerond 375 euro; het wordt dus 0,41%.",
            ),
            charged(worked(100, wage="93999.99"), **RIGHT),
            (
                _pays("93999.99", "0.40", "false"),
                _pays("93999.99", "0.41", "true"),
                Step(_FOUND, "0.41", "0.41", "rate_hundredths"),
                Step(Text("Surcharge", "Opslag"), "down(93999.99 * 0.41 / 100)", "385", "surcharge_cents"),
            ),
            settlement=[settled(surcharge_cents=385_00, bonus_cents=376_00)],
            macro={"rate_hundredths": 41},
            settings=_BUDGET,
            alone=True,
        ),
        Case(
            "nobody-owes",
            Text("No base: no rate, refused", "Geen grondslag: geen percentage, geweigerd"),
            Text(
                "The only employer is small, so no rate pays anything (quotum: code 12). A rate is never invented.",
                "De enige werkgever is klein; geen percentage brengt iets op (quotum: code 12). Een percentage wordt "
                "nooit verzonnen.",
            ),
            charged(worked(100, wage="94000.00"), **RIGHT) | {"wage_bills": [wage_bill("1082500.00")]},
            (Step(Text("Base of all that owe", "Grondslag van wie verschuldigd is"), "0", "0"),),
            settings=_BUDGET,
            exit_code=12,
            alone=True,
        ),
    ),
)

PROVISIONS = (SOLVED,)
