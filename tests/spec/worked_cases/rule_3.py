"""Rule 3: small employers."""

from collections.abc import Mapping, Sequence

from quotum.words import Text
from tests.spec.worked_cases.case import LAW, READING, Case, Provision, Row, Rows, Step
from tests.spec.worked_cases.rows import ACTIVATED, E1, E2, P2, employer, transfer, wage_bill, worked
from tests.spec.worked_cases.steps import settled, surcharge

_WAGE = "100000.00"


def _tested(
    started_on: str = "2010-01-01", *bills: Row, row: Row | None = None, returns: Sequence[Row] = ()
) -> Mapping[str, Rows]:
    """An employer with a wage of 100,000 in January, and what is known of two years before."""
    return {
        "returns": [row or worked(1000, wage=_WAGE), *returns],
        "employers": [employer(started_on=started_on)],
        "wage_bills": list(bills),
    }


def _limit(wage: str, result: str) -> Step:
    return Step(
        Text(
            "Small: is the premium wage of t-2 at most 25 x the average premium wage?",
            "Klein: is het premieplichtig loon van t-2 ten hoogste 25 x het gemiddelde premieplichtig loon?",
        ),
        f"{wage} <= {{wfsv.small_employer_factor}} * {{wfsv.average_premium_wage}}",
        result,
        "small_employer",
    )


def _small(ground: str, wage_cents: int | None, **more: object) -> Row:
    return settled(
        small_employer=True,
        small_ground=ground,
        premium_wage_t2_cents=wage_cents,
        surcharge_base_cents=0,
        surcharge_cents=0,
        **more,
    )


def _not_small(ground: str, wage_cents: int | None, **more: object) -> Row:
    return settled(
        small_employer=False,
        small_ground=ground,
        premium_wage_t2_cents=wage_cents,
        surcharge_base_cents=100_000_00,
        surcharge_cents=350_00,
        **more,
    )


def _year_of_returns(months: int) -> list[Row]:
    """Returns of 2024: 90,208.33 a month, and in January what makes the year 1,082,500.00."""
    return [worked(1000, month, "90208.37" if month == 1 else "90208.33", year=2024) for month in range(1, months + 1)]


_YEARS = Step(
    Text("Premium wage of 2024: the sum of its returns", "Premieplichtig loon van 2024: de som van de aangiften"),
    "90208.37 + 11 * 90208.33",
    "1082500.00",
    "premium_wage_t2_cents",
)
_SURCHARGE = surcharge("100000.00", "350")

LIMIT = Provision(
    "besluit-wfsv-2.19d-lid-1",
    3,
    "Wet banenafspraak art. 6 lid 3; Wfsv art. 36; Besluit Wfsv art. 2.19d lid 1",
    Text("At most 25 times the average premium wage", "Ten hoogste 25 maal het gemiddelde premieplichtig loon"),
    Text(
        "Is the employer small, so that it owes no surcharge?",
        "Is de werkgever klein, zodat hij geen opslag verschuldigd is?",
    ),
    LAW,
    Text(
        "Small is who had in t-2 at most 25 times the average premium wage fixed for t: for 2026 25 x 43,300.00 = "
        "1,082,500.00. The wage is the delivered one, or the sum of the returns of t-2 when these are complete.",
        "Klein is wie in t-2 ten hoogste 25 maal het voor t vastgestelde gemiddelde premieplichtig loon had: voor "
        "2026 25 x 43.300,00 = 1.082.500,00. Het loon is het aangeleverde, of de som van de aangiften van t-2 als die "
        "volledig zijn.",
    ),
    (
        Case(
            "at-the-limit",
            Text("1,082,500.00: small", "1.082.500,00: klein"),
            Text("At most: the limit itself is small.", "Ten hoogste: de grens zelf is klein."),
            _tested("2010-01-01", wage_bill("1082500.00")),
            (_limit("1082500.00", "true"),),
            settlement=[_small("wage_bill", 1_082_500_00)],
            settings=ACTIVATED,
        ),
        Case(
            "one-cent-more",
            Text("1,082,500.01: not small", "1.082.500,01: niet klein"),
            Text(
                "One cent above the limit: the surcharge is due.", "Eén cent boven de grens: de opslag is verschuldigd."
            ),
            _tested("2010-01-01", wage_bill("1082500.01")),
            (_limit("1082500.01", "false"), _SURCHARGE),
            settlement=[_not_small("wage_bill", 1_082_500_01)],
            settings=ACTIVATED,
        ),
        Case(
            "summed-from-complete-returns",
            Text(
                "Twelve returns of 2024 that add up to the limit", "Twaalf aangiften van 2024 die samen de grens zijn"
            ),
            Text(
                "No wage was delivered; every month of 2024 has a return, so their sum is the wage of t-2.",
                "Er is geen loon aangeleverd; elke maand van 2024 heeft een aangifte, dus hun som is het loon van t-2.",
            ),
            _tested(returns=_year_of_returns(12)),
            (_YEARS, _limit("1082500.00", "true")),
            settlement=[_small("wage_bill", 1_082_500_00)],
            settings=ACTIVATED,
        ),
        Case(
            "one-return-missing",
            Text("Eleven returns of 2024: the wage is not known", "Elf aangiften van 2024: het loon is niet bekend"),
            Text(
                "December 2024 is missing, so nothing is known of the wage, although the eleven months stay below the "
                "limit. The declared class decides: wage in the high class, so not small. A finding.",
                "December 2024 ontbreekt; het loon is dus niet bekend, al blijven de elf maanden onder de grens. De "
                "aangegeven klasse beslist: loon in de hoge klasse, dus niet klein. Een bevinding.",
            ),
            _tested(returns=_year_of_returns(11)),
            (_SURCHARGE,),
            settlement=[_not_small("declared_class", None)],
            settings=ACTIVATED,
        ),
    ),
)

CLASS = Provision(
    "besluit-wfsv-2.19d-unknown",
    3,
    "Wfsv art. 36; Besluit Wfsv art. 2.19d",
    Text("Nothing is known: the declared class", "Niets bekend: de aangegeven klasse"),
    Text(
        "Which class of the Aof premium did the employer declare?",
        "Welke klasse van de Aof-premie gaf de werkgever aan?",
    ),
    READING,
    Text(
        "Missing data never exempts: without a wage of t-2, a start or a transfer the declared class decides, and one "
        "row in the high class is enough for not small. It is a finding.",
        "Ontbrekende gegevens stellen nooit vrij: zonder loon van t-2, start of overgang beslist de aangegeven "
        "klasse, en één regel in de hoge klasse is genoeg voor niet klein. Het is een bevinding.",
    ),
    (
        Case(
            "all-rows-low",
            Text("All rows in the low class: small", "Alle regels in de lage klasse: klein"),
            Text("Nothing in the high class.", "Niets in de hoge klasse."),
            _tested(row=worked(1000, wage="0.00", PrlnAofAnwLg=_WAGE, LnSV=_WAGE)),
            (),
            settlement=[_small("declared_class", None)],
            settings=ACTIVATED,
        ),
        Case(
            "one-row-high",
            Text(
                "One row with one cent in the high class: not small",
                "Eén regel met één cent in de hoge klasse: niet klein",
            ),
            Text("Any row in the high class decides.", "Elke regel in de hoge klasse beslist."),
            _tested(
                row=worked(1000, wage="0.00", PrlnAofAnwLg="99999.99", LnSV="99999.99"),
                returns=[worked(1, wage="0.01", bsn=P2, NumIV="2")],
            ),
            (surcharge("(99999.99 + 0.01)", "350"),),
            settlement=[_not_small("declared_class", None)],
            settings=ACTIVATED,
        ),
    ),
)

STARTER = Provision(
    "besluit-wfsv-2.19d-lid-4",
    3,
    "Besluit Wfsv art. 2.19d lid 4",
    Text("Employers that started in t or t-1", "Werkgevers die in t of t-1 begonnen"),
    Text("Did the employer start in t or t-1, without a transfer?", "Begon de werkgever in t of t-1, zonder overgang?"),
    LAW,
    Text(
        '"In afwijking van het eerste lid": who starts in t or t-1 is small, whatever its wage of t-2 was.',
        '"In afwijking van het eerste lid": wie in t of t-1 begint is klein, wat het loon van t-2 ook was.',
    ),
    (
        Case(
            "started-1-january-t-1",
            Text("Started on 1 January 2025: small", "Begonnen op 1 januari 2025: klein"),
            Text("2025 is t-1.", "2025 is t-1."),
            _tested("2025-01-01"),
            (
                Step(
                    Text("Started in t-1 or later?", "Begonnen in t-1 of later?"),
                    "2025-01-01 >= 2025-01-01",
                    "true",
                    "small_employer",
                ),
            ),
            settlement=[_small("starter", None)],
            settings=ACTIVATED,
        ),
        Case(
            "started-31-december-t-2",
            Text("Started on 31 December 2024: no starter", "Begonnen op 31 december 2024: geen starter"),
            Text(
                "A day too early, and no wage of 2024 is known: the declared class decides.",
                "Een dag te vroeg, en van 2024 is geen loon bekend: de aangegeven klasse beslist.",
            ),
            _tested("2024-12-31"),
            (
                Step(
                    Text("Started in t-1 or later?", "Begonnen in t-1 of later?"),
                    "2024-12-31 >= 2025-01-01",
                    "false",
                    "small_employer",
                ),
                _SURCHARGE,
            ),
            settlement=[_not_small("declared_class", None)],
            settings=ACTIVATED,
        ),
        Case(
            "started-with-a-large-wage",
            Text(
                "Started on 1 June 2025 with 5,000,000.00 in 2024: small",
                "Begonnen op 1 juni 2025 met 5.000.000,00 in 2024: klein",
            ),
            Text(
                "The start goes before the wage. A wage of t-2 beside such a start is a finding: it stopped and "
                "started again, or the date is wrong.",
                "De start gaat voor het loon. Een loon van t-2 naast zo'n start is een bevinding: de werkgever stopte "
                "en begon opnieuw, of de datum is fout.",
            ),
            _tested("2025-06-01", wage_bill("5000000.00")),
            (
                Step(
                    Text("Started in t-1 or later?", "Begonnen in t-1 of later?"),
                    "2025-06-01 >= 2025-01-01",
                    "true",
                    "small_employer",
                ),
            ),
            settlement=[_small("starter", 5_000_000_00)],
            settings=ACTIVATED,
        ),
    ),
)


def _passed_on(on: str, share: str, started_on: str = "2010-01-01", own: str = "") -> Mapping[str, Rows]:
    """Employer 2 (1,100,000.00 in 2024) gives a part to employer 1."""
    return {
        "returns": [worked(1000, wage=_WAGE), worked(1000, wage=_WAGE, rsin=E2, bsn=P2)],
        "employers": [employer(started_on=started_on), employer(E2)],
        "wage_bills": [wage_bill("1100000.00", E2), *([wage_bill(own)] if own else [])],
        "transfers": [transfer(on, share)],
    }


def _columns(rsin: str, small: bool, ground: str, wage_cents: int) -> Row:
    return settled(
        rsin,
        small_employer=small,
        small_ground=ground,
        premium_wage_t2_cents=wage_cents,
        surcharge_cents=0 if small else 350_00,
    )


def _corrected(formula: str, result: str) -> Step:
    words = Text("Premium wage of t-2 after the transfer", "Premieplichtig loon van t-2 na de overgang")
    return Step(words, formula, result, "premium_wage_t2_cents")


TRANSFERS = Provision(
    "besluit-wfsv-2.15",
    3,
    "Besluit Wfsv art. 2.15 lid 1 b, 2, 3; art. 2.19d lid 2, 3",
    Text("Transfer of undertaking", "Overgang van onderneming"),
    Text(
        "What does the transfer do to the premium wage of t-2?",
        "Wat doet de overgang met het premieplichtig loon van t-2?",
    ),
    READING,
    Text(
        "The wage of the part that goes over is added to the acquirer's and taken off the transferor's (reading of "
        '"overgaat van ... naar"), half up to the cent. From when it counts is judged per employer: for an employer '
        "that was there before, from 1 January after the transfer, or at once when it is on 1 January; for a new "
        "employer at once.",
        "Het loon van het deel dat overgaat komt bij de verkrijger erbij en gaat bij de overdrager eraf (lezing van "
        '"overgaat van ... naar"), op de cent afgerond, een halve naar boven. Vanaf wanneer het telt wordt per '
        "werkgever beoordeeld: voor wie al werkgever was vanaf 1 januari na de overgang, of meteen bij een overgang "
        "op 1 januari; voor een nieuwe werkgever meteen.",
    ),
    (
        Case(
            "on-1-january",
            Text("60% goes over on 1 January 2026: counts for 2026", "60% gaat over op 1 januari 2026: telt voor 2026"),
            Text(
                "660,000.00 moves: the acquirer comes above the limit, the transferor below it.",
                "660.000,00 verschuift: de verkrijger komt boven de grens, de overdrager eronder.",
            ),
            _passed_on("2026-01-01", "0.6", own="500000.00"),
            (
                _corrected("500000 + half_up(1100000 * 0.6, 2)", "1160000"),
                _limit("1160000", "false"),
                _corrected("1100000 - half_up(1100000 * 0.6, 2)", "440000"),
                _limit("440000", "true"),
                _SURCHARGE,
            ),
            settlement=[
                _columns(E1, False, "transfer", 1_160_000_00),
                _columns(E2, True, "transfer", 440_000_00),
            ],
            settings=ACTIVATED,
        ),
        Case(
            "on-2-january",
            Text("The same on 2 January 2026: not yet", "Hetzelfde op 2 januari 2026: nog niet"),
            Text(
                "Both were employers already, so it counts from 1 January 2027.",
                "Beiden waren al werkgever; het telt dus vanaf 1 januari 2027.",
            ),
            _passed_on("2026-01-02", "0.6", own="500000.00"),
            (_limit("500000", "true"), _limit("1100000", "false"), _SURCHARGE),
            settlement=[
                _columns(E1, True, "wage_bill", 500_000_00),
                _columns(E2, False, "wage_bill", 1_100_000_00),
            ],
            settings=ACTIVATED,
        ),
        Case(
            "to-a-new-employer",
            Text("Everything to a new employer on 1 May 2026", "Alles naar een nieuwe werkgever op 1 mei 2026"),
            Text(
                "For the new employer the wage counts at once, so it is no starter and not small; for the transferor, "
                "which was an employer already, 2026 does not change.",
                "Voor de nieuwe werkgever telt het loon meteen; hij is geen starter en niet klein. Voor de "
                "overdrager, die al werkgever was, verandert 2026 niet.",
            ),
            _passed_on("2026-05-01", "1", "2026-05-01"),
            (_corrected("0 + 1100000 * 1", "1100000"), _limit("1100000", "false"), _SURCHARGE),
            settlement=[
                _columns(E1, False, "transfer", 1_100_000_00),
                _columns(E2, False, "wage_bill", 1_100_000_00),
            ],
            settings=ACTIVATED,
        ),
    ),
)

PROVISIONS = (LIMIT, STARTER, TRANSFERS, CLASS)
