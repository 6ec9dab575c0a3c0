"""`quotum receive`: deliveries into the archive."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from jobs import words
from jobs.options import ANY_PATH, INPUT, Moment, archive_option, language_option, now, stopped_in_order
from jobs.progress import bytes_of, followed
from jobs.terminal import LANGUAGE_OF_COMMAND, remark, say
from quotum.words import phrase

if TYPE_CHECKING:
    from quotum.intake.receive import Reception

_KINDS = (
    "auto", "loonaangifte", "returns", "register", "employers", "wage_bills", "traits", "declarations", "transfers",
    "allocations", "deductions",
)  # fmt: skip
_SHOWN = 10


kind_option = click.option(
    "--kind", type=click.Choice(_KINDS), default="auto", show_default=True, help="Kind of delivery expected."
)
dialect_option = click.option(
    "--dialect", type=click.Choice(["nl"]), help="nl: CSV with ';' between values and a decimal comma."
)
schemas_option = click.option(
    "--schemas", type=INPUT,
    help="Folder with the official XSDs: a payroll return that breaks its schema is refused whole.",
)  # fmt: skip


def _list_rules(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    if not value or ctx.resilient_parsing:
        return
    from quotum.citations import cited
    from quotum.intake.checks.row_rules import MESSAGES, OF_CALLS, all_rules
    from quotum.run.findings.declared import FINDINGS

    language = ctx.meta[LANGUAGE_OF_COMMAND]
    for rule in (*all_rules(), *MESSAGES, *OF_CALLS):
        table = words.TABLES[rule.table].sentence() if rule.table in words.TABLES else rule.table
        level = words.LEVELS[rule.level].sentence()
        line = words.RULE.sentence(
            table=table, level=level, name=rule.name, reason=rule.reason, source=cited(rule.source)
        )
        say(line, language)
    table, level = words.TABLES["settlement"].sentence(), words.LEVELS["finding"].sentence()
    for finding in FINDINGS:
        line = words.SETTLEMENT_RULE.sentence(table=table, level=level, name=finding.code, reason=finding.reason)
        say(line, language)
    ctx.exit()


def _say_what_matters(reception: "Reception", language: str) -> None:
    """On standard error what the operator must see: tables that lose rows, and messages that are out of force."""
    remarks = [
        *(replacement.words for replacement in reception.replaced if replacement.lost or replacement.stays),
        *(contradiction.words for contradiction in reception.contradictions),
    ]
    for line in remarks[:_SHOWN]:
        remark(line, language)
    if len(remarks) > _SHOWN:
        remark(words.MORE_OF_THESE.sentence(count=len(remarks) - _SHOWN), language)


@click.command("receive")
@click.argument("deliveries", nargs=-1, required=True, type=ANY_PATH, metavar="DELIVERY...")
@archive_option
@kind_option
@click.option("--received", type=Moment(), help="When it was received (local time); now when left out.")
@dialect_option
@schemas_option
@click.option(
    "--rules",
    is_flag=True,
    expose_value=False,
    callback=_list_rules,
    help="List the checks, those of settle too, and stop.",
)
@click.option("--dry-run", is_flag=True, help="Check everything and write nothing.")
@language_option
def command(
    deliveries: tuple[Path, ...],
    archive: Path,
    kind: str,
    received: datetime | None,
    dialect: str | None,
    schemas: Path | None,
    dry_run: bool,
    language: str,
) -> None:
    """Read deliveries, check every row, and add what was accepted to the archive.

    Each DELIVERY... is a file: loonaangifte XML, CSV or Parquet, plain or in .gz, .zst, .zip or .tar; what it is,
    its content tells. Ends with 3 when rows were rejected, with 10 when a delivery was refused.
    """
    from quotum.intake.checks.row_rules import OF_CALLS, all_rules
    from quotum.intake.receive import receive
    from quotum.output.reconciliation import reconciliation

    stopped_in_order()
    size = bytes_of(deliveries)
    with followed("receive", unit="rows", language=language) as course:
        reception = receive(
            deliveries,
            archive,
            received or now(),
            kind=kind,
            dialect=dialect or "",
            schemas=schemas,
            dry_run=dry_run,
            progress=lambda rows: course.count(rows, "receiving"),
            reading=lambda read: course.measure(read, size),
            waiting=lambda: say(words.ANOTHER_RECEIVES.sentence(), language, aside=True),
        )
    for line in reconciliation(reception.deliveries):
        say(line, language)
    for name in reception.known:
        say(words.IN_ARCHIVE.sentence(name=name), language)
    for replacement in reception.replaced:
        say(replacement.words, language)
    reasons = {rule.name: rule.reason for rule in (*all_rules(), *OF_CALLS)} if reception.findings else {}
    for name, level, count in reception.findings:
        level_words = words.LEVELS[level].sentence()
        finding = words.FINDING_LINE.sentence(level=level_words, name=name, count=count, reason=reasons[name])
        say(finding, language)
    if reception.has_found_rows and not dry_run:
        say(words.THE_ROWS.sentence(), language)
    _say_what_matters(reception, language)
    for row in reception.rows:
        say(phrase("  {row}", row=row), language)
    if dry_run:
        say(words.NOTHING_WRITTEN.sentence(), language)
    for passed_over in reception.remarks:
        say(passed_over, language, aside=True)
    for problem in (*reception.members_refused[:_SHOWN], *reception.refused):
        remark(words.REFUSED.sentence(place=problem.place, reason=problem.reason), language)
    more = len(reception.members_refused) - _SHOWN
    if more > 0:
        remark(words.MORE_MEMBERS.sentence(count=more), language)
    raise SystemExit(reception.exit_code)
