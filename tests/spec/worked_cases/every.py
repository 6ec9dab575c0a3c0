"""All provisions with their cases, in the order of the rules."""

from attrs import frozen

from tests.spec.worked_cases import (
    rule_0,
    rule_1,
    rule_2,
    rule_3,
    rule_4,
    rule_4_solved,
    rule_5,
    rule_5_other,
    rule_5_until_2025,
    rule_6,
    rule_7,
    rule_8,
    rule_9,
)
from tests.spec.worked_cases.case import Case, Provision
from tests.spec.worked_cases.numbers import Numbers

_RULES = (
    rule_0,
    rule_1,
    rule_2,
    rule_3,
    rule_4,
    rule_4_solved,
    rule_5,
    rule_5_other,
    rule_5_until_2025,
    rule_6,
    rule_7,
    rule_8,
    rule_9,
)


@frozen
class Worked:
    """A case with numbers, and its provision."""

    provision: Provision
    """The provision."""
    case: Case
    """The case."""

    @property
    def id(self) -> str:
        """Folder of the provision and of the case."""
        return f"{self.provision.folder}/{self.case.name}"


def every() -> tuple[Worked, ...]:
    """Every case with the numbers it is published with."""
    numbers = Numbers()
    return tuple(
        Worked(provision, numbers.numbered(case))
        for rule in _RULES
        for provision in rule.PROVISIONS
        for case in provision.cases
    )
