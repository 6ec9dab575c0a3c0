"""The rows in force of a small country with the facts of each, and its employers: what OpenFisca is given.

`python -m tests.benches.peers.rows_in_force ROWS RUN OUT`: OUT is a folder. Nothing of it is measured: OpenFisca
computes rules over a population, and knows no messages that replace each other.
"""

import sys
from pathlib import Path

import pandas as pd

from tests.benches.peers import with_pandas as plain
from tests.benches.peers.figures import SUB_NUMBERS, Figures
from tests.benches.peers.figures import read as read_figures

KEPT = [
    "rsin", "filing", "bsn", "employment_nature", "wsw", "wsw_seconded",
    "sheltered", "on_first_day", "registered", "asked_jobs_agreement", "insured_employment", "below_pension_age",
    "premium_wage_low_cents", "premium_wage_high_cents", "paid_hours", "deduction_cents",
]  # fmt: skip


def rows_with_facts(rows: Path, figures: Figures) -> pd.DataFrame:
    """Rows in force; `filing` numbers their return."""
    registered, traits = plain.register_by_period(rows, figures.year), plain.merged_traits(rows)
    parts = []
    for part in plain.in_force(rows, figures):
        insured, young = plain.insured_employment(part), plain.below_pension_age(part, figures)
        parts.append(
            pd.concat([part, plain.trait_flags(part, traits)], axis=1).assign(
                registered=part.index.isin(plain.of_register(part, registered)),
                insured_employment=insured & (part["bsn"] != -1),
                below_pension_age=young,
            )
        )
    every = pd.concat(parts, ignore_index=True)
    deductions = plain.small_table(rows, "deductions", [*plain.RETURN, "amount_cents"])
    every = every.merge(deductions, on=plain.RETURN, how="left")
    return every.assign(
        rsin=every["payroll_tax_number"] // SUB_NUMBERS,
        filing=every.groupby(plain.RETURN).ngroup(),
        deduction_cents=every["amount_cents"].fillna(0).astype("int64"),
    )


def write(rows: Path, figures: Figures, out: Path) -> None:
    """Write `rows.parquet` and `employers.parquet`."""
    result = rows_with_facts(rows, figures)
    out.mkdir(parents=True, exist_ok=True)
    result[KEPT].to_parquet(out / "rows.parquet", index=False)
    listed = plain.small_table(rows, "employers", ["rsin", "started_on"])
    bills = plain.small_table(rows, "wage_bills", ["rsin", "year", "premium_wage_cents"])
    bills = bills[bills["year"] == figures.year - 2]
    employers = listed.merge(result[["rsin"]].drop_duplicates(), on="rsin", how="outer").merge(
        bills, on="rsin", how="left"
    )
    started = employers["started_on"].dt.year.fillna(0).astype("int64")
    wage = employers["premium_wage_cents"]
    employers = employers.assign(
        started_in=started, wage_known=wage.notna(), premium_wage_t2_cents=wage.fillna(0).astype("int64")
    )
    employers[["rsin", "started_in", "wage_known", "premium_wage_t2_cents"]].to_parquet(
        out / "employers.parquet", index=False
    )


if __name__ == "__main__":
    write(Path(sys.argv[1]), read_figures(Path(sys.argv[2])), Path(sys.argv[3]))
