"""The arithmetic of worked cases: formulas of numbers and days, evaluated exactly."""

import ast
import operator
import re
from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from math import floor
from typing import Any

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_NAME = re.compile(r"\{([a-z0-9_.]+)\}")
_OPERATIONS: Mapping[type, Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.LtE: operator.le,
    ast.Lt: operator.lt,
    ast.GtE: operator.ge,
    ast.Gt: operator.gt,
}


def down(value: Fraction, places: Fraction = Fraction(0)) -> Fraction:
    """The value rounded towards minus infinity, to a number of decimals."""
    unit = Fraction(10) ** int(places)
    return Fraction(floor(value * unit)) / unit


def half_up(value: Fraction, places: Fraction = Fraction(0)) -> Fraction:
    """The nearest value with a number of decimals, a half upwards."""
    return down(value + Fraction(1, 2) / Fraction(10) ** int(places), places)


_FUNCTIONS: Mapping[str, Callable[..., Any]] = {"min": min, "max": max, "down": down, "half_up": half_up}


def names_in(formula: str) -> list[str]:
    """The parameters of a formula."""
    return _NAME.findall(formula)


def filled(formula: str, figures: Mapping[str, str]) -> str:
    """The formula with the figures in the place of the parameters."""
    return _NAME.sub(lambda result: figures[result[1]], formula)


def evaluated(formula: str) -> Fraction | bool:
    """What a filled formula comes to; days are compared as days."""
    plain = _DAY.sub(lambda result: str(date.fromisoformat(result[0]).toordinal()), formula)
    return _value(ast.parse(plain, mode="eval").body, plain)


def _value(node: ast.expr, source: str) -> Any:
    match node:
        case ast.Constant():
            return Fraction(ast.get_source_segment(source, node))
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_value(operand, source)
        case ast.BinOp(left=left, op=sign, right=right) | ast.Compare(left=left, ops=[sign], comparators=[right]):
            return _OPERATIONS[type(sign)](_value(left, source), _value(right, source))
        case ast.Call(func=ast.Name(id=name), args=arguments):
            return _FUNCTIONS[name](*(_value(argument, source) for argument in arguments))
    raise ValueError(f"{ast.dump(node)} is no part of a formula")


def in_unit_of(column: str, result: str) -> object:
    """A result as it stands in a column: cents, hundredths, tenths, jobs with two decimals, or as it is."""
    if result in {"true", "false"}:
        return result == "true"
    value = Fraction(result)
    if column.endswith("_jobs"):
        return f"{float(value):.2f}"
    scale = {"cents": 100, "hundredths": 100, "tenths": 10}.get(column.rsplit("_", 1)[-1], 1)
    scaled = value * scale
    if scaled.denominator != 1:
        raise ValueError(f"{result} is not whole in the unit of {column}")
    return int(scaled)
