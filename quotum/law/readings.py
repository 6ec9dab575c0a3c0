"""What the code holds where the statute is silent: the readings, each with its provision.

A rule that stands on one names it, so that a run can say which readings its amounts rest on.
"""

from typing import Final

from attrs import frozen

from quotum.words import Sentence


@frozen
class Reading:
    """A choice made where the statute does not decide."""

    name: str
    """Short name, fixed."""
    provision: str
    """The provision that is silent."""
    text: str
    """What is held."""

    @property
    def sentence(self) -> Sentence:
        """What is held, in both languages where its Dutch is known."""
        return Sentence(self.text, IN_DUTCH.get(self.name, self.text))


FILING_TIME = Reading(
    "filing_time_is_time_made",
    "Wtl art. 4.1 lid 2; Wfsv art. 38e lid 3",
    "a return without a delivered filing time counts as filed when the employer made the message (DatTdAanm)",
)
LOCAL_TIME = Reading(
    "time_without_offset_is_local",
    "Wtl art. 4.1 lid 2; Wfsv art. 38e lid 3",
    "a time without an offset is local time of Amsterdam, and in the hour that comes twice in October the first of the "
    "two",
)
WHOLE_PERIOD_COUNTS = Reading(
    "registration_counts_whole_period",
    "Wfsv art. 38g lid 8",
    "for the macro count too, a registration that touches a period counts for the whole of it",
)
BENEFIT_WAGE_LEFT_OUT = Reading(
    "benefit_wage_left_out_of_t2",
    "Besluit Wfsv art. 2.5 lid 3",
    "all of PrlnAofAnwUit is left out of the premium wage of t-2",
)
WHOLE_EUROS = Reading(
    "surcharge_whole_euros",
    "Wet banenafspraak art. 6 lid 6, 7",
    "the surcharge of a return is rounded down to whole euros, towards minus infinity",
)
HIGH_RATE_PRODUCT = Reading(
    "share_of_high_rate_rounded",
    "Wet banenafspraak art. 6 lid 6",
    "as a percentage of the high Aof rate, the product is rounded half up to hundredths of a percent point",
)
BALANCE = Reading(
    "rate_in_balance",
    "Kamerstuk 34 352 nr. 281, footnote 17",
    "in balance, employers with the required share of target-group hours together pay what they receive",
)
REQUEST_PER_ROW = Reading(
    "request_per_row",
    "Wtl art. 2.1",
    "the employer's request is judged per row: J in any income period of the row",
)
BONUS_YEARS = Reading(
    "bonus_in_years_of_surcharge",
    "Wtl art. 2.13 lid 2; Wet banenafspraak art. 6 lid 1",
    "the bonus is due over the years in which the surcharge is due",
)
BONUS_NOT_NEGATIVE = Reading(
    "bonus_not_below_zero", "Wtl art. 2.13 lid 2", "negative hours never make a negative bonus"
)
EMPLOYMENT = Reading(
    "employment_as_reported",
    "Wtl art. 2.2, 2.6, 2.10 lid 1",
    "an employment runs from DatAanv to DatEind of an insured income relation of kind 11, 13 or 15, as the latest "
    "period in the archive says; without DatEind it runs on",
)
TRAINING = Reading(
    "training_declaration_with_six_months",
    "Wtl art. 2.10 lid 1 a 7, b",
    "who has the declaration of a scholingsbelemmerde needs no registration, but no earlier employment either",
)
OTHER_BENEFITS = Reading(
    "other_benefits_conditions",
    "Wtl art. 2.2, 2.4, 2.6, 2.8, 2.14",
    "request, insurance and pension age are judged for the other benefits as for the jobs agreement, and the duration "
    "for older and disabled workers runs from the start of the employment",
)
REASSIGNED_FROM_DECLARATION = Reading(
    "reassigned_from_first_day_of_declaration",
    "Wtl art. 2.14, 2.16 lid 1, 6.2a lid 4",
    "the right for a reassigned worker runs from the first day of the declaration, with the employers of that day and, "
    "after a transfer of undertaking, with the acquirer; declarations that touch are one",
)
TRANSITION_ON_FIRST_DAY = Reading(
    "transition_judged_on_first_day",
    "Wtl art. 6.2 lid 1, 4",
    "for a running period, in the target group is who was registered on the first day of the text of 2026, whatever "
    "the kind of work; what is left is kept when that registration ended at the person's own request, and unknown is "
    "not own request",
)
RUNS_ON_AFTER_TRANSFER = Reading(
    "period_runs_on_after_transfer",
    "Wtl art. 2.10 lid 3; HR 24-5-2024, ECLI:NL:HR:2024:746",
    "who goes over in a transfer of undertaking keeps the start of the employment with the transferor",
)
BONUS_CUMULATES = Reading(
    "bonus_counts_in_cumulation",
    "Wtl art. 4.1 lid 3",
    "the jobs agreement counts with its bonus where the highest benefit is granted, and is lost with it",
)
YEARS_FROM_NEW_START = Reading(
    "years_from_employment_begun_anew",
    "Wtl art. 2.12 lid 1",
    "a number of years from 2026 on counts from the last start without an employment in the six months before",
)
THIRTEENTH_PERIOD = Reading(
    "thirteenth_period_as_28_days",
    "Regeling Wfsv art. 3.33",
    "hours of the thirteenth four-week period count as if it had 28 days",
)
SAVINGS_LOSS = Reading(
    "savings_loss_linear",
    "Kamerstuk 34 352 nr. 281, footnote 19",
    "the savings loss is the number of missing jobs times the saving per job",
)
TRANSFERRED_WAGE_OFF = Reading(
    "transferred_wage_off_transferor",
    "Besluit Wfsv art. 2.15 lid 2, 3",
    "wage of t-2 that passes over with an undertaking is taken off the transferor's, the same share over the whole "
    "of the year of the transfer; shares of one year are of the same whole",
)
DEDUCTION_NOT_BELOW_ZERO = Reading(
    "deduction_not_below_zero",
    "Wet banenafspraak art. 6 lid 4 c",
    "no more is left out of a return than is in it: a deduction never makes a base negative",
)
HIRED_IN = Reading(
    "hired_in_third_part",
    "Regeling Wfsv art. 3.33, 3.34",
    "work of agency and payroll workers, of people lent out and of seconded Wsw employees is a part of the job count "
    "of its own, with its own zero: the published baseline less those of government and market",
)
AGENCY_SHARE = Reading(
    "hired_in_shared_apart",
    "Regeling Wfsv art. 3.34 lid 3",
    "where the sectors are judged apart, a fixed share of hired-in work goes to government and the rest to the market, "
    "zero and hours alike",
)
QUOTA_PERCENTAGE = Reading(
    "quota_percentage_formula",
    "Wfsv art. 38f lid 2",
    "H is taken off A + B and F x G is added within the numerator: that gives 1.93% for the government in 2018",
)
QUOTA_PART_OF_YEAR = Reading(
    "quota_levy_no_pro_rating",
    "Wfsv art. 34 lid 8 b",
    "an employer of part of a year is judged on the hours it has: no rule for pro-rating was found",
)
QUOTA_LENT_AGENCY_HOURS = Reading(
    "allocated_agency_hours",
    "Besluit Wfsv art. 2.28; Wfsv art. 38g lid 5",
    "allocated hours that a person worked as an agency worker are not in variable C of the lender and not taken off it",
)
QUOTA_REVENUE = Reading(
    "quota_levy_is_revenue",
    "Kamerstuk 34 352 nr. 281, footnote 19",
    "where the quota levy is figured to bring in revenue, there is no savings loss",
)

IN_DUTCH: Final = {
    "filing_time_is_time_made": (
        "een aangifte zonder geleverd indieningstijdstip geldt als ingediend toen de werkgever het bericht "
        "maakte (DatTdAanm)"
    ),
    "time_without_offset_is_local": (
        "een tijd zonder verschil met UTC is plaatselijke tijd in Amsterdam, en in het uur dat in oktober "
        "twee keer komt de eerste van de twee"
    ),
    "registration_counts_whole_period": (
        "ook voor de landelijke telling telt een registratie die een tijdvak raakt voor het hele tijdvak"
    ),
    "benefit_wage_left_out_of_t2": "heel PrlnAofAnwUit blijft buiten het premieplichtige loon van t-2",
    "surcharge_whole_euros": "de opslag over een aangifte wordt naar beneden afgerond op hele euro's, ook onder nul",
    "share_of_high_rate_rounded": (
        "als percentage van het hoge Aof-tarief wordt het product op honderdsten van een procentpunt "
        "afgerond, een half naar boven"
    ),
    "rate_in_balance": (
        "in evenwicht betalen werkgevers met het vereiste aandeel uren van de doelgroep samen wat zij ontvangen"
    ),
    "request_per_row": (
        "het verzoek van de werkgever wordt per regel beoordeeld: J in een inkomstenperiode van de regel"
    ),
    "bonus_in_years_of_surcharge": "de bonus is verschuldigd over de jaren waarover de opslag verschuldigd is",
    "bonus_not_below_zero": "negatieve uren geven nooit een negatieve bonus",
    "employment_as_reported": (
        "een dienstbetrekking loopt van DatAanv tot en met DatEind van een verzekerde inkomstenverhouding van "
        "soort 11, 13 of 15, zoals het laatste tijdvak in het archief zegt; zonder DatEind loopt zij door"
    ),
    "training_declaration_with_six_months": (
        "wie de verklaring van een scholingsbelemmerde heeft, hoeft niet geregistreerd te zijn, maar mag ook "
        "niet eerder in dienst zijn geweest"
    ),
    "other_benefits_conditions": (
        "verzoek, verzekering en pensioengerechtigde leeftijd worden voor de andere LKV's beoordeeld als voor "
        "dat van de banenafspraak, en de duur voor ouderen en arbeidsgehandicapten loopt vanaf het begin van "
        "de dienstbetrekking"
    ),
    "reassigned_from_first_day_of_declaration": (
        "het recht voor een herplaatste werknemer loopt vanaf de eerste dag van de verklaring, bij de "
        "werkgevers van die dag en, na een overgang van onderneming, bij de verkrijger; verklaringen die "
        "aansluiten zijn er een"
    ),
    "transition_judged_on_first_day": (
        "voor een lopende periode hoort tot de doelgroep wie op de eerste dag van de tekst van 2026 "
        "geregistreerd was, wat het soort werk ook is; wat resteert blijft behouden als die registratie op "
        "eigen verzoek eindigde, en onbekend is geen eigen verzoek"
    ),
    "period_runs_on_after_transfer": (
        "wie bij een overgang van onderneming overgaat, houdt het begin van de dienstbetrekking bij de overdrager"
    ),
    "bonus_counts_in_cumulation": (
        "het LKV banenafspraak telt met zijn bonus waar het hoogste wordt toegekend, en vervalt met die bonus"
    ),
    "years_from_employment_begun_anew": (
        "een aantal jaren vanaf 2026 telt vanaf het laatste begin zonder dienstbetrekking in de zes maanden daarvoor"
    ),
    "thirteenth_period_as_28_days": "uren van het dertiende vierwekentijdvak tellen alsof het 28 dagen had",
    "savings_loss_linear": "het besparingsverlies is het aantal ontbrekende banen maal de besparing per baan",
    "transferred_wage_off_transferor": (
        "loon van t-2 dat met een onderneming overgaat, gaat van dat van de overdrager af, met hetzelfde "
        "aandeel over het hele jaar van de overgang; aandelen van een jaar zijn van hetzelfde geheel"
    ),
    "deduction_not_below_zero": (
        "uit een aangifte blijft niet meer buiten dan erin zit: een aftrek maakt een grondslag nooit negatief"
    ),
    "hired_in_third_part": (
        "werk van uitzendkrachten en payrollwerknemers, van uitgeleende mensen en van gedetacheerde "
        "Wsw-werknemers is een eigen deel van de banentelling, met een eigen nulmeting: de gepubliceerde min "
        "die van overheid en markt"
    ),
    "hired_in_shared_apart": (
        "waar de sectoren apart worden beoordeeld, gaat een vast deel van ingeleend werk naar de overheid en "
        "de rest naar de markt, nulmeting en uren gelijk"
    ),
    "quota_percentage_formula": (
        "H gaat van A + B af en F x G komt erbij in de teller: dat geeft 1,93% voor de overheid in 2018"
    ),
    "quota_levy_no_pro_rating": (
        "een werkgever van een deel van het jaar wordt beoordeeld op de uren die hij heeft: er is geen regel "
        "voor een evenredig deel gevonden"
    ),
    "allocated_agency_hours": (
        "toegerekende uren die iemand als uitzendkracht werkte zitten niet in variabele C van de uitlener en "
        "gaan er niet af"
    ),
    "quota_levy_is_revenue": "waar de quotumheffing is berekend als opbrengst, is er geen besparingsverlies",
}
"""What is held in Dutch, by name of the reading: kept apart, since files name the reading in English."""
