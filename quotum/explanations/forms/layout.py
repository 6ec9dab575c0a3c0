"""The layout of an explanation: under each question the shared inputs, then a line for each step."""

from collections.abc import Iterable, Iterator

from attrs import frozen

from quotum.explanations.step import SECTIONS, Step
from quotum.explanations.telling import Pairs
from quotum.explanations.words import FROM_TO, label
from quotum.periods import Period, months

_READING, _NUMBER, _PERIOD, _PERSON = "reading", "payroll tax number", "period", "person"


@frozen
class Line:
    """A step of a question."""

    step: Step
    """The step."""
    cells: tuple[str, ...]
    """Values of the columns."""
    details: Pairs
    """Inputs that are in no column."""


@frozen
class Question:
    """The steps that answer one question."""

    question: str
    """What is asked."""
    article: str
    """Its provisions."""
    shared: Pairs
    """Inputs that all steps share, and the readings of any step."""
    columns: tuple[str, ...]
    """Names of the columns."""
    lines: tuple[Line, ...]
    """The steps."""

    @property
    def has_amounts(self) -> bool:
        """Whether any step comes to an amount."""
        return any(line.step.amount_cents is not None for line in self.lines)

    @property
    def numbers(self) -> frozenset[str]:
        """The columns that hold numbers only."""
        return frozenset(
            name for place, name in enumerate(self.columns) if all(_is_number(line.cells[place]) for line in self.lines)
        )


def _is_number(cell: str) -> bool:
    return not cell or cell.removeprefix("-").replace(",", "").replace(".", "").isdigit()


def sections(steps: Iterable[Step], language: str) -> Iterator[tuple[str, tuple[Question, ...]]]:
    """The questions under their headings, in the order of the law."""
    steps = tuple(steps)
    for rule, title in SECTIONS.items():
        asked: dict[tuple[str, str], list[Step]] = {}
        for step in steps:
            if step.rule == rule:
                asked.setdefault((step.question, step.article), []).append(step)
        if asked:
            yield (
                title.words(language),
                tuple(_question(*key, steps_of_question, language) for key, steps_of_question in asked.items()),
            )


def _question(question: str, article: str, steps: list[Step], language: str) -> Question:
    reading, person = label(_READING, language), label(_PERSON, language)
    readings = tuple(dict.fromkeys(named for step in steps for named in step.inputs if named[0] == reading))
    given = [tuple(named for named in step.inputs if named[0] != reading) for step in steps]
    names = [[name for name, _ in inputs] for inputs in given]
    alike = all(input_names == names[0] for input_names in names) and len(set(names[0])) == len(names[0])
    rows = [_place(step, language) | (dict(inputs) if alike else {}) for step, inputs in zip(steps, given, strict=True)]
    shared_names = {name for name in rows[0] if len({row[name] for row in rows}) == 1}
    if len(steps) == 1 and rows[0][person]:
        shared_names.discard(person)
    columns = tuple(name for name in rows[0] if name not in shared_names)
    shared = tuple((name, rows[0][name]) for name in rows[0] if name in shared_names and rows[0][name])
    lines = tuple(
        Line(step, tuple(row[name] for name in columns), () if alike else inputs)
        for step, row, inputs in zip(steps, rows, given, strict=True)
    )
    return Question(question, article, (*shared, *readings), columns, lines)


def _place(step: Step, language: str) -> dict[str, str]:
    """Which return and person a step is about."""
    cells = {
        _NUMBER: step.payroll_tax_number or "",
        _PERIOD: "" if step.period is None else period_words(step.period, language),
        _PERSON: step.person or "",
    }
    return {label(name, language): value for name, value in cells.items()}


def period_words(period: Period, language: str) -> str:
    """A month by its number, another period by its first and last day."""
    month = period in months(period.start.year)
    return f"{period.start:%Y-%m}" if month else FROM_TO.words(language, first=period.start, last=period.end)
