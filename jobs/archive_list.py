"""`quotum archive list`: the receive calls of an archive."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from jobs import words
from jobs.options import archive_option, language_option
from jobs.terminal import say
from quotum.words import joined, phrase

if TYPE_CHECKING:
    from quotum.archive.receipts import Receipt


@click.command("list")
@archive_option
@click.option(
    "--format", "output_format", type=click.Choice(["table", "json"]), default="table", show_default=True,
    help="A line per delivery, or JSON with every field and the place of the original bytes.",
)  # fmt: skip
@language_option
def command(archive: Path, output_format: str, language: str) -> None:
    """List the receive calls in order of what came when, each with its deliveries."""
    from quotum.archive.layout import existing
    from quotum.archive.receipts import current, history
    from quotum.archive.withdrawals import active_withdrawals, receipts_in_force

    layout = existing(archive)
    receipts = history(layout)
    gone = [delivery for receipt in receipts for delivery in receipt.deliveries]
    counted = current(receipts)
    standing = {
        (receipt_in_force.sequence, delivery.sha256)
        for receipt_in_force in receipts_in_force(counted, active_withdrawals(counted))[0]
        for delivery in receipt_in_force.deliveries
    }
    for receipt in counted:
        if receipt.withdrawal is not None:
            _show_withdrawal(receipt, counted, output_format, language)
            continue
        kept = {kept_delivery.sha256 for kept_delivery in receipt.deliveries}
        first = next(earlier for earlier in receipts if earlier.sequence == receipt.sequence)
        for delivery in first.deliveries:
            present = delivery.sha256 in kept
            line = {
                "call": receipt.sequence,
                "received": receipt.received.isoformat(),
                "kind": delivery.kind,
                "name": delivery.name,
                "sha256": delivery.sha256,
                "bytes": delivery.size,
                "accepted": delivery.accepted,
                "rejected": delivery.rejected,
                "years": list(delivery.years),
                "original": layout.original(delivery.sha256).relative_to(archive).as_posix() if present else None,
                "forgotten_years": list(receipt.forgotten_years),
                "forgotten_on": None if receipt.forgotten_on is None else receipt.forgotten_on.isoformat(),
                "withdrawn": present and (receipt.sequence, delivery.sha256) not in standing,
            }
            if output_format == "json":
                click.echo(json.dumps(line, ensure_ascii=False))
                continue
            years = words.OF_YEARS.sentence(years=", ".join(map(str, delivery.years))) if delivery.years else ""
            marks = (
                "" if present else words.FORGOTTEN_ON.sentence(day=receipt.forgotten_on),
                words.WITHDRAWN_MARK.sentence() if line["withdrawn"] else "",
            )
            listed = words.LISTED.sentence(
                call=receipt.sequence, received=str(receipt.received), kind=delivery.kind, name=delivery.name,
                accepted=delivery.accepted, rejected=delivery.rejected, years=years, digest=delivery.sha256[:16],
                mark=joined("", marks),
            )  # fmt: skip
            say(listed, language)
    if not gone:
        say(words.NOTHING_RECEIVED.sentence(), language)


def _show_withdrawal(receipt: "Receipt", receipts: "tuple[Receipt, ...]", output_format: str, language: str) -> None:
    from quotum.archive.receipts import Withdrawal
    from quotum.archive.withdrawals import active_withdrawals, in_words

    what = receipt.withdrawal or Withdrawal("")
    withdrawn, out = in_words(what, receipts), receipt not in active_withdrawals(receipts)
    if output_format == "json":
        line = {
            "call": receipt.sequence,
            "received": receipt.received.isoformat(),
            "kind": receipt.kind,
            "withdraws": withdrawn,
            "reason": what.reason,
            "withdrawn": out,
        }
        click.echo(json.dumps(line, ensure_ascii=False))
        return
    listed = phrase(
        "{call:>6} {received} {kind:<13} {withdrawn}: {reason}{mark}",
        call=receipt.sequence, received=str(receipt.received), kind=receipt.kind, withdrawn=withdrawn,
        reason=what.reason, mark=words.WITHDRAWN_MARK.sentence() if out else "",
    )  # fmt: skip
    say(listed, language)
