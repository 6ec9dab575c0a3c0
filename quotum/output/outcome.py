"""What an auditor reads after a run was verified or repeated; no identifiers."""

from collections.abc import Iterator, Sequence

from quotum.identifiers import masked
from quotum.releases import commit_of
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


def _signature(verification: Verification) -> str:
    return f"{verification.signature}{f' ({SIGNATURE})' if verification.signature.startswith('made') else ''}"


def _figures(verification: Verification) -> str:
    if verification.figures is None:
        return "not compared with those of this version: the run was made by other code, or its record was altered"
    if verification.figures:
        return f"not what the same code ships: {len(verification.figures)}"
    if verification.run is not None and verification.run.simulation:
        return "those that this version ships, but for what the scenario of the run sets"
    return "those that this version ships"


def _heading(verification: Verification) -> str:
    run = verification.run
    if run is None:
        return f"run        {masked(str(verification.folder))}: its record cannot be read"
    mark = "SIMULATION: " if run.simulation else ""
    return f"run        {mark}{run.year}, returns as filed by {run.as_of}, {run.regime}, made by quotum {run.version}"


def _inputs(verification: Verification) -> str:
    deliveries = len(verification.run.inputs) if verification.run else 0
    tables = len(verification.read.tables()) if verification.read else 0
    derived = f", {verification.tables} of {tables} derived tables" if verification.read else ""
    return f"inputs     {verification.inputs} of {deliveries} deliveries{derived} with the digest they had"


def more(reasons: Sequence[str]) -> str:
    """How many reasons there are beside the first, in brackets."""
    return f" (and {len(reasons) - 1} more, named above)" if len(reasons) > 1 else ""


def verify_lines(verification: Verification) -> Iterator[str]:
    """The outcome of `quotum verify`, line by line."""
    yield _heading(verification)
    sealed = [name for name in verification.altered if name != ENVIRONMENT]
    yield f"digests    {f'not as sealed: {len(sealed)} files' if sealed else 'every file of the run as it was sealed'}"
    yield _inputs(verification)
    if verification.run is not None:
        run = verification.run
        yield f"code       {run.code}; commit {commit_of(run.version, run.code)}"
    yield f"figures    {_figures(verification)}"
    yield f"signature  {_signature(verification)}"
    yield f"noted      {_NOTED[verification.noted]}"
    yield f"not covered: {NOT_COVERED}"
    yield from (f"remark: {remark}" for remark in verification.forgotten)
    yield from (f"wrong: {reason}" for reason in verification.uncertified)


def replay_lines(replay: Repetition) -> Iterator[str]:
    """The outcome of `quotum replay`, line by line."""
    yield _heading(replay.verified)
    yield _inputs(replay.verified)
    yield f"repeated   with the parameters of the run, by quotum {__version__}{_of_what(replay)}"
    yield f"results    {_results(replay)}"
    yield f"figures    {_figures(replay.verified)}"
    yield f"signature  {_signature(replay.verified)}"
    yield f"noted      {_NOTED[replay.verified.noted]}"
    yield from (f"remark: {remark}" for remark in replay.verified.forgotten if remark not in replay.reasons)
    yield from (f"not shipped: {figure}" for figure in replay.verified.figures or ())
    yield from (f"not certified: {reason}" for reason in (*replay.reasons, replay.verified.unvouched) if reason)
    yield f"outcome    {outcome(replay)}"


def _of_what(replay: Repetition) -> str:
    return ", from derived tables made again" if replay.from_originals else ""


def _results(replay: Repetition) -> str:
    if replay.identical and replay.difference is None:
        return f"{replay.files} files, the same"
    return replay.verdict


def outcome(replay: Repetition) -> str:
    """The outcome in a few words."""
    comparison = {True: "results are the same", False: "results differ", None: "results could not be made again"}[
        replay.identical
    ]
    if replay.verified.figures:
        return f"figures are not what this version ships; {comparison}"
    if replay.reasons:
        return f"cannot be certified; {comparison}"
    if replay.difference is not None:
        return "results differ" if not replay.identical else "record differs; results are the same"
    return f"cannot be certified; {comparison}" if replay.verified.unvouched else "identical"


__all__ = ["NOT_COVERED", "more", "outcome", "replay_lines", "verify_lines"]
