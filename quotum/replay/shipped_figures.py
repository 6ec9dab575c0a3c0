"""The figures of a run beside those that this version of quotum ships: a figure is enacted only when it is one of them.

The digest of the code is over the parameter files too, so a run that says it was made by this code has the figures of
these files, as known on its day, and of its scenario what that sets. Runs of other code are compared with nothing.
"""

from datetime import date
from typing import Final

import attrs
from attrs import frozen

from quotum.archive.known import Known
from quotum.archive.layout import Layout
from quotum.errors import QuotumError
from quotum.parameters import Figure, Figures, ParameterBook, RecordedFigures, Scenario, load_book
from quotum.replay import words as catalogue
from quotum.run.regimes import regime as regimes
from quotum.run_folder.reader import Finished
from quotum.run_folder.request import Request
from quotum.version import code_digest
from quotum.words import Sentence, joined

NOT_SHIPPED: Final = "not shipped"
"""Status, in an explanation, of a figure that is neither shipped nor set by a scenario."""


@frozen
class OtherFigure:
    """A figure of a run that is not what this version ships."""

    name: str
    """The parameter."""
    valid_from: date | None
    """First day of the figure in the run; None when a scenario set it."""
    reason: str
    """How it differs: the value in the run and the shipped value, in words."""

    @property
    def words(self) -> Sentence:
        """The parameter and how it differs."""
        since = "" if self.valid_from is None else catalogue.FROM_DAY.sentence(day=self.valid_from)
        return catalogue.OTHER_FIGURE.sentence(name=self.name, since=since, reason=self.reason)

    def __str__(self) -> str:
        """The same in English."""
        return str(self.words)


def made_by_this_code(code: str) -> bool:
    """Whether a run says that it was made by the code and the parameter files of this installation."""
    return code == code_digest()


def other_figures(
    recorded: Figures, known_on: date | None, scenario: Scenario | None, *, simulation: bool
) -> tuple[OtherFigure, ...]:
    """The figures of a run of this code that are neither shipped nor set by its scenario.

    Args:
        recorded: The figures in the record of the run.
        known_on: Day on which they were known; none: as known now.
        scenario: The scenario in the record.
        simulation: Whether the run says that it is a simulation: only then does a scenario set anything.
    """
    book = load_book()
    shipped = _shipped(book, known_on, scenario if simulation else None)
    differences = ((figure, _difference(figure, shipped, book)) for figure in recorded.every)
    return tuple(OtherFigure(figure.name, figure.valid_from, reason) for figure, reason in differences if reason)


def other_figures_of(run: Finished, archive: Known | None) -> tuple[OtherFigure, ...]:
    """The figures of a run of this code that are not what it ships, also figures it read and does not name.

    Args:
        run: What the run says of itself.
        archive: The archive as the run read it; without it, what is not named is not looked for.
    """
    figures = other_figures(run.figures, run.known_on, run.scenario, simulation=run.simulation)
    return figures if archive is None else (*figures, *_left_out(run, archive))


def marked(recorded: Figures, others: tuple[OtherFigure, ...]) -> Figures:
    """The figures of a run in which those that are not shipped say so, whatever status the run gives them."""
    reasons = {(figure.name, figure.valid_from): figure.reason for figure in others}
    figures = (
        attrs.evolve(
            figure,
            status=NOT_SHIPPED,
            source=catalogue.RUN_SAYS.sentence(reason=reasons[key], status=figure.status, source=figure.source),
        )
        if (key := (figure.name, figure.valid_from)) in reasons
        else figure
        for figure in recorded.every
    )
    return RecordedFigures(figures, recorded.set_names, recorded.simulation)


def _shipped(book: ParameterBook, known_on: date | None, scenario: Scenario | None) -> Figures:
    settings = () if scenario is None else tuple(setting for setting in scenario.settings if setting.name in book)
    return Figures(book, known_on, None if scenario is None else attrs.evolve(scenario, settings=settings))


def _difference(figure: Figure, shipped: Figures, book: ParameterBook) -> str:
    """How a figure differs from what is shipped or set; empty when it does not."""
    if figure.name not in book:
        return catalogue.NO_SUCH_PARAMETER.sentence(value=figure.value)
    candidates = {candidate.valid_from: candidate for candidate in shipped.all_of(figure.name)}
    in_version = candidates.get(figure.valid_from)
    if in_version is None:
        values = joined(
            ", ",
            (
                catalogue.VALUE_FROM.sentence(
                    value=candidate.value, since=candidate.valid_from or catalogue.THE_SCENARIO.sentence()
                )
                for candidate in candidates.values()
            ),
        )
        return catalogue.OTHER_DAYS.sentence(value=figure.value, values=values or catalogue.NO_VALUE.sentence())
    if figure.value != in_version.value:
        of_whom = catalogue.SCENARIO_SETS if shipped.is_set(figure.name) else catalogue.VERSION_SHIPS
        return of_whom.sentence(value=figure.value, other=in_version.value)
    # After a merge of scenarios each figure names its own source, but the record of a run names them together.
    ignored = {"source"} if shipped.is_set(figure.name) else set()
    of_run, of_version = attrs.asdict(figure, recurse=False), attrs.asdict(in_version, recurse=False)
    names = [name for name in of_run if of_run[name] != of_version[name] and name not in ignored]
    if not names:
        return ""
    name = names[0]
    return catalogue.FIELD_DIFFERS.sentence(name=name, value=of_run[name], other=of_version[name])


def _left_out(run: Finished, archive: Known) -> tuple[OtherFigure, ...]:
    """Figures that a settlement reads with what is shipped and that the run does not name."""
    scenario = run.scenario if run.simulation else None
    shipped = _shipped(load_book(), run.known_on, scenario)
    try:
        regimes.named(run.regime).prepare_from(_request(run, archive.layout), archive, shipped, scenario)
    except QuotumError:
        # It cannot be prepared with the shipped figures: then a figure of the run differs, which is named already.
        return ()
    named = {(figure.name, figure.valid_from) for figure in run.figures.every}
    return tuple(
        OtherFigure(figure.name, figure.valid_from, catalogue.NOT_NAMED.sentence(value=figure.value))
        for figure in shipped.used
        if (figure.name, figure.valid_from) not in named
    )


def _request(run: Finished, layout: Layout) -> Request:
    return run.request(layout.root, layout.root, None, None)


__all__ = ["NOT_SHIPPED", "OtherFigure", "made_by_this_code", "marked", "other_figures", "other_figures_of"]
