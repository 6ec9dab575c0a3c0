"""What the checks of intake ask, in English and Dutch."""

from typing import Final

from quotum.tables import Kind
from quotum.words import Text

# The form of a value.
MUST_BE: Final = Text("{name} must be {form}", "{name} moet zijn: {form}")
_ELEVEN: Final = Text("nine digits that pass the eleven test", "negen cijfers die aan de elfproef voldoen")
FORMS: Final = {
    Kind.TEXT: Text(
        "text of at most {longest} characters, without control characters",
        "tekst van ten hoogste {longest} tekens, zonder stuurtekens",
    ),
    Kind.BSN: _ELEVEN,
    Kind.RSIN: _ELEVEN,
    Kind.PAYROLL_TAX_NUMBER: Text(
        "nine digits that pass the eleven test, L, and two digits other than 00",
        "negen cijfers die aan de elfproef voldoen, L, en twee cijfers anders dan 00",
    ),
    Kind.WHOLE: Text(
        "a whole number of at most {longest} digits", "een geheel getal van ten hoogste {longest} cijfers"
    ),
    Kind.CODE: Text("a code of at most {longest} digits", "een code van ten hoogste {longest} cijfers"),
    Kind.EUROS: Text(
        "an amount in euros with a decimal point (in CSV with --dialect nl a comma), at most two decimals and nothing "
        "between the thousands",
        "een bedrag in euro's met een decimale punt (in CSV met --dialect nl een komma), ten hoogste twee decimalen en "
        "niets tussen de duizendtallen",
    ),
    Kind.SHARE: Text("a decimal number between 0 and 1", "een decimaal getal tussen 0 en 1"),
    Kind.DATE: Text(
        "an existing day, yyyy-mm-dd (in CSV with --dialect nl also dd-mm-yyyy)",
        "een bestaande dag, jjjj-mm-dd (in CSV met --dialect nl ook dd-mm-jjjj)",
    ),
    Kind.MOMENT: Text("an existing moment, yyyy-mm-ddThh:mm:ss", "een bestaand tijdstip, jjjj-mm-ddTuu:mm:ss"),
    Kind.FLAG: Text("J or N", "J of N"),
    Kind.CHOICE: Text("one of {choices}", "een van {choices}"),
}
"""The form of a value, by its kind."""
HAS_VALUE: Final = Text("{name} must have a value{when}", "{name} moet een waarde hebben{when}")
IN_REPORTING_ROW: Final = Text(" in a row that reports", " in een regel die meldt")
IN_ROW_WITH_NUMBER: Final = Text(" in a row with NumIV", " in een regel met NumIV")
IN_ORDER: Final = Text("{first} and {last} must be in order", "{first} en {last} moeten op volgorde staan")
DIGITS_KEPT: Final = Text(
    "{name} must have all its digits: it came as spreadsheets write a number, without the zeros before it or as "
    "1,23E+08; "
    "have the column written as text",
    "{name} moet alle cijfers hebben: het kwam zoals rekenbladen een getal schrijven, zonder voorloopnullen of als "
    "1,23E+08; laat de kolom als tekst schrijven",
)
LAST_LINE_ENDS: Final = Text(
    "the last line of a CSV file must have a line end: without one its last value may have been cut off",
    "de laatste regel van een CSV-bestand moet een regeleinde hebben: zonder kan de laatste waarde zijn afgekapt",
)
AT_MOST_TEN_DIGITS: Final = Text(
    "{name} must have at most ten digits, decimals included",
    "{name} mag ten hoogste tien cijfers hebben, met de decimalen",
)
LISTED: Final = Text(
    "{name} must be a code that exists, in periods of {first} to {last}",
    "{name} moet een bestaande code zijn, in tijdvakken van {first} tot en met {last}",
)
OF_ANOTHER_YEAR: Final = Text(
    "{name} is not among the codes of {first} to {last}; of the year of the period no list is known",
    "{name} staat niet tussen de codes van {first} tot en met {last}; van het jaar van het tijdvak is geen lijst "
    "bekend",
)
NOT_000: Final = Text("{name} must not begin with 000", "{name} mag niet met 000 beginnen")

# A return.
NUMBER_NEEDED: Final = Text(
    "a row about an income relation or a person must have NumIV; only a return without rows leaves it empty",
    "een regel over een inkomstenverhouding of een persoon moet NumIV hebben; alleen een aangifte zonder regels laat "
    "het "
    "leeg",
)
HALF_A_YEAR: Final = Text(
    "returns over half a year or a year are not counted in months or four-week periods",
    "aangiften over een half jaar of een jaar worden niet in maanden of vierwekentijdvakken geteld",
)
DAYS_OF_PERIOD: Final = Text(
    "DatAanvTv and DatEindTv must be the first and last day of one month or one four-week period",
    "DatAanvTv en DatEindTv moeten de eerste en laatste dag zijn van een maand of een vierwekentijdvak",
)
WITHDRAWS_NOTHING: Final = Text(
    "a full return (V) reports and withdraws nothing", "een volledige aangifte (V) meldt en trekt niets in"
)
INCOME_PERIODS: Final = Text(
    "an income relation has 1 to 99 income periods (Inkomstenperiode), each with DatAanv, a listed SrtIV and CdAard, "
    "and "
    "indicators J or N",
    "een inkomstenverhouding heeft 1 tot en met 99 inkomstenperioden (Inkomstenperiode), elk met DatAanv, een "
    "bestaande "
    "SrtIV en CdAard, en indicaties J of N",
)
TOTALS_ARE_AMOUNTS: Final = Text(
    "each total of a return (CollectieveAangifte) is there, a whole number of at most ten digits",
    "elk totaal van een aangifte (CollectieveAangifte) is er, een geheel getal van ten hoogste tien cijfers",
)
YEAR_OF_SCHEMA: Final = Text(
    "the period lies in the year of the namespace of its message",
    "het tijdvak ligt in het jaar van de naamruimte van het bericht",
)
ROW_TWICE: Final = Text(
    "an income relation stands twice in one message and period of a receive call: equal rows count once, unequal ones "
    "put "
    "the message out of force",
    "een inkomstenverhouding staat twee keer in een bericht en tijdvak van een ontvangst: gelijke regels tellen een "
    "keer, "
    "ongelijke maken dat het bericht niet geldt",
)
TOTAL_MATCHES: Final = Text(
    "a total of the return (CollectieveAangifte) is the sum of its rows, cut off to whole euros",
    "een totaal van de aangifte (CollectieveAangifte) is de som van de regels, afgekapt op hele euro's",
)
MEMBER_READ: Final = Text(
    "a member of a container must be a delivery that can be read whole; why one was refused is said when it comes",
    "een onderdeel van een verpakking moet een levering zijn die geheel te lezen is; waarom een onderdeel is geweigerd "
    "wordt bij ontvangst gezegd",
)
IBAN: Final = Text(
    "iban must pass its check digits: nothing can be paid to an employer with another",
    "iban moet aan de controlecijfers voldoen: aan een werkgever met een andere kan niets worden betaald",
)
KEEPS_ROWS: Final = Text(
    "a table that takes the place of another has at least nine tenths of its rows; `quotum archive withdraw` puts the "
    "other in force again",
    "een tabel die een andere vervangt heeft minstens negen tiende van de regels ervan; `quotum archive withdraw` laat "
    "de "
    "andere weer gelden",
)
ROWS_EQUAL: Final = Text(
    "rows of one message with the same period, kind, person and NumIV are equal, whatever files they came in: one with "
    "others is out of force, and its returns are settled without it",
    "regels van een bericht met hetzelfde tijdvak, dezelfde soort, persoon en NumIV zijn gelijk, in welke bestanden "
    "zij "
    "ook kwamen: een bericht met andere geldt niet, en de aangiften ervan worden zonder dat bericht vastgesteld",
)

# A message, before its rows are read.
MESSAGES: Final = {
    "sound_xml": Text(
        "is well-formed to its end: tags that match, one root with nothing behind it, known entities",
        "is tot het einde welgevormd: passende tags, een wortel met niets erachter, bekende entiteiten",
    ),
    "no_doctype": Text(
        "has no DOCTYPE, and so no entities of its own", "heeft geen DOCTYPE, en dus geen eigen entiteiten"
    ),
    "encoding": Text(
        "is written in UTF-8 or ISO-8859-1, as it says itself",
        "is geschreven in UTF-8 of ISO-8859-1, zoals het zelf zegt",
    ),
    "namespace": Text(
        "has the namespace and the version of a known schema", "heeft de naamruimte en de versie van een bekend schema"
    ),
    "elements_in_place": Text(
        "has what is read where, in the order and as often as the schema has it",
        "heeft wat wordt gelezen waar, in de volgorde en zo vaak als het schema het heeft",
    ),
    "elements_filled": Text(
        "has a value, and no attribute, in each element that is read",
        "heeft een waarde, en geen attribuut, in elk element dat wordt gelezen",
    ),
    "elements_known": Text(
        "has elements of the schema only, where that of its year is known",
        "heeft alleen elementen van het schema, waar dat van het jaar bekend is",
    ),
    "short_parts": Text(
        "has no text, tag or comment of more than 32 megabytes",
        "heeft geen tekst, tag of commentaar van meer dan 32 megabyte",
    ),
}
"""What a message must be, by name of the rule."""

# What is implausible.
ENDED_BEFORE: Final = Text(
    "DatEind lies before DatAanv; the whole period then stands for the days in service",
    "DatEind ligt voor DatAanv; het hele tijdvak staat dan voor de dagen in dienst",
)
STARTED_AFTER: Final = Text(
    "DatAanv lies after the last day of the period; the whole period then stands for the days in service",
    "DatAanv ligt na de laatste dag van het tijdvak; het hele tijdvak staat dan voor de dagen in dienst",
)
BORN_AFTER: Final = Text("Gebdat lies after DatAanv", "Gebdat ligt na DatAanv")
FILED_BEFORE: Final = Text("Ingediend lies before DatTdAanm", "Ingediend ligt voor DatTdAanm")
MADE_BEFORE: Final = Text(
    "DatTdAanm lies before the first day of the period", "DatTdAanm ligt voor de eerste dag van het tijdvak"
)
HOURS_ABOVE: Final = Text(
    "AantVerlU is more than all hours of the days of the period",
    "AantVerlU is meer dan alle uren van de dagen van het tijdvak",
)
HOURS_WITHOUT_WAGE: Final = Text(
    "paid hours of an insured person without any wage", "verloonde uren van een verzekerde persoon zonder enig loon"
)
WAGE_WITHOUT_HOURS: Final = Text("premium wage without paid hours", "premieloon zonder verloonde uren")
OPPOSITE_SIGNS: Final = Text(
    "paid hours and premium wage of which one is below zero and one above",
    "verloonde uren en premieloon waarvan het ene onder nul is en het andere erboven",
)
BOTH_CLASSES: Final = Text(
    "premium wage in the low and in the high class of one row", "premieloon in de lage en de hoge klasse van een regel"
)
ABOVE_MAXIMUM: Final = Text(
    "premium wage of one row above the maximum of a whole year",
    "premieloon van een regel boven het maximum van een heel jaar",
)
