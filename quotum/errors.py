"""Errors a user can cause, each with the exit code of the command that meets it.

A message says where, what was found, what was expected and what to do next. It never holds a BSN,
an RSIN, a payroll tax number, a name or a wage. Anything that is not a `QuotumError` is a defect
and keeps its traceback.
"""

import errno
import os
import pwd
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final

from attrs import frozen

_FULL: Final = (errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS, errno.EFBIG)
_FORBIDDEN: Final = (errno.EACCES, errno.EPERM)


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


@frozen
class MissingFigure:
    """A parameter that has no value on a date."""

    name: str
    """The parameter."""
    on: date
    """The date."""
    known_from: date | None = None
    """Day from which its value counts as known, where that is later than the run looks; None without any."""
    about: str = ""
    """Its unit and provision; empty when unknown."""
    written: str = '"..."'
    """What stands for the value in a scenario."""
    scenarios: tuple[str, ...] = ()
    """Names of the scenarios that lack it, where several are read."""

    def __str__(self) -> str:
        """What is missing, in words."""
        later = f" that was known by then: its value counts as known from {self.known_from}" if self.known_from else ""
        about = f" ({self.about})" if self.about else ""
        lacking = f", in {', '.join(self.scenarios)}" if self.scenarios else ""
        return f"{self.name} has no value on {self.on}{later}{about}{lacking}"

    @property
    def setting(self) -> str:
        """The line that gives it in a scenario."""
        return f'"{self.name}" = {self.written}'


class ParameterMissing(QuotumError):
    """One or more parameters have no value on the dates on which they are needed."""

    exit_code = 12

    def __init__(self, missing: Sequence[MissingFigure]) -> None:
        """Everything that is missing, at once.

        Args:
            missing: At least one; each is named once.
        """
        self.missing = tuple({figure.name: figure for figure in missing}.values())
        several = len(self.missing) > 1
        what = [f"{len(self.missing)} figures have no value:"] if several else []
        what += [f"  - {figure}" if several else f"{figure}." for figure in self.missing]
        first = min(figure.on for figure in self.missing)
        words = ("them", "their sources") if several else ("it", "its source")
        super().__init__(
            "\n".join(
                [
                    *what,
                    f"Give {words[0]} in a scenario (--scenario) under [set]:",
                    *(f"  {figure.setting}" for figure in self.missing),
                    f"or add {words[0]}, with {words[1]}, to the parameter file; `quotum parameters --on {first}` "
                    "lists what is known.",
                ]
            )
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


class Forbidden(CannotWrite):
    """Somebody else's file or folder: nothing is damaged, and a backup does not help."""

    def __init__(self, path: Path | str) -> None:
        """Say whose it is.

        Args:
            path: What may not be looked at or written.
        """
        super().__init__(f"{path}: Permission denied; {whose(Path(path))}. Run it as that user, or ask for the right")


def whose(path: Path) -> str:
    """Whose a file is, or the first folder above it that can be looked at, and who asks."""
    for place in (path.absolute(), *path.absolute().parents):
        try:
            owner = place.stat().st_uid
        except OSError:
            continue
        return f"{place} belongs to {_user(owner)} and this is {_user(os.geteuid())}"
    return f"this is {_user(os.geteuid())}"


def _user(number: int) -> str:
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return f"user {number}"


def user_error(error: BaseException) -> QuotumError | None:
    """The error to show to a user; None for a defect.

    Args:
        error: What was raised.
    """
    if isinstance(error, QuotumError):
        return error
    if not isinstance(error, OSError):
        return None
    if error.errno in _FORBIDDEN and error.filename:
        return Forbidden(os.fsdecode(error.filename))
    if error.errno in _FULL:
        return cannot_write(error)
    return None


def cannot_write(error: OSError) -> CannotWrite:
    """The error when output cannot be written."""
    what = f"{os.fsdecode(error.filename)} cannot" if error.filename else "standard output, or a file, cannot"
    return CannotWrite(f"{what} be written: {error.strerror}. Make room, or send it elsewhere")


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
