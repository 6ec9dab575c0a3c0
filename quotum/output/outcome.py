"""What an auditor reads after a run was verified or repeated; no identifiers."""

from collections.abc import Iterator, Sequence

from quotum.identifiers import masked
from quotum.replay.recompute import Repetition
from quotum.replay.verification import Verification
from quotum.run_folder.bag import ENVIRONMENT, SIGNATURE
from quotum.version import __version__

NOT_COVERED = f"{ENVIRONMENT} (machine, moment, versions) is covered by no manifest: nobody vouches for it"

_NOTED = {
    True: "in the archive, under this digest",
    False: "not in the archive: a run that was changed and sealed anew looks like this one too",
    None: "cannot be said",
}


def _signature(found: Verification) -> str:
    return f"{found.signature}{f' ({SIGNATURE})' if found.signature.startswith('made') else ''}"


def _figures(found: Verification) -> str:
    if found.figures is None:
        return "not compared with those of this version: the run was made by other code, or its record was altered"
    if found.figures:
        return f"not what the same code ships: {len(found.figures)}"
    if found.run is not None and found.run.simulation:
        return "those that this version ships, but for what the scenario of the run sets"
    return "those that this version ships"


def _heading(found: Verification) -> str:
    run = found.run
    if run is None:
        return f"run        {masked(str(found.folder))}: its record cannot be read"
    mark = "SIMULATION: " if run.simulation else ""
    return f"run        {mark}{run.year}, returns as filed by {run.as_of}, {run.regime}, made by quotum {run.version}"


def _inputs(found: Verification) -> str:
    deliveries = len(found.run.inputs) if found.run else 0
    tables = len(found.read.tables()) if found.read else 0
    derived = f", {found.tables} of {tables} derived tables" if found.read else ""
    return f"inputs     {found.inputs} of {deliveries} deliveries{derived} with the digest they had"


def more(reasons: Sequence[str]) -> str:
    """How many reasons there are beside the first, in brackets."""
    return f" (and {len(reasons) - 1} more, named above)" if len(reasons) > 1 else ""


def verify_lines(found: Verification) -> Iterator[str]:
    """The outcome of `quotum verify`, line by line."""
    yield _heading(found)
    sealed = [name for name in found.altered if name != ENVIRONMENT]
    yield f"digests    {f'not as sealed: {len(sealed)} files' if sealed else 'every file of the run as it was sealed'}"
    yield _inputs(found)
    yield f"figures    {_figures(found)}"
    yield f"signature  {_signature(found)}"
    yield f"noted      {_NOTED[found.noted]}"
    yield f"not covered: {NOT_COVERED}"
    yield from (f"remark: {one}" for one in found.forgotten)
    yield from (f"wrong: {reason}" for reason in found.uncertified)


def replay_lines(done: Repetition) -> Iterator[str]:
    """The outcome of `quotum replay`, line by line."""
    yield _heading(done.verified)
    yield _inputs(done.verified)
    yield f"repeated   with the parameters of the run, by quotum {__version__}{_of_what(done)}"
    yield f"results    {_results(done)}"
    yield f"figures    {_figures(done.verified)}"
    yield f"signature  {_signature(done.verified)}"
    yield f"noted      {_NOTED[done.verified.noted]}"
    yield from (f"remark: {one}" for one in done.verified.forgotten if one not in done.reasons)
    yield from (f"not shipped: {one}" for one in done.verified.figures or ())
    yield from (f"not certified: {one}" for one in (*done.reasons, done.verified.unvouched) if one)
    yield f"outcome    {outcome(done)}"


def _of_what(done: Repetition) -> str:
    return ", from derived tables made again" if done.from_originals else ""


def _results(done: Repetition) -> str:
    if done.identical and done.difference is None:
        return f"{done.files} files, the same"
    return done.verdict


def outcome(done: Repetition) -> str:
    """The outcome in a few words."""
    same = {True: "results are the same", False: "results differ", None: "results could not be made again"}[
        done.identical
    ]
    if done.verified.figures:
        return f"figures are not what this version ships; {same}"
    if done.reasons:
        return f"cannot be certified; {same}"
    if done.difference is not None:
        return "results differ" if not done.identical else "record differs; results are the same"
    return f"cannot be certified; {same}" if done.verified.unvouched else "identical"


__all__ = ["NOT_COVERED", "more", "outcome", "replay_lines", "verify_lines"]
