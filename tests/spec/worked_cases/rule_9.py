"""Rule 9: the calendar, as far as a settlement shows it."""

from datetime import date

from quotum.words import Text
from tests.spec.worked_cases.case import LAW, Case, Provision
from tests.spec.worked_cases.rows import worked
from tests.spec.worked_cases.rule_5 import given
from tests.spec.worked_cases.steps import in_time, line, lkv, settled

_JANUARY = date(2027, 1, 31)
_DECEMBER = worked(100, 12)

OVERVIEW = Provision(
    "wtl-4.1-lid-4",
    9,
    "Wtl art. 4.1 lid 4",
    Text("The preliminary overview: 31 January", "Het voorlopig overzicht: 31 januari"),
    Text("Does the return enter the preliminary overview?", "Komt de aangifte in het voorlopig overzicht?"),
    LAW,
    Text(
        "The overview of before 15 March rests on the returns as they stood on 31 January; the decision rests on 1 "
        "May.",
        "Het overzicht van voor 15 maart berust op de aangiften zoals zij op 31 januari luidden; de beschikking op 1 "
        "mei.",
    ),
    (
        Case(
            "filed-on-31-january",
            Text("Last second of 31 January: in the overview", "Laatste seconde van 31 januari: in het overzicht"),
            Text(
                "The return of December was filed on the last day.",
                "De aangifte van december is op de laatste dag ingediend.",
            ),
            given(worked(100, 11), _DECEMBER | {"DatTdAanm": "2027-01-31T23:59:59"}),
            (in_time("2027-01-31", "2027-01-31", "true"), lkv(200, "202.00")),
            settlement=[settled(paid_hours=200, lkv_cents=202_00)],
            lines=[line(200, 202_00)],
            as_of=_JANUARY,
        ),
        Case(
            "filed-on-1-february",
            Text(
                "First second of 1 February: not in the overview",
                "Eerste seconde van 1 februari: niet in het overzicht",
            ),
            Text("It does count for the decision, on 1 May.", "Zij telt wel voor de beschikking, op 1 mei."),
            given(worked(100, 11), _DECEMBER | {"DatTdAanm": "2027-02-01T00:00:00"}),
            (in_time("2027-02-01", "2027-01-31", "false"), lkv(100, "101.00")),
            settlement=[settled(paid_hours=100, lkv_cents=101_00)],
            lines=[line(100, 101_00)],
            as_of=_JANUARY,
        ),
        Case(
            "the-same-on-1-may",
            Text("The same return in the decision", "Dezelfde aangifte in de beschikking"),
            Text("Filed on 1 February, so in time for 1 May.", "Ingediend op 1 februari, dus op tijd voor 1 mei."),
            given(worked(100, 11), _DECEMBER | {"DatTdAanm": "2027-02-01T00:00:00"}),
            (in_time("2027-02-01", "2027-05-01", "true"), lkv(200, "202.00")),
            settlement=[settled(paid_hours=200, lkv_cents=202_00)],
            lines=[line(200, 202_00)],
        ),
    ),
)

PROVISIONS = (OVERVIEW,)
