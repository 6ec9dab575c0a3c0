"""The stages of a settlement in their order: each a function from tables to tables.

1. `facts.year_rows`: the rows in force, each with its facts (registered, kind of work);
2. `count`: what each return adds up to;
3. `exempt`: which employers are small, and why;
4. `bonus_lines`: LKV and bonus per employer and person;
5. `charge`: the surcharge per return, at the rate given or solved;
6. `settle`: one row per employer.
"""

from quotum.run.charging import Charged, charge
from quotum.run.counting import count, december_hours, wages_from_returns
from quotum.run.exempting import Wages, exempt
from quotum.run.granting import bonus_lines, pension_limits
from quotum.run.settling import settle

__all__ = [
    "Charged",
    "Wages",
    "bonus_lines",
    "charge",
    "count",
    "december_hours",
    "exempt",
    "pension_limits",
    "settle",
    "wages_from_returns",
]
