"""The source of decisions: an unaltered run that the archive notes and that may be decided on."""

import json
from datetime import date
from pathlib import Path
from typing import Final

from attrs import frozen

from quotum.archive.layout import existing
from quotum.errors import WrongUse
from quotum.law import calendar_days
from quotum.output import words
from quotum.output.decisions.decision import Rate, Terms
from quotum.output.decisions.request import Request
from quotum.output.employer_names import Names, names_in_archive
from quotum.output.permission import assumed_under_amounts, require_certain, require_decides
from quotum.run_folder.bag import require_unaltered, run_digest
from quotum.run_folder.reader import Finished, read_finished, require_run
from quotum.run_folder.run_archive import archive_place, require_noted
from quotum.tables import SETTLEMENT, Table

_SO: Final = words.NOT_DECIDED.sentence()
_MARKED: Final = words.MARKED_DOCUMENTS.sentence()
_RATES: Final = ("wtl.bonus_cap", "wtl.bonus_rate", "wtl.jobs_agreement_cap", "wtl.jobs_agreement_rate")


@frozen
class Source:
    """A run to decide on."""

    folder: Path
    """Folder of the run."""
    names: Names
    """Names of its employers."""
    totals: dict[str, int]
    """Totals of `macro.json`, by column."""
    terms: Terms
    """Terms that its decisions have in common."""

    def table(self, table: Table) -> Path:
        """File of a table of the run."""
        return self.folder / "data" / f"{table.name}.parquet"

    @property
    def settlement(self) -> Path:
        """File of its table of employers."""
        return self.table(SETTLEMENT)


def open_source(request: Request) -> Source:
    """Open a run to decide on, and check everything.

    Raises:
        WrongUse: It is no run, may not be decided on, or has no day of decision that fits.
        CannotCertify: It was altered, or the archive does not note it.
        ArchiveLacks: The archive is not there, or lacks what the run read.
    """
    require_run(request.run)
    require_unaltered(request.run, _SO)
    finished = read_finished(request.run)
    assumed = _assumed(request, finished)
    decided_on = _decided_on(request, finished)
    digest = run_digest(request.run)
    require_noted(request.run, digest, existing(archive_place(request.run, request.archive)), _SO)
    macro = json.loads((request.run / "data" / "macro.json").read_text("utf-8"))
    terms = Terms(
        year=finished.year,
        as_of=finished.as_of,
        decided_on=decided_on,
        office=request.office,
        run=digest,
        simulation=request.simulation,
        assumed=assumed,
        rates=_rates(finished),
        objection_until=calendar_days.last_day_of_objection(decided_on),
        pay_until=calendar_days.last_day_of_payment(decided_on),
        revision_until=calendar_days.last_day_of_revision(finished.year),
    )
    return Source(request.run, names_in_archive(request.run, finished, request.archive), macro["totals"], terms)


def _assumed(request: Request, finished: Finished) -> tuple[str, ...]:
    """Names of the assumed figures under the amounts of a run that may be decided on.

    Raises:
        WrongUse: It is a run of the quota levy, or decides nothing and is not asked as a simulation.
    """
    require_decides(finished)
    if not request.simulation:
        require_certain(request.run, finished, _SO, _MARKED)
    return assumed_under_amounts(request.run, finished)


def _decided_on(request: Request, finished: Finished) -> date:
    """Day of the decision: that of the run, or else the day in the request.

    Raises:
        WrongUse: There is none, there are two, or it lies before the as-of day.
    """
    noted, asked = finished.decided_on, request.decided_on
    if noted and asked and noted != asked:
        raise WrongUse(words.DECIDED_OTHERWISE.sentence(asked=asked, noted=noted))
    decided_on = noted or asked
    if decided_on is None:
        raise WrongUse(words.NO_DECISION_DAY.sentence())
    if decided_on < finished.as_of:
        raise WrongUse(words.DECIDED_TOO_SOON.sentence(decided_on=decided_on, as_of=finished.as_of))
    return decided_on


def _rates(finished: Finished) -> tuple[Rate, ...]:
    """Rates and maxima of the year that the run used."""
    first = date(finished.year, 1, 1)
    held = [finished.figures.peek(name, first) for name in _RATES if finished.figures.has(name, first)]
    return tuple(Rate(figure.name, figure.value, figure.unit, figure.provision, figure.status) for figure in held)


__all__ = ["Source", "open_source"]
