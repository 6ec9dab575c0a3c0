"""`quotum archive withdraw`: a delivery or a message out of force, with a reason."""

from datetime import datetime
from pathlib import Path

import click

from jobs import words
from jobs.options import Moment, archive_option, language_option, now
from jobs.terminal import say


@click.command("withdraw")
@click.argument("what", metavar="CALL|MESSAGE")
@archive_option
@click.option(
    "--reason", required=True, help="Why, in words; the receipt keeps it, with what looks like a BSN starred out."
)
@click.option("--number", metavar="LHNR", help="Of a message: the payroll tax number of its returns.")
@click.option("--filed-at", type=Moment(), help="Of a message: when it was filed (local time).")
@click.option("--received", type=Moment(), help="From when on it is out of force (local time); now when left out.")
@language_option
def command(
    what: str,
    archive: Path,
    reason: str,
    number: str | None,
    filed_at: datetime | None,
    received: datetime | None,
    language: str,
) -> None:
    """Put a delivery, or one message, out of force from now on; a receipt says so and why.

    CALL|MESSAGE is the number of a receive call as `quotum archive list` has it, or how the digest of a single delivery
    begins (at least eight characters), or the identification of a message (IdBer). Where it can be more than one of
    these, write call:3, delivery:620f6222 or message:3. The bytes stay: runs made before are repeated as they were, and
    --known-on a day before it sees what was there. A withdrawal can be named as a call too: what it withdrew counts
    again. A delivery that is sent again counts again as well.
    """
    from quotum.archive.layout import existing
    from quotum.archive.names import named_withdrawal
    from quotum.archive.receipts import current, history
    from quotum.archive.withdrawals import in_force_again, in_words, withdraw

    layout = existing(archive)
    receipt = withdraw(
        layout,
        lambda receipts: named_withdrawal(layout, receipts, what, reason, number, filed_at),
        received or now(),
        lambda: say(words.SOMEBODY_WRITES.sentence(), language, aside=True),
    )
    receipts = current(history(layout))
    if receipt.withdrawal is not None:
        withdrawn = in_words(receipt.withdrawal, receipts)
        say(words.WITHDRAWN.sentence(what=withdrawn, number=receipt.sequence), language)
    for line in in_force_again(receipt, receipts):
        say(line, language)
