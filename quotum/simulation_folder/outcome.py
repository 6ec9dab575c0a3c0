"""What an auditor reads after a simulation was verified or repeated; no identifiers."""

from collections.abc import Iterator
from typing import Final

from quotum.identifiers import masked
from quotum.releases import commit_of
from quotum.run_folder.bag import ENVIRONMENT, SIGNATURE
from quotum.simulation_folder.recompute import RepeatedSimulation
from quotum.simulation_folder.sealing import Sealed
from quotum.simulation_folder.verification import VerifiedSimulation
from quotum.version import __version__
from quotum.words import Sentence, Text

_SEALED: Final = Text(
    "Digest of the folder, by its tag manifest: {digest}", "Digest van de map, volgens haar tagmanifest: {digest}"
)
_HEADING: Final = Text(
    "simulation SIMULATION: {year}, returns as filed by {as_of}, made by quotum {version}; nothing is settled",
    "simulatie  SIMULATIE: {year}, aangiften zoals gedaan tot en met {as_of}, gemaakt door quotum {version}; niets is "
    "afgerekend",
)
_UNREADABLE: Final = Text("simulation {folder}: its record cannot be read", "simulatie  {folder}: niet te lezen")
_SOUND: Final = Text(
    "digests    every file of the simulation as it was sealed",
    "digests    elk bestand van de simulatie zoals het verzegeld is",
)
_ALTERED: Final = Text(
    "digests    not as sealed: {number} files", "digests    niet zoals verzegeld: {number} bestanden"
)
_INPUTS: Final = Text(
    "inputs     {sound} of {all} deliveries, {tables} of {all_tables} derived tables with the digest they had",
    "invoer     {sound} van {all} leveringen, {tables} van {all_tables} afgeleide tabellen met de digest van toen",
)
_THIS_CODE: Final = Text(
    "figures    those that this version ships, but for what its scenarios set",
    "cijfers    die van deze versie, behalve wat de scenario's zetten",
)
_OTHER_CODE: Final = Text(
    "figures    not compared with those of this version: other code made the simulation",
    "cijfers    niet vergeleken met die van deze versie: andere code maakte de simulatie",
)
_DIGEST: Final = Text("digest     {digest}, on page and workbook", "digest     {digest}, op pagina en werkmap")
_CODE: Final = Text("code       {code}; commit {commit}", "code       {code}; commit {commit}")
_SIGNATURE: Final = Text("signature  {signature}", "handteken. {signature}")
_NOTED: Final = Text(
    "noted      no simulation is noted in an archive; that nobody changed it and sealed it anew is shown by `quotum "
    "replay`, or by a signature",
    "genoteerd  een archief noteert geen simulaties; dat niemand haar heeft veranderd en opnieuw verzegeld, toont "
    "`quotum replay`, of een handtekening",
)
_NOT_COVERED: Final = Text(
    "not covered: {file} (machine, moment, versions) is covered by no manifest: nobody vouches for it",
    "niet gedekt: {file} (machine, moment, versies) staat in geen manifest: niemand staat ervoor in",
)
_REMARK: Final = Text("remark: {text}", "opmerking: {text}")
_WRONG: Final = Text("wrong: {text}", "fout: {text}")
_MORE: Final = Text(" (and {number} more, named above)", " (en nog {number}, hierboven genoemd)")
_NO_CERTIFICATE: Final = Text(
    "the simulation cannot be certified: {reason}{more}", "de simulatie is niet te bevestigen: {reason}{more}"
)
_REPEATED: Final = Text(
    "repeated   from the archive and the kept scenarios, by quotum {version}",
    "herhaald   uit het archief en de bewaarde scenario's, door quotum {version}",
)
_SAME: Final = Text("results    {number} files, the same", "uitkomst   {number} bestanden, dezelfde")
_DIFFERENT: Final = Text("results    {verdict}", "uitkomst   {verdict}")
_UNCERTIFIED: Final = Text("not certified: {text}", "niet te bevestigen: {text}")
_OUTCOME: Final = Text("outcome    {text}", "slotsom    {text}")
_IDENTICAL: Final = Text("identical", "identiek")
_DIFFERS: Final = Text("results differ", "de uitkomsten verschillen")
_CANNOT: Final = Text("cannot be certified; {text}", "niet te bevestigen; {text}")
_COMPARED: Final = {
    True: Text("results are the same", "de uitkomsten zijn dezelfde"),
    False: _DIFFERS,
    None: Text("results could not be made again", "de uitkomsten konden niet opnieuw worden gemaakt"),
}


def sealed_line(sealed: Sealed, language: str) -> str:
    """The digest of a folder that was just sealed."""
    return _SEALED.words(language, digest=sealed.digest)


def verified_lines(verified: VerifiedSimulation, language: str) -> Iterator[str]:
    """The outcome of `quotum verify` on a simulation, line by line."""
    yield _heading(verified, language)
    sealed = [name for name in verified.altered if name != ENVIRONMENT]
    yield _ALTERED.words(language, number=len(sealed)) if sealed else _SOUND.words(language)
    yield from _basis(verified, language)
    yield _NOT_COVERED.words(language, file=ENVIRONMENT)
    yield from (_REMARK.words(language, text=remark) for remark in verified.inputs.forgotten)
    yield from (_WRONG.words(language, text=reason) for reason in verified.reasons)


def uncertified(verified: VerifiedSimulation) -> Sentence:
    """Why a simulation cannot be certified: the first reason, and the number of others."""
    more = _MORE.sentence(number=len(verified.reasons) - 1) if len(verified.reasons) > 1 else ""
    return _NO_CERTIFICATE.sentence(reason=verified.reasons[0], more=more)


def repeated_lines(repeated: RepeatedSimulation, language: str) -> Iterator[str]:
    """The outcome of `quotum replay` on a simulation, line by line."""
    yield _heading(repeated.verified, language)
    yield _REPEATED.words(language, version=__version__)
    if repeated.identical:
        yield _SAME.words(language, number=repeated.files)
    else:
        yield _DIFFERENT.words(language, verdict=repeated.verdict)
    yield from _basis(repeated.verified, language)
    forgotten = (remark for remark in repeated.verified.inputs.forgotten if remark not in repeated.reasons)
    yield from (_REMARK.words(language, text=remark) for remark in forgotten)
    yield from (_UNCERTIFIED.words(language, text=reason) for reason in repeated.reasons)
    yield _OUTCOME.words(language, text=_outcome(repeated, language))


def _heading(verified: VerifiedSimulation, language: str) -> str:
    record = verified.record
    if record is None:
        return _UNREADABLE.words(language, folder=masked(str(verified.folder)))
    request = record.request
    return _HEADING.words(language, year=request.year, as_of=request.as_of, version=record.version)


def _basis(verified: VerifiedSimulation, language: str) -> Iterator[str]:
    inputs = verified.inputs
    deliveries = len(verified.record.inputs) if verified.record else 0
    sound_tables = verified.tables - len(inputs.unsound)
    yield _INPUTS.words(language, sound=inputs.sound, all=deliveries, tables=sound_tables, all_tables=verified.tables)
    yield (_THIS_CODE if verified.by_this_code else _OTHER_CODE).words(language)
    if verified.record is not None:
        record = verified.record
        yield _DIGEST.words(language, digest=record.digest)
        yield _CODE.words(language, code=record.code, commit=commit_of(record.version, record.code))
    signature = f"{verified.signature}{f' ({SIGNATURE})' if verified.signature.startswith('made') else ''}"
    yield _SIGNATURE.words(language, signature=signature)
    yield _NOTED.words(language)


def _outcome(repeated: RepeatedSimulation, language: str) -> str:
    compared = _COMPARED[repeated.identical].words(language)
    if repeated.reasons:
        return _CANNOT.words(language, text=compared)
    return _IDENTICAL.words(language) if repeated.identical else compared


__all__ = ["repeated_lines", "sealed_line", "uncertified", "verified_lines"]
