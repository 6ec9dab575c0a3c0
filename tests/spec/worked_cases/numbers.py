"""Numbers of persons and employers: `person-1` of a case becomes a made-up BSN, `employer-1` a made-up RSIN.

All begin with 99999, a range that makers of software know as reserved for tests, pass the eleven test, and are
different in every case, so that the cases can be loaded together.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from attrs import evolve

from tests.spec.worked_cases.case import Case

_PLACEHOLDER = re.compile(r"(person|employer)-\d")
FIRST_PERSON, FIRST_EMPLOYER, AFTER_LAST = 99_999_000, 99_999_600, 100_000_000


def passing(first: int, last: int) -> Iterator[str]:
    """Numbers that pass the eleven test, by their first eight digits."""
    for head in range(first, last):
        check = sum((9 - place) * int(digit) for place, digit in enumerate(f"{head}")) % 11
        if check < 10:
            yield f"{head}{check}"


class Numbers:
    """Gives each person and employer a number of its own, in order of the cases."""

    def __init__(self) -> None:
        """Starts at the first number."""
        self._free = {"person": passing(FIRST_PERSON, FIRST_EMPLOYER), "employer": passing(FIRST_EMPLOYER, AFTER_LAST)}

    def numbered(self, case: Case) -> Case:
        """The case with numbers in the place of `person-1` and `employer-1`.

        Args:
            case: A case as it was written.
        """
        mentioned = sorted({pair[0] for pair in _PLACEHOLDER.finditer(repr((case.deliveries, case.settlement)))})
        own = {name: next(self._free[name.split("-")[0]]) for name in mentioned}
        parts = ("deliveries", "settlement", "lines", "others", "returns")
        return evolve(case, **{part: _replaced(getattr(case, part), own) for part in parts})


def _replaced(value: Any, own: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return _PLACEHOLDER.sub(lambda result: own[result[0]], value)
    if isinstance(value, Mapping):
        return {name: _replaced(part, own) for name, part in value.items()}
    return [_replaced(part, own) for part in value] if isinstance(value, list | tuple) else value
