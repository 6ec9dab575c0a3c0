"""Rule 2: the baseline and the job count."""

from collections.abc import Mapping

from quotum.words import Text
from tests.spec.worked_cases.case import READING, Case, Provision, Row, Rows, Step
from tests.spec.worked_cases.rows import employer, registered, worked

SMALL_COUNTRY = {
    "wet_banenafspraak.baseline_hours_government": "0",
    "wet_banenafspraak.baseline_hours_market": "0",
    "wet_banenafspraak.baseline_jobs_with_hired": "0",
    "wet_banenafspraak.target_jobs_government": "0",
    "wet_banenafspraak.target_jobs_market": "2",
}
"""A baseline of nothing and a target of two jobs, so that a few people are a country."""
DECEMBER, FULL_TIME = 12, 160


def country(*returns: Row, sector: str = "niet-overheid") -> Mapping[str, Rows]:
    """Returns of an employer of registered people."""
    people = sorted({str(row["SofiNr"]) for row in returns})
    return {
        "returns": list(returns),
        "register": [registered("2010-01-01", bsn=bsn) for bsn in people],
        "employers": [employer(sector=sector)],
    }


def jobs(formula: str, result: str, gives: str = "realised_jobs") -> Step:
    """Jobs of the hours of December."""
    return Step(
        Text(
            "Extra jobs: hours of December / hours per job, minus the baseline",
            "Extra banen: uren van december / uren per baan, min de nulmeting",
        ),
        formula,
        result,
        gives,
    )


JOB_COUNT = Provision(
    "regeling-wfsv-3.33",
    2,
    "Wfsv art. 122n; Regeling Wfsv art. 3.32, 3.33",
    Text("Baseline and job count", "Nulmeting en banentelling"),
    Text("How many extra jobs were realised?", "Hoeveel extra banen zijn er gerealiseerd?"),
    READING,
    Text(
        "Hours of the target group in December / 110.92, or in the thirteenth period of four weeks x 28 / days of "
        "that period / (1,331 / 13), minus the baseline; hired-in work is a part of its own. The scenario sets a "
        "baseline of nothing, so that a single person is visible.",
        "Uren van de doelgroep in december / 110,92, of in het dertiende vierwekentijdvak x 28 / dagen van dat "
        "tijdvak / (1.331 / 13), min de nulmeting; ingeleend werk is een eigen deel. Het scenario zet de nulmeting op "
        "nul, zodat een enkele persoon zichtbaar is.",
    ),
    (
        Case(
            "month-filer",
            Text("160 hours in December, month filer", "160 uren in december, maandaangever"),
            Text(
                "November does not count: December is measured.",
                "November telt niet: december wordt gemeten.",
            ),
            country(worked(100, 11), worked(FULL_TIME, DECEMBER)),
            (jobs("half_up(160 / {wet_banenafspraak.hours_per_job_month}, 2)", "1.44"),),
            macro={"sectors": {"market": {"realised_jobs": "1.44", "realised_jobs_exact": "4000/2773"}}},
            settings=SMALL_COUNTRY,
            alone=True,
        ),
        Case(
            "four-week-filer",
            Text("160 hours in the thirteenth period of four weeks", "160 uren in het dertiende vierwekentijdvak"),
            Text(
                "The thirteenth period of 2026 runs from 30 November to 31 December: 32 days, scaled to 28.",
                "Het dertiende tijdvak van 2026 loopt van 30 november tot en met 31 december: 32 dagen, omgerekend "
                "naar 28.",
            ),
            country(worked(FULL_TIME, four_weeks_number=13)),
            (jobs("half_up(160 * 28 / 32 / ({wet_banenafspraak.hours_per_job_year} / 13), 2)", "1.37"),),
            macro={"sectors": {"market": {"realised_jobs": "1.37", "realised_jobs_exact": "1820/1331"}}},
            settings=SMALL_COUNTRY,
            alone=True,
        ),
        Case(
            "hired-in",
            Text("An agency worker is hired-in work", "Een uitzendkracht is ingeleend werk"),
            Text(
                "The 160 hours of an agency worker (CdAard 11) are in the part hired-in, and so in the total, but not "
                "in the market of the lender.",
                "De 160 uren van een uitzendkracht (CdAard 11) staan in het deel ingeleend, en dus in het totaal, "
                "maar niet in de markt van de uitlener.",
            ),
            country(worked(FULL_TIME, DECEMBER, CdAard="11")),
            (jobs("half_up(160 / {wet_banenafspraak.hours_per_job_month}, 2)", "1.44"),),
            macro={
                "sectors": {
                    "market": {"realised_jobs": "0.00"},
                    "hired_in": {"realised_jobs": "1.44"},
                    "total": {"realised_jobs": "1.44"},
                }
            },
            settings=SMALL_COUNTRY,
            alone=True,
        ),
        Case(
            "baseline-counted",
            Text(
                "Baseline counted from the returns of December 2012",
                "Nulmeting geteld uit de aangiften van december 2012",
            ),
            Text(
                "The returns of December 2012 are there, so the fixed figures are not used: 160 hours against 100 "
                "hours.",
                "De aangiften van december 2012 zijn er, dus de vaste cijfers gelden niet: 160 uren tegen 100 uren.",
            ),
            country(worked(100, DECEMBER, year=2012, DatAanv="2012-01-01"), worked(FULL_TIME, DECEMBER)),
            (jobs("half_up((160 - 100) / {wet_banenafspraak.hours_per_job_month}, 2)", "0.54"),),
            macro={
                "baseline_source": "counted",
                "sectors": {"market": {"baseline_jobs": "0.90", "realised_jobs": "0.54"}},
            },
            alone=True,
        ),
        Case(
            "baseline-national",
            Text("Without them the fixed baseline decides", "Zonder die aangiften beslist de vaste nulmeting"),
            Text(
                "The regulation fixes 6,914,491 hours for the market, 62,338 jobs. One person in "
                "December is far below that.",
                "De regeling stelt 6.914.491 uren vast voor de markt, 62.338 banen. Eén persoon in december blijft "
                "daar ver onder.",
            ),
            country(worked(FULL_TIME, DECEMBER)),
            (
                jobs(
                    "half_up({wet_banenafspraak.baseline_hours_market} / {wet_banenafspraak.hours_per_job_month}, 2)",
                    "62337.64",
                    "baseline_jobs",
                ),
                jobs(
                    "half_up((160 - {wet_banenafspraak.baseline_hours_market}) / "
                    "{wet_banenafspraak.hours_per_job_month}, 2)",
                    "-62336.20",
                ),
            ),
            macro={
                "baseline_source": "national",
                "sectors": {"market": {"baseline_jobs": "62337.64", "realised_jobs": "-62336.20"}},
                "savings_loss_cents": None,
            },
            alone=True,
        ),
    ),
)

PROVISIONS = (JOB_COUNT,)
