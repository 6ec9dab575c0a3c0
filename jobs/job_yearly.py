"""`quotum job yearly`: the settlement of a year, with everything that belongs to it."""

from datetime import date
from pathlib import Path

import click

from jobs.log import Log
from jobs.options import Day
from jobs.year_options import year_options


@click.command("yearly")
@year_options("1 May of the year after it (Wtl 4.1 lid 2)")
@click.option("--decided-on", type=Day(), help="Day of the decision, noted in the run; --decisions needs it.")
@click.option("--debtor-name", required=True, metavar="NAME", help="Name of the account that pays, as its bank has it.")
@click.option("--debtor-iban", required=True, metavar="IBAN", help="The account that pays.")
@click.option("--debtor-bic", metavar="BIC", help="Bank of the account that pays; left out when it is not known.")
@click.option("--execution-date", required=True, type=Day(), help="Day on which the bank is to pay.")
@click.option("--decisions", is_flag=True, help="Make the decisions of every employer too.")
@click.option(
    "--office", default="Belastingdienst", show_default=True, metavar="TEXT",
    help="Name of the office whose inspector decides, with --decisions.",
)  # fmt: skip
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
    decided_on: date | None,
    debtor_name: str,
    debtor_iban: str,
    debtor_bic: str | None,
    execution_date: date,
    decisions: bool,
    office: str,
) -> None:
    """Settle a year as filed by 1 May and make payment order, decisions when asked, report and statement of it.

    Writes DIR/yearly-YEAR with run, payments, decisions, report.html and statement.html, and a log line for each
    step. Start it again after any failure with the same options: what was done is not done again, and nothing is paid
    twice, also when the files of the order were taken away to be sent. Refused while the as-of day is not over. Ends
    with the code of the step that failed, with 3 when messages were set aside, or else with 0.
    """
    from jobs.year_job import Payment, Plan, last_year, work
    from jobs.year_steps import yearly_steps
    from quotum.law.calendar_days import cut_off_day
    from quotum.output.payments.debtor import checked_debtor

    if decisions and decided_on is None:
        raise click.UsageError("--decisions needs --decided-on: the terms are counted from that day")
    settled = year or last_year()
    plan = Plan(
        job="yearly",
        archive=archive,
        out=out,
        year=settled,
        as_of=as_of or cut_off_day(settled),
        scenarios=scenarios,
        simulation=simulation,
        known_on=known_on,
        decided_on=decided_on,
        language=language,
        threads=threads,
        memory_limit=memory_limit,
        before_its_day=before_its_day,
        payment=Payment(checked_debtor(debtor_name, debtor_iban, debtor_bic), execution_date),
        office=office if decisions else None,
    )
    raise SystemExit(work(plan, yearly_steps(plan), Log(log_format, plan.job, language)))
