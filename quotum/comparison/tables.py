"""The tables of a comparison, declared once: files, frames, workbook, page and documentation read this module.

`scenario` is the name under which a scenario was requested; `law` is the law as it is, always the first. Amounts are
cents, jobs hundredths of a job, shares and rates hundredths of a percent point: all whole numbers. No group, band or
bin has fewer than ten employers (`quotum.comparison.small_groups`).
"""

from typing import Any, Final

from quotum.law.wfsv.job_count import BASELINES
from quotum.tables import Column, Kind, Table

LAW: Final = "law"
"""Name of the law as it is, with which every scenario is compared."""

GROUPINGS: Final = ("all", "sector", "employees", "wage_bill", "region")
NO_GROUP: Final = "unknown"
ALL: Final = "all employers"
JOINED: Final = " + "
"""Separator between the names of merged groups."""
OTHERS: Final = "others, put together"
"""Name of merged groups that are too many to name."""
SIZES: Final = (10, 50, 250)
"""Number of employees at which the second and every further class begins."""
SIZE_CLASSES: Final = ("under 10", "10-49", "50-249", "250 and more")
WAGE_CLASSES: Final = ("half the limit or less", "to the limit", "to twice the limit", "above twice the limit")
RANGE_OUTCOMES: Final = (
    "net_cents", "surcharge_cents", "bonus_cents", "lkv_cents", "balance_cents", "missing_jobs_hundredths",
    "savings_loss_cents",
)  # fmt: skip
KINDS_OF_ASSUMPTION: Final = ("behaviour", "assumed figure", "reading", "note", "remark")


SIMULATION: Final = Column(
    "simulation", Kind.BOOLEAN, "true: every row is part of a simulation, the law as it is too"
)
"""Last column of every table: a file that travels alone says that it is a simulation."""


def _c(name: str, kind: Kind, meaning: str, unit: str = "", **more: Any) -> Column:
    return Column(name, kind, meaning, unit, **more)


_SCENARIO: Final = (
    _c("place", Kind.WHOLE, "order in which the scenarios were given, by year within each; 0 is the law as it is"),
    _c("scenario", Kind.TEXT, "name of the scenario; `law` is the law as it is"),
    _c("year", Kind.WHOLE, "calendar year of the law and the figures: that of the rows, or a later one (--as-if)"),
)
AS_OUTCOME: Final = "as the outcome"
_JOBS: Final = "hundredths of a job"
_PERCENT: Final = "hundredths of a percent point"

_AMOUNTS: Final = (
    _c("surcharge_cents", Kind.CENTS, "inclusivity surcharge (inclusiviteitsopslag)", "cents"),
    _c("levy_cents", Kind.CENTS, "quota levy (quotumheffing); 0 but under the older regime", "cents"),
    _c("lkv_cents", Kind.CENTS, "LKV doelgroep banenafspraak", "cents"),
    _c("bonus_cents", Kind.CENTS, "jobs agreement bonus (banenafspraakbonus)", "cents"),
    _c("guidance_cents", Kind.CENTS, "guidance bonus (begeleidingsbonus), whether it raises the LKV or stands beside it", "cents"),
    _c("net_cents", Kind.CENTS, "LKV, bonus and guidance bonus less surcharge and levy, for insight: nothing nets them", "cents"),
)
_COUNTS: Final = (
    _c("employers", Kind.WHOLE, "employers", "employers"),
    _c("small_employers", Kind.WHOLE, "small ones among them, exempt from the surcharge; empty when nobody is tested", "employers", null=True),
    _c("payers", Kind.WHOLE, "employers that pay a surcharge or levy", "employers"),
    _c("receivers", Kind.WHOLE, "employers that receive LKV, bonus or guidance bonus", "employers"),
    _c("winners", Kind.WHOLE, "employers whose net amount is higher than under the law as it is", "employers"),
    _c("losers", Kind.WHOLE, "employers whose net amount is lower than under the law as it is", "employers"),
    _c("unchanged", Kind.WHOLE, "employers whose net amount is the same", "employers"),
)

_NOTE: Final = _c("note", Kind.TEXT, "what these figures say nothing about: behaviour")

COMPARISON: Final = Table(
    "comparison",
    "scenario: headline figures; `comparison.csv` and `comparison.parquet`",
    (
        *_SCENARIO,
        _c("title", Kind.TEXT, "title of the scenario"),
        _c("regime", Kind.CHOICE, "regime", choices=("as-enacted", "quota-levy")),
        _c("surcharge_due", Kind.BOOLEAN, "whether surcharge and bonus are due over the year"),
        _c("sectors_judged", Kind.CHOICE, "how the sectors are judged", choices=("separate", "joint")),
        _c("condition_met", Kind.BOOLEAN, "whether government has realised enough; empty when nothing depends on it", null=True),
        _c("rate_hundredths", Kind.HUNDREDTHS, "surcharge rate; empty when none is due", _PERCENT, null=True),
        _c("rate_source", Kind.CHOICE, "where the rate comes from", choices=("none", "given", "balance", "budget")),
        _c("rate_quotient", Kind.TEXT, "exact percentage before rounding, as a fraction; of a rate in balance", null=True),
        _c("rate_below_hundredths", Kind.HUNDREDTHS, "the next lower rate, of a budget neutral one: the proof that it does not do", _PERCENT, null=True),
        _c("rate_below_surcharge_cents", Kind.CENTS, "surcharge at the next lower rate: less than the bonus", "cents", null=True),
        _c("break_even_share_hundredths", Kind.HUNDREDTHS, "share of target-group hours at which the bonus of all that owe together is their surcharge; empty without surcharge or bonus", _PERCENT, null=True),
        _c("small_limit_cents", Kind.CENTS, "largest premium wage of t-2 of a small employer; empty when hours decide, or nobody is tested", "cents", null=True),
        _c("small_limit_hours", Kind.WHOLE, "paid hours from which an employer is not small; empty when the wage decides", "hours", null=True),
        _c("surcharge_base_cents", Kind.CENTS, "premium wage over which the surcharge is owed", "cents"),
        _c("target_group_hours", Kind.WHOLE, "paid hours of the target group", "hours"),
        _c("paid_hours", Kind.WHOLE, "paid hours over all rows in force", "hours"),
        *_AMOUNTS,
        _c("unplaced_lkv_cents", Kind.CENTS, "LKV of people that a scenario adds as a number or a share: in no employer's amounts", "cents"),
        _c("unplaced_bonus_cents", Kind.CENTS, "bonus of the same people", "cents"),
        _c("measure_cost_cents", Kind.CENTS, "what a measure costs that is paid to no employer", "cents"),
        _c("balance_cents", Kind.CENTS, "surcharge and levy less all LKV, bonus, guidance bonus and measures: what the state keeps", "cents"),
        *_COUNTS,
        _c("gain_cents", Kind.CENTS, "net amounts of all employers less those under the law as it is", "cents"),
        _c("target_jobs_hundredths", Kind.HUNDREDTHS, "extra jobs agreed", _JOBS),
        _c("baseline_source", Kind.CHOICE, "the jobs of December 2012: counted from its returns, the national ones, or none", choices=BASELINES),
        _c("realised_jobs_hundredths", Kind.HUNDREDTHS, "extra jobs realised, with those of the policy", _JOBS, null=True),
        _c("policy_jobs_hundredths", Kind.HUNDREDTHS, "extra jobs among these that the policy is assumed to bring", _JOBS),
        _c("missing_jobs_government_hundredths", Kind.HUNDREDTHS, "extra jobs that government misses, with its share of hired-in work", _JOBS, null=True),
        _c("missing_jobs_market_hundredths", Kind.HUNDREDTHS, "extra jobs that the market misses, with its share of hired-in work", _JOBS, null=True),
        _c("missing_jobs_hundredths", Kind.HUNDREDTHS, "missing jobs that count for the savings loss", _JOBS, null=True),
        _c("missing_jobs_exact", Kind.TEXT, "the same, exact: numerator/denominator", null=True),
        _c("saving_per_job_cents", Kind.CENTS, "saving per job (assumed): times the exact missing jobs it is the savings loss", "cents"),
        _c("savings_loss_cents", Kind.CENTS, "savings loss (besparingsverlies); empty where the archive is plainly a part of the country, or without a baseline", "cents", null=True),
        _c("savings_loss_low_cents", Kind.CENTS, "savings loss at the low end of the assumed saving per job", "cents", null=True),
        _c("savings_loss_high_cents", Kind.CENTS, "savings loss at the high end of it", "cents", null=True),
        _c("one_percent_jobs_hundredths", Kind.HUNDREDTHS, "one percent of the jobs of the target group, those of the baseline among them", _JOBS),
        _c("one_percent_missing_jobs_hundredths", Kind.HUNDREDTHS, "what one percent more jobs in every sector would change in the missing jobs; not above zero", _JOBS, null=True),
        _c("one_percent_savings_loss_cents", Kind.CENTS, "what it would change in the savings loss; not above zero", "cents", null=True),
        _c("one_percent_paid_cents", Kind.CENTS, "what it would change in LKV and bonus, for one percent more people like those there are", "cents"),
        _NOTE,
        SIMULATION,
    ),
    key=("place",),
)

GROUPS: Final = Table(
    "groups",
    "scenario and group of employers: amounts, winners and losers, and the spread of what they gain",
    (
        *_SCENARIO,
        _c("grouping", Kind.CHOICE, "by what employers are grouped", choices=GROUPINGS),
        _c("group_place", Kind.WHOLE, "order of the group within its grouping"),
        _c("group", Kind.TEXT, "the group: sector, number of employees, wage bill of t-2 against the limit of small employers under the law as it is, or labour market region; several names where groups of fewer than ten are put together"),
        *_COUNTS,
        *_AMOUNTS,
        _c("gain_cents", Kind.CENTS, "net amounts less those under the law as it is", "cents"),
        _c("mean_gain_cents", Kind.CENTS, "mean gain per employer, rounded half up; empty without employers", "cents", null=True),
        _c("mean_gain_winners_cents", Kind.CENTS, "mean gain of the winners; empty without, and where one of winners and losers are fewer than ten", "cents", null=True),
        _c("mean_gain_losers_cents", Kind.CENTS, "mean gain of the losers, below zero; empty without, and where one of winners and losers are fewer than ten", "cents", null=True),
        *(
            _c(f"gain_p{part}_cents", Kind.CENTS, f"gain that {part} percent of the employers do not exceed; empty where fewer than ten employers lie on one side of it", "cents", null=True)
            for part in (10, 25, 50, 75, 90)
        ),
        SIMULATION,
    ),
    key=("place", "grouping", "group_place"),
)

CLIFFS: Final = Table(
    "cliffs",
    "scenario, limit and band just below or above it: the jump that employers react to",
    (
        *_SCENARIO,
        _c("limit", Kind.CHOICE, "the limit", choices=("small_employer_wage", "small_employer_hours", "quota_levy_hours")),
        _c("limit_value", Kind.WHOLE, "the limit itself, in the unit of it"),
        _c("unit", Kind.CHOICE, "unit of the limit", choices=("cents", "hours")),
        _c("band_percent", Kind.WHOLE, "width of the band, percent of the limit", "percent"),
        _c("side", Kind.CHOICE, "below: the limit itself counts where the law says so", choices=("below", "above")),
        _c("left_out", Kind.BOOLEAN, "true: fewer than ten employers, or fewer than ten more than in a narrower band, so that the figures are empty"),
        _c("employers", Kind.WHOLE, "employers in the band", "employers", null=True),
        _c("payers", Kind.WHOLE, "of them paying a surcharge or levy", "employers", null=True),
        _c("charge_cents", Kind.CENTS, "their surcharge and levy", "cents", null=True),
        _c("mean_charge_cents", Kind.CENTS, "mean per employer, rounded half up; empty without employers", "cents", null=True),
        _c("mean_net_cents", Kind.CENTS, "mean net amount per employer; empty without employers, and where it comes from fewer than ten", "cents", null=True),
        _c("mean_gain_cents", Kind.CENTS, "mean gain per employer against the law as it is; empty without employers, and where it comes from fewer than ten", "cents", null=True),
        SIMULATION,
    ),
    key=("place", "limit", "band_percent", "side"),
)

DISTRIBUTION: Final = Table(
    "distribution",
    "scenario and bin of the net amount per employee; bins of fewer than ten employers are put together",
    (
        *_SCENARIO,
        _c("bin", Kind.WHOLE, "number of the bin, or of the first that is put together, from the lowest amounts"),
        _c("from_cents", Kind.CENTS, "net amount per employee from which (included); empty: without lower end", "cents per employee", null=True),
        _c("to_cents", Kind.CENTS, "net amount per employee up to which (not included); empty: without upper end. The bin of exactly 0 runs from 0 to 1", "cents per employee", null=True),
        _c("employers", Kind.WHOLE, "employers", "employers"),
        _c("employees", Kind.WHOLE, "employees of these", "employees"),
        _c("net_cents", Kind.CENTS, "net amounts of these", "cents"),
        SIMULATION,
    ),
    key=("place", "bin"),
)

SHARES: Final = Table(
    "shares",
    "scenario and bin of the share of target-group hours of employers that owe a surcharge: surcharge against bonus; bins of fewer than ten are put together",
    (
        *_SCENARIO,
        _c("bin", Kind.WHOLE, "number of the bin, or of the first that is put together, from the lowest shares"),
        _c("from_hundredths", Kind.HUNDREDTHS, "share of paid hours from which (included)", _PERCENT),
        _c("to_hundredths", Kind.HUNDREDTHS, "share up to which (not included); empty: without upper end", _PERCENT, null=True),
        _c("employers", Kind.WHOLE, "employers that owe", "employers"),
        _c("paid_hours", Kind.WHOLE, "their paid hours", "hours"),
        _c("target_group_hours", Kind.WHOLE, "hours of the target group among these", "hours"),
        _c("surcharge_cents", Kind.CENTS, "their surcharge", "cents"),
        _c("bonus_cents", Kind.CENTS, "their bonus", "cents"),
        _c("surcharge_per_1000_hours_cents", Kind.CENTS, "surcharge per 1,000 paid hours, rounded half up; empty without hours", "cents", null=True),
        _c("bonus_per_1000_hours_cents", Kind.CENTS, "bonus per 1,000 paid hours; empty without hours", "cents", null=True),
        SIMULATION,
    ),
    key=("place", "bin"),
)

SWEEP: Final = Table(
    "sweep",
    "point of a sweep over one or two parameters; `sweep.csv`",
    (
        _c("point", Kind.WHOLE, "number of the point, from 1"),
        _c("scenario", Kind.TEXT, "scenario that is swept"),
        _c("year", Kind.WHOLE, "calendar year of the law and the figures"),
        _c("parameter", Kind.TEXT, "parameter that is swept"),
        _c("value", Kind.TEXT, "its value, as a scenario writes it"),
        _c("parameter_2", Kind.TEXT, "second parameter; empty when there is one", null=True),
        _c("value_2", Kind.TEXT, "its value", null=True),
        _c("unsolved", Kind.TEXT, "why the point has no figures; empty when it has", null=True),
        *(
            Column(column.name, column.kind, column.meaning, column.unit, null=True, choices=column.choices)
            for column in COMPARISON.columns
            if column.name
            in {
                "rate_hundredths", "surcharge_base_cents", "surcharge_cents", "levy_cents", "lkv_cents", "bonus_cents",
                "guidance_cents", "unplaced_lkv_cents", "unplaced_bonus_cents", "measure_cost_cents", "net_cents",
                "balance_cents", "employers", "small_employers", "payers", "receivers", "target_jobs_hundredths",
                "realised_jobs_hundredths", "missing_jobs_hundredths", "savings_loss_cents", "savings_loss_low_cents",
                "savings_loss_high_cents",
            }
        ),
        _NOTE,
        SIMULATION,
    ),
    key=("point",),
)

RANGES: Final = Table(
    "ranges",
    "scenario, figure given as a range and outcome: the outcome at both ends (tornado)",
    (
        *_SCENARIO,
        _c("outcome", Kind.CHOICE, "outcome: a column of the headline figures", choices=RANGE_OUTCOMES),
        _c("rank", Kind.WHOLE, "1 for the figure that moves the outcome most"),
        _c("parameter", Kind.TEXT, "the figure"),
        _c("low_value", Kind.TEXT, "its low end"),
        _c("value", Kind.TEXT, "its value in the scenario; empty when it has none", null=True),
        _c("high_value", Kind.TEXT, "its high end"),
        _c("outcome_low", Kind.WHOLE, "outcome with the figure at its low end; where the rate is solved, with the effect at the rate before rounding", AS_OUTCOME),
        _c("outcome_middle", Kind.WHOLE, "outcome of the scenario", AS_OUTCOME),
        _c("outcome_high", Kind.WHOLE, "outcome with the figure at its high end, as at the low end", AS_OUTCOME),
        _c("width", Kind.WHOLE, "how far the three lie apart; nothing where only the rounding of a solved rate moves it", AS_OUTCOME),
        _c("rounding", Kind.WHOLE, "part of the outcome of the scenario that is the rounding of a solved rate to hundredths and of each return to whole euros: no figure moves it", AS_OUTCOME),
        SIMULATION,
    ),
    key=("place", "outcome", "rank"),
)

PARAMETERS: Final = Table(
    "parameters",
    "scenario and parameter that it reads, or that differs from the law as it is",
    (
        *_SCENARIO,
        _c("parameter", Kind.TEXT, "name of the parameter"),
        _c("law_value", Kind.TEXT, "value under the law as it is; empty when it has none or does not read it", null=True),
        _c("value", Kind.TEXT, "value in the scenario; empty when it does not read it", null=True),
        _c("differs", Kind.BOOLEAN, "whether the scenario sets it otherwise than the law as it is"),
        _c("unit", Kind.TEXT, "what it counts, and per what"),
        _c("provision", Kind.TEXT, "article"),
        _c("status", Kind.CHOICE, "status of the value", choices=("enacted", "published", "assumed", "scenario")),
        _c("source", Kind.TEXT, "where the value was read; of a scenario its title"),
        _c("dutch", Kind.TEXT, "the Dutch term"),
        SIMULATION,
    ),
    key=("place", "parameter"),
)

ASSUMPTIONS: Final = Table(
    "assumptions",
    "scenario and thing its figures rest on that is not law: the note on behaviour, assumed figures, readings, notes",
    (
        *_SCENARIO,
        _c("number", Kind.WHOLE, "order within the scenario"),
        _c("kind", Kind.CHOICE, "what it is", choices=KINDS_OF_ASSUMPTION),
        _c("name", Kind.TEXT, "name of the parameter or reading; empty for a note", null=True),
        _c("value", Kind.TEXT, "value of an assumed figure with its unit", null=True),
        _c("text", Kind.TEXT, "what is assumed, read or noted"),
        _c("source", Kind.TEXT, "source, or provision of a reading", null=True),
        SIMULATION,
    ),
    key=("place", "number"),
)

RUNS_ON, GROWS = "runs_on", "grows"
LATER_FIGURES: Final = Table(
    "later_figures",
    "scenario and figure that its later year lacks, or that its growth changes: assumed, and how it came about",
    (
        *_SCENARIO,
        _c("parameter", Kind.TEXT, "name of the parameter"),
        _c("dutch", Kind.TEXT, "the Dutch term"),
        _c("value", Kind.TEXT, "value with which the year is computed"),
        _c("unit", Kind.TEXT, "what it counts, and per what"),
        _c("how", Kind.CHOICE, "how it came about: unchanged, or with a growth that the scenario states", choices=(RUNS_ON, GROWS)),
        _c("from_year", Kind.WHOLE, "calendar year of the value from which it comes"),
        _c("from_value", Kind.TEXT, "that value"),
        _c("growth", Kind.TEXT, "percent a year; empty when it runs on. Rounded half up to whole cents, once, after the last year", null=True),
        _c("from_source", Kind.TEXT, "where that value was read; of a scenario its title"),
        SIMULATION,
    ),
    key=("place", "parameter"),
)

MEASURES: Final = Table(
    "measures",
    "scenario and group of people that a measure is for: what it costs by published numbers, apart from the rows",
    (
        *_SCENARIO,
        _c("measure", Kind.CHOICE, "the measure", choices=("guidance_bonus", "no_risk_pilot", "wage_subsidy_by_outcome", "wider_target_group")),
        _c("number", Kind.WHOLE, "order within the measure"),
        _c("group", Kind.TEXT, "group of people"),
        _c("people_hundredths", Kind.HUNDREDTHS, "people who count", "hundredths of a person"),
        _c("jobs_hundredths", Kind.HUNDREDTHS, "extra jobs", _JOBS),
        _c("cost_cents", Kind.CENTS, "cost in a year", "cents"),
        _c("cost_per_person_cents", Kind.CENTS, "cost per person, rounded half up; empty without people", "cents", null=True),
        _c("source", Kind.TEXT, "where the number of people comes from", null=True),
        SIMULATION,
    ),
    key=("place", "measure", "number"),
)

PANEL: Final = Table(
    "panel",
    "year of the past: the law over the published targets and realisations",
    (
        _c("year", Kind.WHOLE, "calendar year"),
        _c("target_government_hundredths", Kind.HUNDREDTHS, "extra jobs agreed, government", _JOBS),
        _c("target_market_hundredths", Kind.HUNDREDTHS, "extra jobs agreed, market", _JOBS),
        _c("target_hundredths", Kind.HUNDREDTHS, "extra jobs agreed, both", _JOBS),
        _c("realised_government_hundredths", Kind.HUNDREDTHS, "extra jobs realised, government", _JOBS),
        _c("realised_market_hundredths", Kind.HUNDREDTHS, "extra jobs realised, market", _JOBS),
        _c("realised_hundredths", Kind.HUNDREDTHS, "extra jobs realised, both", _JOBS),
        _c("missing_government_hundredths", Kind.HUNDREDTHS, "extra jobs that government misses", _JOBS),
        _c("missing_market_hundredths", Kind.HUNDREDTHS, "extra jobs that the market misses", _JOBS),
        _c("missing_separate_hundredths", Kind.HUNDREDTHS, "missing jobs, sectors judged separately (Wfsv art. 122n)", _JOBS),
        _c("missing_joint_hundredths", Kind.HUNDREDTHS, "missing jobs, sectors judged jointly (Wet banenafspraak art. 4)", _JOBS),
        _c("savings_loss_separate_low_cents", Kind.CENTS, "savings loss, separately, low end", "cents"),
        _c("savings_loss_separate_cents", Kind.CENTS, "savings loss, separately", "cents"),
        _c("savings_loss_separate_high_cents", Kind.CENTS, "savings loss, separately, high end", "cents"),
        _c("savings_loss_joint_low_cents", Kind.CENTS, "savings loss, jointly, low end", "cents"),
        _c("savings_loss_joint_cents", Kind.CENTS, "savings loss, jointly", "cents"),
        _c("savings_loss_joint_high_cents", Kind.CENTS, "savings loss, jointly, high end", "cents"),
        _c("realised_status", Kind.CHOICE, "status of the realisations", choices=("enacted", "published", "assumed")),
        _c("source", Kind.TEXT, "where the realisations were read"),
        SIMULATION,
    ),
    key=("year",),
)

SIMULATION_TABLES: Final = (
    COMPARISON, GROUPS, CLIFFS, DISTRIBUTION, SHARES, SWEEP, RANGES, PARAMETERS, ASSUMPTIONS, LATER_FIGURES,
    MEASURES, PANEL,
)  # fmt: skip
