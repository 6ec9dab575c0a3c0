"""Which settlement a request asks for: as the parameters and scenarios say, or the older quota levy."""

from collections.abc import Callable
from pathlib import Path

from quotum.archive.known import Known
from quotum.engine.interface import Engine
from quotum.frames import Frame
from quotum.parameters import Figures, Scenario
from quotum.run import preparation as preparing
from quotum.run.findings import deliveries_used
from quotum.run.preparation import Prepared
from quotum.run.regimes import as_enacted, quota_levy
from quotum.run.regimes.levy_macro import LevyMacro
from quotum.run.regimes.macro import Macro
from quotum.run.regimes.quota_levy import LevyPrepared
from quotum.run.stages.rows_in_force import YearRows
from quotum.run_folder.request import QUOTA_LEVY, Request


def prepare(request: Request) -> Prepared | LevyPrepared:
    """Read parameters and the archive's receipts, and refuse what cannot be settled.

    Raises:
        QuotumError: Each with its exit code.
    """
    return quota_levy.prepare(request) if request.regime == QUOTA_LEVY else preparing.prepare(request)


def prepare_from(
    request: Request, archive: Known, figures: Figures, scenario: Scenario | None
) -> Prepared | LevyPrepared:
    """What a settlement is made from, with figures and archive of one that is done.

    Raises:
        QuotumError: Each with its exit code.
    """
    if request.regime == QUOTA_LEVY:
        return quota_levy.prepare_from(request, archive, figures, scenario)
    return preparing.prepare_from(request, archive, figures, scenario)


def compute(
    engine: Engine, prepared: Prepared | LevyPrepared, data: Path, progress: Callable[[str], None]
) -> tuple[Macro | LevyMacro, dict[str, int], dict[str, int]]:
    """Compute a settlement and write the payload of its run.

    Args:
        engine: Where it computes.
        prepared: What `prepare` gave.
        data: Folder of the payload, there and empty.
        progress: Told the name of each stage as it begins.

    Returns:
        The figures for the whole country, the number of findings by code, and the most that hangs on them in cents.

    Raises:
        QuotumError: Each with its exit code.
    """
    if isinstance(prepared, LevyPrepared):
        return quota_levy.compute(engine, prepared, data, progress)
    return as_enacted.compute(engine, prepared, data, progress)


def places(
    engine: Engine, prepared: Prepared | LevyPrepared, progress: Callable[[str], None]
) -> tuple[dict[str, Frame], YearRows]:
    """Where the findings of a settlement are, by code (see `columns.Places`), and the rows of its year.

    Raises:
        QuotumError: Each with its exit code.
    """
    if isinstance(prepared, LevyPrepared):
        levied = quota_levy.make(engine, prepared, progress)
        return levied.places() | deliveries_used.places(engine, prepared.archive), levied.counted.found
    made = as_enacted.make(engine, prepared, progress)
    return made.places(engine, prepared.archive), made.found


def description(prepared: Prepared | LevyPrepared) -> str:
    """One line about a run."""
    request = prepared.request
    what = "quota levy of {}, figures only" if isinstance(prepared, LevyPrepared) else "settlement of {}"
    return f"{what.format(request.year)}, returns as filed by {request.as_of}"


def stages_of(prepared: Prepared | LevyPrepared) -> tuple[str, ...]:
    """Names of the stages, in their order, for showing progress."""
    return quota_levy.STAGES if isinstance(prepared, LevyPrepared) else as_enacted.STAGES


__all__ = ["compute", "description", "places", "prepare", "prepare_from", "stages_of"]
