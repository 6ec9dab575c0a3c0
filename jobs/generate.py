"""`quotum generate`: a synthetic country to try everything on."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from jobs import words
from jobs.options import Place, language_option
from jobs.progress import followed
from jobs.terminal import say
from quotum.generate.options import FIRST_YEAR, FORMATS, LAST_YEAR

if TYPE_CHECKING:
    from quotum.generate.country import GeneratedSummary


def _generate(
    employers: int, year: int, seed: int, out: Path, form: str, defects: bool, people: int | None, language: str
) -> "GeneratedSummary":
    from quotum.generate.country import generate

    with followed("generate", total=employers, unit="employers", language=language) as course:
        before = 0

        def show(count: int, _total: int) -> None:
            nonlocal before
            course.count(count - before)
            before = count

        return generate(employers, year, seed, out, form, defects, show, people)


@click.command("generate")
@click.option("--employers", type=click.IntRange(min=1), required=True, help="Number of employers.")
@click.option(
    "--year", type=click.IntRange(FIRST_YEAR, LAST_YEAR), required=True,
    help="Year of the returns; XML of 2022 to 2026 only.",
)  # fmt: skip
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True, help="The same seed, the same bytes.")
@click.option(
    "--out",
    type=Place(is_input=False, file_okay=False),
    required=True,
    help="Folder to write; it must not exist or be empty.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="xml",
    show_default=True,
    help="Form of the returns of the year.",
)
@click.option(
    "--defects",
    is_flag=True,
    help="Make some rows faulty, and list them in defects.csv: one of each that the format can have, in the returns "
    "and in what comes beside them, and a few of every thousand rows of returns. Messages that contradict themselves "
    "are not among them: no year settles with one. A country too small for one of each (under about 20 employers) has "
    "those that fit.",
)
@click.option(
    "--people", type=click.IntRange(min=1), help="Number of income relations to come near to; else what the sizes give."
)
@language_option
def command(
    employers: int, year: int, seed: int, out: Path, form: str, defects: bool, people: int | None, language: str
) -> None:
    """Make a synthetic country: returns of a year and of December 2012, and everything that goes with them.

    That is register, employers, wage bills, traits, declarations of all categories, transfers, allocations and
    deductions. Nothing in it is real, and how many there are of what is made up. With scenario.toml, made at the
    scale of the country, a settlement of it has a baseline, realised and missing jobs, a surcharge and bonuses.
    """
    summary = _generate(employers, year, seed, out, form, defects, people, language)
    counts = (
        summary.employers, summary.payroll_tax_numbers, summary.messages, summary.rows, summary.baseline_rows,
        summary.people, summary.registered, summary.defects,
    )  # fmt: skip
    for text, count in zip(words.GENERATED, counts, strict=True):
        say(text.sentence(count=count), language)
    say(words.GENERATED_FILES.sentence(count=len(summary.files), place=out), language)
