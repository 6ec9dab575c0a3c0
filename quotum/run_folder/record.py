"""The record of a run: what it was asked, what it read, and with which code."""

import platform
import sys
from datetime import UTC, datetime
from pathlib import Path

from quotum.archive.known import Known
from quotum.archive.receipts import deliveries_of
from quotum.archive.withdrawals import as_named
from quotum.parameters import Figures, Scenario
from quotum.periods import BASELINE_YEAR
from quotum.run_folder.request import Request
from quotum.tables import LOONAANGIFTE, RETURNS, Table
from quotum.version import __version__, code_digest, versions


def run_record(
    request: Request,
    figures: Figures,
    scenario: Scenario | None,
    archive: Known,
    tables: tuple[Table, ...],
    baseline_source: str,
    remarks: tuple[str, ...] = (),
    earlier_years: tuple[int, ...] = (),
) -> dict[str, object]:
    """What `run.json` holds: the same for the same deliveries, however they came in.

    Args:
        request: What was asked.
        figures: The parameters, with those read.
        scenario: The merged scenarios.
        archive: The archive as known.
        tables: The small deliveries that are read.
        baseline_source: Which baseline decided: to repeat the run, that one is asked for.
        remarks: What the record remarks on.
        earlier_years: Calendar years whose returns were read beside those of `years_read`.
    """
    return {
        "format": 1,
        "simulation": figures.simulation,
        "year": request.year,
        "as_of": request.as_of.isoformat(),
        "known_on": None if request.known_on is None else request.known_on.isoformat(),
        "decided_on": None if request.decided_on is None else request.decided_on.isoformat(),
        "regime": request.regime,
        "baseline_source": baseline_source,
        "remarks": list(remarks),
        "scenario": None if scenario is None else scenario.as_json(),
        "parameters": [figure.as_json() for figure in figures.used],
        "inputs": inputs_read(archive, {*years_read(request.year), *earlier_years}, tables),
        **withdrawals_read(archive),
        "code": {"version": __version__, "sha256": code_digest()},
    }


def years_read(year: int) -> tuple[int, ...]:
    """Calendar years whose returns a settlement looks at: t, t-1 (its jobs), t-2 (its wages) and the baseline's."""
    return (year, year - 1, year - 2, BASELINE_YEAR)


def inputs_read(archive: Known, years: set[int], tables: tuple[Table, ...]) -> list[dict[str, object]]:
    """The deliveries a run reads, by kind and digest, each once."""
    deliveries = {}
    for receipt in archive.receipts:
        for delivery in deliveries_of(receipt, (RETURNS.name, LOONAANGIFTE)):
            if set(delivery.years) & years:
                deliveries[delivery.kind, delivery.sha256] = delivery
    for table in tables:
        latest = archive.latest(table)
        if latest is not None:
            for delivery in deliveries_of(latest[0], (table.name,)):
                deliveries[delivery.kind, delivery.sha256] = delivery
    return [
        {
            "kind": kind,
            "sha256": digest,
            "bytes": delivery.size,
            "accepted": delivery.accepted,
            "rejected": delivery.rejected,
        }
        for (kind, digest), delivery in sorted(deliveries.items())
    ]


def withdrawals_read(archive: Known) -> dict[str, object]:
    """The withdrawals that were taken into account, where there are any."""
    withdrawals = sorted(
        map(as_named, archive.withdrawals),
        key=lambda withdrawal: (withdrawal.received, withdrawal.deliveries, withdrawal.messages),
    )
    entries = [
        {
            "received": withdrawal.received.isoformat(),
            "deliveries": list(withdrawal.deliveries),
            "messages": withdrawal.messages,
        }
        for withdrawal in withdrawals
    ]
    return {"withdrawals": entries} if entries else {}


def environment(started: datetime, archive: Path) -> dict[str, object]:
    """The content of `environment.json`: machine and moment, covered by no manifest."""
    return {
        "versions": versions(),
        "machine": platform.platform(),
        "command": [Path(sys.argv[0]).name, *sys.argv[1:]],
        "archive": str(archive.resolve()),
        "started": started.isoformat(),
        "finished": datetime.now(UTC).isoformat(),
    }
