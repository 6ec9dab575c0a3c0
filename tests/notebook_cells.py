"""The cells of the notebook for advisers: kind and source, in order."""

from typing import Final

CELLS: Final[tuple[tuple[str, str], ...]] = (
    (
        "markdown",
        """\
# An adviser and one company

For who advises an employer, or studies a few: from the company's own payroll returns to what it is granted, what it
did not ask for, why, and what a change of the rules would do. The company and its people are made up. Every output
here is of a run of this notebook: a test repeats it.

*Voor wie een werkgever adviseert: van de eigen loonaangiften naar wat wordt toegekend, waar niet om is gevraagd,
waarom, en wat een andere regel zou doen. `language="nl"` geeft uitleg en samenvatting in het Nederlands.*""",
    ),
    (
        "markdown",
        """\
## The company's returns

Twelve monthly returns of 2026, as a payroll program writes them. Ans is registered and the LKV is asked for her; Bo is
registered and nobody asked; Cas was asked for and was never registered; Dee is a colleague without any of this.""",
    ),
    (
        "code",
        """\
import calendar
import csv
from pathlib import Path

import quotum

EMPLOYER = "100000101"
ANS, BO, CAS, DEE = "100050104", "100050207", "100050311", "100050402"
ASKED = {ANS: "J", BO: "N", CAS: "J", DEE: "N"}


def income_relation(month, number, bsn):
    wage = "2450.00"
    return {
        "IdBer": f"M{month:02}", "DatTdAanm": f"2026-{month:02}-28T10:00:00", "Soort": "V", "Actie": "I",
        "LhNr": f"{EMPLOYER}L01", "DatAanvTv": f"2026-{month:02}-01",
        "DatEindTv": f"2026-{month:02}-{calendar.monthrange(2026, month)[1]}",
        "NumIV": number, "SofiNr": bsn, "PersNr": number, "DatAanv": "2025-03-01", "DatEind": "",
        "Gebdat": "1990-04-05", "SrtIV": "15", "CdAard": "1",
        "IndWAO": "J", "IndWW": "J", "IndZW": "J", "IndAvrLkvOudrWn": "N", "IndAvrLkvAgWn": "N",
        "IndAvrLkvDgBaf": ASKED[bsn], "IndAvrLkvHpAgWn": "N", "LnSV": wage, "PrlnAofAnwLg": "0.00",
        "PrlnAofAnwHg": wage, "PrlnAofAnwUit": "0.00", "AantVerlU": 120,
    }


def write(name, rows):
    with Path(name).open("w", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


months = range(1, 13)
write("returns.csv", [income_relation(month, place, bsn) for month in months for place, bsn in enumerate(ASKED, 1)])
registered = {"registered_from": "2020-01-01", "registered_until": "", "ground": "a"}
write("register.csv", [{"bsn": bsn} | registered for bsn in (ANS, BO)])
bakery = {"name": "Bakkerij Zoetemelk", "sector": "niet-overheid", "started_on": "2015-01-01", "iban": ""}
write("employers.csv", [{"rsin": EMPLOYER} | bakery])
write("wage_bills.csv", [{"rsin": EMPLOYER, "year": 2024, "premium_wage": "1750000.00"}])""",
    ),
    (
        "markdown",
        """\
What a column means, `quotum.columns` says. `receive` checks every row and keeps the files as they came; it is
`quotum receive` on the command line.""",
    ),
    (
        "code",
        """\
quotum.receive(
    ["returns.csv", "register.csv", "employers.csv", "wage_bills.csv"], "archive", received="2027-05-01T12:00:00"
)""",
    ),
    (
        "markdown",
        """\
## What is granted

The law as it is: an LKV and no bonus, as articles 1 to 6 of the Wet banenafspraak are not in force. Nothing here is a
decision: an official decides.""",
    ),
    ("code", """run = quotum.settle("archive", 2026, "2027-05-01", "run")\nrun"""),
    ("code", """run.settlement[["paid_hours", "target_group_hours", "lkv_cents", "bonus_cents", "surcharge_cents"]]"""),
    (
        "markdown",
        """\
## What was missed

Bo had a right and was not asked for: the hours, what hangs on them in cents, and the last day on which a corrected
return counts (Wtl art. 2.1, 4.1 lid 2). For Cas, who was never registered, an asked benefit can be fined (Wtl art.
4.7). Who is registered is personal: show the list to nobody who may not see it.""",
    ),
    ("code", """missed = quotum.missed(run)\nmissed"""),
    ("code", """missed.people[["kind", "paid_hours", "cents", "correct_until"]]"""),
    (
        "markdown",
        """\
## Why

Every amount is explained from the conditions of the law, with articles, or not shown. In full for the whole employer:
`quotum.explain(run, EMPLOYER)`; here the question whether it is a small employer.""",
    ),
    ("code", """quotum.explain(run, EMPLOYER, only="small")"""),
    ("code", """print(quotum.explain(run, EMPLOYER).brief)"""),
    (
        "markdown",
        """\
## What would happen

A scenario beside the law as it is: the regime activated, at a rate given here. A rate that balances would need the
whole country. Nobody behaves otherwise in these figures.""",
    ),
    (
        "code",
        '''\
Path("activated.toml").write_text("""
title = "Activated, a surcharge of 0.35%"

[set]
"wet_banenafspraak.in_force_from" = 2024-01-01
"wet_banenafspraak.activated_in" = 2024
"wet_banenafspraak.surcharge_rate" = "0.35"
"wtl.bonus_rate" = "3.76"
""")
compared = quotum.compare("archive", 2026, "2027-05-01", "activated.toml")
compared.comparison[["scenario", "lkv_cents", "bonus_cents", "surcharge_cents", "net_cents"]]''',
    ),
    (
        "markdown",
        """\
## When something is wrong

What a user can put right is a `quotum.QuotumError`, with what to do.""",
    ),
    (
        "code",
        """\
for wrong in ("activated-budgt", "activated.tml"):
    try:
        quotum.compare("archive", 2026, "2027-05-01", wrong)
    except quotum.QuotumError as error:
        print(error)
try:
    quotum.settle("archive", 2026, "1 May 2027", "another-run")
except quotum.QuotumError as error:
    print(error)""",
    ),
)
