"""What is paid out and what is collected; nothing nets them (Wtl art. 4.4)."""

from quotum.explanations.rebuild import Rebuild
from quotum.explanations.step import SETTLEMENT, Step
from quotum.explanations.telling import Telling
from quotum.explanations.words import AS_SETTLED, COLLECTED, DIFFERENCE, PAID_OUT
from quotum.law.conditions import Question, Text
from quotum.money import euro_text
from quotum.tables import SETTLEMENT as TABLE

_PAID, _COLLECTED = "Wtl art. 4.4 lid 1", "Wet banenafspraak art. 6 lid 7"


def steps(rebuild: Rebuild, telling: Telling) -> tuple[Step, ...]:
    """The sums of the employer."""
    (row,) = rebuild.settled[TABLE]

    def step(question: Text, article: str, column: str, *inputs: tuple[str, str]) -> Step:
        named = ((name, euro_text(row[f"{of}_cents"])) for name, of in inputs)
        amount = euro_text(row[column])
        result = telling.say(AS_SETTLED, amount=amount)
        return telling.step(
            SETTLEMENT, Question(article, question), telling.inputs(*named), result, amount_cents=row[column]
        )

    return (
        step(PAID_OUT, _PAID, "payable_cents", ("LKV", "lkv"), ("bonus", "bonus")),
        step(COLLECTED, _COLLECTED, "surcharge_cents", ("surcharge base", "surcharge_base")),
        step(
            DIFFERENCE,
            f"{_PAID}; {_COLLECTED}",
            "net_cents",
            ("payable", "payable"),
            ("surcharge", "surcharge"),
        ),
    )
