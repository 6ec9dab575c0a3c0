"""Arguments of the functions for notebooks, checked before anything is read: what is wrong, and what to write."""

import os
from collections.abc import Callable, Collection, Iterable
from datetime import date, datetime
from functools import wraps
from operator import index
from os import PathLike
from pathlib import Path
from typing import Any, Final, ParamSpec, TypeVar

from quotum.errors import WrongUse, user_error
from quotum.identifiers import masked
from quotum.local_time import zone
from quotum.parameters.kinds import closest

Place = str | PathLike[str]
Day = date | str
P = ParamSpec("P")
T = TypeVar("T")
_FIRST_YEAR, _LAST_YEAR = 2006, 2099
_SHOWN: Final = 60


def told_plainly(function: Callable[P, T]) -> Callable[P, T]:
    """Makes a function end with an error for users where a file may not be looked at or nothing can be written.

    Args:
        function: A function for notebooks.
    """

    @wraps(function)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return function(*args, **kwargs)
        except OSError as error:
            plain = user_error(error)
            if plain is None:
                raise
            raise plain from error

    return wrapped


def day(name: str, value: object) -> date:
    """A day, given as a date or as text.

    Raises:
        WrongUse: It is something else.
    """
    if isinstance(value, datetime):
        raise WrongUse(f"{name}: {shown(value)} is a moment and not a day; write {name}=...date()")
    if isinstance(value, date):
        return value
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise WrongUse(f'{name}: {shown(value)} is no day; write "2027-05-01" or datetime.date(2027, 5, 1)')


def day_or_none(name: str, value: object) -> date | None:
    """A day, or None.

    Raises:
        WrongUse: It is something else.
    """
    return None if value is None else day(name, value)


def moment(name: str, value: object) -> datetime:
    """A moment as local time of Amsterdam, given as a date and time or as text.

    Raises:
        WrongUse: It is something else.
    """
    if isinstance(value, str):
        try:
            return _local(datetime.fromisoformat(value))
        except ValueError:
            pass
    elif isinstance(value, datetime):
        return _local(value)
    raise WrongUse(f'{name}: {shown(value)} is no date and time; write "2027-05-02T06:00:00"')


def year(value: object) -> int:
    """A calendar year.

    Raises:
        WrongUse: It is no whole number, or far from any year of the law.
    """
    number = whole("year", value)
    if not _FIRST_YEAR <= number <= _LAST_YEAR:
        raise WrongUse(f"year: {number} is no year of this law; give one from {_FIRST_YEAR} to {_LAST_YEAR}")
    return number


def whole(name: str, value: Any) -> int:
    """A whole number.

    Raises:
        WrongUse: It is something else, such as the number as text.
    """
    try:
        if not isinstance(value, bool):
            return index(value)
    except TypeError:
        pass
    raise WrongUse(f"{name}: {shown(value)} is no whole number; write it as {name}=2026, without quotes or decimals")


def threads_or_none(value: object) -> int | None:
    """A number of threads, or None.

    Raises:
        WrongUse: It is something else, or below 1.
    """
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise WrongUse(f"threads: {shown(value)} is no number of threads; give 1 or more, or leave it out")
    return value


def text_or_none(name: str, value: object) -> str | None:
    """Text, or None.

    Raises:
        WrongUse: It is something else.
    """
    if value is None or isinstance(value, str):
        return value
    raise WrongUse(f"{name}: expected text in quotes, found {_kind(value)}")


def choice(name: str, value: object, allowed: Collection[str]) -> str:
    """A value of a list.

    Raises:
        WrongUse: It is none of them.
    """
    if isinstance(value, str) and value in allowed:
        return value
    near = closest(value, allowed) if isinstance(value, str) else ""
    raise WrongUse(f"{name}: {shown(value)} is none of {', '.join(allowed)}{near}")


def choice_or_none(name: str, value: object, allowed: Collection[str]) -> str | None:
    """A value of a list, or None.

    Raises:
        WrongUse: It is none of them.
    """
    return None if value is None else choice(name, value, allowed)


def path(name: str, value: object) -> Path:
    """A path of a file or folder.

    Raises:
        WrongUse: It is something else.
    """
    place = os.fspath(value) if isinstance(value, str | PathLike) else None
    if isinstance(place, str) and place and "\0" not in place:
        return Path(place)
    raise WrongUse(f"{name}: {shown(value)} is no path; give text in quotes or a pathlib.Path")


def path_or_none(name: str, value: object) -> Path | None:
    """A path, or None.

    Raises:
        WrongUse: It is something else.
    """
    return None if value is None else path(name, value)


def existing_paths(name: str, value: object) -> tuple[Path, ...]:
    """Paths that are there; a single path is a list with that path alone.

    Raises:
        WrongUse: Something else was given, nothing, or a path is not there.
    """
    paths = tuple(path(name, item) for item in _items(name, value, "paths"))
    if not paths:
        raise WrongUse(f"{name}: the list is empty; give at least one file")
    for place in paths:
        if not os.path.lexists(place):
            pattern = '; a pattern such as *.csv is not filled in here: write Path("folder").glob("*.csv")'
            raise WrongUse(f"{name}: {masked(str(place))} is not there{pattern if '*' in str(place) else ''}")
    return paths


def texts(name: str, value: object) -> tuple[str, ...]:
    """Names or paths as text; a single name is a list with that name alone.

    Raises:
        WrongUse: Something else was given.
    """
    items = _items(name, value, "names or paths")
    for item in items:
        if not isinstance(item, str | PathLike):
            raise WrongUse(f"{name}: expected text in quotes or a path, found {_kind(item)}")
    return tuple(os.fspath(item) for item in items)


def now() -> datetime:
    """The present moment in Amsterdam, to the second."""
    return datetime.now(zone()).replace(tzinfo=None, microsecond=0)


def _local(value: datetime) -> datetime:
    return value if value.tzinfo is None else value.astimezone(zone()).replace(tzinfo=None)


def shown(value: object) -> str:
    """A value in a message: short, and without a number that can be a BSN or RSIN."""
    text = masked(repr(value))
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."


def _items(name: str, value: object, what: str) -> tuple[Any, ...]:
    if isinstance(value, str | PathLike):
        return (value,)
    if isinstance(value, Iterable):
        return tuple(value)
    raise WrongUse(f"{name}: expected a list of {what}, found {_kind(value)}")


def _kind(value: object) -> str:
    return "nothing" if value is None else f"a value of type {type(value).__name__}"
