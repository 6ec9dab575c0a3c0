"""What an auditor reads after a run was verified or repeated; no identifiers."""

from collections.abc import Iterator

from quotum import __version__
from quotum.identifiers import masked
from quotum.output.bag import ENVIRONMENT, SIGNATURE
from quotum.run.replay import Replayed
from quotum.run.verifying import Verified

NOT_COVERED = f"{ENVIRONMENT} (machine, moment, versions) is covered by no manifest: nobody vouches for it"

_NOTED = {
    True: "in the archive, under this digest",
    False: "not in the archive: a run that was changed and sealed anew looks like this one too; replay tells",
    None: "cannot be said",
}


def _heading(found: Verified) -> str:
    run = found.run
    if run is None:
        return f"run        {masked(str(found.folder))}: its record cannot be read"
    mark = "SIMULATION: " if run.simulation else ""
    return f"run        {mark}{run.year}, returns as filed by {run.as_of}, {run.regime}, made by quotum {run.version}"


def _inputs(found: Verified) -> str:
    deliveries = len(found.run.inputs) if found.run else 0
    tables = len(found.read.tables()) if found.read else 0
    derived = f", {found.tables} of {tables} derived tables" if found.read else ""
    return f"inputs     {found.inputs} of {deliveries} deliveries{derived} with the digest they had"


def verify_lines(found: Verified) -> Iterator[str]:
    """The outcome of `quotum verify`, line by line."""
    yield _heading(found)
    sealed = [name for name in found.altered if name != ENVIRONMENT]
    yield f"digests    {f'not as sealed: {len(sealed)} files' if sealed else 'every file of the run as it was sealed'}"
    yield _inputs(found)
    yield f"signature  {found.signature}{f' ({SIGNATURE})' if found.signature.startswith('made') else ''}"
    yield f"noted      {_NOTED[found.noted]}"
    yield f"not covered: {NOT_COVERED}"
    yield from (f"remark: {one}" for one in found.forgotten)
    yield from (f"wrong: {reason}" for reason in found.reasons)


def replay_lines(done: Replayed) -> Iterator[str]:
    """The outcome of `quotum replay`, line by line."""
    yield _heading(done.verified)
    yield _inputs(done.verified)
    yield f"repeated   with the parameters of the run, by quotum {__version__}{_of_what(done)}"
    yield f"results    {_results(done)}"
    yield from (f"remark: {one}" for one in done.verified.forgotten if one not in done.reasons)
    yield from (f"not certified: {reason}" for reason in done.reasons)
    yield f"outcome    {outcome(done)}"


def _of_what(done: Replayed) -> str:
    return ", from derived tables made again" if done.from_originals else ""


def _results(done: Replayed) -> str:
    if done.same and done.difference is None:
        return f"{done.files} files, the same"
    return done.verdict


def outcome(done: Replayed) -> str:
    """The outcome in a few words."""
    same = {True: "results are the same", False: "results differ", None: "results could not be made again"}[done.same]
    if done.reasons:
        return f"cannot be certified; {same}"
    if done.difference is not None:
        return "results differ" if not done.same else "record differs; results are the same"
    return "identical"


__all__ = ["NOT_COVERED", "outcome", "replay_lines", "verify_lines"]
