"""Rule 0: returns in force on a day."""

from quotum.words import Text
from tests.spec.worked_cases.case import LAW, READING, Case, Provision
from tests.spec.worked_cases.rows import P2, employer, registered, withdrawn, worked
from tests.spec.worked_cases.steps import hours, in_time, line, lkv, settled

_EMPLOYER = {"register": [registered()], "employers": [employer()]}
_TWO = {"register": [registered(), registered(bsn=P2)], "employers": [employer()]}


def _replaced(filed: str, **changes: object) -> dict:
    """A full return of 100 hours, and one of 150 hours that was filed later."""
    later = worked(150, IdBer="M-late", DatTdAanm=filed, **changes)
    return _EMPLOYER | {"returns": [worked(100), later]}


CUT_OFF = Provision(
    "wtl-4.1-lid-2",
    0,
    "Wtl art. 4.1 lid 2",
    Text("Returns as they stood on 1 May", "Aangiften zoals zij op 1 mei luidden"),
    Text("Was the message filed by the end of the as-of day?", "Is het bericht uiterlijk op de peildag ingediend?"),
    LAW,
    Text(
        "Messages that were filed on or before 1 May of the next year count, the whole day included. Without a "
        "delivered filing time the time at which the employer made the message stands in for it (reading). Times are "
        "local times of the Netherlands.",
        "Berichten die uiterlijk op 1 mei van het volgende jaar zijn ingediend tellen, de hele dag inbegrepen. Zonder "
        "aangeleverd tijdstip van indiening geldt het tijdstip waarop de werkgever het bericht maakte (lezing). Tijden "
        "zijn Nederlandse tijden.",
    ),
    (
        Case(
            "filed-on-1-may",
            Text("Last second of 1 May: counts", "Laatste seconde van 1 mei: telt"),
            Text(
                "The second full return was made on 1 May 2027 at 23:59:59 and replaces the first.",
                "De tweede volledige aangifte is gemaakt op 1 mei 2027 om 23:59:59 en vervangt de eerste.",
            ),
            _replaced("2027-05-01T23:59:59"),
            (in_time("2027-05-01", "2027-05-01", "true"), lkv(150, "151.50")),
            settlement=[settled(paid_hours=150, lkv_cents=151_50)],
            lines=[line(150, 151_50)],
        ),
        Case(
            "filed-on-2-may",
            Text("First second of 2 May: too late", "Eerste seconde van 2 mei: te laat"),
            Text(
                "The second full return was made on 2 May 2027 at 00:00:00. For this settlement it does not exist.",
                "De tweede volledige aangifte is gemaakt op 2 mei 2027 om 00:00:00. Voor deze vaststelling bestaat "
                "zij niet.",
            ),
            _replaced("2027-05-02T00:00:00"),
            (in_time("2027-05-02", "2027-05-01", "false"), lkv(100, "101.00")),
            settlement=[settled(paid_hours=100, lkv_cents=101_00)],
            lines=[line(100, 101_00)],
        ),
        Case(
            "made-in-time-filed-late",
            Text("Made on 30 April, filed on 2 May: too late", "Gemaakt op 30 april, ingediend op 2 mei: te laat"),
            Text(
                "The delivery gives the filing time (Ingediend). The law says filed, so the time of making is not "
                "asked.",
                "De levering geeft het tijdstip van indiening (Ingediend). De wet zegt ingediend; het tijdstip van "
                "maken telt dan niet.",
            ),
            _replaced("2027-04-30T12:00:00", Ingediend="2027-05-02T00:00:00"),
            (in_time("2027-05-02", "2027-05-01", "false"), lkv(100, "101.00")),
            settlement=[settled(paid_hours=100, lkv_cents=101_00)],
        ),
        Case(
            "utc-before-midnight",
            Text("21:59:59 UTC is still 1 May: counts", "21.59.59 uur UTC is nog 1 mei: telt"),
            Text(
                "In May the Netherlands are two hours ahead of UTC: 21:59:59 UTC is 23:59:59 on 1 May.",
                "In mei loopt Nederland twee uur voor op UTC: 21.59.59 uur UTC is 23.59.59 uur op 1 mei.",
            ),
            _replaced("2027-05-01T12:00:00", Ingediend="2027-05-01T21:59:59+00:00"),
            (in_time("2027-05-01", "2027-05-01", "true"), lkv(150, "151.50")),
            settlement=[settled(paid_hours=150, lkv_cents=151_50)],
        ),
        Case(
            "utc-after-midnight",
            Text("22:00:00 UTC is 2 May: too late", "22.00.00 uur UTC is 2 mei: te laat"),
            Text(
                "22:00:00 UTC is midnight in the Netherlands: the message belongs to 2 May.",
                "22.00.00 uur UTC is middernacht in Nederland: het bericht hoort bij 2 mei.",
            ),
            _replaced("2027-05-01T12:00:00", Ingediend="2027-05-01T22:00:00+00:00"),
            (in_time("2027-05-02", "2027-05-01", "false"), lkv(100, "101.00")),
            settlement=[settled(paid_hours=100, lkv_cents=101_00)],
        ),
    ),
)

_MARCH = {"IdBer": "M-march", "DatTdAanm": "2026-03-15T09:00:00"}
_APRIL = {"IdBer": "M-april", "DatTdAanm": "2026-04-15T09:00:00"}
_BOTH = [worked(100), worked(80, bsn=P2, NumIV="2")]

MESSAGES = Provision(
    "wfsv-38e-lid-3",
    0,
    "Wtl art. 4.1 lid 2; Wfsv art. 38e lid 3",
    Text(
        "Full returns, supplements, corrections and withdrawals",
        "Volledige aangiften, aanvullingen, correcties en intrekkingen",
    ),
    Text("Which messages about this return were in force?", "Welke berichten over deze aangifte golden?"),
    READING,
    Text(
        "Per payroll tax number and period the messages are applied in order of filing time, then of message "
        "identifier as text; within a message V goes before A before C. A full return (V) replaces everything before "
        "it. A supplement (A) or correction (C) replaces or adds each income relation that it reports, and removes "
        "what it withdraws (X).",
        "Per loonheffingennummer en tijdvak worden de berichten toegepast op volgorde van indiening, daarna van het "
        "berichtkenmerk als tekst; binnen een bericht gaat V voor A voor C. Een volledige aangifte (V) vervangt alles "
        "daarvoor. Een aanvulling (A) of correctie (C) vervangt of voegt elke inkomstenverhouding toe die zij noemt, "
        "en verwijdert wat zij intrekt (X).",
    ),
    (
        Case(
            "full-return-replaces",
            Text("A later full return without person 2", "Een latere volledige aangifte zonder persoon 2"),
            Text(
                "The second full return names person 1 only; person 2 is gone.",
                "De tweede volledige aangifte noemt alleen persoon 1; persoon 2 is vervallen.",
            ),
            _TWO | {"returns": [*_BOTH, worked(90, **_MARCH)]},
            (hours("90", "90"), lkv(90, "90.90")),
            settlement=[settled(paid_hours=90, lkv_cents=90_90)],
            lines=[line(90, 90_90)],
        ),
        Case(
            "correction-replaces-a-relation",
            Text("A correction of person 1", "Een correctie van persoon 1"),
            Text(
                "The correction replaces the row of person 1 as a whole; person 2 stays as it was.",
                "De correctie vervangt de regel van persoon 1 in haar geheel; persoon 2 blijft zoals die was.",
            ),
            _TWO | {"returns": [*_BOTH, worked(60, Soort="C", **_MARCH)]},
            (hours("60 + 80", "140"), lkv(60, "60.60"), lkv(80, "80.80")),
            settlement=[settled(paid_hours=140, lkv_cents=141_40)],
            lines=[line(60, 60_60), line(80, 80_80, P2)],
        ),
        Case(
            "supplement-adds-a-relation",
            Text("A supplement with person 2", "Een aanvulling met persoon 2"),
            Text(
                "The supplement adds a person to the full return.",
                "De aanvulling voegt een persoon toe aan de volledige aangifte.",
            ),
            _TWO | {"returns": [worked(100), worked(80, bsn=P2, NumIV="2", Soort="A", **_MARCH)]},
            (hours("100 + 80", "180"), lkv(100, "101.00"), lkv(80, "80.80")),
            settlement=[settled(paid_hours=180, lkv_cents=181_80)],
            lines=[line(100, 101_00), line(80, 80_80, P2)],
        ),
        Case(
            "withdrawal-removes-a-relation",
            Text("A withdrawal of person 2", "Een intrekking van persoon 2"),
            Text(
                "What is withdrawn is no longer part of the return.",
                "Wat is ingetrokken hoort niet meer bij de aangifte.",
            ),
            _TWO | {"returns": [*_BOTH, withdrawn(_BOTH[1], **_MARCH)]},
            (hours("100", "100"), lkv(100, "101.00")),
            settlement=[settled(paid_hours=100, lkv_cents=101_00)],
            lines=[line(100, 101_00)],
        ),
        Case(
            "full-return-after-a-correction",
            Text("A full return filed after a correction", "Een volledige aangifte na een correctie"),
            Text(
                "The full return of April replaces everything before it, the correction of March too.",
                "De volledige aangifte van april vervangt alles daarvoor, ook de correctie van maart.",
            ),
            _EMPLOYER | {"returns": [worked(100), worked(60, Soort="C", **_MARCH), worked(120, **_APRIL)]},
            (hours("120", "120"), lkv(120, "121.20")),
            settlement=[settled(paid_hours=120, lkv_cents=121_20)],
        ),
        Case(
            "correction-after-a-full-return",
            Text("The same, with the correction filed last", "Hetzelfde, met de correctie als laatste"),
            Text(
                "Filed in April, the correction of 60 hours comes after the full return of March.",
                "De correctie van 60 uren is in april ingediend en komt na de volledige aangifte van maart.",
            ),
            _EMPLOYER | {"returns": [worked(100), worked(120, **_MARCH), worked(60, Soort="C", **_APRIL)]},
            (hours("60", "60"), lkv(60, "60.60")),
            settlement=[settled(paid_hours=60, lkv_cents=60_60)],
        ),
        Case(
            "v-before-a-before-c",
            Text("One message with V, A and C", "Eén bericht met V, A en C"),
            Text(
                "Within a message the full return is applied first, then the supplement, then the correction, in "
                "whatever order the rows stand in the file: 60 hours of the correction stay.",
                "Binnen een bericht gaat de volledige aangifte voor, dan de aanvulling, dan de correctie, hoe de "
                "regels ook in het bestand staan: de 60 uren van de correctie blijven.",
            ),
            _EMPLOYER | {"returns": [worked(60, Soort="C"), worked(70, Soort="A"), worked(100)]},
            (hours("60", "60"), lkv(60, "60.60")),
            settlement=[settled(paid_hours=60, lkv_cents=60_60)],
        ),
        Case(
            "same-time-by-identifier-as-text",
            Text(
                "Filed at the same second: the identifier decides", "In dezelfde seconde ingediend: het kenmerk beslist"
            ),
            Text(
                "As text M-10 comes before M-9, so M-9 is applied last and its 90 hours stay.",
                "Als tekst komt M-10 voor M-9; M-9 wordt dus als laatste toegepast en haar 90 uren blijven.",
            ),
            _EMPLOYER | {"returns": [worked(90, IdBer="M-9"), worked(100, IdBer="M-10")]},
            (hours("90", "90"), lkv(90, "90.90")),
            settlement=[settled(paid_hours=90, lkv_cents=90_90)],
        ),
        Case(
            "correction-without-full-return",
            Text(
                "A correction of a period without a full return",
                "Een correctie van een tijdvak zonder volledige aangifte",
            ),
            Text(
                "The correction is applied to an empty period. It counts, and is reported as a finding.",
                "De correctie wordt op een leeg tijdvak toegepast. Zij telt, en is een bevinding.",
            ),
            _EMPLOYER | {"returns": [worked(60, Soort="C")]},
            (hours("60", "60"), lkv(60, "60.60")),
            settlement=[settled(paid_hours=60, lkv_cents=60_60)],
        ),
        Case(
            "message-that-contradicts-itself",
            Text(
                "Two rows of one message about the same relation",
                "Twee regels van één bericht over dezelfde inkomstenverhouding",
            ),
            Text(
                "The message of March gives 70 and 80 hours of the same income relation. It is set aside as a whole "
                "and the settlement goes on with the message before it; quotum ends with code 3.",
                "Het bericht van maart noemt 70 en 80 uren van dezelfde inkomstenverhouding. Het wordt in zijn geheel "
                "terzijde gelegd en de vaststelling gaat door met het bericht ervoor; quotum eindigt met code 3.",
            ),
            _EMPLOYER | {"returns": [worked(100), worked(70, **_MARCH), worked(80, **_MARCH)]},
            (hours("100", "100"), lkv(100, "101.00")),
            settlement=[settled(paid_hours=100, lkv_cents=101_00)],
            exit_code=3,
            alone=True,
        ),
    ),
)

PROVISIONS = (CUT_OFF, MESSAGES)
