"""What an auditor reads after a simulation was verified or repeated; no identifiers.

Lines that a run has too are those of `quotum.output.words`.
"""

from collections.abc import Iterator
from typing import Final

from quotum.identifiers import masked
from quotum.output import words
from quotum.output.outcome import NOT_COVERED, more, signature_words
from quotum.releases import commit_of
from quotum.run_folder.bag import ENVIRONMENT
from quotum.simulation_folder.recompute import RepeatedSimulation
from quotum.simulation_folder.sealing import Sealed
from quotum.simulation_folder.verification import VerifiedSimulation
from quotum.version import __version__
from quotum.words import Sentence, Text

_SEALED: Final = Text(
    "Digest of the folder, by its tag manifest: {digest}", "Kenmerk van de map, volgens het tagmanifest: {digest}"
)
_HEADING: Final = Text(
    "simulation SIMULATION: {year}, returns as filed by {as_of}, made by quotum {version}; nothing is settled",
    "simulatie     SIMULATIE: {year}, aangiften zoals ingediend tot en met {as_of}, gemaakt met quotum {version}; "
    "niets is vastgesteld",
)
_UNREADABLE: Final = Text(
    "simulation {folder}: its record cannot be read", "simulatie     {folder}: het verslag ervan is niet te lezen"
)
_SOUND: Final = Text(
    "digests    every file of the simulation as it was sealed",
    "kenmerken     elk bestand van de simulatie zoals verzegeld",
)
_THIS_CODE: Final = Text(
    "those that this version ships, but for what its scenarios set",
    "die van deze versie, op wat de scenario's zetten na",
)
_OTHER_CODE: Final = Text(
    "not compared with those of this version: other code made the simulation",
    "niet vergeleken met die van deze versie: de simulatie is met andere code gemaakt",
)
_DIGEST: Final = Text("digest     {digest}, on page and workbook", "kenmerk       {digest}, op pagina en werkmap")
_NOTED: Final = Text(
    "no simulation is noted in an archive; that nobody changed it and sealed it anew is shown by `quotum replay`, or "
    "by a signature",
    "een archief noteert geen simulaties; dat niemand haar heeft gewijzigd en opnieuw verzegeld, toont `quotum "
    "replay`, of een ondertekening",
)
_NO_CERTIFICATE: Final = Text(
    "the simulation cannot be certified: {reason}{more}", "voor de simulatie kan niet worden ingestaan: {reason}{more}"
)
_REPEATED: Final = Text(
    "repeated   from the archive and the kept scenarios, by quotum {version}",
    "herhaald      uit het archief en de bewaarde scenario's, door quotum {version}",
)


def sealed_line(sealed: Sealed) -> Sentence:
    """The digest of a folder that was just sealed."""
    return _SEALED.sentence(digest=sealed.digest)


def verified_lines(verified: VerifiedSimulation) -> Iterator[Sentence]:
    """The outcome of `quotum verify` on a simulation, line by line."""
    yield _heading(verified)
    sealed = [name for name in verified.altered if name != ENVIRONMENT]
    yield words.DIGESTS_OTHER.sentence(count=len(sealed)) if sealed else _SOUND.sentence()
    yield from _basis(verified)
    yield words.NOT_COVERED_LINE.sentence(what=NOT_COVERED)
    yield from (words.REMARK.sentence(what=remark) for remark in verified.inputs.forgotten)
    yield from (words.WRONG.sentence(what=reason) for reason in verified.reasons)


def uncertified(verified: VerifiedSimulation) -> Sentence:
    """Why a simulation cannot be certified: the first reason, and the number of others."""
    return _NO_CERTIFICATE.sentence(reason=verified.reasons[0], more=more(verified.reasons))


def repeated_lines(repeated: RepeatedSimulation) -> Iterator[Sentence]:
    """The outcome of `quotum replay` on a simulation, line by line."""
    yield _heading(repeated.verified)
    yield _REPEATED.sentence(version=__version__)
    verdict = words.FILES_SAME.sentence(count=repeated.files) if repeated.identical else repeated.verdict
    yield words.RESULTS.sentence(what=verdict)
    yield from _basis(repeated.verified)
    forgotten = (remark for remark in repeated.verified.inputs.forgotten if remark not in repeated.reasons)
    yield from (words.REMARK.sentence(what=remark) for remark in forgotten)
    yield from (words.NOT_CERTIFIED.sentence(what=reason) for reason in repeated.reasons)
    yield words.OUTCOME.sentence(what=_outcome(repeated))


def _heading(verified: VerifiedSimulation) -> Sentence:
    record = verified.record
    if record is None:
        return _UNREADABLE.sentence(folder=masked(str(verified.folder)))
    request = record.request
    return _HEADING.sentence(year=request.year, as_of=request.as_of, version=record.version)


def _basis(verified: VerifiedSimulation) -> Iterator[Sentence]:
    inputs, record = verified.inputs, verified.record
    derived = words.DERIVED.sentence(sound=verified.tables - len(inputs.unsound), tables=verified.tables)
    deliveries = len(record.inputs) if record else 0
    yield words.INPUTS.sentence(inputs=inputs.sound, deliveries=deliveries, derived=derived)
    yield words.FIGURES.sentence(what=(_THIS_CODE if verified.by_this_code else _OTHER_CODE).sentence())
    if record is not None:
        yield _DIGEST.sentence(digest=record.digest)
        yield words.CODE.sentence(code=record.code, commit=commit_of(record.version, record.code))
    yield words.SIGNATURE.sentence(what=signature_words(verified.signature))
    yield words.NOTED_LINE.sentence(what=_NOTED.sentence())


def _outcome(repeated: RepeatedSimulation) -> Sentence:
    compared = words.COMPARED[repeated.identical].sentence()
    if repeated.reasons:
        return words.UNCERTIFIED.sentence(compared=compared)
    return words.IDENTICAL.sentence() if repeated.identical else compared


__all__ = ["repeated_lines", "sealed_line", "uncertified", "verified_lines"]
