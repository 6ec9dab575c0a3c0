"""`quotum receive`: deliveries into the archive."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from jobs.options import ANY_PATH, INPUT, Moment, archive_option, now, stopped_in_order
from jobs.progress import bytes_of, followed

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
    from quotum.intake.checks.row_rules import MESSAGES, OF_CALLS, all_rules
    from quotum.run.findings.declared import FINDINGS

    for rule in (*all_rules(), *MESSAGES, *OF_CALLS):
        click.echo(f"{rule.table:<13} {rule.level:<8} {rule.name:<36} {rule.reason} [{rule.source}]")
    for finding in FINDINGS:
        click.echo(f"{'settlement':<13} {'finding':<8} {finding.code:<36} {finding.reason}")
    ctx.exit()


def _say_what_matters(reception: "Reception") -> None:
    """On standard error what the operator must see: tables that lose rows, and messages that are out of force."""
    remarks = [
        *(str(replacement) for replacement in reception.replaced if replacement.lost or replacement.stays),
        *map(str, reception.contradictions),
    ]
    for line in remarks[:_SHOWN]:
        click.echo(f"quotum: {line}", err=True)
    if len(remarks) > _SHOWN:
        click.echo(f"quotum: and {len(remarks) - _SHOWN:,} more of these", err=True)


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
    is_eager=True,
    expose_value=False,
    callback=_list_rules,
    help="List the checks, those of settle too, and stop.",
)
@click.option("--dry-run", is_flag=True, help="Check everything and write nothing.")
def command(
    deliveries: tuple[Path, ...],
    archive: Path,
    kind: str,
    received: datetime | None,
    dialect: str | None,
    schemas: Path | None,
    dry_run: bool,
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
    with followed("receive", unit="rows") as course:
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
            waiting=lambda: click.echo("another receive holds the archive; waiting for it", err=True),
        )
    for line in reconciliation(reception.deliveries):
        click.echo(line)
    for name in reception.known:
        click.echo(f"{name}: in the archive already, adds nothing")
    for replacement in reception.replaced:
        click.echo(str(replacement))
    reasons = {rule.name: rule.reason for rule in (*all_rules(), *OF_CALLS)} if reception.findings else {}
    for name, level, count in reception.findings:
        click.echo(f"  {level:<8} {name}: {count:,} ({reasons[name]})")
    if reception.has_found_rows and not dry_run:
        click.echo("the rows: quotum archive findings --rule NAME")
    _say_what_matters(reception)
    for row in reception.rows:
        click.echo(f"  {row}")
    if dry_run:
        click.echo("dry run: nothing was written")
    for remark in reception.remarks:
        click.echo(remark, err=True)
    for problem in (*reception.members_refused[:_SHOWN], *reception.refused):
        click.echo(f"quotum: refused: {problem.place}: {problem.reason}", err=True)
    more = len(reception.members_refused) - _SHOWN
    if more > 0:
        click.echo(f"quotum: and {more:,} more members refused", err=True)
    raise SystemExit(reception.exit_code)
