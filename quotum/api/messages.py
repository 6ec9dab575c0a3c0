"""What is said of a wrong argument, in English and Dutch."""

from quotum.words import Text

NO_DAY = Text(
    '{name}: {value} is no day; write "2027-05-01" or datetime.date(2027, 5, 1)',
    '{name}: {value} is geen dag; schrijf "2027-05-01" of datetime.date(2027, 5, 1)',
)
MOMENT_NOT_DAY = Text(
    "{name}: {value} is a moment and not a day; write {name}=...date()",
    "{name}: {value} is een tijdstip en geen dag; schrijf {name}=...date()",
)
NO_MOMENT = Text(
    '{name}: {value} is no date and time; write "2027-05-02T06:00:00"',
    '{name}: {value} is geen datum met tijd; schrijf "2027-05-02T06:00:00"',
)
NO_YEAR = Text(
    "year: {value} is no year of this law; give one from {first} to {last}",
    "year: {value} is geen jaar van deze wet; geef er een van {first} tot en met {last}",
)
NOT_WHOLE = Text(
    "{name}: {value} is no whole number; write it as {name}=2026, without quotes or decimals",
    "{name}: {value} is geen geheel getal; schrijf het als {name}=2026, zonder aanhalingstekens of decimalen",
)
NO_THREADS = Text(
    "threads: {value} is no number of threads; give 1 or more, or leave it out",
    "threads: {value} is geen aantal threads; geef 1 of meer, of laat het weg",
)
NO_TEXT = Text(
    "{name}: expected text in quotes, found {kind}",
    "{name}: tekst tussen aanhalingstekens verwacht, gevonden: {kind}",
)
NO_CHOICE = Text("{name}: {value} is none of {allowed}{near}", "{name}: {value} is geen van {allowed}{near}")
NO_PATH = Text(
    "{name}: {value} is no path; give text in quotes or a pathlib.Path",
    "{name}: {value} is geen pad; geef tekst tussen aanhalingstekens of een pathlib.Path",
)
NO_PATHS = Text(
    "{name}: the list is empty; give at least one file", "{name}: de lijst is leeg; geef ten minste een bestand"
)
NOT_THERE = Text("{name}: {value} is not there{pattern}", "{name}: {value} is er niet{pattern}")
PATTERN = Text(
    '; a pattern such as *.csv is not filled in here: write Path("folder").glob("*.csv")',
    '; een patroon als *.csv wordt hier niet ingevuld: schrijf Path("map").glob("*.csv")',
)
NO_NAME = Text(
    "{name}: expected text in quotes or a path, found {kind}",
    "{name}: tekst tussen aanhalingstekens of een pad verwacht, gevonden: {kind}",
)
NO_LIST = Text(
    "{name}: expected a list of {what}, found {kind}", "{name}: een lijst van {what} verwacht, gevonden: {kind}"
)
PATHS = Text("paths", "paden")
NAMES = Text("names or paths", "namen of paden")
NOTHING = Text("nothing", "niets")
OF_TYPE = Text("a value of type {type}", "een waarde van het type {type}")
NUMBER_AS_TEXT = Text(
    "{name}: give the number as text, in quotes; a number of nine digits can begin with a zero",
    "{name}: geef het nummer als tekst, tussen aanhalingstekens; een nummer van negen cijfers kan met een nul beginnen",
)
NO_TABLE = Text("this run has no table {table}; it has {held}", "deze run heeft geen tabel {table}; wel {held}")
