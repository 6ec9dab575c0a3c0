"""Which settlement a request asks for: as the parameters and scenarios say, or the older quota levy."""

from collections.abc import Callable

from quotum.run import quota_levy
from quotum.run import settle as as_enacted
from quotum.run.quota_levy import LevyPrepared, LevySettled
from quotum.run.request import QUOTA_LEVY, Request
from quotum.run.settle import Prepared, Settled


def prepare(request: Request) -> Prepared | LevyPrepared:
    """Read parameters and the archive's receipts, and refuse what cannot be settled.

    Raises:
        QuotumError: Each with its exit code.
    """
    return quota_levy.prepare(request) if request.regime == QUOTA_LEVY else as_enacted.prepare(request)


def settle(
    prepared: Prepared | LevyPrepared, progress: Callable[[str], None] = lambda _stage: None
) -> Settled | LevySettled:
    """Compute the settlement and write its run folder.

    Raises:
        QuotumError: Each with its exit code; nothing is written then.
    """
    if isinstance(prepared, LevyPrepared):
        return quota_levy.settle(prepared, progress)
    return as_enacted.settle(prepared, progress)


def stages_of(prepared: Prepared | LevyPrepared) -> tuple[str, ...]:
    """Names of the stages, in their order, for showing progress."""
    return quota_levy.STAGES if isinstance(prepared, LevyPrepared) else as_enacted.STAGES


__all__ = ["prepare", "settle", "stages_of"]
