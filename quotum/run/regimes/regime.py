"""The regimes by name: the single place where a regime is chosen."""

from typing import Any, Final

from attrs import evolve

from quotum.run.preparation import Prepared
from quotum.run.regimes.as_enacted import AsEnacted
from quotum.run.regimes.interface import Regime
from quotum.run.regimes.quota_levy import QuotaLevy
from quotum.run_folder.request import Request
from quotum.words import Text

REGIMES: Final[dict[str, Regime[Any]]] = {regime.name: regime for regime in (AsEnacted(), QuotaLevy())}


_GROWTH_IDLE: Final = Text(
    "[growth] changes nothing in a settlement: amounts grow to a later year, which simulate --as-if names",
    "[growth] verandert niets aan een vaststelling: bedragen groeien naar een later jaar, dat simulate --as-if noemt",
)


def named(name: str) -> Regime[Any]:
    """The regime of a name, as a request and a run have it."""
    return REGIMES[name]


def prepare(request: Request) -> Prepared[Any]:
    """Read parameters and the archive's receipts, and refuse what cannot be settled.

    Raises:
        QuotumError: Each with its exit code.
    """
    prepared = named(request.regime).prepare(request)
    if prepared.scenario is None or not prepared.scenario.growth:
        return prepared
    return evolve(prepared, remarks=(*prepared.remarks, _GROWTH_IDLE.sentence()))


def description(request: Request) -> str:
    """A line about a run."""
    regime = named(request.regime)
    remark = f", {regime.remark}" if regime.remark else ""
    return f"{regime.title} of {request.year}{remark}, returns as filed by {request.as_of}"


__all__ = ["REGIMES", "description", "named", "prepare"]
