"""The regimes by name: the single place where a regime is chosen."""

from typing import Any, Final

from quotum.run.preparation import Prepared
from quotum.run.regimes.as_enacted import AsEnacted
from quotum.run.regimes.interface import Regime
from quotum.run.regimes.quota_levy import QuotaLevy
from quotum.run_folder.request import Request

REGIMES: Final[dict[str, Regime[Any]]] = {regime.name: regime for regime in (AsEnacted(), QuotaLevy())}


def named(name: str) -> Regime[Any]:
    """The regime of a name, as a request and a run have it."""
    return REGIMES[name]


def prepare(request: Request) -> Prepared[Any]:
    """Read parameters and the archive's receipts, and refuse what cannot be settled.

    Raises:
        QuotumError: Each with its exit code.
    """
    return named(request.regime).prepare(request)


def description(request: Request) -> str:
    """A line about a run."""
    regime = named(request.regime)
    remark = f", {regime.remark}" if regime.remark else ""
    return f"{regime.title} of {request.year}{remark}, returns as filed by {request.as_of}"


__all__ = ["REGIMES", "description", "named", "prepare"]
