"""The panel of the past: the law over the published targets and realisations."""

from datetime import date
from fractions import Fraction

import pyarrow as pa

from quotum.comparison.tables import PANEL
from quotum.law.wet_banenafspraak.savings_loss import JOINT, SEPARATE, SectorCount, missing_jobs, savings_loss_cents
from quotum.parameters import Figures, ParameterBook
from quotum.simulate.headline import Row, as_table, hundredths

_ACT = "wet_banenafspraak"
_SAVINGS = {"_low": "saving_per_job_low", "": "saving_per_job", "_high": "saving_per_job_high"}


def panel(book: ParameterBook, known_on: date | None = None) -> pa.Table:
    """Returns targets, realised and missing jobs of every published year, and the savings loss with its range.

    Kamerstuk 34 352 nr. 281, footnote 19: no quota regime brought in revenue in these years, so every missing job
    counts. The saving per job is assumed, and the same for every year.

    Args:
        book: The parameters.
        known_on: Figures as known on this day.
    """
    figures = Figures(book, known_on)
    years = sorted(value.valid_from for value in figures.all_of(f"{_ACT}.realised_jobs_market") if value.valid_from)
    return as_table(PANEL, [_year(figures, on) for on in years if _complete(figures, on)])


def _complete(figures: Figures, on: date) -> bool:
    names = [f"{kind}_jobs_{sector}" for kind in ("target", "realised") for sector in ("government", "market")]
    return all(figures.has(f"{_ACT}.{name}", on) for name in (*names, *_SAVINGS.values()))


def _year(figures: Figures, on: date) -> Row:
    def count(sector: str) -> SectorCount:
        target = figures.number(f"{_ACT}.target_jobs_{sector}", on)
        return SectorCount(target, Fraction(0), figures.number(f"{_ACT}.realised_jobs_{sector}", on))

    government, market = count("government"), count("market")
    total = SectorCount(government.target + market.target, Fraction(0), government.realised + market.realised)
    row: Row = {"year": on.year}
    for name, sector_count in (("_government", government), ("_market", market), ("", total)):
        row[f"target{name}_hundredths"] = hundredths(sector_count.target)
        row[f"realised{name}_hundredths"] = hundredths(sector_count.realised)
        row[f"missing{name}_hundredths"] = hundredths(sector_count.missing)
    for sectors in (SEPARATE, JOINT):
        missing = missing_jobs(government, market, total, sectors)
        row[f"missing_{sectors}_hundredths"] = hundredths(missing)
        for end, name in _SAVINGS.items():
            saving = figures.cents(f"{_ACT}.{name}", on)
            row[f"savings_loss_{sectors}{end}_cents"] = savings_loss_cents(missing, saving, revenue=False)
    stated = [figures.peek(f"{_ACT}.realised_jobs_{sector}", on) for sector in ("government", "market")]
    statuses = {figure.status for figure in stated}
    row["realised_status"] = "assumed" if "assumed" in statuses else min(statuses)
    row["source"] = "; ".join(dict.fromkeys(figure.source for figure in stated))
    return row


__all__ = ["panel"]
