"""For notebooks and programs: the functions behind the commands, with answers as objects and pandas frames.

    import quotum
    quotum.receive(["returns.csv", "register.csv"], "archive")
    run = quotum.settle("archive", 2026, "2027-05-01", "run-2026")
    run.settlement                                          # a row per employer; amounts in cents
    quotum.missed(run)                                      # whom the LKV was not asked for
    quotum.explain(run, "123456782")                        # how the amounts of an employer came about
    quotum.compare("archive", 2026, "2027-05-01", ["activated-budget"]).comparison

Whole numbers stay whole: frames have Arrow types, in which an absent value turns nothing into a float. What
a column means, `quotum tables` says, and `quotum.columns(name)` gives as a frame. What a user can put right is
a `quotum.QuotumError`, whose message says what to do.
"""

from quotum.api.comparing import Compared, compare
from quotum.api.dictionary import columns
from quotum.api.explaining import Explained, explain
from quotum.api.missing import MissedPeople, missed
from quotum.api.receiving import Received, receive
from quotum.api.runs import Run, read_run
from quotum.api.settling import settle

__all__ = [
    "Compared",
    "Explained",
    "MissedPeople",
    "Received",
    "Run",
    "columns",
    "compare",
    "explain",
    "missed",
    "read_run",
    "receive",
    "settle",
]
