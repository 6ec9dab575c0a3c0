"""Receiving deliveries from a notebook."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

import pandas as pd
from attrs import frozen

from quotum.api.arguments import Place, choice, existing_paths, moment, now, path, path_or_none, told_plainly
from quotum.api.page import as_html
from quotum.intake.call import Reception
from quotum.intake.checks.row_rules import OF_CALLS, all_rules
from quotum.intake.delivery.recognition import DIALECTS
from quotum.intake.receive import receive as receive_paths
from quotum.output.reconciliation import reconciliation
from quotum.tables import DELIVERIES, LOONAANGIFTE

KINDS: Final = ("auto", LOONAANGIFTE, *(table.name for table in DELIVERIES))


@frozen(eq=False, repr=False)
class Received:
    """What became of deliveries: accepted and rejected make received."""

    deliveries: pd.DataFrame
    """A row per delivery that is kept: name, kind, rows received, accepted and rejected."""
    findings: pd.DataFrame
    """A row per rule that rows broke: rule, level, count and reason."""
    refused: tuple[str, ...]
    """Deliveries, and members of packed ones, that were refused: which, and why."""
    known: tuple[str, ...]
    """Deliveries that the archive had already; they add nothing."""
    remarks: tuple[str, ...]
    """What to know besides: tables that were replaced, messages out of force."""
    exit_code: int
    """As of the command: 0 all accepted, 3 rows rejected, 10 a delivery refused."""
    dry_run: bool
    """Whether nothing was written."""
    reconciliation: tuple[str, ...]
    """Rows, hours and wages of each delivery and of all: received is accepted and rejected."""

    def __repr__(self) -> str:
        """Numbers of deliveries and rows."""
        parts = [
            f"{len(self.deliveries)} deliveries",
            *(f"{self.deliveries[name].sum():,} rows {name}" for name in ("accepted", "rejected")),
            *([f"{len(self.known)} known already"] if self.known else []),
            *([f"{len(self.refused)} REFUSED"] if self.refused else []),
            *(["dry run: nothing was written"] if self.dry_run else []),
        ]
        return f"<Received: {', '.join(parts)}>"

    def _repr_html_(self) -> str:
        lists = (("Refused", self.refused), ("In the archive already", self.known), ("Remarks", self.remarks))
        return as_html(repr(self).strip("<>"), [self.deliveries, self.findings], lists)


@told_plainly
def receive(
    deliveries: Place | Iterable[Place],
    archive: Place,
    *,
    received: datetime | str | None = None,
    kind: str = "auto",
    dialect: str | None = None,
    schemas: Place | None = None,
    dry_run: bool = False,
) -> Received:
    """Reads deliveries, checks every row and adds what was accepted to the archive, as `quotum receive` does.

    A delivery that cannot be read is refused whole and the others count: see `refused` and `exit_code` of the result.

    Args:
        deliveries: Files: loonaangifte XML, CSV or Parquet, plain or packed; what each is, its content tells.
        archive: Folder of the archive; made when it is not there.
        received: When it was received, in local time; now when None.
        kind: Kind of delivery expected; `auto` takes any.
        dialect: `nl` for CSV with semicolons and decimal commas.
        schemas: Folder with the official XSDs: a payroll return that breaks its schema is refused whole.
        dry_run: Whether to check everything and write nothing.

    Raises:
        QuotumError: A file or folder is not there, or the archive cannot be written; nothing is added then.
    """
    spoken = "" if dialect is None else choice("dialect", dialect, tuple(filter(None, DIALECTS)))
    reception = receive_paths(
        existing_paths("deliveries", deliveries),
        path("archive", archive),
        now() if received is None else moment("received", received),
        kind=choice("kind", kind, KINDS),
        dialect=spoken,
        schemas=path_or_none("schemas", schemas),
        dry_run=bool(dry_run),
    )
    return _received(reception, dry_run=bool(dry_run))


def _received(reception: Reception, *, dry_run: bool) -> Received:
    names = ("name", "kind", "received", "accepted", "rejected")
    rows = [{name: getattr(delivery, name) for name in names} for delivery in reception.deliveries]
    reasons = {rule.name: rule.reason for rule in (*all_rules(), *OF_CALLS)}
    findings = [
        {"rule": name, "level": level, "count": count, "reason": reasons[name]}
        for name, level, count in reception.findings
    ]
    problems = (*reception.members_refused, *reception.refused)
    return Received(
        deliveries=pd.DataFrame(rows, columns=list(names)),
        findings=pd.DataFrame(findings, columns=["rule", "level", "count", "reason"]),
        refused=tuple(f"{problem.place}: {problem.reason}" for problem in problems),
        known=reception.known,
        remarks=(*map(str, reception.replaced), *map(str, reception.contradictions), *reception.remarks),
        exit_code=reception.exit_code,
        dry_run=dry_run,
        reconciliation=tuple(reconciliation(reception.deliveries)),
    )
