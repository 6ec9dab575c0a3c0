"""Every finding of a settlement, declared once: what it is called, says, goes by and is found of, and where it is.

How often a finding occurs is the number of its places (`counting`); files, pages and commands read this list.
Findings of intake are rules of a delivered row: `quotum.intake.checks`.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from quotum.law.wfsv.job_count import Jobs
from quotum.run.findings import places
from quotum.run.findings.deliveries_used import CONTRADICTS, REJECTED
from quotum.run.findings.finding import Finding, Of, Stake
from quotum.run.findings.persons_above import ABOVE_HOURS, ABOVE_WAGE, WHO
from quotum.run.stages.deductions import ABOVE_BASE, WITHOUT_RETURN
from quotum.run.stages.filing_times import AFTER_RECEIPT, OVERLAP
from quotum.run.stages.grants import ENDED_BY_UNKNOWN, WITHOUT_BIRTH_DATE
from quotum.run.stages.quota_levy import ABOVE_HOURS as ABOVE_HOURS_AT_LENDER
from quotum.run.stages.quota_levy import NO_BORROWER, TOO_LATE
from quotum.run.stages.rights import WITHOUT_DECLARATION, WITHOUT_START

FINDINGS: Final = (
    Finding(
        ABOVE_HOURS_AT_LENDER, Of.ALLOCATION, "Besluit Wfsv art. 2.28",
        "allocations refused: above the target-group hours of the person at the lender, alone or together",
        "toerekeningen geweigerd: boven de uren van de doelgroep die de persoon bij de uitlener heeft, alleen of "
        "samen",
        places.allocations(ABOVE_HOURS_AT_LENDER),
    ),
    Finding(
        TOO_LATE, Of.ALLOCATION, "Besluit Wfsv art. 2.28",
        "allocations refused: agreed after 1 August of the next year",
        "toerekeningen geweigerd: overeengekomen na 1 augustus van het volgende jaar",
        places.allocations(TOO_LATE),
    ),
    Finding(
        NO_BORROWER, Of.ALLOCATION, "Besluit Wfsv art. 2.28",
        "allocations refused: nothing is known of the borrower, or it is the lender itself",
        "toerekeningen geweigerd: over de inlener is niets bekend, of het is de uitlener zelf",
        places.allocations(NO_BORROWER),
    ),
    Finding(
        places.BASELINE_THIN, Of.RUN, "Wfsv art. 122n; Regeling Wfsv art. 3.33",
        "the baseline is counted under a register that knows nobody in December 2012, or fewer than one in ten of "
        "those it knows in December of the year",
        "de nulmeting is geteld met een register dat in december 2012 niemand kent, of minder dan een op de tien "
        "van wie het in december van het jaar kent",
        places.job_count(places.BASELINE_THIN),
    ),
    Finding(
        "declared_class_contradicts_test", Of.EMPLOYER, "Besluit Wfsv art. 2.19d",
        "employers whose declared class says otherwise than the test; the test decides",
        "werkgevers van wie de aangegeven premieklasse iets anders zegt dan de toets; de toets beslist",
        places.employers("class_contradicts"), stake=Stake.SURCHARGE,
    ),
    Finding(
        "declared_class_decides", Of.EMPLOYER, "Besluit Wfsv art. 2.19d",
        "employers of which nothing is known: the class they declared decides",
        "werkgevers over wie niets bekend is: de premieklasse die zij hebben aangegeven beslist",
        places.class_decides, stake=Stake.SURCHARGE,
    ),
    Finding(
        ABOVE_BASE, Of.RETURN, "Wet banenafspraak art. 6 lid 4 c",
        "deductions above the surcharge base of their return: no more is left out than is in",
        "aftrek boven de grondslag van de opslag in de aangifte: er gaat niet meer af dan er in zit",
        places.deductions(ABOVE_BASE), stake=Stake.SURCHARGE,
    ),
    Finding(
        WITHOUT_RETURN, Of.RETURN, "Wet banenafspraak art. 6 lid 4 c",
        "deductions for a return that is not there: nothing to take them off",
        "aftrek voor een aangifte die er niet is: er is niets om van af te trekken",
        places.deductions(WITHOUT_RETURN), stake=Stake.SURCHARGE,
    ),
    Finding(
        REJECTED, Of.DELIVERED_ROW, "quotum/intake/README.md, Every row counts",
        "rows of a delivery that was used that were rejected: they count nowhere",
        "regels van een gebruikte levering die zijn afgekeurd: zij tellen nergens mee",
        places.none,
    ),
    Finding(
        "employer_without_returns", Of.EMPLOYER, "quotum/intake/README.md, Deliveries against each other",
        "employers of the employers delivery without any return of the year",
        "werkgevers uit de levering van werkgevers zonder enige aangifte over het jaar",
        places.without_returns,
    ),
    Finding(
        "employer_without_sector", Of.EMPLOYER, "quotum/intake/README.md, Deliveries against each other",
        "employers with returns that are not in the employers delivery: no sector",
        "werkgevers met aangiften die niet in de levering van werkgevers staan: geen sector",
        places.employers("unknown_employer"),
    ),
    Finding(
        "filing_time_is_time_made", Of.MESSAGE, "quotum/intake/README.md, Moments",
        "messages without a delivered filing time: the time they were made stands in",
        "berichten zonder geleverd tijdstip van indiening: het tijdstip van aanmaak staat ervoor in de plaats",
        places.messages_without_filing_time,
    ),
    Finding(
        WITHOUT_DECLARATION, Of.REQUEST, "Wtl art. 2.10 to 2.13",
        "benefits asked for a person without a declaration that covers the start of an employment, or for a "
        "reassigned worker begins within one: no LKV",
        "verzoeken om een LKV voor wie geen doelgroepverklaring heeft die het begin van een dienstbetrekking dekt, "
        "of die bij een herplaatste werknemer daarbinnen begint: geen LKV",
        places.benefits(WITHOUT_DECLARATION), stake=Stake.BENEFIT,
    ),
    Finding(
        WITHOUT_START, Of.EMPLOYMENT, "Wtl art. 2.10 to 2.13",
        "employments without a start, of persons with a declaration: no LKV begins with them",
        "dienstbetrekkingen zonder begin, van personen met een doelgroepverklaring: daarmee begint geen LKV",
        places.benefits(WITHOUT_START),
    ),
    Finding(
        AFTER_RECEIPT, Of.MESSAGE, "quotum/intake/README.md, Moments",
        "messages made or filed later than they were received: they count as the day they bear",
        "berichten die later zijn aangemaakt of ingediend dan zij zijn ontvangen: zij tellen naar de dag die zij "
        "dragen",
        places.after_receipt,
    ),
    Finding(
        CONTRADICTS, Of.RETURN, "quotum/archive/README.md, Put it right",
        "returns of which a message contradicts itself (rows with the same period, kind, person and NumIV differ): "
        "it was set aside, and they are settled as if it had never come",
        "aangiften waarvan een bericht zichzelf tegenspreekt (regels met hetzelfde tijdvak, dezelfde soort, persoon"
        " en NumIV verschillen): het is terzijde gelegd, en zij zijn vastgesteld alsof het nooit kwam",
        places.set_aside,
    ),
    Finding(
        "nothing_balances", Of.RUN, "Kamerstuk 34 352 nr. 281, footnote 17",
        "nobody has a right to a bonus over a year whose rate is solved against it: nothing balances, and a rate in"
        " budget is zero",
        "niemand heeft recht op een bonus over een jaar waarvan het percentage daartegen wordt berekend: er is "
        "niets in evenwicht te brengen, en een budgettair percentage is nul",
        places.no_balance,
    ),
    Finding(
        "period_without_full_return", Of.RETURN, "Aangifte loonheffingen, schema: TijdvakCorrectie",
        "returns of which only corrections came",
        "aangiften waarvan alleen correcties kwamen",
        places.returns_of_corrections,
    ),
    Finding(
        OVERLAP, Of.RETURN, "Aangifte loonheffingen, schema: DatAanvTv, DatEindTv",
        "returns of one payroll tax number whose periods overlap, a month and four weeks: both count",
        "aangiften van een loonheffingennummer waarvan de tijdvakken overlappen, een maand en vier weken: beide "
        "tellen",
        places.overlapping,
    ),
    Finding(
        ABOVE_HOURS, Of.PERSON, "a day has 24 hours",
        "persons with more paid hours, at all employers together, than the year has",
        "personen met meer verloonde uren, bij alle werkgevers samen, dan het jaar heeft",
        places.persons_above(ABOVE_HOURS), person=WHO[ABOVE_HOURS],
    ),
    Finding(
        ABOVE_WAGE, Of.PERSON, "Wfsv art. 17 lid 1",
        "persons above the maximum premium wage at one employer",
        "personen boven het maximumpremieloon bij een werkgever",
        places.persons_above(ABOVE_WAGE), person=WHO[ABOVE_WAGE], stake=Stake.SURCHARGE,
    ),
    Finding(
        "quota_employer_without_sector", Of.EMPLOYER, "Wfsv art. 38f",
        "employers without sector: no quota percentage and no levy",
        "werkgevers zonder sector: geen quotumpercentage en geen heffing",
        places.levied("without_sector"),
    ),
    Finding(
        "quota_part_year_employer", Of.EMPLOYER, "Wfsv art. 34",
        "employers that were one for part of year t-1 or t only: no pro-rating",
        "werkgevers die dat maar een deel van jaar t-1 of t waren: geen evenredige vermindering",
        places.levied("part_year_employer"), stake=Stake.LEVY,
    ),
    Finding(
        ENDED_BY_UNKNOWN, Of.PERSON, "Wtl art. 6.2 lid 4",
        "persons with an LKV that ran on the last day of the old text, whose registration of the next day ended and"
        " nobody knows how (ended_by): not at own request, so what is left is lost",
        "personen met een LKV die op de laatste dag van de oude tekst liep, van wie de registratie daarna eindigde "
        "zonder dat bekend is hoe (ended_by): niet op eigen verzoek, dus wat ervan over is vervalt",
        places.rows_of_persons(ENDED_BY_UNKNOWN, "rsin", "bsn"), person=("rsin", "bsn"),
    ),
    Finding(
        WITHOUT_BIRTH_DATE, Of.ROW, "Aangifte loonheffingen, schema: NatuurlijkPersoon/Gebdat",
        "rows that ask for LKV and have no birth date: the pension age cannot be judged, no LKV",
        "regels met een verzoek om een LKV en zonder geboortedatum: de pensioenleeftijd is niet te beoordelen, geen"
        " LKV",
        places.rows_without_birth_date, stake=Stake.BENEFIT,
    ),
    Finding(
        "rows_without_bsn", Of.ROW, "Aangifte loonheffingen, schema: NatuurlijkPersoon/SofiNr",
        "rows without a BSN: hours and wages count, never in the target group",
        "regels zonder BSN: uren en loon tellen, maar nooit in de doelgroep",
        places.rows_without_bsn,
    ),
    Finding(
        places.LOSS_WITHHELD, Of.RUN, "Wfsv art. 122n; Regeling Wfsv art. 3.33",
        "no savings loss: the archive is plainly a part of the country (fewer jobs than the baseline, or a counted "
        "baseline below the fixed one of the market alone); give baseline and targets of its scale in a scenario",
        "geen besparingsverlies: het archief is duidelijk een deel van het land (minder banen dan de nulmeting, of "
        "een getelde nulmeting onder de vastgestelde van de markt alleen); geef nulmeting en doelen van die omvang "
        "in een scenario",
        places.job_count(places.LOSS_WITHHELD),
    ),
    Finding(
        "small_employers_not_tested", Of.EMPLOYER, "Besluit Wfsv art. 2.19d",
        "employers of which is not tested whether they are small: no surcharge is due over the year and its average"
        " premium wage has no figure yet",
        "werkgevers van wie niet is getoetst of zij klein zijn: over het jaar is geen opslag verschuldigd en de "
        "gemiddelde premieplichtige loonsom heeft nog geen bedrag",
        places.employers("not_tested"),
    ),
    Finding(
        "starter_with_wage_of_t2", Of.EMPLOYER, "Besluit Wfsv art. 2.19d",
        "employers that started in the year or the one before and have a premium wage of t-2: they are small as "
        "starters; they stopped and started again, or the day is wrong",
        "werkgevers die in het jaar of het jaar ervoor begonnen en premieloon over t-2 hebben: zij zijn klein als "
        "starter; zij stopten en begonnen opnieuw, of de dag is onjuist",
        places.employers("wage_before_start"),
    ),
    Finding(
        "took_over_more_than_whole", Of.EMPLOYER, "Besluit Wfsv art. 2.15",
        "employers that took over from one whose transfers of a year exceed the whole",
        "werkgevers die overnamen van wie in een jaar meer dan het geheel overdroeg",
        places.employers("took_over_too_much"), stake=Stake.SURCHARGE,
    ),
    Finding(
        "took_over_unknown_wage", Of.EMPLOYER, "Besluit Wfsv art. 2.15",
        "employers that took over an undertaking whose premium wage of t-2 is not known",
        "werkgevers die een onderneming overnamen waarvan het premieloon over t-2 niet bekend is",
        places.employers("took_over_unknown"), stake=Stake.SURCHARGE,
    ),
    Finding(
        "trait_contradicts_nature", Of.ROW, "Aangifte loonheffingen, schema: Inkomstenperiode/CdAard",
        "rows whose trait contradicts CdAard",
        "regels waarvan het geleverde kenmerk CdAard tegenspreekt",
        places.contradicting_traits,
    ),
    Finding(
        "wage_bills_differ", Of.EMPLOYER, "Besluit Wfsv art. 2.19d",
        "employers whose delivered premium wage of t-2 differs from the sum of their returns",
        "werkgevers van wie het geleverde premieloon over t-2 verschilt van de som van hun aangiften",
        places.employers("wages_differ"), stake=Stake.SURCHARGE,
    ),
    Finding(
        "withdrawal_of_nothing", Of.WITHDRAWAL, "Aangifte loonheffingen, schema: InkomstenverhoudingIntrekking",
        "withdrawals of an income relation that no message reports",
        "intrekkingen van een inkomstenverhouding die geen bericht meldt",
        places.withdrawals_of_nothing,
    ),
)  # fmt: skip
"""Every finding of a settlement, in order of its code."""

BY_CODE: Final[Mapping[str, Finding]] = MappingProxyType({finding.code: finding for finding in FINDINGS})
"""The findings by their code."""

OF_JOBS: Final = tuple(BY_CODE[code] for code in places.OF_JOBS)
"""The findings of the job count."""


def meanings_of_jobs(jobs: Jobs) -> tuple[str, ...]:
    """What the findings of a job count say."""
    return tuple(BY_CODE[code].sentence for code, holds in places.OF_JOBS.items() if holds(jobs))


def reason_of(code: str) -> str:
    """What a finding says, with its source; the code itself when it is none of a settlement."""
    return BY_CODE[code].reason if code in BY_CODE else code


__all__ = ["BY_CODE", "FINDINGS", "OF_JOBS", "meanings_of_jobs", "reason_of"]
