"""The scenarios that come with quotum: what each changes, what it still needs, and its file to start from."""

from collections.abc import Callable
from typing import Final

from quotum.errors import MissingFigure, ParameterFileWrong, ParameterMissing, RegionsMissing
from quotum.output.layout import paragraph, screen
from quotum.parameters import Figures, ParameterBook, Scenario, load_book, read_scenario, shipped_scenarios
from quotum.parameters.kinds import closest
from quotum.parameters.scenario_files import SHIPPED
from quotum.parameters.scenarios_in_dutch import note_in_words, title_in_words
from quotum.parameters.units import unit as unit_of
from quotum.run.regimes.levy_terms import SECTORS, read_levy_terms
from quotum.run.terms import read_terms
from quotum.simulate.policy import read_policy
from quotum.words import ENGLISH, Sentence, Text, in_language, phrase

LAW: Final = Text(
    "law: the law as it is, with which every scenario is compared",
    "law: de wet zoals die is, waarmee elk scenario wordt vergeleken",
)
NEEDS: Final = Text("still needs, in a scenario of your own:", "heeft nog nodig, in een eigen scenario:")
REGION_LINE: Final = Text(
    '"Achterhoek" = "..."  # euro per person per year, a line per region',
    '"Achterhoek" = "..."  # euro per persoon per jaar, een regel per regio',
).sentence()
_SET, _REGIONS = "[set]", "[regions]"
_YEARLY: Final = "wfsv.average_premium_wage"

Needs = tuple[tuple[str, Sentence], ...]
"""Table of a scenario file and the line to add there, for everything a scenario lacks."""


def last_year(book: ParameterBook) -> int:
    """Returns the last calendar year of which the figures are in the files."""
    return max(value.from_.year for value in book.parameter(_YEARLY).values)


def needs_of(scenario: Scenario, book: ParameterBook) -> Needs:
    """Returns what a scenario lacks to be simulated over the last year of the files, each as the line to add.

    A quota levy asks for the percentage of a sector only where the archive has employers of it; both are named.

    Args:
        scenario: The scenario.
        book: The parameters.
    """
    year = last_year(book)
    figures, national = Figures(book, None, scenario), Figures(book)
    try:
        with figures.naming_all_missing():
            policy = read_policy(figures, scenario, year, national, year)
            if policy.levied:
                read_levy_terms(figures, year, frozenset(SECTORS))
            read_terms(figures, year)
    except ParameterMissing as error:
        return tuple((_SET, _line(missing, book)) for missing in error.missing)
    except RegionsMissing:
        return ((_REGIONS, REGION_LINE),)
    return ()


def _line(missing: MissingFigure, book: ParameterBook) -> Sentence:
    setting, unit = missing.setting, unit_of(book.parameter(missing.name).unit).sentence()
    line = "{setting}, {unit}" if "  # " in setting else "{setting}  # {unit}"
    return phrase(line, setting=setting, unit=unit)


def print_list(say: Callable[[str], None], language: str = ENGLISH) -> None:
    """Prints the scenarios that come with quotum with their notes, and marks what each still needs.

    Args:
        say: Prints a line.
        language: `en` or `nl`.
    """
    on, book = screen(), load_book()
    say(paragraph(LAW.words(language), on, hanging=2))
    for name in shipped_scenarios():
        scenario = read_scenario(name, book)
        say(paragraph(f"{name}: {in_language(title_in_words(scenario.title), language)}", on, hanging=2))
        say(paragraph(f"  {in_language(note_in_words(scenario.note), language)}", on))
        needs = needs_of(scenario, book)
        if needs:
            say(paragraph(f"! {NEEDS.words(language)}", on))
        for place in dict.fromkeys(place for place, _ in needs):
            say(f"  {place}")
            for line in (line for other, line in needs if other == place):
                say(f"  {in_language(line, language)}")


def file_of(name: str) -> str:
    """Returns the file of a shipped scenario, with each line that it still needs behind a #.

    Read as a file it gives the same scenario.

    Args:
        name: Name of the scenario.

    Raises:
        ParameterFileWrong: No scenario of that name comes with quotum.
    """
    if name not in shipped_scenarios():
        raise ParameterFileWrong(
            f'scenario show: no scenario of the name "{name}" comes with quotum{closest(name, shipped_scenarios())}; '
            "`quotum scenario list` names them"
        )
    book = load_book()
    text = (SHIPPED / f"{name}.toml").read_text("utf-8")
    for place, line in needs_of(read_scenario(SHIPPED / f"{name}.toml", book), book):
        comment = f"# {line}\n" if place == _SET else f"# {place}\n# {line}\n"
        text = _in_table(text, comment) if place == _SET else f"{text.rstrip()}\n\n{comment}"
    return text


def _in_table(text: str, comment: str) -> str:
    """Adds a comment at the end of the table [set] of a file."""
    before, header, after = text.partition(f"{_SET}\n")
    settings, gap, others = after.partition("\n\n[")
    return f"{before}{header}{settings.rstrip()}\n{comment}{gap and gap[1:]}{others}"


__all__ = ["file_of", "last_year", "needs_of", "print_list"]
