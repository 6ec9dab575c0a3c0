"""Rule 8: missing jobs, the savings loss, and how the sectors are judged."""

from collections.abc import Mapping

from quotum.words import Text
from tests.spec.worked_cases.case import ASSUMED, LAW, READING, Case, Provision, Rows, Step
from tests.spec.worked_cases.rows import ACTIVATED, E2, LARGE, P2, employer, registered, worked
from tests.spec.worked_cases.rule_2 import DECEMBER, FULL_TIME, SMALL_COUNTRY, country, jobs
from tests.spec.worked_cases.steps import surcharge

_MONTH = "{wet_banenafspraak.hours_per_job_month}"
_MARKET = "{wet_banenafspraak.target_jobs_market}"
_MISSING = Text(
    "Missing jobs: target - realised, not below zero", "Ontbrekende banen: opgave - gerealiseerd, niet onder nul"
)
_LOSS = Text(
    "Savings loss: missing jobs x saving per job, half up to the cent",
    "Besparingsverlies: ontbrekende banen x besparing per baan, afgerond op de cent",
)


def _missing(formula: str, result: str) -> Step:
    return Step(_MISSING, f"half_up(max({formula}, 0), 2)", result, "missing_jobs")


def _loss(formula: str, result: str) -> Step:
    return Step(
        _LOSS, f"half_up(max({formula}, 0) * {{wet_banenafspraak.saving_per_job}}, 2)", result, "savings_loss_cents"
    )


def _market(realised: str, missing: str) -> Mapping[str, object]:
    return {"realised_jobs": realised, "missing_jobs": missing}


SAVINGS = Provision(
    "kamerstuk-34352-281-savings-loss",
    8,
    "Wfsv art. 122n; Kamerstuk 34 352 nr. 281, footnote 19",
    Text("Missing jobs and the savings loss", "Ontbrekende banen en het besparingsverlies"),
    Text("How large is the savings loss?", "Hoe groot is het besparingsverlies?"),
    ASSUMED,
    Text(
        "There is one when the target is missed and no working quota regime brings in revenue. The linear amount is a "
        "reading; 1,552 euro per job is assumed (30 million over 19,335 missing jobs of 2023). Exact missing jobs are "
        "multiplied.",
        "Er is er een als de opgave is gemist en geen werkende quotumregeling opbrengst heeft. Het evenredige bedrag "
        "is een lezing; 1.552 euro per baan is aangenomen (30 miljoen over 19.335 ontbrekende banen van 2023). De "
        "exacte ontbrekende banen worden vermenigvuldigd.",
    ),
    (
        Case(
            "target-missed",
            Text("1.44 of 2 jobs: a savings loss", "1,44 van 2 banen: een besparingsverlies"),
            Text("0.5575 missing jobs; not the rounded 0.56.", "0,5575 ontbrekende banen; niet de afgeronde 0,56."),
            country(worked(FULL_TIME, DECEMBER)),
            (
                jobs(f"half_up({FULL_TIME} / {_MONTH}, 2)", "1.44"),
                _missing(f"{_MARKET} - {FULL_TIME} / {_MONTH}", "0.56"),
                _loss(f"{_MARKET} - {FULL_TIME} / {_MONTH}", "865.27"),
            ),
            macro={"sectors": {"market": _market("1.44", "0.56")}, "savings_loss_cents": 865_27},
            settings=SMALL_COUNTRY,
            alone=True,
        ),
        Case(
            "target-exactly-met",
            Text("A target that is exactly met: no loss", "Een opgave die precies gehaald is: geen verlies"),
            Text(
                "2,773 hours in December are exactly 25 jobs: 2,773 / 110.92.",
                "2.773 uren in december zijn precies 25 banen: 2.773 / 110,92.",
            ),
            country(worked(2_773, DECEMBER)),
            (
                jobs(f"half_up(2773 / {_MONTH}, 2)", "25"),
                _missing(f"{_MARKET} - 2773 / {_MONTH}", "0"),
                _loss(f"{_MARKET} - 2773 / {_MONTH}", "0"),
            ),
            macro={"sectors": {"market": _market("25.00", "0.00")}, "savings_loss_cents": 0},
            settings=SMALL_COUNTRY | {"wet_banenafspraak.target_jobs_market": "25"},
            alone=True,
        ),
        Case(
            "one-hour-short",
            Text("One hour less: a loss", "Eén uur minder: een verlies"),
            Text("1 / 110.92 of a job is missing.", "1 / 110,92 baan ontbreekt."),
            country(worked(2_772, DECEMBER)),
            (
                jobs(f"half_up(2772 / {_MONTH}, 2)", "24.99"),
                _missing(f"{_MARKET} - 2772 / {_MONTH}", "0.01"),
                _loss(f"{_MARKET} - 2772 / {_MONTH}", "13.99"),
            ),
            macro={"sectors": {"market": _market("24.99", "0.01")}, "savings_loss_cents": 13_99},
            settings=SMALL_COUNTRY | {"wet_banenafspraak.target_jobs_market": "25"},
            alone=True,
        ),
        Case(
            "working-regime",
            Text(
                "Missed, but the regime brings in revenue: no loss",
                "Gemist, maar de regeling heeft opbrengst: geen verlies",
            ),
            Text(
                "A surcharge of 350 euro is due, so there is no savings loss.",
                "Er is 350 euro opslag verschuldigd; er is dus geen besparingsverlies.",
            ),
            country(worked(FULL_TIME, DECEMBER, "100000.00")) | {"wage_bills": [LARGE]},
            (
                _missing(f"{_MARKET} - {FULL_TIME} / {_MONTH}", "0.56"),
                surcharge("100000.00", "350"),
                Step(
                    Text("Savings loss beside a working regime", "Besparingsverlies naast een werkende regeling"),
                    "0",
                    "0",
                    "savings_loss_cents",
                ),
            ),
            macro={
                "sectors": {"market": _market("1.44", "0.56")},
                "savings_loss_cents": 0,
                "totals": {"surcharge_cents": 350_00},
            },
            settings=ACTIVATED | SMALL_COUNTRY,
            alone=True,
        ),
    ),
)


def _two_sectors(government: int, market: int) -> Mapping[str, Rows]:
    """A government employer (2) and an employer of the market (1), with hours in December."""
    return {
        "returns": [worked(market, DECEMBER), worked(government, DECEMBER, rsin=E2, bsn=P2)],
        "register": [registered("2010-01-01"), registered("2010-01-01", bsn=P2)],
        "employers": [employer(), employer(E2, sector="overheid")],
        "wage_bills": [LARGE],
    }


_TARGETS = SMALL_COUNTRY | {
    "wet_banenafspraak.target_jobs_government": "1",
    "wet_banenafspraak.target_jobs_market": "1",
}
_LESS = f"80 / {_MONTH}"
_MORE = f"160 / {_MONTH}"

SECTORS = Provision(
    "wet-banenafspraak-4",
    8,
    "Wfsv art. 122n; Wet banenafspraak art. 4",
    Text("Market and government: separate or joint", "Markt en overheid: apart of samen"),
    Text("How many jobs are missing?", "Hoeveel banen ontbreken?"),
    LAW,
    Text(
        "Separate (in force): the sum over the sectors of what each misses. Joint (art. 4, once in force): what both "
        "together miss. Each sector has a target of one job here.",
        "Apart (geldend): de som over de sectoren van wat elk mist. Samen (art. 4, zodra in werking): wat beide samen "
        "missen. Elke sector heeft hier een opgave van één baan.",
    ),
    (
        Case(
            "separate",
            Text(
                "Separate: the surplus of the market does not help government",
                "Apart: het overschot van de markt helpt de overheid niet",
            ),
            Text("Government misses 0.28 of a job.", "De overheid mist 0,28 baan."),
            _two_sectors(80, 160),
            (
                _missing(f"{{wet_banenafspraak.target_jobs_government}} - {_LESS}", "0.28"),
                _loss(f"{{wet_banenafspraak.target_jobs_government}} - {_LESS}", "432.63"),
            ),
            macro={
                "sectors": {"government": {"missing_jobs": "0.28"}, "market": {"missing_jobs": "0.00"}},
                "savings_loss_cents": 432_63,
            },
            settings=_TARGETS,
            alone=True,
        ),
        Case(
            "joint",
            Text("Joint: 2.16 of 2 jobs, nothing is missing", "Samen: 2,16 van 2 banen, er ontbreekt niets"),
            Text("The market makes up for the government.", "De markt maakt goed wat de overheid mist."),
            _two_sectors(80, 160),
            (
                jobs(f"half_up({_LESS} + {_MORE}, 2)", "2.16"),
                Step(
                    Text("Savings loss", "Besparingsverlies"),
                    f"half_up(max(2 - {_LESS} - {_MORE}, 0) * {{wet_banenafspraak.saving_per_job}}, 2)",
                    "0",
                    "savings_loss_cents",
                ),
            ),
            macro={"sectors": {"total": {"realised_jobs": "2.16", "missing_jobs": "0.00"}}, "savings_loss_cents": 0},
            settings=_TARGETS | {"wet_banenafspraak.sectors": "joint"},
            alone=True,
        ),
    ),
)

_CONDITIONAL = (
    ACTIVATED
    | _TARGETS
    | {
        "wet_banenafspraak.sectors": "conditional",
        "wet_banenafspraak.target_jobs_government": "25",
    }
)
"""Government has to realise a share of 25 jobs, which is a whole number of hours (2,773)."""


def _condition(share: str, hours: int, result: str) -> Step:
    return Step(
        Text(
            "Has government realised the required share of its target?",
            "Heeft de overheid het vereiste deel van haar opgave gerealiseerd?",
        ),
        f"{hours} / {_MONTH} >= {share} / 100 * {{wet_banenafspraak.target_jobs_government}}",
        result,
    )


CONDITION = Provision(
    "kamerstuk-34352-281-conditional",
    8,
    "Kamerstuk 34 352 nr. 281",
    Text(
        "Surcharge and bonus only when government has done its part",
        "Opslag en bonus alleen als de overheid haar deel heeft gedaan",
    ),
    Text("Are surcharge and bonus due?", "Zijn opslag en bonus verschuldigd?"),
    READING,
    Text(
        '"Afhankelijk maken van realisaties bij de overheid": joint, and surcharge and bonus due, only when '
        "government has realised at least the required share of its target; otherwise separate and neither. No letter "
        "names the share: 100% is made up.",
        '"Afhankelijk maken van realisaties bij de overheid": samen, en opslag en bonus verschuldigd, alleen als de '
        "overheid ten minste het vereiste deel van haar opgave heeft gerealiseerd; anders apart en geen van beide. "
        "Geen brief noemt het deel: 100% is verzonnen.",
    ),
    (
        Case(
            "share-exactly-realised",
            Text("2,773 hours are 25 of 25 jobs: due", "2.773 uren zijn 25 van 25 banen: verschuldigd"),
            Text("At least: exactly is enough.", "Ten minste: precies is genoeg."),
            _two_sectors(2_773, 160),
            (
                _condition("{wet_banenafspraak.required_government_share}", 2_773, "true"),
                Step(
                    Text("Bonus of the market employer", "Bonus van de marktwerkgever"),
                    "160 * {wtl.bonus_rate}",
                    "601.60",
                    "bonus_cents",
                ),
            ),
            settlement=[
                {"rsin": "employer-1", "surcharge_cents": 11_00, "bonus_cents": 601_60},
                {"rsin": E2, "surcharge_cents": 194_00, "bonus_cents": 10_426_48},
            ],
            macro={"sectors": {"government": {"realised_jobs": "25.00"}}},
            settings=_CONDITIONAL | {"wet_banenafspraak.required_government_share": "100"},
            alone=True,
        ),
        Case(
            "one-hour-short",
            Text("2,772 hours: neither surcharge nor bonus", "2.772 uren: opslag noch bonus"),
            Text("One hour short of 25 jobs.", "Eén uur minder dan 25 banen."),
            _two_sectors(2_772, 160),
            (
                _condition("{wet_banenafspraak.required_government_share}", 2_772, "false"),
                Step(Text("Bonus", "Bonus"), "0", "0", "bonus_cents"),
            ),
            settlement=[
                {"rsin": "employer-1", "surcharge_cents": 0, "bonus_cents": 0},
                {"rsin": E2, "surcharge_cents": 0, "bonus_cents": 0},
            ],
            macro={"sectors": {"government": {"realised_jobs": "24.99"}}},
            settings=_CONDITIONAL | {"wet_banenafspraak.required_government_share": "100"},
            alone=True,
        ),
    ),
)

PROVISIONS = (SAVINGS, SECTORS, CONDITION)
