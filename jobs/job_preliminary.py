"""`quotum job preliminary`: the preliminary overview of a year, with everything that belongs to it."""

from datetime import date
from pathlib import Path

import click

from jobs.log import Log
from jobs.year_options import year_options


@click.command("preliminary")
@year_options("31 January of the year after it (Wtl 4.1 lid 4)")
def command(
    archive: Path,
    out: Path,
    year: int | None,
    as_of: date | None,
    scenarios: tuple[str, ...],
    simulation: bool,
    known_on: date | None,
    before_its_day: bool,
    language: str,
    threads: int | None,
    memory_limit: str | None,
    log_format: str,
) -> None:
    """Settle a year as filed by 31 January and make overview, report and statement of it.

    Writes DIR/preliminary-YEAR with run, overview, report.html and statement.html, and a log line for each step. Start
    it again after any failure with the same options: what was done is not done again. Refused while the as-of day is
    not over. Ends with the code of the step that failed, with 3 when messages were set aside, or else with 0.
    """
    from jobs.year_job import Plan, last_year, work
    from jobs.year_steps import preliminary_steps
    from quotum.law.calendar_days import last_day_of_requests

    settled = year or last_year()
    plan = Plan(
        job="preliminary",
        archive=archive,
        out=out,
        year=settled,
        as_of=as_of or last_day_of_requests(settled),
        scenarios=scenarios,
        simulation=simulation,
        known_on=known_on,
        decided_on=None,
        language=language,
        threads=threads,
        memory_limit=memory_limit,
        before_its_day=before_its_day,
    )
    raise SystemExit(work(plan, preliminary_steps(), Log(log_format, plan.job, language)))
