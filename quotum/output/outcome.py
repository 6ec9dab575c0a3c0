"""What an auditor reads after a run was verified or repeated; no identifiers."""

from collections.abc import Iterator, Sequence

from quotum.identifiers import masked
from quotum.output import words
from quotum.releases import commit_of
from quotum.replay.recompute import Repetition, more_words
from quotum.replay.verification import Verification
from quotum.run_folder.bag import ENVIRONMENT, SIGNATURE
from quotum.version import __version__
from quotum.words import NOTHING, Sentence, marked

NOT_COVERED = words.NOT_COVERED.sentence(file=ENVIRONMENT)


def signature_words(signature: str) -> str:
    """What is known of a signature, with its file where there is one.

    Args:
        signature: The same in a few words.
    """
    return words.SIGNED_BY.sentence(signature=signature, file=SIGNATURE) if signature.startswith("made") else signature


def _figures(verification: Verification) -> Sentence:
    if verification.figures is None:
        return words.FIGURES_NOT_COMPARED.sentence()
    if verification.figures:
        return words.FIGURES_OTHER.sentence(count=len(verification.figures))
    if verification.run is not None and verification.run.simulation:
        return words.FIGURES_OF_SCENARIO.sentence()
    return words.FIGURES_SHIPPED.sentence()


def _heading(verification: Verification) -> Sentence:
    run = verification.run
    if run is None:
        return words.RUN_UNREADABLE.sentence(place=masked(str(verification.folder)))
    return words.RUN.sentence(
        mark=marked(run.simulation), year=run.year, as_of=run.as_of, regime=run.regime, version=run.version
    )


def _inputs(verification: Verification) -> Sentence:
    deliveries = len(verification.run.inputs) if verification.run else 0
    tables = len(verification.read.tables()) if verification.read else 0
    derived = words.DERIVED.sentence(sound=verification.tables, tables=tables) if verification.read else NOTHING
    return words.INPUTS.sentence(inputs=verification.inputs, deliveries=deliveries, derived=derived)


def more(reasons: Sequence[str]) -> Sentence:
    """How many reasons there are beside the first, in brackets."""
    return more_words(len(reasons), words.MORE_NAMED)


def _standing(verification: Verification) -> Iterator[Sentence]:
    """Figures, signature and note of a run."""
    yield words.FIGURES.sentence(what=_figures(verification))
    yield words.SIGNATURE.sentence(what=signature_words(verification.signature))
    yield words.NOTED_LINE.sentence(what=words.NOTED[verification.noted].sentence())


def verify_lines(verification: Verification) -> Iterator[Sentence]:
    """The outcome of `quotum verify`, line by line."""
    yield _heading(verification)
    sealed = [name for name in verification.altered if name != ENVIRONMENT]
    yield words.DIGESTS_OTHER.sentence(count=len(sealed)) if sealed else words.DIGESTS_SEALED.sentence()
    yield _inputs(verification)
    if verification.run is not None:
        run = verification.run
        yield words.CODE.sentence(code=run.code, commit=commit_of(run.version, run.code))
    yield from _standing(verification)
    yield words.NOT_COVERED_LINE.sentence(what=NOT_COVERED)
    yield from (words.REMARK.sentence(what=remark) for remark in verification.forgotten)
    yield from (words.WRONG.sentence(what=reason) for reason in verification.uncertified)


def replay_lines(replay: Repetition) -> Iterator[Sentence]:
    """The outcome of `quotum replay`, line by line."""
    verified = replay.verified
    yield _heading(verified)
    yield _inputs(verified)
    of_what = words.FROM_ORIGINALS.sentence() if replay.from_originals else NOTHING
    yield words.REPEATED.sentence(version=__version__, of_what=of_what)
    yield words.RESULTS.sentence(what=_results(replay))
    yield from _standing(verified)
    yield from (words.REMARK.sentence(what=remark) for remark in verified.forgotten if remark not in replay.reasons)
    yield from (words.NOT_SHIPPED.sentence(what=figure.words) for figure in verified.figures or ())
    yield from (words.NOT_CERTIFIED.sentence(what=reason) for reason in (*replay.reasons, verified.unvouched) if reason)
    yield words.OUTCOME.sentence(what=outcome(replay))


def _results(replay: Repetition) -> str:
    if replay.identical and replay.difference is None:
        return words.FILES_SAME.sentence(count=replay.files)
    return replay.verdict


def outcome(replay: Repetition) -> Sentence:
    """The outcome in a few words."""
    compared = words.COMPARED[replay.identical].sentence()
    if replay.verified.figures:
        return words.OTHER_FIGURES.sentence(compared=compared)
    if replay.reasons:
        return words.UNCERTIFIED.sentence(compared=compared)
    if replay.difference is not None:
        return compared if not replay.identical else words.RECORD_DIFFERS.sentence()
    if replay.verified.unvouched:
        return words.UNCERTIFIED.sentence(compared=compared)
    return words.IDENTICAL.sentence()


__all__ = ["NOT_COVERED", "more", "outcome", "replay_lines", "signature_words", "verify_lines"]
