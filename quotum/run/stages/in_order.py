"""The stages of a settlement in their order: each a function from tables to tables.

1. `facts.year_rows`: the rows in force, each with its facts (registered, kind of work);
2. `count`: what returns and employers add up to;
3. `jobs.count_jobs`: the jobs of the target group, on which surcharge and bonus may be made conditional;
4. `exempt`: which employers are small, and why;
5. `rights`: who has a right that hangs on the start of an employment; `grant`: LKV and bonus per
   employer and person, and the other benefits;
6. `deduct`: what supplements on benefits take off the surcharge base;
7. `charge`: the surcharge per return, at the rate given or solved;
8. `settle`: one row per employer.
"""

from quotum.run.stages.counts import Counted, count, december_hours, wages_from_returns
from quotum.run.stages.deductions import Deducted, deduct
from quotum.run.stages.grants import Granted, bonus_lines, grant, pension_limits
from quotum.run.stages.rights import Evidence, Rights, rights, years_with_employments
from quotum.run.stages.settlement import settle
from quotum.run.stages.small_employers import Wages, exempt, transfers_of
from quotum.run.stages.surcharges import Charged, charge

__all__ = [
    "Charged",
    "Counted",
    "Deducted",
    "Evidence",
    "Granted",
    "Rights",
    "Wages",
    "bonus_lines",
    "charge",
    "count",
    "december_hours",
    "deduct",
    "exempt",
    "grant",
    "pension_limits",
    "rights",
    "settle",
    "transfers_of",
    "wages_from_returns",
    "years_with_employments",
]
