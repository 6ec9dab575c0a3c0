"""The stages of a settlement in their order: each a function from tables to tables.

1. `facts.year_rows`: the rows in force, each with its facts (registered, kind of work);
2. `count`: what each return adds up to;
3. `exempt`: which employers are small, and why;
4. `rights`: who has a right that hangs on the start of an employment; `grant`: LKV and bonus per
   employer and person, and the other benefits;
5. `charge`: the surcharge per return, at the rate given or solved;
6. `settle`: one row per employer.
"""

from quotum.run.charging import Charged, charge
from quotum.run.counting import count, december_hours, wages_from_returns
from quotum.run.entitlements import Evidence, Rights, rights, years_with_employments
from quotum.run.exempting import Wages, exempt
from quotum.run.granting import Granted, bonus_lines, grant, pension_limits
from quotum.run.settling import settle

__all__ = [
    "Charged",
    "Evidence",
    "Granted",
    "Rights",
    "Wages",
    "bonus_lines",
    "charge",
    "count",
    "december_hours",
    "exempt",
    "grant",
    "pension_limits",
    "rights",
    "settle",
    "wages_from_returns",
    "years_with_employments",
]
