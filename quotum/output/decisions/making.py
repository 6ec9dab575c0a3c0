"""Making the decisions of a run: checked first, then written folder by folder, with the record of all of them last.

A command that is killed leaves whole folders, and the same command goes on behind them. `decisions.json` is there only
when every document is.
"""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import attrs
from attrs import define, frozen

from quotum import places
from quotum.archive.layout import SEALED_FILE, claimed_folder, write_durably, writing
from quotum.errors import CannotWrite, SelfCheckFailed, WrongUse
from quotum.identifiers import masked
from quotum.output import words
from quotum.output.decisions.batches import Batch, decisions_by_folder, finished_batch, write_batch
from quotum.output.decisions.decision import Decision
from quotum.output.decisions.page import wording_digest
from quotum.output.decisions.reading import decisions as decisions_of
from quotum.output.decisions.request import Request
from quotum.output.decisions.selection import numbers_of
from quotum.output.decisions.source import Source, open_source
from quotum.run_folder.bag import json_bytes
from quotum.version import code_digest

_BEGUN, _RECORD = "begun.json", "decisions.json"
_AMOUNTS: Final = ("lkv_cents", "bonus_cents", "payable_cents")


@define
class _Tally:
    """Counts and sums over decisions."""

    employers: int = 0
    """Decisions."""
    payable: int = 0
    """Decisions with an amount that is paid out."""
    employees: int = 0
    """Lines of employees."""
    lkv_cents: int = 0
    """LKV."""
    bonus_cents: int = 0
    """Bonus."""
    payable_cents: int = 0
    """Amount that is paid out."""

    def count(self, decisions: Iterator[Decision]) -> Iterator[Decision]:
        """Count decisions as they pass."""
        for decision in decisions:
            self.employers += 1
            self.payable += decision.payable_cents > 0
            self.employees += len(decision.persons)
            for name in _AMOUNTS:
                setattr(self, name, getattr(self, name) + getattr(decision, name))
            yield decision


@frozen
class DecisionSet:
    """Decisions that were made."""

    request: Request
    """The request."""
    source: Source
    """The run they were made from."""
    totals: Mapping[str, int]
    """Counts and sums."""
    earlier: int
    """Number of decisions that were there already."""
    record: Path
    """The file that names all of them."""


def make(request: Request, progress: Callable[[int], None] = lambda _count: None) -> DecisionSet:
    """Make decisions; after a kill the same call goes on where it was.

    Args:
        request: The request.
        progress: Told how many more decisions are made.

    Raises:
        WrongUse: The run may not be decided on, or the place is taken; nothing is written then.
        CannotCertify: The run, or a document that was made before, was altered.
        ArchiveLacks: The archive is not there, or lacks what the run read.
        CannotWrite: There is no permission or no room.
        SelfCheckFailed: The decisions are not what the run settled.
    """
    source = open_source(request)
    chosen = None if request.employers is None else numbers_of(request.employers, source.settlement)
    with _hold(request, _identity(source, chosen)):
        tally, batches, earlier = _Tally(), list[Batch](), 0
        for folder, decisions in decisions_by_folder(tally.count(decisions_of(source, chosen))):
            batch, is_earlier = _batch(request, source, folder, decisions)
            batches.append(batch)
            earlier += batch.decisions if is_earlier else 0
            progress(batch.decisions)
        if chosen is None:
            _require_totals(tally, source)
        return DecisionSet(
            request, source, attrs.asdict(tally), earlier, _record(request, source, chosen, tally, batches)
        )


def _batch(request: Request, source: Source, folder: str, decisions: Iterator[Decision]) -> tuple[Batch, bool]:
    """A folder of documents, and whether it was there already."""
    batch = finished_batch(request.out, folder)
    if batch is None:
        return write_batch(request.out, folder, source.terms, decisions), False
    count = sum(1 for _ in decisions)
    if count != batch.decisions:
        raise SelfCheckFailed(f"{folder} holds {batch.decisions} decisions and {count} belong in it")
    return batch, True


def _require_totals(tally: _Tally, source: Source) -> None:
    for name in _AMOUNTS:
        if getattr(tally, name) != source.totals[name]:
            raise SelfCheckFailed(f"the decisions do not add up to the {name} that macro.json has in total")


def _identity(source: Source, chosen: tuple[int, ...] | None) -> dict[str, Any]:
    """Identity of the decisions in a folder: everything on which their content depends."""
    terms = source.terms
    return {
        "format": 1,
        "code": code_digest(),
        "run": terms.run,
        "year": terms.year,
        "decided_on": terms.decided_on.isoformat(),
        "office": terms.office,
        "simulation": terms.simulation,
        "asked": "all" if chosen is None else list(chosen),
        "wording": wording_digest(),
    }


@contextmanager
def _hold(request: Request, identity: Mapping[str, Any]) -> Iterator[None]:
    """Hold the folder of the decisions so that no other command writes in it; makes it when it is not there.

    Raises:
        WrongUse: Something else is there, or somebody is at work in it.
        CannotWrite: It cannot be made.
    """
    out = request.out
    if not out.parent.is_dir():
        raise CannotWrite(places.NOT_THERE.sentence(parent=masked(str(out.parent))))
    occupied = WrongUse(f"{masked(str(out))} exists and holds something else; name a new folder with --out")
    if request.run.resolve() in out.resolve().parents or out.is_symlink() or (out.exists() and not out.is_dir()):
        raise occupied
    with claimed_folder(out) as free:
        if not free:
            raise WrongUse(words.OTHER_DECIDES.sentence(out=masked(str(out))))
        _begin(out, json_bytes(identity), occupied)
        yield


def _begin(out: Path, identity: bytes, occupied: WrongUse) -> None:
    """Say in a folder what is made in it; leaves a folder that says something else alone."""
    begun = out / _BEGUN
    if begun.is_file():
        if begun.read_bytes() != identity:
            raise occupied
        return
    if any(not path.name.startswith(".") for path in out.iterdir()):
        raise occupied
    with writing(out):
        write_durably(begun, identity)


def _record(
    request: Request, source: Source, chosen: tuple[int, ...] | None, tally: _Tally, batches: list[Batch]
) -> Path:
    """Write the record of all decisions, once every document is on the disk."""
    place = request.out / _RECORD
    content = json_bytes(
        _identity(source, chosen)
        | attrs.asdict(tally)
        | {"as_of": source.terms.as_of.isoformat(), "folders": [attrs.asdict(batch) for batch in batches]}
    )
    if place.is_file() and place.read_bytes() == content:
        return place
    with writing(request.out):
        os.sync()
        write_durably(place, content)
        place.chmod(SEALED_FILE)
    return place


__all__ = ["DecisionSet", "make"]
