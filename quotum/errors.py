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

from quotum.words import Sentence, Text, in_language, joined, phrase

_FULL: Final = (errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS, errno.EFBIG)
_FORBIDDEN: Final = (errno.EACCES, errno.EPERM)
_NO_VALUE: Final = Text(
    "{name} has no value on {on}{later}{about}{lacking}", "{name} heeft geen waarde op {on}{later}{about}{lacking}"
)
_KNOWN_LATER: Final = Text(
    " that was known by then: its value counts as known from {day}",
    " die toen bekend was: de waarde geldt als bekend vanaf {day}",
)
_IN: Final = Text(", in {names}", ", in {names}")
_ONE_MISSING: Final = Text(
    "{missing}.\nGive it in a scenario (--scenario) under [set]:\n{settings}\nor add it, with its source, to the "
    "parameter file; `quotum parameters --on {first}` lists what is known.",
    "{missing}.\nGeef haar in een scenario (--scenario) onder [set]:\n{settings}\nof voeg haar met haar bron toe aan "
    "het parameterbestand; `quotum parameters --on {first}` noemt wat bekend is.",
)
_SEVERAL_MISSING: Final = Text(
    "{count} figures have no value:\n{missing}\nGive them in a scenario (--scenario) under [set]:\n{settings}\nor add "
    "them, with their sources, to the parameter file; `quotum parameters --on {first}` lists what is known.",
    "{count} cijfers hebben geen waarde:\n{missing}\nGeef ze in een scenario (--scenario) onder [set]:\n{settings}\nof "
    "voeg ze met hun bronnen toe aan het parameterbestand; `quotum parameters --on {first}` noemt wat bekend is.",
)
_REGIONS_MISSING: Final = Text(
    "policy.guidance_amount has no value per region: policy.guidance_scope is regional, so give the scenario a table "
    '[regions] with an amount per labour market region, such as "Achterhoek" = "1000.00"',
    "policy.guidance_amount heeft geen waarde per regio: policy.guidance_scope is regional, dus geef het scenario een "
    'tabel [regions] met een bedrag per arbeidsmarktregio, zoals "Achterhoek" = "1000.00"',
)
_DENIED: Final = Text(
    "{path}: Permission denied; {whose}. Run it as that user, or ask for the right",
    "{path}: Permission denied; {whose}. Draai het als die gebruiker, of vraag om het recht",
)
_BELONGS: Final = Text("{place} belongs to {owner} and this is {present}", "{place} is van {owner} en dit is {present}")
_THIS_IS: Final = Text("this is {present}", "dit is {present}")
_USER: Final = Text("user {number}", "gebruiker {number}")
_STANDARD_OUTPUT: Final = Text("standard output, or a file,", "de standaarduitvoer, of een bestand,")
_CANNOT_BE_WRITTEN: Final = Text(
    "{what} cannot be written: {why}. Make room, or send it elsewhere",
    "{what} kan niet worden geschreven: {why}. Maak ruimte, of stuur het ergens anders heen",
)
_DEFECT: Final = Text(
    "{what}. This is a defect of quotum: please report it; nothing was written.",
    "{what}. Dit is een fout in quotum: meld die; er is niets geschreven.",
)


class QuotumError(Exception):
    """A problem that the user can act on."""

    exit_code = 15

    @property
    def message(self) -> str:
        """What it says: a sentence with its Dutch where it has that, and else English alone."""
        return self.args[0] if self.args else ""

    def words(self, language: str) -> str:
        """What it says in a language, or in English where it has no Dutch.

        Args:
            language: `en` or `nl`.
        """
        return in_language(self.message, language)


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

    @property
    def words(self) -> Sentence:
        """What is missing, in words."""
        later = _KNOWN_LATER.sentence(day=self.known_from) if self.known_from else ""
        about = phrase(" ({about})", about=self.about) if self.about else ""
        lacking = _IN.sentence(names=", ".join(self.scenarios)) if self.scenarios else ""
        return _NO_VALUE.sentence(name=self.name, on=self.on, later=later, about=about, lacking=lacking)

    def __str__(self) -> str:
        """The same in English."""
        return str(self.words)

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
        first = min(figure.on for figure in self.missing)
        settings = "\n".join(f"  {figure.setting}" for figure in self.missing)
        if len(self.missing) == 1:
            super().__init__(_ONE_MISSING.sentence(missing=self.missing[0].words, settings=settings, first=first))
            return
        lines = joined("\n", (phrase("  - {figure}", figure=figure.words) for figure in self.missing))
        count = len(self.missing)
        super().__init__(_SEVERAL_MISSING.sentence(count=count, missing=lines, settings=settings, first=first))


class RegionsMissing(QuotumError):
    """A guidance bonus per region without amounts."""

    exit_code = 12

    def __init__(self) -> None:
        super().__init__(_REGIONS_MISSING.sentence())


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
        super().__init__(_DENIED.sentence(path=path, whose=whose(Path(path))))


def whose(path: Path) -> Sentence:
    """Whose a file is, or the first folder above it that can be looked at, and who asks."""
    for place in (path.absolute(), *path.absolute().parents):
        try:
            owner = place.stat().st_uid
        except OSError:
            continue
        return _BELONGS.sentence(place=place, owner=_user(owner), present=_user(os.geteuid()))
    return _THIS_IS.sentence(present=_user(os.geteuid()))


def _user(number: int) -> str:
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return _USER.sentence(number=number)


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
    what = os.fsdecode(error.filename) if error.filename else _STANDARD_OUTPUT.sentence()
    return CannotWrite(_CANNOT_BE_WRITTEN.sentence(what=what, why=error.strerror))


class SelfCheckFailed(QuotumError):
    """A check sum of quotum itself failed."""

    exit_code = 15

    def __init__(self, what: str) -> None:
        super().__init__(_DEFECT.sentence(what=what))


class ResultsDiffer(QuotumError):
    """A repeated run comes to other results than the run."""

    exit_code = 20


class CannotCertify(QuotumError):
    """A run cannot be vouched for: an input is missing, or a byte was altered."""

    exit_code = 21
