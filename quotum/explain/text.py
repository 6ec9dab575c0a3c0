"""An explanation as text: a line per step, whatever its length."""

from collections.abc import Iterable, Iterator

from quotum.explain.explanation import Explanation
from quotum.explain.step import SECTIONS, Step
from quotum.money import euro_text


def as_text(explanation: Explanation) -> str:
    """The whole explanation."""
    return "".join(f"{line}\n" for line in _lines(explanation))


def heading(explanation: Explanation) -> str:
    """What it is, in one line."""
    about = "" if explanation.person is None else f", person {explanation.person}"
    return f"Employer {explanation.employer}{about}: {explanation.year}, returns as filed by {explanation.as_of}"


def adds_up(explanation: Explanation) -> str:
    """What the totals are, in one line; an explanation that does not add up is never shown."""
    if explanation.person is None:
        return "What was settled for this employer, and what the steps add up to"
    return "What was settled for this employer; the steps add up to it, those about other persons included"


def footing_notes() -> tuple[str, ...]:
    """What the mark of a step means."""
    return (
        "law: read in the provision named",
        "reading: the provision is silent, what is held stands beside it",
        "assumed: rests on a figure that is only assumed, or that a scenario set",
    )


def totals(explanation: Explanation) -> tuple[tuple[str, int], ...]:
    """What was settled, in words and cents."""
    row = explanation.settled
    return (
        ("LKV (loonkostenvoordeel)", row.lkv_cents),
        ("Bonus (banenafspraakbonus)", row.bonus_cents),
        ("Payable", row.payable_cents),
        ("Surcharge (inclusiviteitsopslag)", row.surcharge_cents),
        ("Payable less surcharge, for insight", row.net_cents),
    )


def sections(steps: Iterable[Step]) -> Iterator[tuple[str, list[Step]]]:
    """The steps under their headings, in the order of the law."""
    steps = tuple(steps)
    for rule, title in SECTIONS.items():
        of_rule = [step for step in steps if step.rule == rule]
        if of_rule:
            yield title, of_rule


def place(step: Step) -> str:
    """Which return and person a step is about."""
    period = f"{step.period.start} to {step.period.end}" if step.period else None
    return ", ".join(part for part in (step.payroll_tax_number, period, step.person) if part)


def _lines(explanation: Explanation) -> Iterator[str]:
    mark = "SIMULATION: " if explanation.simulation else ""
    yield f"{mark}{heading(explanation)}"
    yield f"Run with tag manifest sha256 {explanation.run_digest}"
    yield from (f"  {note}" for note in footing_notes())
    for title, steps in sections(explanation.steps):
        yield ""
        yield title
        yield from (f"  {_line(step)}" for step in steps)
    yield ""
    yield f"{mark}{adds_up(explanation)}:"
    yield from (f"  {name}: {euro_text(cents)}" for name, cents in totals(explanation))


def _line(step: Step) -> str:
    where = place(step)
    inputs = "; ".join(f"{name}: {value}" for name, value in step.inputs)
    amount = "" if step.amount_cents is None else f" = {euro_text(step.amount_cents)} euro"
    return (
        f"[{step.footing}] {f'{where}: ' if where else ''}{step.question} [{step.article}] "
        f"{inputs} -> {step.result}{amount if step.adds_to else ''}"
    )
