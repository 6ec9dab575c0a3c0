"""What decisions are made from: an unaltered run that the archive notes and that may be decided on."""

import json
from datetime import date
from pathlib import Path
from typing import Final

from attrs import frozen

from quotum.archive.layout import existing
from quotum.archive.notes import notes
from quotum.errors import ArchiveLacks, CannotCertify, WrongUse
from quotum.identifiers import masked
from quotum.law import calendar_days
from quotum.output.decisions.decision import Rate, Terms
from quotum.output.decisions.request import Request
from quotum.output.employer_names import Names, names_in_archive
from quotum.output.payments.permission import assumed_under_amounts
from quotum.run_folder.bag import require_unaltered, run_digest
from quotum.run_folder.reader import Finished, noted_archive, read_finished, require_run
from quotum.run_folder.request import QUOTA_LEVY
from quotum.tables import SETTLEMENT, Table

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
    """What its decisions have in common."""

    def table(self, table: Table) -> Path:
        """The file of one of its tables."""
        return self.folder / "data" / f"{table.name}.parquet"

    @property
    def settlement(self) -> Path:
        """Its table of employers."""
        return self.table(SETTLEMENT)


def open_source(request: Request) -> Source:
    """Open a run to decide on; everything is checked.

    Raises:
        WrongUse: It is no run, may not be decided on, or has no day of decision that fits.
        CannotCertify: It was altered, or the archive does not note it.
        ArchiveLacks: The archive is not there, or lacks what the run read.
    """
    require_run(request.run)
    require_unaltered(request.run, "nothing is decided on it")
    finished = read_finished(request.run)
    assumed = _assumed(request, finished)
    decided_on = _decided_on(request, finished)
    _require_noted(request.run, request.archive)
    macro = json.loads((request.run / "data" / "macro.json").read_text("utf-8"))
    terms = Terms(
        year=finished.year,
        as_of=finished.as_of,
        decided_on=decided_on,
        office=request.office,
        run=run_digest(request.run),
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
    if finished.regime == QUOTA_LEVY:
        raise WrongUse(
            "a run of the quota levy gives figures and no decision (Wfsv art. 122na); name a run that was settled with "
            "--regime as-enacted"
        )
    assumed = tuple(dict.fromkeys(assumed_under_amounts(request.run, finished)))
    if request.simulation:
        return assumed
    ways = "or give --simulation for documents that say so on every page and in every name"
    if finished.simulation:
        raise WrongUse(
            "the run is a simulation: a scenario set its figures, so nothing is decided on it. Settle the year without "
            f"a scenario, {ways}"
        )
    if assumed:
        raise WrongUse(
            f"amounts of the run rest on figures that are only assumed ({', '.join(assumed)}), so nothing is decided "
            f"on it. Settle the year when they are published, {ways}"
        )
    return assumed


def _decided_on(request: Request, finished: Finished) -> date:
    """The day of the decision: that of the run, or else the one that is asked.

    Raises:
        WrongUse: There is none, there are two, or it lies before the as-of day.
    """
    noted, asked = finished.decided_on, request.decided_on
    if noted and asked and noted != asked:
        raise WrongUse(f"--decided-on {asked}: the run says that it was decided on {noted}; leave the option out")
    decided_on = noted or asked
    if decided_on is None:
        raise WrongUse("the run has no day of decision, from which the terms are counted; give it with --decided-on")
    if decided_on < finished.as_of:
        raise WrongUse(
            f"--decided-on {decided_on}: the run looks at returns filed until {finished.as_of}, which is later"
        )
    return decided_on


def _require_noted(run: Path, archive: Path | None) -> None:
    place = archive or noted_archive(run)
    if place is None:
        raise ArchiveLacks(f"{masked(str(run))} does not say where its archive is; name it with --archive")
    if run_digest(run) not in {note.digest for note in notes(existing(place))}:
        raise CannotCertify(
            f"the archive has no note of {masked(str(run))}: it may have been changed and sealed anew, so nothing is "
            "decided on it. Name the archive that it was settled from with --archive, or settle again to the same "
            "place: the run is compared and noted"
        )


def _rates(finished: Finished) -> tuple[Rate, ...]:
    """Rates and maxima of the year that the run used."""
    first = date(finished.year, 1, 1)
    held = [finished.figures.peek(name, first) for name in _RATES if finished.figures.has(name, first)]
    return tuple(Rate(one.name, one.value, one.unit, one.provision, one.status) for one in held)


__all__ = ["Source", "open_source"]
