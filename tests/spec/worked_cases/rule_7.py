"""Rule 7: the quota levy of the Wfsv, the older regime."""

from collections.abc import Mapping, Sequence

from quotum.words import Text
from tests.spec.worked_cases.case import LAW, QUOTA_LEVY, READING, Case, Provision, Row, Rows, Step
from tests.spec.worked_cases.rows import E1, E2, P1, P2, allocation, employer, registered, worked
from tests.spec.worked_cases.steps import settled

_QUOTA = {"wfsv.quota_percentage_market": "1.93", "wfsv.quota_percentage_government": "1.93"}
_MOST = 90_000


def _staff(total: int, year: int = 2026, rsin: str = E1) -> list[Row]:
    """Paid hours of people outside the target group: rows without a BSN, of at most 90,000 hours."""
    parts = [_MOST] * (total // _MOST) + ([total % _MOST] if total % _MOST else [])
    return [
        worked(part, 3, year=year, rsin=rsin, bsn="", NumIV="1", PersNr=f"P-{number}")
        for number, part in enumerate(parts, 1)
    ]


def _target(total: int, bsn: str = P1, rsin: str = E1, **changes: object) -> Row:
    return worked(total, 3, rsin=rsin, bsn=bsn, **({"NumIV": "2"} | changes))


def _country(*rows: Row, before: int = 100_000, **more: Rows) -> Mapping[str, Rows]:
    """An employer of the market, with hours in 2025 as well."""
    return {
        "returns": [*rows, *_staff(before, 2025)],
        "register": [registered("2013-01-01"), registered("2013-01-01", bsn=P2)],
        "employers": [employer()],
    } | more


def _shortage(counted: int, target: int, result: str) -> Step:
    words = Text(
        "Shortage: (A x B% - C) / D, rounded down to tenths, not below zero",
        "Tekort: (A x B% - C) / D, naar beneden afgerond op tienden, niet onder nul",
    )
    return Step(
        words,
        f"max(down(({counted} * {{wfsv.quota_percentage_market}} / 100 - {target}) / "
        f"{{wfsv.average_paid_hours_target_group}}, 1), 0)",
        result,
        "quota_shortage_tenths",
    )


def _levy(shortage: str, result: str) -> Step:
    return Step(
        Text("Levy: shortage x amount per job", "Heffing: tekort x bedrag per baan"),
        f"{shortage} * {{wfsv.quota_levy_per_job}}",
        result,
        "quota_levy_cents",
    )


def _owes(rsin: str, paid: int, target: int, tenths: int, euros: int) -> Row:
    return settled(
        rsin,
        sector="niet-overheid",
        paid_hours=paid,
        target_group_hours=target,
        quota_percentage_hundredths=193,
        quota_shortage_tenths=tenths,
        quota_levy_cents=euros * 100,
    )


def _case(
    name: str, title: Text, explanation: Text, given: Mapping[str, Rows], steps: Sequence[Step], *expected: Row
) -> Case:
    return Case(name, title, explanation, given, steps, settlement=expected, settings=_QUOTA, regime=QUOTA_LEVY)


SHORTAGE = Provision(
    "wfsv-38g",
    7,
    "Wfsv art. 38g, 38h lid 4; Besluit Wfsv art. 2.23, 2.31",
    Text("Shortage and quota levy", "Tekort en quotumheffing"),
    Text(
        "How many jobs is the employer short, and what levy is that?",
        "Hoeveel banen komt de werkgever tekort, en welke heffing is dat?",
    ),
    LAW,
    Text(
        "A the paid hours of the employer without agency workers at the lender and Wsw employments, B the quota "
        "percentage, C the target-group hours, D 1,331. Exact: the tenths lie on boundaries that binary fractions "
        "miss. Never executed (122na): figures only. The percentage of 1.93% is set by the scenario.",
        "A de verloonde uren van de werkgever zonder uitzendkrachten bij de uitlener en Wsw-dienstbetrekkingen, B het "
        "quotumpercentage, C de uren van de doelgroep, D 1.331. Exact: de tienden liggen op grenzen die binaire "
        "breuken missen. Nooit uitgevoerd (122na): alleen cijfers. Het percentage van 1,93% is door het scenario "
        "gezet.",
    ),
    (
        _case(
            "one-job-and-four-tenths",
            Text(
                "100,000 hours, nobody of the target group: 1.4 jobs",
                "100.000 uren, niemand van de doelgroep: 1,4 baan",
            ),
            Text("1,930 / 1,331 is 1.45, rounded down to 1.4.", "1.930 / 1.331 is 1,45, naar beneden afgerond 1,4."),
            _country(*_staff(100_000)),
            (_shortage(100_000, 0, "1.4"), _levy("1.4", "7000")),
            _owes(E1, 100_000, 0, 14, 7_000),
        ),
        _case(
            "many-jobs",
            Text("4,680,000 hours: 27.8 jobs", "4.680.000 uren: 27,8 banen"),
            Text(
                "(90,324 - 53,240) / 1,331 is 27.86, rounded down to 27.8.",
                "(90.324 - 53.240) / 1.331 is 27,86, naar beneden afgerond 27,8.",
            ),
            _country(*_staff(4_680_000 - 53_240), _target(53_240)),
            (_shortage(4_680_000, 53_240, "27.8"), _levy("27.8", "139000")),
            _owes(E1, 4_680_000, 53_240, 278, 139_000),
        ),
        _case(
            "exactly-a-tenth",
            Text("Exactly 1.1 jobs: binary fractions give 1.0", "Precies 1,1 baan: binaire breuken geven 1,0"),
            Text(
                "(2,065.1 - 601) / 1,331 is exactly 1.1. Computed with binary fractions it is a little less, and 1.0 "
                "after rounding down.",
                "(2.065,1 - 601) / 1.331 is precies 1,1. Met binaire breuken gerekend is het iets minder, en na "
                "afronding naar beneden 1,0.",
            ),
            _country(*_staff(106_399), _target(601)),
            (_shortage(107_000, 601, "1.1"), _levy("1.1", "5500")),
            _owes(E1, 107_000, 601, 11, 5_500),
        ),
        _case(
            "one-hour-below-a-tenth",
            Text("One hour of the target group more: 1.0 jobs", "Eén uur van de doelgroep meer: 1,0 baan"),
            Text("1,463.1 / 1,331 is just below 1.1.", "1.463,1 / 1.331 is net onder 1,1."),
            _country(*_staff(106_398), _target(602)),
            (_shortage(107_000, 602, "1"), _levy("1", "5000")),
            _owes(E1, 107_000, 602, 10, 5_000),
        ),
        _case(
            "quota-just-missed",
            Text("1,796 hours of the target group: one tenth short", "1.796 uren van de doelgroep: één tiende tekort"),
            Text("134 / 1,331 is 0.1006.", "134 / 1.331 is 0,1006."),
            _country(*_staff(98_204), _target(1_796)),
            (_shortage(100_000, 1_796, "0.1"), _levy("0.1", "500")),
            _owes(E1, 100_000, 1_796, 1, 500),
        ),
        _case(
            "less-than-a-tenth",
            Text("1,797 hours of the target group: no shortage", "1.797 uren van de doelgroep: geen tekort"),
            Text("133 / 1,331 is 0.0999, rounded down to 0.0.", "133 / 1.331 is 0,0999, naar beneden afgerond 0,0."),
            _country(*_staff(98_203), _target(1_797)),
            (_shortage(100_000, 1_797, "0"), _levy("0", "0")),
            _owes(E1, 100_000, 1_797, 0, 0),
        ),
        _case(
            "never-negative",
            Text("1,931 hours: more than the quota", "1.931 uren: meer dan het quotum"),
            Text("Who does more than the quota gets nothing.", "Wie meer doet dan het quotum krijgt niets."),
            _country(*_staff(98_069), _target(1_931)),
            (_shortage(100_000, 1_931, "0"), _levy("0", "0")),
            _owes(E1, 100_000, 1_931, 0, 0),
        ),
        _case(
            "agency-workers-left-out",
            Text("Agency workers are left out at the lender", "Uitzendkrachten tellen niet bij de uitlener"),
            Text(
                "50,000 hours of an agency worker (CdAard 11) are paid hours, and no part of A.",
                "50.000 uren van een uitzendkracht (CdAard 11) zijn verloonde uren, en geen deel van A.",
            ),
            _country(*_staff(100_000), _target(50_000, bsn="", PersNr="P-9", CdAard="11")),
            (_shortage(100_000, 0, "1.4"), _levy("1.4", "7000")),
            _owes(E1, 150_000, 0, 14, 7_000),
        ),
    ),
)


def _bound(before: int, now: int, result: str) -> Step:
    words = Text("Are there enough paid hours in both years?", "Zijn er in beide jaren genoeg verloonde uren?")
    return Step(
        words, f"min({before}, {now}) >= {{wfsv.quota_threshold_employees}} * {{wfsv.average_paid_hours}}", result
    )


THRESHOLD = Provision(
    "wfsv-34-lid-4",
    7,
    "Wfsv art. 34 lid 4, 7; Besluit Wfsv art. 2.20, 2.33",
    Text("The threshold of 25 x 1,623 paid hours", "De drempel van 25 x 1.623 verloonde uren"),
    Text(
        "Does the employer have enough paid hours in both years to owe a levy?",
        "Heeft de werkgever in beide jaren genoeg verloonde uren om een heffing verschuldigd te zijn?",
    ),
    LAW,
    Text(
        "At least 40,575 paid hours in t-1 and in t; 40,574 is exempt.",
        "Ten minste 40.575 verloonde uren in t-1 en in t; 40.574 is vrijgesteld.",
    ),
    (
        _case(
            "at-the-threshold",
            Text("40,575 hours in both years: a levy", "40.575 uren in beide jaren: een heffing"),
            Text("At least: the threshold itself is enough.", "Ten minste: de drempel zelf is genoeg."),
            _country(*_staff(40_575), before=40_575),
            (_bound(40_575, 40_575, "true"), _shortage(40_575, 0, "0.5"), _levy("0.5", "2500")),
            _owes(E1, 40_575, 0, 5, 2_500),
        ),
        _case(
            "below-in-the-year",
            Text("40,574 hours in 2026: exempt", "40.574 uren in 2026: vrijgesteld"),
            Text("One hour short in t.", "Eén uur te weinig in t."),
            _country(*_staff(40_574), before=40_575),
            (_bound(40_575, 40_574, "false"), _levy("0", "0")),
            _owes(E1, 40_574, 0, 0, 0),
        ),
        _case(
            "below-in-the-year-before",
            Text("40,574 hours in 2025: exempt", "40.574 uren in 2025: vrijgesteld"),
            Text("One hour short in t-1.", "Eén uur te weinig in t-1."),
            _country(*_staff(100_000), before=40_574),
            (_bound(40_574, 100_000, "false"), _levy("0", "0")),
            _owes(E1, 100_000, 0, 0, 0),
        ),
    ),
)


def _lent(agreed_on: str, hours: int = 1_331) -> Mapping[str, Rows]:
    """Employer 2 allocates hours of person 1 to employer 1."""
    lender = [*_staff(98_669, rsin=E2), _target(1_331, rsin=E2), *_staff(100_000, 2025, E2)]
    return _country(
        *_staff(100_000), *lender, employers=[employer(), employer(E2)], allocations=[allocation(hours, agreed_on)]
    )


ALLOCATION = Provision(
    "besluit-wfsv-2.28",
    7,
    "Wfsv art. 38g; Besluit Wfsv art. 2.28, 2.30",
    Text("Hours that a lender allocates to a borrower", "Uren die een uitlener aan een inlener toerekent"),
    Text("Does this allocation of hours count?", "Telt deze toerekening van uren?"),
    READING,
    Text(
        "Allocated hours count with the borrower and are taken off the lender's, when agreed by 1 August of t+1 and "
        "not more than the person's hours of the target group.",
        "Toegerekende uren tellen bij de inlener en gaan er bij de uitlener af, als zij uiterlijk op 1 augustus van "
        "t+1 zijn overeengekomen en niet meer zijn dan de uren van de persoon in de doelgroep.",
    ),
    (
        _case(
            "agreed-on-1-august",
            Text("Agreed on 1 August 2027: counts", "Overeengekomen op 1 augustus 2027: telt"),
            Text("One job moves from the lender to the borrower.", "Eén baan gaat van de uitlener naar de inlener."),
            _lent("2027-08-01"),
            (
                _shortage(100_000, 1_331, "0.4"),
                _levy("0.4", "2000"),
                _shortage(100_000, 0, "1.4"),
                _levy("1.4", "7000"),
            ),
            _owes(E1, 100_000, 0, 4, 2_000),
            _owes(E2, 100_000, 1_331, 14, 7_000),
        ),
        _case(
            "agreed-on-2-august",
            Text("Agreed on 2 August 2027: refused", "Overeengekomen op 2 augustus 2027: geweigerd"),
            Text(
                "A day late: the hours stay with the lender (a finding).",
                "Een dag te laat: de uren blijven bij de uitlener (een bevinding).",
            ),
            _lent("2027-08-02"),
            (
                _shortage(100_000, 0, "1.4"),
                _levy("1.4", "7000"),
                _shortage(100_000, 1_331, "0.4"),
                _levy("0.4", "2000"),
            ),
            _owes(E1, 100_000, 0, 14, 7_000),
            _owes(E2, 100_000, 1_331, 4, 2_000),
        ),
        _case(
            "one-hour-too-many",
            Text("1,332 of 1,331 hours: refused", "1.332 van 1.331 uren: geweigerd"),
            Text(
                "More than the person's hours: refused as a whole (a finding).",
                "Meer dan de uren van de persoon: in zijn geheel geweigerd (een bevinding).",
            ),
            _lent("2027-08-01", 1_332),
            (
                _shortage(100_000, 0, "1.4"),
                _levy("1.4", "7000"),
                _shortage(100_000, 1_331, "0.4"),
                _levy("0.4", "2000"),
            ),
            _owes(E1, 100_000, 0, 14, 7_000),
            _owes(E2, 100_000, 1_331, 4, 2_000),
        ),
    ),
)

PROVISIONS = (THRESHOLD, SHORTAGE, ALLOCATION)
