"""Errors a user can cause, each with the exit code of the command that meets it.

A message says where, what was found, what was expected and what to do next. It never holds a BSN,
an RSIN, a payroll tax number, a name or a wage. Anything that is not a `QuotumError` is a defect
and keeps its traceback.
"""

from datetime import date


class QuotumError(Exception):
    """A problem that the user can act on."""

    exit_code = 15


class WrongUse(QuotumError):
    """The command line asks for something that cannot be."""

    exit_code = 2


class DeliveryRefused(QuotumError):
    """A delivery, or a member of one, cannot be read or is not what it claims to be."""

    exit_code = 10


class ParameterFileWrong(QuotumError):
    """A scenario or parameter file is not as it should be."""

    exit_code = 11


class ParameterMissing(QuotumError):
    """A parameter has no value on a date."""

    exit_code = 12

    def __init__(self, name: str, on: date, known_from: date | None = None) -> None:
        later = f" that was known by then: its value counts as known from {known_from}" if known_from else ""
        super().__init__(
            f"{name} has no value on {on}{later}. Give it in a scenario (--scenario) or add it, with its "
            f"source, to the parameter file; `quotum parameters --on {on}` lists what is known."
        )


class RegionsMissing(QuotumError):
    """A guidance bonus per region without amounts."""

    exit_code = 12

    def __init__(self) -> None:
        super().__init__(
            "policy.guidance_amount has no value per region: policy.guidance_scope is regional, so give the scenario a "
            'table [regions] with an amount per labour market region, such as "Achterhoek" = "1000.00"'
        )


class RateUnsolvable(QuotumError):
    """No surcharge rate satisfies the rule that should give it."""

    exit_code = 12


class ArchiveLacks(QuotumError):
    """The archive lacks what a run needs, holds a contradiction, or is damaged."""

    exit_code = 13


class ArchiveTooNew(ArchiveLacks):
    """The archive is of a format that only a newer quotum knows."""


class CannotWrite(QuotumError):
    """A file or folder cannot be written."""

    exit_code = 14


class SelfCheckFailed(QuotumError):
    """A check sum of quotum itself failed."""

    exit_code = 15

    def __init__(self, what: str) -> None:
        super().__init__(f"{what}. This is a defect of quotum: please report it; nothing was written.")


class ResultsDiffer(QuotumError):
    """A repeated run comes to other results than the run."""

    exit_code = 20


class CannotCertify(QuotumError):
    """A run cannot be vouched for: an input is missing, or a byte was altered."""

    exit_code = 21
