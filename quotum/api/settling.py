"""Settling a year from a notebook."""

from collections.abc import Iterable

from quotum.api.arguments import (
    Day,
    Place,
    choice,
    choice_or_none,
    day,
    day_or_none,
    path,
    text_or_none,
    texts,
    threads_or_none,
    told_plainly,
)
from quotum.api.arguments import (
    year as calendar_year,
)
from quotum.api.runs import Run, run_of
from quotum.law.wfsv.job_count import BASELINES
from quotum.run.regimes.regime import REGIMES, prepare
from quotum.run.room import room_remarks
from quotum.run.settle import settle as settle_prepared
from quotum.run_folder.request import AS_ENACTED, Request
from quotum.words import LANGUAGES


@told_plainly
def settle(
    archive: Place,
    year: int,
    as_of: Day,
    out: Place,
    scenarios: Place | Iterable[Place] = (),
    *,
    regime: str = AS_ENACTED,
    known_on: Day | None = None,
    decided_on: Day | None = None,
    baseline: str | None = None,
    threads: int | None = None,
    memory_limit: str | None = None,
    strict: bool = False,
    language: str = "en",
) -> Run:
    """Settles a year and writes its run folder, as `quotum settle` does; the same run twice is written once.

    Args:
        archive: Folder of the archive.
        year: Calendar year.
        as_of: Returns count as filed by the end of this day: 1 May of the year after.
        out: Folder of the run; must be new, or hold the same run.
        scenarios: Files or shipped names; a later one wins. Any of them makes the run a simulation.
        regime: `as-enacted` or `quota-levy`.
        known_on: Deliveries and parameters as known on this day.
        decided_on: Day of the decision, noted in the run.
        baseline: `counted`, `national` or `none`; counted when the archive holds returns of December 2012, otherwise
            national, when left out.
        threads: Number of threads; all when None.
        memory_limit: Most memory for computing, such as "4GB"; the whole process stays within 2 GB when None.
        strict: Whether a message that contradicts itself stops it; it is set aside otherwise, with a remark.
        language: `en` or `nl`, of its summary.

    Raises:
        QuotumError: Something is wrong with what was asked, a scenario or the archive; nothing is written then.
    """
    request = Request(
        archive=path("archive", archive),
        year=calendar_year(year),
        as_of=day("as_of", as_of),
        out=path("out", out),
        scenarios=texts("scenarios", scenarios),
        regime=choice("regime", regime, tuple(REGIMES)),
        known_on=day_or_none("known_on", known_on),
        decided_on=day_or_none("decided_on", decided_on),
        baseline=choice_or_none("baseline", baseline, BASELINES),
        threads=threads_or_none(threads),
        memory_limit=text_or_none("memory_limit", memory_limit),
        strict=bool(strict),
    )
    spoken = choice("language", language, LANGUAGES)
    prepared = prepare(request)
    settled = settle_prepared(prepared)
    return run_of(request.out, spoken, (*prepared.remarks, *room_remarks(prepared), *settled.used))
