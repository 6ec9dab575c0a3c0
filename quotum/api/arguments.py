"""Arguments of the functions for notebooks, checked before anything is read: what is wrong, and what to write."""

import os
from collections.abc import Callable, Collection, Iterable
from datetime import date, datetime
from functools import wraps
from operator import index
from os import PathLike
from pathlib import Path
from typing import Any, Final, ParamSpec, TypeVar

from quotum.api import messages
from quotum.errors import WrongUse, user_error
from quotum.identifiers import masked
from quotum.local_time import zone
from quotum.parameters.kinds import closest
from quotum.periods import FIRST_YEAR, LAST_YEAR
from quotum.words import Sentence, Text

Place = str | PathLike[str]
Day = date | str
P = ParamSpec("P")
T = TypeVar("T")
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
        raise WrongUse(messages.MOMENT_NOT_DAY.sentence(name=name, value=shown(value)))
    if isinstance(value, date):
        return value
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise WrongUse(messages.NO_DAY.sentence(name=name, value=shown(value)))


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
    raise WrongUse(messages.NO_MOMENT.sentence(name=name, value=shown(value)))


def year(value: object) -> int:
    """A calendar year.

    Raises:
        WrongUse: It is no whole number, or far from any year of the law.
    """
    number = whole("year", value)
    if not FIRST_YEAR <= number <= LAST_YEAR:
        raise WrongUse(messages.NO_YEAR.sentence(value=number, first=FIRST_YEAR, last=LAST_YEAR))
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
    raise WrongUse(messages.NOT_WHOLE.sentence(name=name, value=shown(value)))


def threads_or_none(value: object) -> int | None:
    """A number of threads, or None.

    Raises:
        WrongUse: It is something else, or below 1.
    """
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise WrongUse(messages.NO_THREADS.sentence(value=shown(value)))
    return value


def text_or_none(name: str, value: object) -> str | None:
    """Text, or None.

    Raises:
        WrongUse: It is something else.
    """
    if value is None or isinstance(value, str):
        return value
    raise WrongUse(messages.NO_TEXT.sentence(name=name, kind=_kind(value)))


def choice(name: str, value: object, allowed: Collection[str]) -> str:
    """A value of a list.

    Raises:
        WrongUse: It is none of them.
    """
    if isinstance(value, str) and value in allowed:
        return value
    near = closest(value, allowed) if isinstance(value, str) else ""
    raise WrongUse(messages.NO_CHOICE.sentence(name=name, value=shown(value), allowed=", ".join(allowed), near=near))


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
    raise WrongUse(messages.NO_PATH.sentence(name=name, value=shown(value)))


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
    paths = tuple(path(name, item) for item in _items(name, value, messages.PATHS))
    if not paths:
        raise WrongUse(messages.NO_PATHS.sentence(name=name))
    for place in paths:
        if not os.path.lexists(place):
            pattern = messages.PATTERN.sentence() if "*" in str(place) else ""
            raise WrongUse(messages.NOT_THERE.sentence(name=name, value=masked(str(place)), pattern=pattern))
    return paths


def texts(name: str, value: object) -> tuple[str, ...]:
    """Names or paths as text; a single name is a list with that name alone.

    Raises:
        WrongUse: Something else was given.
    """
    items = _items(name, value, messages.NAMES)
    for item in items:
        if not isinstance(item, str | PathLike):
            raise WrongUse(messages.NO_NAME.sentence(name=name, kind=_kind(item)))
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


def _items(name: str, value: object, what: Text) -> tuple[Any, ...]:
    if isinstance(value, str | PathLike):
        return (value,)
    if isinstance(value, Iterable):
        return tuple(value)
    raise WrongUse(messages.NO_LIST.sentence(name=name, what=what.sentence(), kind=_kind(value)))


def _kind(value: object) -> Sentence:
    return messages.NOTHING.sentence() if value is None else messages.OF_TYPE.sentence(type=type(value).__name__)
