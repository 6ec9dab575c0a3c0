"""`quotum decisions`: the decisions of a settled year, a document per employer."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from jobs.explain import Discreet
from jobs.options import INPUT, OUTPUT, Day, language_option
from jobs.progress import followed
from jobs.terminal import remark, say

if TYPE_CHECKING:
    from quotum.output.decisions.making import DecisionSet


@click.command("decisions", cls=Discreet)
@click.argument("run", type=INPUT)
@click.option(
    "--archive", envvar="QUOTUM_ARCHIVE", type=OUTPUT,
    help="Folder of the archive, which has the names; QUOTUM_ARCHIVE, or else the place noted in the run, when left "
    "out.",
)  # fmt: skip
@click.option("--out", required=True, type=OUTPUT, help="Folder of the decisions; must be new, or of the same command.")
@click.option(
    "--employer", "employers", multiple=True, metavar="EMPLOYER",
    help="Only this employer, an RSIN or a payroll tax number; give each. Every employer of the run when left out.",
)  # fmt: skip
@click.option("--list", "listed", type=INPUT, metavar="FILE", help="Only the employers in this file, a number a line.")
@click.option(
    "--decided-on", type=Day(), help="Day of the decision, where the run was settled without it: terms run from it."
)
@click.option(
    "--office", default="Belastingdienst", show_default=True, metavar="TEXT",
    help="Name of the office whose inspector decides.",
)  # fmt: skip
@click.option(
    "--simulation", is_flag=True,
    help="Take a simulation, or amounts that rest on an assumed figure; every page and file name then says so.",
)  # fmt: skip
@language_option
def command(
    run: Path,
    archive: Path | None,
    out: Path,
    employers: tuple[str, ...],
    listed: Path | None,
    decided_on: date | None,
    office: str,
    simulation: bool,
    language: str,
) -> None:
    """Write the decisions of a run: for each employer a page in Dutch and English for A4, and the same as JSON.

    RUN is the folder of a run. A decision says who decides and when, what is granted in all and per employee, how it is
    paid, how and until when to object, and until when it can be revised. Documents are named by the sequence number
    of the employer in the run, a thousand to a folder with a manifest; begun.json says what they are made from, and
    decisions.json, written last, counts all of them. After a kill the same command goes on behind the folders that are
    whole. The same run and options give the same bytes. A run that was altered, or that no note of the archive vouches
    for, is not decided on (21).
    """
    from quotum.output.decisions.making import make
    from quotum.output.decisions.request import Request
    from quotum.output.decisions.selection import selection_of

    selection = selection_of(employers, listed)
    request = Request(run, archive, out, decided_on, office, selection, simulation)
    with followed("decisions", unit="decisions", language=language) as course:
        decisions = make(request, course.count)
    _show(decisions, language)


def _show(decisions: "DecisionSet", language: str) -> None:
    from quotum.output.decisions.decision_lines import remarks, summary

    for line in summary(decisions):
        say(line, language)
    for line in remarks(decisions):
        remark(line, language)
