"""Rule 1: the target group in a return period, and the kinds of work."""

from collections.abc import Mapping

from quotum.words import Text
from tests.spec.worked_cases.case import LAW, READING, Case, Provision, Row, Rows
from tests.spec.worked_cases.rows import employer, registered, trait, worked
from tests.spec.worked_cases.steps import hours, line, lkv, overlap, settled


def _months(registration: Row, *numbers: int) -> Mapping[str, Rows]:
    """100 hours in each of some months."""
    return {
        "returns": [worked(100, number) for number in numbers],
        "register": [registration],
        "employers": [employer()],
    }


REGISTRATION = Provision(
    "wtl-2.12-lid-2",
    1,
    "Wtl art. 2.12 lid 2; Wfsv art. 38b",
    Text("Registered on a day of the return period", "Geregistreerd op een dag van het aangiftetijdvak"),
    Text(
        "Is the person registered on a day of this period?", "Is de persoon op een dag van dit tijdvak geregistreerd?"
    ),
    LAW,
    Text(
        "A registration that overlaps the period by at least one day, first and last day included, makes the whole "
        "period count.",
        "Een registratie die het tijdvak ten minste één dag raakt, eerste en laatste dag inbegrepen, laat het hele "
        "tijdvak tellen.",
    ),
    (
        Case(
            "ends-on-the-first-day",
            Text("Registered until 1 March: March counts", "Geregistreerd tot en met 1 maart: maart telt"),
            Text(
                "The registration touches March on its first day, so all 100 hours of March count.",
                "De registratie raakt maart op de eerste dag; alle 100 uren van maart tellen.",
            ),
            _months(registered(until="2026-03-01"), 1, 2, 3),
            (overlap("2026-03-01", "2026-03-01", "true"), hours("3 * 100", "300"), lkv(300, "303.00")),
            settlement=[settled(paid_hours=300, target_group_hours=300, lkv_cents=303_00)],
            lines=[line(300, 303_00)],
        ),
        Case(
            "ends-on-the-day-before",
            Text("Registered until 28 February: March does not", "Geregistreerd tot en met 28 februari: maart niet"),
            Text(
                "No day of March is within the registration.",
                "Geen dag van maart valt binnen de registratie.",
            ),
            _months(registered(until="2026-02-28"), 1, 2, 3),
            (overlap("2026-02-28", "2026-03-01", "false"), hours("2 * 100", "200"), lkv(200, "202.00")),
            settlement=[settled(paid_hours=300, target_group_hours=200, lkv_cents=202_00)],
            lines=[line(200, 202_00)],
        ),
        Case(
            "begins-on-the-last-day",
            Text("Registered from 31 January: January counts", "Geregistreerd vanaf 31 januari: januari telt"),
            Text("One day of January is enough.", "Eén dag van januari is genoeg."),
            _months(registered("2026-01-31"), 1, 2),
            (hours("2 * 100", "200"), lkv(200, "202.00")),
            settlement=[settled(paid_hours=200, target_group_hours=200, lkv_cents=202_00)],
            lines=[line(200, 202_00)],
        ),
        Case(
            "begins-on-the-day-after",
            Text("Registered from 1 February: January does not", "Geregistreerd vanaf 1 februari: januari niet"),
            Text("January was over when the registration began.", "Januari was voorbij toen de registratie begon."),
            _months(registered("2026-02-01"), 1, 2),
            (hours("100", "100"), lkv(100, "101.00")),
            settlement=[settled(paid_hours=200, target_group_hours=100, lkv_cents=101_00)],
            lines=[line(100, 101_00)],
        ),
        Case(
            "not-registered",
            Text("The registration ended in 2019", "De registratie eindigde in 2019"),
            Text(
                "Asked for, but the person is no longer registered: no right and no row.",
                "Wel gevraagd, maar de persoon is niet meer geregistreerd: geen recht en geen regel.",
            ),
            _months(registered("2015-01-01", "2019-12-31"), 1),
            (overlap("2019-12-31", "2026-01-01", "false"),),
            settlement=[settled(paid_hours=100, target_group_hours=0, lkv_cents=0)],
            lines=[],
        ),
    ),
)


def _kind(name: str, title: Text, explanation: Text, counts: bool, nature: str = "1", *traits: Row) -> Case:
    """A case of 100 hours in January of somebody with a kind of work."""
    row = worked(100, CdAard=nature)
    given = {"returns": [row], "register": [registered()], "employers": [employer()], "traits": list(traits)}
    paid = 100 if counts else 0
    steps = (hours("100", "100"), lkv(100, "101.00")) if counts else (hours("0", "0", "target_group_hours"),)
    return Case(
        name,
        title,
        explanation,
        given,
        steps,
        settlement=[settled(paid_hours=100, target_group_hours=paid, lkv_cents=paid * 1_01)],
        lines=[line(100, 101_00)] if counts else [],
    )


KINDS = Provision(
    "wsw-2-participatiewet-10b",
    1,
    "Wsw art. 2; Participatiewet art. 10b; Wfsv art. 38b; Wtl art. 2.10",
    Text("Kinds of work that are out of the count", "Soorten werk die niet meetellen"),
    Text("Does the kind of work count?", "Telt de soort werk mee?"),
    READING,
    Text(
        "Wsw employment that is not seconded and sheltered work do not count. What is delivered as a trait puts a row "
        "out only when it covers all days in service of the period.",
        "Wsw-werk dat niet gedetacheerd is en beschut werk tellen niet mee. Een aangeleverd kenmerk laat een regel "
        "alleen vervallen als het alle dagen in dienst van het tijdvak dekt.",
    ),
    (
        _kind(
            "wsw-not-seconded",
            Text("Wsw employment (CdAard 21): out", "Wsw-dienstbetrekking (CdAard 21): telt niet"),
            Text(
                "Wsw employment that is not seconded is out.", "Een Wsw-dienstbetrekking zonder detachering telt niet."
            ),
            False,
            "21",
        ),
        _kind(
            "wsw-seconded",
            Text(
                "Wsw employment, seconded (CdAard 22): counts", "Wsw-dienstbetrekking, gedetacheerd (CdAard 22): telt"
            ),
            Text("Secondment brings it back in, from 2026.", "Door detachering telt het weer mee, vanaf 2026."),
            True,
            "22",
        ),
        _kind(
            "wsw-supported-work",
            Text("Supported work (CdAard 23): counts", "Begeleid werken (CdAard 23): telt"),
            Text(
                "Supported work is with an ordinary employer and counts.",
                "Begeleid werken is bij een gewone werkgever en telt mee.",
            ),
            True,
            "23",
        ),
        _kind(
            "sheltered-work",
            Text("Sheltered work (CdAard 24): out", "Beschut werk (CdAard 24): telt niet"),
            Text("Sheltered work is out.", "Beschut werk telt niet mee."),
            False,
            "24",
        ),
        _kind(
            "trait-on-every-day",
            Text("Sheltered from 1 to 31 January: out", "Beschut van 1 tot en met 31 januari: telt niet"),
            Text(
                "The trait covers all days in service of January.", "Het kenmerk dekt alle dagen in dienst van januari."
            ),
            False,
            "1",
            trait("sheltered", "2026-01-01", "2026-01-31"),
        ),
        _kind(
            "trait-on-all-days-but-one",
            Text("Sheltered from 2 to 31 January: counts", "Beschut van 2 tot en met 31 januari: telt"),
            Text(
                "On 1 January the work was ordinary; that makes the whole period count.",
                "Op 1 januari was het gewoon werk; daardoor telt het hele tijdvak.",
            ),
            True,
            "1",
            trait("sheltered", "2026-01-02", "2026-01-31"),
        ),
        _kind(
            "seconded-on-one-day",
            Text("Wsw, seconded on 31 January only: counts", "Wsw, alleen op 31 januari gedetacheerd: telt"),
            Text(
                "Secondment touches one of the days in service, so the row is not out.",
                "De detachering raakt een van de dagen in dienst; de regel vervalt dus niet.",
            ),
            True,
            "1",
            trait("wsw"),
            trait("wsw_seconded", "2026-01-31", "2026-01-31"),
        ),
    ),
)

PROVISIONS = (REGISTRATION, KINDS)
