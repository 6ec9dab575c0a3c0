"""What the code holds where the statute is silent: the readings, each with its provision.

A rule that stands on one names it, so that a run can say which readings its amounts rest on.
"""

from attrs import frozen


@frozen
class Reading:
    """A choice made where the statute does not decide."""

    name: str
    """Short name, fixed."""
    provision: str
    """The provision that is silent."""
    text: str
    """What is held."""


FILING_TIME = Reading(
    "filing_time_is_time_made",
    "Wtl art. 4.1 lid 2; Wfsv art. 38e lid 3",
    "a return without a delivered filing time counts as filed when the employer made the message (DatTdAanm)",
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
