"""An explanation of the amounts of an employer, for a notebook."""

import json
from collections.abc import Iterable
from typing import Any

import pandas as pd
import pyarrow as pa
from attrs import field, frozen

from quotum.api.arguments import Place, choice, path_or_none, texts, told_plainly
from quotum.api.frames import frame
from quotum.api.messages import NUMBER_AS_TEXT
from quotum.api.runs import Run, folder_of
from quotum.errors import WrongUse
from quotum.explanations.explanation import Explanation
from quotum.explanations.explanation import explain as explain_in_folder
from quotum.explanations.forms.brief import as_brief
from quotum.explanations.forms.page import as_fragment, as_page
from quotum.explanations.forms.record import as_json
from quotum.explanations.forms.text import as_text
from quotum.explanations.questions import RULES_BY_QUESTION
from quotum.words import LANGUAGES


@frozen(eq=False, repr=False)
class Explained:
    """How the amounts of an employer came about: they add up to what was settled, or there is no explanation."""

    steps: pd.DataFrame
    """A row per step: question, article, what it stands on, what it follows from, answer, cents."""
    settled: dict[str, Any]
    """What the run settled for the employer, by column of `settlement`."""
    explanation: Explanation = field(repr=False)
    """The same as records."""

    @property
    def text(self) -> str:
        """As text, a line per step."""
        return as_text(self.explanation)

    @property
    def brief(self) -> str:
        """As text on a screen: the amounts, what decided them, and what was not granted and why."""
        return as_brief(self.explanation)

    @property
    def html(self) -> str:
        """As a page by itself, for screen and print."""
        return as_page(self.explanation)

    def __repr__(self) -> str:
        """Year, number of the employer in the run and number of steps; nobody's own number."""
        mark = "SIMULATION, " if self.explanation.simulation else ""
        number = self.explanation.settled.number
        return f"<Explained: {mark}{self.explanation.year}, employer {number} of the run, {len(self.steps)} steps>"

    def _repr_html_(self) -> str:
        return as_fragment(self.explanation)


@told_plainly
def explain(
    run: Run | Place,
    employer: str,
    person: str | None = None,
    archive: Place | None = None,
    *,
    language: str = "en",
    only: str | Iterable[str] = (),
) -> Explained:
    """Explains the amounts of an employer of a run, step by step with articles, as `quotum explain` does.

    Args:
        run: A run, or its folder.
        employer: RSIN (nine digits) or payroll tax number (nine digits, L, two digits), as text.
        person: BSN as text: only the steps about this person, who is then named by it.
        archive: Folder of the archive; the place that the run notes when None.
        language: `en` or `nl`.
        only: Only the steps of these questions: `surcharge`, `bonus`, `small`, `levy`.

    Raises:
        QuotumError: The run, the archive, the employer or the person is not there, or something was altered.
    """
    questions = [choice("only", name, tuple(RULES_BY_QUESTION)) for name in texts("only", only)]
    explanation = explain_in_folder(
        folder_of(run),
        _number("employer", employer),
        None if person is None else _number("person", person),
        path_or_none("archive", archive),
        choice("language", language, LANGUAGES),
        tuple(rule for name in questions for rule in RULES_BY_QUESTION[name]),
    )
    record = json.loads(as_json(explanation))
    return Explained(_steps(record["steps"]), record["settled"], explanation)


def _number(name: str, value: object) -> str:
    """A number as text; what was given is not repeated, as it can be somebody's."""
    if not isinstance(value, str):
        raise WrongUse(NUMBER_AS_TEXT.sentence(name=name))
    return value


def _steps(records: list[dict[str, Any]]) -> pd.DataFrame:
    for record in records:
        period = record.pop("period") or {"start": None, "end": None}
        record |= {"period_start": period["start"], "period_end": period["end"]}
        record["inputs"] = "; ".join(f"{pair['name']}: {pair['value']}" for pair in record["inputs"])
        record["not_given"] = "; ".join(pair["reason"] for pair in record["not_given"])
    return frame(pa.Table.from_pylist(records, schema=_SCHEMA))


_SCHEMA = pa.schema(
    [
        *((name, pa.string()) for name in ("rule", "question", "article", "footing", "inputs", "result")),
        ("amount_cents", pa.int64()),
        *((name, pa.string()) for name in ("adds_to", "not_given", "person", "payroll_tax_number")),
        ("period_start", pa.string()),
        ("period_end", pa.string()),
    ]
)
