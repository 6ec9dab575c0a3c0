"""Words about an archive, in English and Dutch."""

from typing import Final

from quotum.words import Text

# Digests of files, in words that follow the name of the file.
ALTERED: Final = Text("was altered: its SHA-256 is another", "is gewijzigd: de SHA-256 is een andere")
MISSING: Final = Text("is missing", "ontbreekt")
UNREADABLE: Final = Text("cannot be read: {why}", "is niet te lezen: {why}")
NO_DIGEST: Final = Text("has no digest beside it", "heeft er geen kenmerk naast")
FILE_IS: Final = Text("{name} {wrong}", "{name} {wrong}")

# A check of an archive.
WITHDRAWAL: Final = Text(
    "withdrawal {number} of {moment}: {what}: {reason}", "intrekking {number} van {moment}: {what}: {reason}"
)
LEFT_OVER: Final = Text(
    "{count} files in staging were left by a call that was broken off; the next one removes them",
    "{count} bestanden in staging zijn achtergebleven van een afgebroken ontvangst; de volgende verwijdert ze",
)
UNDER_WAY: Final = Text(
    "{count} files in bases are of a simulation at work, or the next one removes them",
    "{count} bestanden in bases zijn van een simulatie die bezig is, of de volgende verwijdert ze",
)
MUST_BE_EMPTY: Final = Text("{name} must be empty and is not", "{name} moet leeg zijn en is dat niet")
IS_LINK: Final = Text("{name} is a link: an archive has none", "{name} is een koppeling: een archief heeft er geen")
FORGOTTEN_STILL: Final = Text(
    "{name} was forgotten and is still there: run the same `quotum archive forget` again",
    "{name} is vergeten en is er nog: draai dezelfde `quotum archive forget` opnieuw",
)
BROKEN_OFF: Final = Text(
    "{name} was left by a call that was broken off: remove it, or run that call again",
    "{name} is achtergebleven van een afgebroken ontvangst: verwijder het, of draai die ontvangst opnieuw",
)
TOO_MANY: Final = Text(
    "{name} is too many: no receipt accounts for it. A receive call that was broken off left it (receive the same "
    "again), a receipt is gone (restore it), or somebody put it there",
    "{name} is te veel: geen ontvangstbewijs verantwoordt het. Een afgebroken ontvangst liet het achter (ontvang "
    "hetzelfde "
    "opnieuw), een ontvangstbewijs is weg (zet het terug), of iemand heeft het er neergezet",
)
BASE_WRONG: Final = Text(
    "{name} {wrong}: remove the folder {folder}, a simulation makes it again",
    "{name} {wrong}: verwijder de map {folder}, een simulatie maakt haar opnieuw",
)

# Withdrawals.
DELIVERY_OF_CALL: Final = Text("{kind} {name} of call {call}", "{kind} {name} van ontvangst {call}")
MESSAGES: Final = Text("{count} messages", "{count} berichten")
UNDONE: Final = Text(
    "withdrawal {number}, so that what it withdrew counts again",
    "intrekking {number}, zodat wat zij introk weer telt",
)
IN_FORCE_NOW: Final = Text("in force now, {kind}: {table}", "nu geldt, {kind}: {table}")
THAT_OF_CALL: Final = Text("that of call {call}", "die van ontvangst {call}")
NEVER_DELIVERED: Final = Text("none: it is as if it was never delivered", "geen: het is alsof het nooit is geleverd")
REASON_NEEDED: Final = Text(
    "--reason must say in words why it is withdrawn: the receipt keeps it",
    "--reason moet in woorden zeggen waarom er wordt ingetrokken: het ontvangstbewijs bewaart het",
)
NO_CALL: Final = Text(
    "there is no receive call {call}; `quotum archive list` lists them",
    "er is geen ontvangst {call}; `quotum archive list` noemt ze",
)
WITHDRAWAL_OUT: Final = Text("withdrawal {call} is out of force already", "intrekking {call} geldt al niet meer")
SEVERAL_BEGIN: Final = Text(
    "several deliveries begin with the digest {digest}; `quotum archive list --format json` has them whole",
    "meer leveringen beginnen met het kenmerk {digest}; `quotum archive list --format json` heeft ze voluit",
)
NONE_BEGINS: Final = Text(
    "no delivery begins with the digest {digest}; `quotum archive list --format json` has them whole",
    "geen levering begint met het kenmerk {digest}; `quotum archive list --format json` heeft ze voluit",
)
NOTHING_IN_FORCE: Final = Text(
    "nothing of {subject} is in force: it was forgotten or is withdrawn already",
    "van {subject} geldt niets: het is vergeten of al ingetrokken",
)
RECEIVE_CALL: Final = Text("receive call {call}", "ontvangst {call}")
THAT_DELIVERY: Final = Text("that delivery", "die levering")
NAMED_NOTHING: Final = Text(
    "nothing in force is named so: no receive call, no delivery whose digest begins so, and no message; `quotum "
    "archive "
    "list` lists calls and digests, and a message is named by its IdBer",
    "niets wat geldt heet zo: geen ontvangst, geen levering waarvan het kenmerk zo begint, en geen bericht; `quotum "
    "archive list` noemt ontvangsten en kenmerken, en een bericht heet naar zijn IdBer",
)
CAN_BE: Final = Text(
    "it can be a {kinds}: write one of these with a colon before it",
    "het kan zijn: {kinds}; zet een daarvan met een dubbele punt ervoor",
)
OR_A: Final = Text(" or a ", " of ")
SEVERAL_MESSAGES: Final = Text(
    "{count} messages are named so (filed {times}{more}): say which with --number and --filed-at",
    "{count} berichten heten zo (ingediend {times}{more}): zeg welk met --number en --filed-at",
)
NO_NUMBER: Final = Text(
    "--number is no payroll tax number: nine digits, L, two digits",
    "--number is geen loonheffingennummer: negen cijfers, L, twee cijfers",
)

# Rows that broke a rule.
RULE_AND_ROWS: Final = Text("{rule}: {count:,} (row {rows}{more})", "{rule}: {count:,} (regel {rows}{more})")
OF_MEMBER: Final = Text("{row} of member {number}", "{row} van onderdeel {number}")
MEMBER: Final = Text(", member {number}", ", onderdeel {number}")
ROW: Final = Text("row {number}", "regel {number}")
THE_WHOLE: Final = Text("the whole of it", "het geheel")
PLACE: Final = Text("{name}{member}, row {row}", "{name}{member}, regel {row}")
FOUND: Final = Text("{name}{member}, {place}: {level} {rule}{value}", "{name}{member}, {place}: {level} {rule}{value}")
LEVELS: Final = {"reject": Text("reject", "afwijzing"), "finding": Text("finding", "bevinding")}
"""What happened to a row, by level."""
MORE_ROWS: Final = Text(" and {count} rows more", " en nog {count} regels")
CONTRADICTS: Final = Text(
    "a message contradicts itself: rows with the same period, kind, person and NumIV differ: {places}{more}. Without "
    "--strict the message is set aside and the others are settled; ask the employer for a new one, or put it out of "
    "force with `quotum archive withdraw`",
    "een bericht spreekt zichzelf tegen: regels met hetzelfde tijdvak, dezelfde soort, persoon en NumIV verschillen: "
    "{places}{more}. Zonder --strict wordt het bericht terzijde gelegd en worden de andere vastgesteld; vraag de "
    "werkgever om een nieuw, of trek het in met `quotum archive withdraw`",
)

# An archive that is not there, or is damaged.
NO_ARCHIVE: Final = Text(
    "{archive} is no archive of quotum; `quotum receive DELIVERY... --archive {archive}` makes one",
    "{archive} is geen archief van quotum; `quotum receive DELIVERY... --archive {archive}` maakt er een",
)
MARKER_UNREADABLE: Final = Text(
    "{marker} cannot be read as the marker of an archive: restore it",
    "{marker} is niet te lezen als het merk van een archief: zet het terug",
)
TOO_NEW: Final = Text(
    "{archive} is an archive of format {version} with more than this version of quotum knows (up to {known}): install "
    "a "
    "newer quotum (`quotum --version` names this one)",
    "{archive} is een archief van vorm {version} met meer dan deze versie van quotum kent (tot en met {known}): "
    "installeer een nieuwere quotum (`quotum --version` noemt deze)",
)
MARKER_OTHER: Final = Text(
    "{marker} is not as quotum wrote it: the archive is damaged; restore the file",
    "{marker} is niet zoals quotum het schreef: het archief is beschadigd; zet het bestand terug",
)
NOT_AN_ARCHIVE: Final = Text(
    "{archive} is there and is no archive of quotum; name an empty or new folder",
    "{archive} is er en is geen archief van quotum; noem een lege of nieuwe map",
)
IS_FILE: Final = Text("{place} is a file; name a folder", "{place} is een bestand; noem een map")
CANNOT_WRITE: Final = Text(
    "{place} cannot be written: {why}{owner}. Check permissions and free space; nothing was left half written.",
    "{place} kan niet worden geschreven: {why}{owner}. Controleer rechten en vrije ruimte; er is niets half geschreven "
    "achtergebleven.",
)
RECEIPT_DAMAGED: Final = Text(
    "receipt {name} of the archive cannot be read, or is not as it was written: the archive is damaged; restore the "
    "file "
    "from its backup",
    "ontvangstbewijs {name} van het archief is niet te lezen, of is niet zoals het is geschreven: het archief is "
    "beschadigd; zet het bestand terug van de reservekopie",
)
RECEIPT_OTHER: Final = Text(
    "receipt {name} of the archive is that of {other}: the archive is damaged",
    "ontvangstbewijs {name} van het archief is dat van {other}: het archief is beschadigd",
)
CANNOT_READ: Final = Text("{place} cannot be read", "{place} is niet te lezen")
RECEIPT_GONE: Final = Text(
    "receipt {before} of the archive, which {name} comes after, is not there or is another: the archive is damaged; "
    "restore the folder receipts from its backup",
    "ontvangstbewijs {before} van het archief, waar {name} op volgt, is er niet of is een ander: het archief is "
    "beschadigd; zet de map receipts terug van de reservekopie",
)
OF_A_CALL: Final = Text("of a call", "van een ontvangst")
NOTES_DAMAGED: Final = Text(
    "notes/{name} of the archive cannot be read, or is not as it was written: the archive is damaged; restore the file "
    "from its backup",
    "notes/{name} van het archief is niet te lezen, of is niet zoals het is geschreven: het archief is beschadigd; zet "
    "het bestand terug van de reservekopie",
)
ORDERS_DAMAGED: Final = Text(
    "notes/{name} of the archive cannot be read, or is not as it was written: which payments were ordered is not "
    "known, "
    "so none can be; restore the file from its backup",
    "notes/{name} van het archief is niet te lezen, of is niet zoals het is geschreven: welke betalingen zijn "
    "opgedragen "
    "is niet bekend, dus er kan niets worden opgedragen; zet het bestand terug van de reservekopie",
)
TABLE_ALTERED: Final = Text(
    "{place} is not as it was received (its SHA-256 differs from the receipt): the archive is damaged; restore it from "
    "its backup",
    "{place} is niet zoals het is ontvangen (de SHA-256 verschilt van het ontvangstbewijs): het archief is beschadigd; "
    "zet het terug van de reservekopie",
)
NOT_COPIED: Final = Text(
    "{place}, of the archive, cannot be read; copy the folder rows of the archive anew",
    "{place}, van het archief, is niet te lezen; kopieer de map rows van het archief opnieuw",
)
TABLE_UNREADABLE: Final = Text(
    "{place} of the archive cannot be read ({why}): the archive is damaged; restore it from its backup",
    "{place} van het archief is niet te lezen ({why}): het archief is beschadigd; zet het terug van de reservekopie",
)
LACKS_DELIVERIES: Final = Text(
    "the archive {archive} lacks {count} of the {all} deliveries that the run read (the first has the digest "
    "{digest}...); name the archive of the run with --archive",
    "het archief {archive} mist {count} van de {all} leveringen die de run las (de eerste heeft het kenmerk "
    "{digest}...); "
    "noem het archief van de run met --archive",
)
LACKS_WITHDRAWAL: Final = Text(
    "the archive {archive} lacks the withdrawal of {moment} that the run knew of; name the archive of the run with "
    "--archive",
    "het archief {archive} mist de intrekking van {moment} waarvan de run wist; noem het archief van de run met "
    "--archive",
)
MESSAGES_UNREADABLE: Final = Text(
    "{place} cannot be read: `quotum archive rebuild --damaged`",
    "{place} is niet te lezen: `quotum archive rebuild --damaged`",
)
