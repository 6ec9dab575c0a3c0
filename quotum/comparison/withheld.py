"""Jobs above the baseline that are withheld where the archive is plainly a part of the country."""

from typing import Final

import pyarrow as pa
from attrs import evolve

from quotum.comparison.record import Comparison
from quotum.run.findings.declared import BY_CODE
from quotum.run.findings.places import LOSS_WITHHELD

_ABOVE_BASELINE: Final = (
    "realised_jobs_hundredths", "missing_jobs_hundredths", "missing_jobs_exact", "one_percent_missing_jobs_hundredths",
)  # fmt: skip
"""Jobs that are withheld with the savings loss."""


def without_jobs_of_a_part(comparison: Comparison) -> Comparison:
    """Removes the jobs above the baseline of scenarios without savings loss, as `settle` does; its files keep them.

    Args:
        comparison: The comparison, with its remarks.
    """
    meaning = BY_CODE[LOSS_WITHHELD].meaning
    places = {row["place"] for row in comparison.assumptions.to_pylist() if row["text"] == meaning}
    if not places:
        return comparison
    rows = [
        row | dict.fromkeys(_ABOVE_BASELINE) if row["place"] in places else row
        for row in comparison.comparison.to_pylist()
    ]
    return evolve(comparison, comparison=pa.Table.from_pylist(rows, schema=comparison.comparison.schema))


__all__ = ["without_jobs_of_a_part"]
