"""`quotum payments`: the payment order of a settled year."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from jobs.explain import Discreet
from jobs.options import INPUT, OUTPUT, Day, language_option
from jobs.progress import followed
from jobs.terminal import remark, say

if TYPE_CHECKING:
    from quotum.output.payments.order_result import OrderResult

_STAGES: Final = {"digests": 30.0, "due": 10.0, "write": 58.0, "note": 2.0}


@click.command("payments", cls=Discreet)
@click.argument("run", type=INPUT)
@click.option(
    "--archive", envvar="QUOTUM_ARCHIVE", type=OUTPUT,
    help="Folder of the archive, which notes the order; QUOTUM_ARCHIVE, or else the place noted in the run, when left "
    "out.",
)  # fmt: skip
@click.option("--debtor-name", required=True, metavar="NAME", help="Name of the account that pays, as its bank has it.")
@click.option("--debtor-iban", required=True, metavar="IBAN", help="The account that pays.")
@click.option("--debtor-bic", metavar="BIC", help="Bank of the account that pays; left out when it is not known.")
@click.option("--execution-date", required=True, type=Day(), help="Day on which the bank is to pay.")
@click.option("--out", required=True, type=OUTPUT, help="Folder of the order; must be new.")
@click.option(
    "--transactions", type=click.IntRange(1, 1_000_000), default=100_000, show_default=True,
    help="Most payments in a file; more are split over several.",
)  # fmt: skip
@click.option(
    "--revision-of", "revision_of", multiple=True, type=INPUT, metavar="RUN",
    help="A run of the year that was ordered before; give each. Only what is due upward since is paid, per person: the "
    "list LKV upward of `quotum diff --revision`.",
)  # fmt: skip
@click.option(
    "--with-unpaid",
    is_flag=True,
    help="With --revision-of: pay in whole who could not be paid before. Not for who was paid by hand meanwhile.",
)
@click.option(
    "--simulation",
    is_flag=True,
    help="Take a simulation, or amounts that rest on an assumed figure; every identifier and file name then says so.",
)
@click.option(
    "--again",
    is_flag=True,
    help="Make another order although there is one. Only when that one was not sent and never will be.",
)
@language_option
def command(
    run: Path,
    archive: Path | None,
    debtor_name: str,
    debtor_iban: str,
    debtor_bic: str | None,
    execution_date: date,
    out: Path,
    transactions: int,
    revision_of: tuple[Path, ...],
    with_unpaid: bool,
    simulation: bool,
    again: bool,
    language: str,
) -> None:
    """Write the payment order of a run: files pain.001.001.09 for the bank.

    RUN is the folder of a run. Paid is payable_cents (LKV and bonus), never less the surcharge. Names and accounts are
    those of the delivery employers as the run read it. The folder --out holds the files for the bank, not_payable.csv
    (who cannot be paid and why, with the RSIN) and order.json (sums and digests). Employers have the number of
    their row in the settlement, in identifiers and texts too. The same run and options give the same bytes.

    The archive notes the order before its files have their name, so that nothing is paid twice: a second order for the
    run needs --again, and one for another run of the year --revision-of. After a kill the same command does what is
    left; where it cannot tell whether files were taken away, it asks for --again.

    LKV that goes up is not payable on the office's own motion (Wtl 4.3): with --revision-of you answer for that the
    employers objected. What goes down is for an official to judge, and nothing is taken off for it.
    """
    from quotum.output.payments.debtor import checked_debtor
    from quotum.output.payments.ordering import order
    from quotum.output.payments.request import Request

    if with_unpaid and not revision_of:
        raise click.UsageError("--with-unpaid belongs to --revision-of")
    debtor = checked_debtor(debtor_name, debtor_iban, debtor_bic)
    request = Request(
        run=run,
        archive=archive,
        out=out,
        debtor=debtor,
        execution_date=execution_date,
        transactions=transactions,
        revision_of=revision_of,
        with_unpaid=with_unpaid,
        simulation=simulation,
        again=again,
    )
    with followed("payments", _STAGES, language=language) as course:
        result = order(request, course.stage)
    _show(result, language)


def _show(result: "OrderResult", language: str) -> None:
    from quotum.output.payments.order_lines import remarks, summary

    for line in summary(result):
        say(line, language)
    for line in remarks(result):
        remark(line, language)
