"""Writes `quotum/law/README.md` from the law itself: `python -m tests.make_law_readme`.

The page tells the rules in their order: the modules, what each asks by which provision, on which reading, and where its
spec tests are. A test holds the page against what this writes.
"""

import ast
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from attrs import frozen

from quotum.law.conditions import Condition, Question
from tests.mutation.mutants import path_of
from tests.mutation.places import RULES

HOUSE = Path(__file__).resolve().parents[1]
PAGE = HOUSE / "quotum" / "law" / "README.md"
TITLES = {
    "0": "Returns in force on a day",
    "1": "The target group and kinds of work",
    "2": "Baseline and job count",
    "3": "Small employers",
    "4": "Inclusivity surcharge",
    "5": "LKV doelgroep banenafspraak, bonus and the other benefits",
    "6": "Settlement and revision",
    "7": "Quota levy of the Wfsv",
    "8": "Macro figures",
    "9": "Calendar",
}
HEAD = """\
# The law, rule by rule

Made by `python -m tests.make_law_readme` from the modules beside it; a test holds it current.

A rule is written once, in the module of its act: `wtl/`, `wfsv/`, `wet_banenafspraak/`, or here when acts share it. A
**condition** (`@condition`, see [conditions.py](conditions.py)) carries its provision, its question and the reason why
nothing is given without it, in English and Dutch, and the readings it rests on. The settlement combines conditions into
rules; explanations and overviews tell them in these words. Figures are never here: they come from
[parameters](../parameters) with their source. An explanation of a row tells the question of the **rule** that its
conditions make up, and of each condition that does not hold its reason;
[explanations/rules](../explanations/rules) puts these and the amounts in order, and
[explanations/words.py](../explanations/words.py) has what is told besides.

**To change a rule**, change its condition or amount here; its sentence stands beside it, and its spec tests are in the
folder named with the rule. A condition that only reads a column (`registered`) names the function that makes it. **To
add a condition**, write it beside its kin, with `@condition`, and put it in the rule that asks it; its reason goes
into `REASONS` of [explanations/step.py](../explanations/step.py). **To leave a kind of work out of the surcharge
base**, add a condition to `in_surcharge_base` in [kinds_of_work.py](kinds_of_work.py), and a new code of `CdAard` to
its `DECISIVE_NATURES`: messages are added up by these codes when they are received. **To take a delivered amount off
the base**, see `base_after_deduction_cents` in [wet_banenafspraak/surcharge.py](wet_banenafspraak/surcharge.py); what
is delivered for it is `DEDUCTIONS` in [tables.py](../tables.py),
[run/stages/deductions.py](../run/stages/deductions.py) takes it off, and
[explanations/rules/surcharge.py](../explanations/rules/surcharge.py) tells it. **To change what an hour is worth**,
follow `bonus_rate`: the parameter; its field in [run/terms.py](../run/terms.py); the amount in
[wtl/bonus.py](wtl/bonus.py), of which [wtl/amounts.py](wtl/amounts.py) makes columns; the step in
[explanations/rules/lkv.py](../explanations/rules/lkv.py). The same function is asked by `quotum simulate`
([outcome.py](../simulate/outcome.py), [additions.py](../simulate/additions.py)); the checks of a sealed run
([ties/as_enacted.py](../run_folder/ties/as_enacted.py)) and the reference of the tests write the amount again on
purpose, because they check it.
"""


@frozen
class Line:
    """A condition or a question of a module."""

    name: str
    """Name of the condition; empty for a question about an amount or a choice."""
    provision: str
    """Article and paragraph."""
    question: str
    """What is asked, in English."""
    readings: tuple[str, ...]
    """Names of the readings it rests on."""

    def text(self) -> str:
        """The line in Markdown."""
        return f"| {self.provision} | {self.question} | {self.name and f'`{self.name}`'} | {', '.join(self.readings)} |"


def lines_of(module: str) -> Iterator[Line]:
    """Questions and conditions that a module itself declares, in the order of its code."""
    loaded = import_module(f"quotum.law.{module}")
    tree = ast.parse(path_of(module).read_text("utf-8"))
    for node in tree.body:
        for name in _names(node):
            value = getattr(loaded, name, None)
            if isinstance(value, Condition):
                readings = tuple(reading.name for reading in value.readings)
                yield Line(name, value.provision, value.question.english, readings)
            elif isinstance(value, Question):
                yield Line("", value.provision, value.text.english, ())


def _names(node: ast.stmt) -> Iterator[str]:
    if isinstance(node, ast.FunctionDef):
        yield node.name
    elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
        yield node.target.id
    elif isinstance(node, ast.Assign):
        yield from (target.id for target in node.targets if isinstance(target, ast.Name))


def page() -> str:
    """The whole page."""
    return HEAD + "".join(_rule(number, title) for number, title in TITLES.items())


def _rule(number: str, title: str) -> str:
    modules = [module for module, rules in RULES.items() if rules[0] == number and module != "conditions"]
    also = [module for module, rules in RULES.items() if number in rules[1:]]
    folders = sorted(path.name for path in (HOUSE / "tests" / "spec").glob(f"rule_{number}_*"))
    tests = ", ".join(f"[tests/spec/{name}](../../tests/spec/{name})" for name in folders)
    seen = f"Also: {', '.join(map(_link, also))}.\n" if also else ""
    return f"\n## {number}. {title}\n\nTests: {tests}.\n{seen}" + "".join(map(_module, modules))


def _module(module: str) -> str:
    summary = (ast.get_docstring(ast.parse(path_of(module).read_text("utf-8"))) or "").split("\n\n")[0]
    lines = [line.text() for line in lines_of(module)]
    head = "\n| provision | question | condition | reading |\n|---|---|---|---|\n"
    table = head + "\n".join(lines) + "\n" if lines else ""
    return f"\n**{_link(module)}** {' '.join(summary.split())}\n{table}"


def _link(module: str) -> str:
    place = module.replace(".", "/")
    return f"[{place}.py]({place}.py)"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
