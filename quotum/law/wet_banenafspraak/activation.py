"""Whether a surcharge is due over a year, and how the sectors are judged: Wet banenafspraak art. 4-6, 12, 13."""

from datetime import date
from typing import Final

from quotum.errors import ParameterFileWrong, WrongUse
from quotum.law.conditions import Question, Reason, Text
from quotum.law.wet_banenafspraak.savings_loss import government_realised_enough
from quotum.law.wfsv.job_count import Jobs

NOT_DUE: Final = Reason("not_due", Text("not due over this year", "niet verschuldigd over dit jaar"))
DUE: Final = Question(
    "Wet banenafspraak art. 5, 6 lid 1, 12 lid 1, 13",
    Text("Is a surcharge due over {year}?", "Is over {year} een opslag verschuldigd?"),
)
NOT_ACTIVATED: Final = Text("the regime has not been activated", "de quotumregeling is niet geactiveerd")
ACTIVATED: Final = Text(
    "activated in {activated_in}, so first due over {first}",
    "geactiveerd in {activated_in}, dus voor het eerst verschuldigd over {first}",
)
REALISED_ENOUGH: Final = Text("; government has realised enough", "; de overheid heeft genoeg gerealiseerd")
NOT_REALISED_ENOUGH: Final = Text(
    "; but government has not realised enough", "; maar de overheid heeft niet genoeg gerealiseerd"
)


def is_due(year: int, in_force_from: date | None, activated_in: int | None, delay_years: int) -> bool:
    """Whether the surcharge is due over a year.

    Art. 6 lid 1: from 1 January of the second calendar year after the year of activation; art. 12
    lid 1: not for years before the articles are in force.

    Args:
        year: Calendar year.
        in_force_from: First day of articles 1 to 6; None while there is none.
        activated_in: Year in which activation was decided; None while it was not.
        delay_years: Years between activation and the first surcharge.

    Raises:
        ParameterFileWrong: Activation before the articles are in force.
    """
    if activated_in is None:
        return False
    if in_force_from is None or activated_in < in_force_from.year:
        raise ParameterFileWrong(
            "wet_banenafspraak.activated_in lies before the year of wet_banenafspraak.in_force_from: the regime can "
            "only be activated when articles 1 to 6 are in force (Wet banenafspraak art. 5, 13 lid 1); set both in "
            "the scenario"
        )
    return year >= first_year_due(activated_in, delay_years) and year >= in_force_from.year


def first_year_due(activated_in: int, delay_years: int) -> int:
    """The first year over which a surcharge is due (art. 6 lid 1)."""
    return activated_in + delay_years


def is_in_force(year: int, in_force_from: date | None) -> bool:
    """Whether articles 1 to 6 are in force in a year (art. 12 lid 1, 13).

    Args:
        year: Calendar year.
        in_force_from: First day of articles 1 to 6; None while there is none.
    """
    return in_force_from is not None and in_force_from.year <= year


def is_judged_jointly(*, in_force: bool, by_scenario: bool) -> bool:
    """Whether art. 4 has the sectors judged jointly; otherwise the parameters say how they are (Wfsv art. 122n).

    Args:
        in_force: Whether the articles are in force in the year.
        by_scenario: Whether a scenario says how the sectors are judged: that decides.
    """
    return in_force and not by_scenario


def realised_enough(jobs: Jobs, required_share_hundredths: int | None) -> bool | None:
    """Whether government has realised enough, where surcharge and bonus are made to depend on it.

    Kamerstuk 34 352 nr. 281: "afhankelijk maken van realisaties bij de overheid". When it has not, neither is
    due and the sectors are judged apart.

    Args:
        jobs: The job count; government with its share of hired-in work decides.
        required_share_hundredths: Share of its own target, hundredths of a percent; None when nothing depends on it.

    Returns:
        None when nothing depends on it.

    Raises:
        WrongUse: It depends on the job count, and there is no baseline.
    """
    if required_share_hundredths is None:
        return None
    if jobs.counts is None:
        raise WrongUse(
            "--baseline none leaves nothing to judge by, and wet_banenafspraak.sectors = conditional asks what "
            "government realised: take --baseline counted or national"
        )
    return government_realised_enough(jobs.counts.sectors_with_hired_in[0], required_share_hundredths)


def brings_in_revenue(surcharge_total_cents: int, *, due: bool) -> bool:
    """Whether a working quota regime brings in revenue, so that there is no savings loss.

    Args:
        surcharge_total_cents: Surcharge of all employers.
        due: Whether a surcharge is due over the year.
    """
    return due and surcharge_total_cents > 0
