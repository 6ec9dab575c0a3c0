"""Conversion of TOML files into attrs classes, closed and strict.

By default cattrs turns 1.9 into 1, takes `True` for an int and has no hook for dates; every hook below refuses a value
that is not exactly of its kind, and a message names the file and the key.
"""

import tomllib
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from types import GenericAlias
from typing import Any, Final, NewType, TypeVar, get_args, get_origin

import attrs
from cattrs import AttributeValidationNote, Converter, IterableValidationNote
from cattrs.errors import BaseValidationError, ForbiddenExtraKeysError
from cattrs.gen import make_dict_structure_fn, override

from quotum.errors import ParameterFileWrong
from quotum.parameters.kinds import Kind, WrittenFloat, WrongKind, closest, described, require_date

Phrase = NewType("Phrase", str)
"""Text that may not be empty: a title, a source, a unit."""

NOT_A_KEY: Final = {"not a key": True}
"""Metadata of a field that a file cannot give."""

T = TypeVar("T")


def read_toml(path: Path) -> dict[str, Any]:
    """Reads the tables of a TOML file, each float as its text; a byte order mark at its start is passed over.

    Raises:
        ParameterFileWrong: The file cannot be read or is no TOML; the message gives the line.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as problem:
        reason = problem.strerror if isinstance(problem, OSError) else "it is not UTF-8"
        raise ParameterFileWrong(f"{path}: cannot be read: {reason}. Give a TOML file in UTF-8.") from problem
    try:
        return tomllib.loads(text, parse_float=WrittenFloat)
    except ValueError as problem:
        reason = str(problem).replace("at end of document", f"at line {max(1, len(text.splitlines()))}, the last one")
        raise ParameterFileWrong(f"{path}: not valid TOML: {reason}. Correct that line.") from problem


def structure(raw: object, shape: type[T], place: str) -> T:
    """Converts a TOML table to an attrs class.

    Args:
        raw: The table.
        shape: The class; a field name that ends in `_` stands for the key without it.
        place: File (and table), for the message.

    Raises:
        ParameterFileWrong: A key is unknown or missing, or a value is of another kind; every problem is named.
    """
    try:
        return converter.structure(raw, shape)
    except (BaseValidationError, WrongKind, ForbiddenExtraKeysError) as problem:
        raise ParameterFileWrong(f"{place}: " + "; ".join(_problems(problem, ()))) from problem


def _problems(problem: BaseException, path: tuple[str | int, ...]) -> Iterator[str]:
    """Yields the leaves of a tree of validation problems, each with the keys that lead to it."""
    if isinstance(problem, ForbiddenExtraKeysError):
        known_keys = [_key(field.name) for field in attrs.fields(problem.cl) if field.metadata != NOT_A_KEY]
        for name in sorted(problem.extra_fields):
            yield f"{_words((*path, name))}: unknown{closest(name, known_keys)}"
    elif isinstance(problem, BaseValidationError):
        for part in problem.exceptions:
            yield from _problems(part, path + _step(part))
    elif isinstance(problem, KeyError):
        yield f"{_words(path)}: missing, and it is required"
    elif isinstance(problem, WrongKind):
        yield f"{_words(path)}: {problem}" if path else str(problem)
    else:
        raise problem


def _step(problem: BaseException) -> tuple[str | int, ...]:
    for note in getattr(problem, "__notes__", ()):
        if isinstance(note, AttributeValidationNote):
            return (_key(note.name),)
        if isinstance(note, IterableValidationNote):
            return (int(note.index) + 1,)
    return ()


def _words(path: tuple[str | int, ...]) -> str:
    """Returns a path as words; lists count from 1: `key "from" of entry 2 of key "values"`."""
    keys = [f'key "{step}"' if isinstance(step, str) else f"entry {step}" for step in reversed(path)]
    return " of ".join(keys)


def _key(field_name: str) -> str:
    return field_name.removesuffix("_")


def _exactly(kind: type[T], expected: str) -> Callable[[object, object], T]:
    def hook(raw: object, _: object) -> T:
        if type(raw) is not kind:
            raise WrongKind(f"expected {expected}; found {described(raw)}")
        return raw

    return hook


def _phrase(raw: object, _: object) -> Phrase:
    if not isinstance(raw, str) or not raw.strip():
        raise WrongKind(f"expected text that is not empty; found {described(raw)}")
    return Phrase(raw)


def _kind(raw: object, _: object) -> Kind:
    if not isinstance(raw, str) or raw not in list(Kind):
        near = closest(raw, list(Kind)) if isinstance(raw, str) else ""
        raise WrongKind(f"expected one of {', '.join(Kind)}; found {described(raw)}{near}")
    return Kind(raw)


def _closed_table(shape: type[Any]) -> Callable[[object, object], Any]:
    renamed: dict[str, Any] = {
        field.name: override(omit=True) if field.metadata == NOT_A_KEY else override(rename=_key(field.name))
        for field in attrs.fields(shape)
    }
    fill = make_dict_structure_fn(shape, converter, _cattrs_forbid_extra_keys=True, **renamed)

    def hook(raw: object, _: object) -> Any:
        if not isinstance(raw, dict):
            raise WrongKind(f"expected a table; found {described(raw)}")
        return fill(raw, shape)

    return hook


def _list_of(shape: Any) -> Callable[[object, object], Any]:
    inner: Any = GenericAlias(list, get_args(shape)[:1])

    def hook(raw: object, _: object) -> Any:
        if not isinstance(raw, list):
            raise WrongKind(f"expected a list; found {described(raw)}")
        return tuple(converter.structure(raw, inner))

    return hook


def _has_origin(origin: object) -> Callable[[Any], bool]:
    return lambda shape: get_origin(shape) is origin


def _make_converter() -> Converter:
    result = Converter(forbid_extra_keys=True)
    result.register_structure_hook(int, _exactly(int, "a whole number"))
    result.register_structure_hook(str, _exactly(str, "text in quotes"))
    result.register_structure_hook(bool, _exactly(bool, "true or false"))
    result.register_structure_hook(date, lambda raw, _: require_date(raw))
    result.register_structure_hook(Kind, _kind)
    result.register_structure_hook(Phrase, _phrase)
    result.register_structure_hook_func(_has_origin(dict), _exactly(dict, "a table"))
    result.register_structure_hook_factory(attrs.has, _closed_table)
    result.register_structure_hook_factory(_has_origin(tuple), _list_of)
    return result


converter: Final = _make_converter()
