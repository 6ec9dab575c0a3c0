"""A plugin of pytest that notes every country which the tests of the law compute, and what came out of it."""

import inspect
import os
import pickle
from functools import wraps
from pathlib import Path

from attrs import frozen

from quotum.engine.arrow import ArrowEngine
from tests.spec import lkv, tables
from tests.spec.rule_7_quota_levy import levies

WHERE = "QUOTUM_RECORDED"
OF = {"settle": tables, "benefits": lkv, "levy": levies}


@frozen
class Recorded:
    """A country that was computed."""

    what: str
    """Name of the function of `OF`."""
    country: object
    """Its deliveries."""
    how: dict
    """What else the function takes."""
    outcome: dict
    """By name what can be compared: the lines of each table, and the rate."""


def outcome(result):
    """What can be compared of what a function of `OF` gives."""
    names = ("settlement", "bonus", "surcharge", "rate", "lines", "others")
    return {name: getattr(result, name) for name in names if hasattr(result, name)}


def pytest_configure():
    """Note from now on."""
    recorded = []
    for name, module in OF.items():
        setattr(module, name, _noting(name, getattr(module, name), recorded))
    pytest_configure.recorded = recorded


def pytest_sessionfinish():
    """Write down what was noted."""
    Path(os.environ[WHERE]).write_bytes(pickle.dumps(pytest_configure.recorded))


def _noting(name, function, recorded):
    @wraps(function)
    def noting(*given, **more):
        result = function(*given, **more)
        bound = inspect.signature(function).bind(*given, **more)
        bound.apply_defaults()
        how = bound.arguments
        how |= how.pop("terms_changes", {})
        engine, country = how.pop("engine"), how.pop("country")
        if isinstance(engine, ArrowEngine):
            recorded.append(Recorded(name, country, how, outcome(result)))
        return result

    return noting
