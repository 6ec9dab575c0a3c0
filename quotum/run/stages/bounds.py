"""How large a figure can become, and what is refused beyond it.

Two limits. A product that is divided afterwards stays at or below 2^53 (`money.LARGEST_EXACT`): above it
Spark divides in binary fractions. A sum of amounts stays at or below 2^61 (`money.LARGEST_SUM`), a quarter
of what 64 bits hold, so that LKV plus bonus less surcharge cannot leave them either: above 2^63 - 1
pandas and pyarrow wrap around in silence and DuckDB stops.

Where the operands come from. Formats: an amount has ten digits and two decimals (below 10^12 cents), hours
have five digits, `NumIV` four; intake refuses more. The country: 720,000 payroll tax numbers, thirteen
periods, 200 million rows a year. "100 times" below is a hundred times those rows, all at their maximum.

| figure | operation | largest country | 100 times | what holds it |
|---|---|---|---|---|
| number and sub-number (`// SUB_NUMBERS`) | division | 10^11 | 10^11 | nine digits and two |
| paid, target-group, levy and December hours | sums | 2 x 10^13 | 2 x 10^15 | the formats: below 2^53 |
| rows, flags, findings | sums | 2 x 10^8 | 2 x 10^10 | the number of rows |
| premium wage, base, wage of t-2, person over the maximum | sums | 4 x 10^20 | 4 x 10^22 | `count`: magnitudes |
| base after deductions | difference, sum | 4 x 10^20 | 4 x 10^22 | `charge`: magnitudes |
| base x rate, then whole euros | product, division | no limit | no limit | `charge`: 2^53, each rate tried |
| surcharge of all | sum | base x 100% | base x 100% | `charge`: total x rate |
| hours of a person x LKV or bonus rate | product | 2 x 10^13 x rate | 2 x 10^15 x rate | `grant`: 2^53 |
| LKV, bonus, other LKV of all; payable; net | sums | 2 x 10^13 x rate | 2 x 10^15 x rate | `grant`: total x rate |
| wage of t-2 after transfers | exact in Python | 10^12 x transfers | the same | `exempt`: 2^61 |
| hours x quota percentage, hours x 100% | products, difference | 4 x 10^17 | 4 x 10^19 | `levy`: half of 2^53 each |
| what hangs on findings | product, sum | the same | the same | `hanging`: 2^53, beyond it none is given |
| shortage x levy per job | product, division, sum | no limit | no limit | `levy`: 2^53, and 2^61 for all |
| rate in balance, jobs, savings loss, quota percentage | fractions | exact | exact | Python, without limit |

A sum of magnitudes cannot wrap while it is taken: what is added is the magnitude over 2^20, at most 2 x 10^6
for the two wages of a row, and no sum over a part of the rows is larger than that over all of them.
"""

import narwhals as nw
from attrs import frozen

from quotum.engine.interface import Engine
from quotum.frames import Frame
from quotum.money import MAGNITUDE_STEP
from quotum.run.stages.columns import sums

STEP = MAGNITUDE_STEP


@frozen
class Size:
    """How large the values of a column are."""

    largest: int
    """Largest magnitude of one value."""
    total: int
    """At least the sum of all magnitudes; at most 2^20 a row more."""
    rows: int
    """Number of rows."""


def magnitude(value: nw.Expr) -> nw.Expr:
    """A value without its sign."""
    return nw.when(value < 0).then(value * -1).otherwise(value)


def at_least(coarse_total: int, values: int) -> int:
    """A sum of magnitudes from the sum of coarse ones: each of the values lost less than 2^20."""
    return (coarse_total + values) * STEP


def size_of(engine: Engine, frame: Frame, name: str) -> Size:
    """How large the values of a column of a kept frame are."""
    size = magnitude(nw.col(name))
    measured = frame.select(magnitude=size, coarse=size // STEP, rows=nw.lit(1))
    sizes = engine.collect(measured.select(nw.col("magnitude").max(), *sums("coarse", "rows"))).to_pylist()[0]
    rows = sizes["rows"] or 0
    return Size(sizes["magnitude"] or 0, at_least(sizes["coarse"] or 0, rows), rows)
