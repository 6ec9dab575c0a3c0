"""The record of a simulation: the request, the files and deliveries that were read, and the code."""

import json
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

import attrs
import cattrs
from attrs import frozen

from quotum.archive.run_view import RunInputs
from quotum.archive.withdrawals import NamedWithdrawal
from quotum.errors import CannotCertify
from quotum.parameters.scenario_files import FOLDER, KeptScenario
from quotum.run.preparation import NOT_USED, OPTIONAL, USED
from quotum.run_folder.bag import SIMULATION_RECORD, json_bytes
from quotum.run_folder.reader import Input, withdrawals_of
from quotum.run_folder.record import inputs_read, withdrawals_read
from quotum.simulate.plan import Alternative, Plan, kept_text
from quotum.simulate.request import SimulationRequest
from quotum.simulate.shelf import short_digest
from quotum.version import __version__, code_digest
from quotum.words import LANGUAGES

FORMAT: Final = 1
_NOT_IN_DIGEST: Final = ("format", "simulation", "language")
_KEPT: Final = re.compile(rf"{FOLDER}/[1-9]\d*\.toml")
MEANS: Final = frozenset({"archive", "threads", "memory_limit", "engine", "rows"})
"""Fields of a request on which no figure depends; every other field is recorded."""


@frozen
class SimulationRecord:
    """What a simulation says of itself: all that is needed to repeat it, beside the archive and the kept files."""

    request: SimulationRequest
    """The request, without means; scenarios and basis as shipped names and kept files."""
    language: str
    """Language of page and workbook."""
    files: tuple[KeptScenario, ...]
    """Kept scenario files."""
    inputs: tuple[Input, ...]
    """Deliveries that it read."""
    withdrawals: tuple[NamedWithdrawal, ...]
    """Withdrawals that it took into account."""
    version: str
    """Version of quotum that made it."""
    code: str
    """Digest of the code that made it."""
    digest: str
    """Digest of all this but the language: it stands on page and workbook."""

    @property
    def known_on(self) -> date | None:
        """Deliveries and parameters as known on this day."""
        return self.request.known_on

    @property
    def named(self) -> RunInputs:
        """The deliveries and withdrawals that it names."""
        return RunInputs(frozenset((delivery.kind, delivery.sha256) for delivery in self.inputs), self.withdrawals)

    @property
    def digests(self) -> frozenset[str]:
        """Digests of the deliveries that it read."""
        return frozenset(delivery.sha256 for delivery in self.inputs)

    @property
    def years(self) -> range:
        """Calendar years whose returns it surely read where they were there: all until its own."""
        return range(self.request.year + 1)


def _converter() -> cattrs.Converter:
    converter = cattrs.Converter(forbid_extra_keys=True)
    converter.register_structure_hook(date, lambda value, _: date.fromisoformat(value))
    converter.register_unstructure_hook(date, lambda value: value.isoformat())
    return converter


_CONVERTER: Final = _converter()


def record_bytes(plan: Plan, language: str) -> bytes:
    """Returns the record of a planned simulation: the same for the same request, deliveries and code.

    Args:
        plan: The plan.
        language: Language of page and workbook.
    """
    return json_bytes({"format": FORMAT, "simulation": True, "language": language, **_content(plan)})


def digest_of_plan(plan: Plan) -> str:
    """Returns the digest that stands on page and workbook: of the record without its language."""
    return short_digest(_content(plan))


def _content(plan: Plan) -> dict[str, Any]:
    archive, year = plan.prepared.archive, plan.request.year
    years = {of_returns for of_returns in archive.years() if of_returns <= year}
    return {
        "request": _request(plan),
        "files": [_CONVERTER.unstructure(kept) for kept in plan.files.kept],
        "alternatives": [_alternative(alternative) for alternative in plan.alternatives],
        "inputs": inputs_read(archive, years, (*USED, *OPTIONAL, *NOT_USED)),
        **withdrawals_read(archive),
        "code": {"version": __version__, "sha256": code_digest()},
    }


def _request(plan: Plan) -> dict[str, Any]:
    request = attrs.evolve(
        plan.request,
        scenarios=tuple(kept_text(text, plan.files) for text in plan.request.scenarios),
        basis=tuple(plan.files.reference(text) for text in plan.request.basis),
    )
    fields = _CONVERTER.unstructure(request)
    return {name: value for name, value in fields.items() if name not in MEANS}


def _alternative(alternative: Alternative) -> dict[str, Any]:
    """The whole scenario, with what its bases set, for who reads the record."""
    scenario = alternative.scenario
    ranges = {ends.name: [ends.low, ends.high] for ends in scenario.ranges} if scenario else {}
    return {
        "name": alternative.name,
        "law_year": alternative.year,
        "scenario": scenario and scenario.as_json() | {"range": ranges},
    }


def read_record(folder: Path) -> SimulationRecord:
    """Reads the record of a simulation; `verify` says whether it was altered.

    Raises:
        CannotCertify: It cannot be read.
    """
    try:
        record = json.loads((folder / SIMULATION_RECORD).read_text("utf-8"))
        if record["format"] != FORMAT:
            raise CannotCertify(
                f"{SIMULATION_RECORD} is of format {record['format']}, this version of quotum knows {FORMAT}: install "
                f"the version that made it ({record['code']['version']})"
            )
        return _structured(record)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, cattrs.BaseValidationError) as error:
        raise CannotCertify(
            f"{SIMULATION_RECORD} cannot be read as the record of a simulation: take it from a backup"
        ) from error


def _structured(record: Mapping[str, Any]) -> SimulationRecord:
    names = [name for kept in record["files"] for name in (kept["file"], kept["base"]) if name is not None]
    if record["language"] not in LANGUAGES or not all(_KEPT.fullmatch(name) for name in names):
        raise ValueError("a language or a file that no record has")
    return SimulationRecord(
        request=_CONVERTER.structure(record["request"] | {"archive": ""}, SimulationRequest),
        language=record["language"],
        files=tuple(_CONVERTER.structure(kept, KeptScenario) for kept in record["files"]),
        inputs=tuple(Input(delivery["kind"], delivery["sha256"], delivery["bytes"]) for delivery in record["inputs"]),
        withdrawals=withdrawals_of(record),
        version=record["code"]["version"],
        code=record["code"]["sha256"],
        digest=short_digest({name: value for name, value in record.items() if name not in _NOT_IN_DIGEST}),
    )


__all__ = ["FORMAT", "MEANS", "SimulationRecord", "digest_of_plan", "read_record", "record_bytes"]
