"""Checking a run and its inputs by digests alone; nothing is computed."""

from collections.abc import Callable, Collection
from datetime import date
from functools import partial
from pathlib import Path
from typing import Protocol

from attrs import frozen

from quotum.archive.hashing import digest_problem, in_threads
from quotum.archive.known import Known, known
from quotum.archive.layout import Layout, existing
from quotum.archive.notes import notes
from quotum.archive.receipts import Derived, Receipt, history
from quotum.archive.run_view import RunInputs, archive_of_run, lacking_of
from quotum.errors import ArchiveLacks, ArchiveTooNew, CannotCertify
from quotum.replay import words
from quotum.replay.shipped_figures import OtherFigure, made_by_this_code, other_figures_of
from quotum.run_folder import bag
from quotum.run_folder.reader import Finished, Input, noted_archive, read_finished, require_run
from quotum.run_folder.signing import signed_by

Progress = Callable[[int], None]
WRONG_FIGURE = words.WRONG_FIGURE.sentence()
_SIGNED = "made"


@frozen
class Verification:
    """The outcome of checking the digests of a run and of its inputs."""

    folder: Path
    """The run."""
    run: Finished | None
    """What it says of itself; None when that cannot be read."""
    altered: frozenset[str]
    """Files of the run that are not as they were sealed."""
    archive: Layout | None
    """The archive, when it is there."""
    read: Known | None
    """The archive as the run read it; None when something of it is not there."""
    unsound: tuple[Derived, ...]
    """Derived tables that are missing or altered."""
    inputs: int
    """Deliveries whose original bytes are right."""
    signature: str
    """What is known of the signature, in a few words."""
    noted: bool | None
    """Whether the archive notes a run with this digest; None when that cannot be read."""
    figures: tuple[OtherFigure, ...] | None
    """Figures of the run that are not what the same code ships; None when they cannot be compared."""
    unvouched: str
    """Why neither archive nor signature vouches for the run; empty when one of them does."""
    reasons: tuple[str, ...]
    """What is altered or missing; nothing when all is as it was."""
    forgotten: tuple[str, ...]
    """What was forgotten of deliveries that are there; a run made after that is none the worse."""

    @property
    def uncertified(self) -> tuple[str, ...]:
        """Everything for which the run cannot be certified, the gravest first."""
        figures = tuple(
            words.WITH_FIGURE.sentence(wrong=WRONG_FIGURE, figure=figure.words) for figure in self.figures or ()
        )
        return (*self.reasons, *figures, *filter(None, (self.unvouched,)))

    @property
    def tables(self) -> int:
        """Derived tables that are right."""
        return len(self.read.tables()) - len(self.unsound) if self.read else 0


class Record(Protocol):
    """What a run or a simulation says of what it read."""

    @property
    def known_on(self) -> date | None:
        """Deliveries as known on this day."""

    @property
    def inputs(self) -> tuple[Input, ...]:
        """The deliveries."""

    @property
    def named(self) -> RunInputs:
        """The deliveries and withdrawals."""

    @property
    def digests(self) -> frozenset[str]:
        """Digests of the deliveries."""

    @property
    def years(self) -> Collection[int]:
        """Calendar years whose returns it surely read where they were there."""


@frozen
class Inputs:
    """The inputs of a run or simulation as they are in the archive."""

    archive: Layout | None = None
    """The archive, when it is there."""
    read: Known | None = None
    """The archive as the run read it."""
    unsound: tuple[Derived, ...] = ()
    """Derived tables that are missing or altered."""
    sound: int = 0
    """Deliveries whose original bytes are right."""
    reasons: tuple[str, ...] = ()
    """What is missing or altered."""
    forgotten: tuple[str, ...] = ()
    """What was forgotten of deliveries that are there."""


def verify(
    folder: Path,
    archive: Path | None = None,
    public_key: Path | None = None,
    progress: Progress = lambda _files: None,
    read_by: Callable[[Known], Known] = lambda archive: archive,
) -> Verification:
    """Checks the digests of a run and of the inputs it names.

    Args:
        folder: The run.
        archive: The archive of the run; the place that the run notes when None.
        public_key: Ed25519 key that the run must be signed with.
        progress: Told the number of files read since the last call.
        read_by: Gives the archive as an engine reads it, with the digests that it computes.

    Raises:
        WrongUse: It is no run, or the key is none.
        ArchiveTooNew: The archive is of a newer format.
    """
    require_run(folder)
    faults = bag.faults(folder)
    signature, of_signature = signature_of(folder, public_key)
    reasons: list[str] = [words.OF_THE_RUN.sentence(name=fault.name, what=fault.what) for fault in faults]
    reasons += of_signature
    run, inputs = None, Inputs()
    try:
        run = read_finished(folder)
    except CannotCertify as problem:
        reasons.append(problem.message)
    if run is not None:
        inputs = inputs_of(run, archive or noted_archive(folder), progress, read_by)
    altered = frozenset(fault.name for fault in faults)
    noted, unvouched = _vouched(folder, inputs.archive, signature)
    return Verification(
        folder=folder,
        run=run,
        altered=altered,
        archive=inputs.archive,
        read=inputs.read,
        unsound=inputs.unsound,
        inputs=inputs.sound,
        signature=signature,
        noted=noted,
        figures=None if run is None or bag.RUN_RECORD in altered else _figures(run, inputs.read),
        unvouched=unvouched,
        reasons=(*reasons, *inputs.reasons),
        forgotten=inputs.forgotten,
    )


def signature_of(folder: Path, public_key: Path | None) -> tuple[str, list[str]]:
    """What is known of the signature of a sealed folder, and why it does not hold.

    Raises:
        WrongUse: The key is none.
    """
    path = folder / bag.SIGNATURE
    present = path.is_file()
    if public_key is None:
        return (words.NOT_CHECKED if present else words.NONE).sentence(), []
    if not present:
        return words.MISSING.sentence(), [words.NO_SIGNATURE.sentence(file=bag.SIGNATURE)]
    try:
        content = bag.signed_bytes(folder)
    except OSError:
        content = b""
    if signed_by(public_key, path.read_bytes(), content):
        return words.MADE.sentence(), []
    return words.WRONG.sentence(), [words.OTHER_KEY.sentence(file=bag.SIGNATURE)]


def _vouched(folder: Path, archive: Layout | None, signature: str) -> tuple[bool | None, str]:
    """Whether the archive notes a run with the digest of this one, and why nobody vouches for it.

    Digests alone prove nothing: whoever changes a run can seal it anew. A signature counts when it was checked.
    """
    if archive is None:
        return None, ""
    signed = signature.startswith(_SIGNED)
    try:
        noted = bag.run_digest(folder) in {note.digest for note in notes(archive)}
    except (OSError, ArchiveLacks) as problem:
        message = problem.message if isinstance(problem, ArchiveLacks) else str(problem)
        unknown = words.UNKNOWN_NOTE.sentence(problem=message, check=_CHECK_SIGNATURE)
        return None, "" if signed else unknown
    return noted, "" if noted or signed else _NOBODY


_CHECK_SIGNATURE = words.CHECK_SIGNATURE.sentence()
_NOBODY = words.NOBODY.sentence(check=_CHECK_SIGNATURE)


def _figures(run: Finished, archive: Known | None) -> tuple[OtherFigure, ...] | None:
    return other_figures_of(run, archive) if made_by_this_code(run.code) else None


def inputs_of(
    run: Record,
    place: Path | None,
    progress: Progress = lambda _files: None,
    read_by: Callable[[Known], Known] = lambda archive: archive,
) -> Inputs:
    """Checks the digests of what a run or simulation read.

    Args:
        run: What it says of itself.
        place: The archive; None when nobody says where it is.
        progress: Told the number of files read since the last call.
        read_by: Gives the archive as an engine reads it, with the digests that it computes.

    Raises:
        ArchiveTooNew: The archive is of a newer format.
    """
    if place is None:
        return Inputs(reasons=(words.NO_PLACE.sentence(),))
    try:
        layout = existing(place)
        receipts = history(layout)
        archive = known(layout, run.known_on)
    except ArchiveTooNew:
        raise
    except ArchiveLacks as problem:
        return Inputs(reasons=(words.INPUTS_UNCHECKED.sentence(problem=problem.message),))
    lacking = lacking_of(archive, run.digests)
    present = [delivery for delivery in run.inputs if delivery.sha256 not in lacking]
    wrong = [problem for problem in in_threads(partial(_original, layout), present, progress) if problem]
    reasons = [*(_missing(delivery, receipts, place) for delivery in run.inputs if delivery.sha256 in lacking), *wrong]
    sound, forgotten = len(present) - len(wrong), _forgotten_in_part(run, archive)
    if lacking:
        return Inputs(layout, sound=sound, reasons=tuple(reasons), forgotten=forgotten)
    try:
        inputs = read_by(archive_of_run(archive, run.named, run.years))
    except ArchiveLacks as problem:
        return Inputs(layout, sound=sound, reasons=(*reasons, problem.message), forgotten=forgotten)
    inputs.look_at(inputs.tables())
    damage = in_threads(inputs.damage, inputs.tables(), progress)
    unsound = tuple(table for table, problem in zip(inputs.tables(), damage, strict=True) if problem)
    return Inputs(layout, inputs, unsound, sound, (*reasons, *filter(None, damage)), forgotten)


def _original(layout: Layout, delivery: Input) -> str:
    """The damage to the original bytes of a delivery, in words; empty when there is none."""
    wrong = digest_problem(layout.original(delivery.sha256), delivery.sha256)
    place = layout.original(delivery.sha256)
    return words.ORIGINAL.sentence(place=place, kind=delivery.kind, wrong=wrong) if wrong else ""


def _missing(delivery: Input, receipts: tuple[Receipt, ...], place: Path) -> str:
    """Why a delivery is in no receipt that counts."""
    digest, kind = delivery.sha256[:16], delivery.kind
    calls = {
        receipt.sequence for receipt in receipts if any(delivery.sha256 == its.sha256 for its in receipt.deliveries)
    }
    days = [receipt.forgotten_on for receipt in receipts if receipt.sequence in calls and receipt.forgotten_on]
    if days:
        return words.FORGOTTEN_ON.sentence(digest=digest, kind=kind, day=max(days))
    return words.NOT_IN_ARCHIVE.sentence(digest=digest, kind=kind, archive=place)


def _forgotten_in_part(run: Record, archive: Known) -> tuple[str, ...]:
    """Deliveries that are there while rows of some of their years were forgotten."""
    reasons = []
    for receipt in archive.receipts:
        gone = set(receipt.forgotten_years)
        touched = [
            delivery for delivery in receipt.deliveries if delivery.sha256 in run.digests and gone & set(delivery.years)
        ]
        if touched:
            years = sorted(gone & {year for delivery in touched for year in delivery.years})
            named = ", ".join(map(str, years))
            day = receipt.forgotten_on
            reasons.append(words.FORGOTTEN_IN_PART.sentence(call=receipt.sequence, years=named, day=day))
    return tuple(reasons)


__all__ = ["Inputs", "Verification", "inputs_of", "signature_of", "verify"]
