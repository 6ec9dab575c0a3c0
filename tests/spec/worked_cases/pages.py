"""The page of a provision for people: its cases with their arithmetic, in English and then in Dutch."""

from collections.abc import Sequence

from quotum.words import DUTCH, ENGLISH, Text
from tests.spec.worked_cases.arithmetic import filled
from tests.spec.worked_cases.case import AMOUNTS, ASSUMED, LAW, READING
from tests.spec.worked_cases.every import Worked
from tests.spec.worked_cases.figures import used

_OTHER = {ENGLISH: "Nederlands hieronder.", DUTCH: "English above."}
_FEET = {
    LAW: Text("Law: read in the statute.", "Wet: gelezen in de wet."),
    READING: Text(
        "A reading: the statute is silent, or can be read in more than one way.",
        "Een lezing: de wet zwijgt, of is op meer manieren te lezen.",
    ),
    ASSUMED: Text("Assumed: a figure was not read in the law.", "Aangenomen: een cijfer is niet in de wet gelezen."),
}
_YES = {"true": Text("yes", "ja"), "false": Text("no", "nee")}
_NO_AMOUNTS = Text("No amounts: the settlement is refused.", "Geen bedragen: de vaststelling wordt geweigerd.")


def _page(cases: Sequence[Worked], language: str) -> str:
    provision = cases[0].provision
    heading = f"# {provision.article}: {provision.subject.words(language)}\n\n{_OTHER[language]}\n"
    words = [text.words(language) for text in (provision.question, provision.note, _FEET[provision.foot])]
    about = f"\n{words[0]} {words[1]}\n\n{words[2]}\n"
    return heading + about + "".join(_section(worked, language) for worked in cases)


def _section(worked: Worked, language: str) -> str:
    case = worked.case
    values = {name: str(figure["value"]) for name, figure in used(case).items()}
    lines = [
        f"- {step.words.words(language)}: `{filled(step.formula, values)}` = {_result(step.result, language)}"
        for step in case.steps
    ]
    lines += [] if case.outcome == AMOUNTS else [f"- {_NO_AMOUNTS.words(language)}"]
    return f"\n## `{case.name}`: {case.title.words(language)}\n\n{case.explanation.words(language)}\n\n" + "".join(
        f"{line}\n" for line in lines
    )


def _result(result: str, language: str) -> str:
    return _YES[result].words(language) if result in _YES else result


def page_text(cases: Sequence[Worked]) -> str:
    """The page of a provision.

    Args:
        cases: The cases of a provision.
    """
    return "\n".join(f"{_page(cases, language)}" for language in (ENGLISH, DUTCH))
