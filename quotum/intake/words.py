"""Words about what is received, in English and Dutch; for the rules see `checks.words`."""

from typing import Final

from quotum.words import Text

PASSED_OVER: Final = Text(
    "passed over, as left by an operating system or a tool: {names}{more}",
    "overgeslagen, als achtergelaten door een besturingssysteem of hulpmiddel: {names}{more}",
)
AND_MORE: Final = Text(" and {count:,} more", " en nog {count:,}")
SCHEMA_UNSEEN: Final = Text(
    "returns of {year} were read after a description of their schema: the schema itself was not held against them",
    "aangiften van {year} zijn gelezen naar een beschrijving van het schema: het schema zelf is er niet naast gelegd",
)
STAYS: Final = Text(
    "{kind}: {rows:,} rows, not in force: those of call {call} ({before:,} rows) were received later and stay",
    "{kind}: {rows:,} regels, geldt niet: die van ontvangst {call} ({before:,} regels) zijn later ontvangen en blijven",
)
REPLACES: Final = Text(
    "{kind}: {rows:,} rows, replaces {before:,} rows of call {call}{lost}",
    "{kind}: {rows:,} regels, vervangt {before:,} regels van ontvangst {call}{lost}",
)
LOST: Final = Text("; {count:,} rows fewer, more than a tenth", "; {count:,} regels minder, meer dan een tiende")
CONTRADICTS: Final = Text(
    "a message contradicts itself and is out of force: {places}",
    "een bericht spreekt zichzelf tegen en geldt niet: {places}",
)
MORE_ROWS: Final = Text("and {count:,} rows more", "en nog {count:,} regels")
NO_MEMBER: Final = Text(
    "has no member that can be read; the first: {place}: {reason}",
    "heeft geen onderdeel dat te lezen is; het eerste: {place}: {reason}",
)
DELIVERY_REFUSED: Final = Text("{name}: {reason}", "{name}: {reason}")

# The drop folder.
MEMBER_REASON: Final = Text("{place}: {reason}", "{place}: {reason}")
MEMBERS_REFUSED: Final = Text(
    "{count:,} members were refused; quotum archive findings --rule member_refused names them",
    "{count:,} onderdelen zijn geweigerd; quotum archive findings --rule member_refused noemt ze",
)
ROWS_REJECTED: Final = Text("{count:,} rows rejected by {rules}", "{count:,} regels afgewezen door {rules}")
MORE_LISTED: Final = Text(
    "and more; quotum archive findings --delivery {digest} lists them",
    "en meer; quotum archive findings --delivery {digest} noemt ze",
)
# Files that are not taken up, in words that follow the name.
IS_FOLDER: Final = Text(
    "is a folder, which is not looked into; put its files here",
    "is een map, waarin niet wordt gekeken; zet de bestanden ervan hier",
)
IS_LINK: Final = Text(
    "is a link or a device, no file; put the file itself here",
    "is een koppeling of apparaat, geen bestand; zet het bestand zelf hier",
)
STILL_WRITTEN: Final = Text(
    "is still being written, by its name ({suffix})", "wordt nog geschreven, naar de naam ({suffix})"
)
TIME_AHEAD: Final = Text(
    "has a time that lies ahead and waits for it; `touch` it",
    "heeft een tijdstip in de toekomst en wacht daarop; geef het een `touch`",
)
MAY_GROW: Final = Text("changed a short while ago and may still grow", "is kort geleden gewijzigd en kan nog groeien")
CHANGED_MEANWHILE: Final = Text(
    "changed while it was read, so it stays; the next run takes it up anew",
    "is gewijzigd terwijl het werd gelezen, dus het blijft; de volgende keer wordt het opnieuw opgenomen",
)
BATCH_UNREADABLE: Final = Text(
    "{place} cannot be read: it names the files of a run that did not end. Move the files that the archive has already "
    "to "
    "done/ yourself, and delete it",
    "{place} is niet te lezen: het noemt de bestanden van een taak die niet eindigde. Verplaats de bestanden die het "
    "archief al heeft zelf naar done/, en verwijder het",
)

# What is refused, and why.
EMPTY: Final = Text(
    "is empty; a delivery has at least a header",
    "is leeg; een levering heeft minstens een kopregel",
)
FOLDER_GIVEN: Final = Text(
    "is a folder; give its files, as in FOLDER/*",
    "is een map; geef de bestanden ervan, zoals FOLDER/*",
)
NO_FILE: Final = Text(
    "is no file but a pipe or a device; write what it gives to a file first",
    "is geen bestand maar een pijp of apparaat; schrijf wat het geeft eerst naar een bestand",
)
NO_READABLE_FILE: Final = Text(
    "cannot be read: {why}; a delivery is a file that can be read",
    "is niet te lezen: {why}; een levering is een leesbaar bestand",
)
NOT_READ: Final = Text(
    "cannot be read: {why}",
    "is niet te lezen: {why}",
)
CONTAINER_IN_CONTAINER: Final = Text(
    "is a container within a container, which quotum does not open (.tar.gz and .tar.zst aside); deliver it on its own",
    "is een verpakking in een verpakking, die quotum niet opent (behalve .tar.gz en .tar.zst); lever die apart",
)
WEB_PAGE: Final = Text(
    "is a web page (HTML): the download went wrong, often because a session had ended. Log in and download the file "
    "anew",
    "is een webpagina (HTML): het ophalen ging mis, vaak omdat een sessie was verlopen. Log in en haal het bestand "
    "opnieuw op",
)
OTHER_KIND: Final = Text(
    "has the columns of {name}; expected {kind}, so leave --kind out or name its kind",
    "heeft de kolommen van {name}; verwacht werd {kind}, dus laat --kind weg of noem de soort",
)
UTF_16: Final = Text(
    "is written in UTF-16; CSV must be UTF-8, so save it as such",
    "is geschreven in UTF-16; CSV moet UTF-8 zijn, dus bewaar het zo",
)
ZERO_BYTES: Final = Text(
    "is neither XML, Parquet nor CSV: it holds zero bytes",
    "is geen XML, Parquet of CSV: het bevat nulbytes",
)
LINE_FOR_EXCEL: Final = Text(
    "begins with a line for Excel ('sep='); a header comes first, so leave that line out",
    "begint met een regel voor Excel ('sep='); eerst komt een kopregel, dus laat die regel weg",
)
NO_DELIMITER: Final = Text(
    "has a first line without {delimiter!r}; for CSV with ';' and decimal comma use --dialect nl, for ',' and decimal "
    "point leave it out",
    "heeft een eerste regel zonder {delimiter!r}; gebruik voor CSV met ';' en een decimale komma --dialect nl, en laat "
    "het voor ',' en een decimale punt weg",
)
NO_COMMA: Final = Text(
    "has a first line without ','; values are separated by ',', or with --dialect nl by ';'",
    "heeft een eerste regel zonder ','; waarden zijn gescheiden door ',', of met --dialect nl door ';'",
)
NO_KNOWN_COLUMN: Final = Text(
    "has no column quotum knows; expected {expected} (`quotum tables` lists the columns)",
    "heeft geen kolom die quotum kent; verwacht: {expected} (`quotum tables` noemt de kolommen)",
)
ROW_NAMES: Final = Text(
    "has a first column without a name: leave row names out (in R row.names = FALSE, in pandas index=False)",
    "heeft een eerste kolom zonder naam: laat regelnamen weg (in R row.names = FALSE, in pandas index=False)",
)
CELLS_BESIDE: Final = Text(
    "has a column without a name ({last}): a spreadsheet writes the cells beside a table too; delete the columns "
    "behind it and save it again",
    "heeft een kolom zonder naam ({last}): een rekenblad schrijft ook de cellen naast een tabel; verwijder de kolommen "
    "erachter en bewaar het opnieuw",
)
NAMELESS: Final = Text(
    "has a column without a name (number {nameless}); leave it out, or name it",
    "heeft een kolom zonder naam (nummer {nameless}); laat haar weg, of geef haar een naam",
)
INDEX_OF_PANDAS: Final = Text(
    "has the column {name!r}: leave the index of pandas out (index=False)",
    "heeft de kolom {name!r}: laat de index van pandas weg (index=False)",
)
NOT_UTF_8: Final = Text(
    "is not UTF-8 in its first line; CSV must be UTF-8",
    "is in de eerste regel geen UTF-8; CSV moet UTF-8 zijn",
)
LONG_END: Final = Text(
    "has more than {longest_end:,} bytes at its end, where it says what it holds; have it made with groups of a "
    "million rows, and without notes",
    "heeft meer dan {longest_end:,} bytes aan het einde, waar het zegt wat het bevat; laat het maken met groepen van "
    "een miljoen regels, en zonder aantekeningen",
)
PART_OF_PARQUET: Final = Text(
    "is not a whole Parquet file; send it again",
    "is geen volledig Parquet-bestand; stuur het opnieuw",
)
TAR_DAMAGED: Final = Text(
    "is a tar file that is cut off or damaged, or goes on after its end; send it again, whole",
    "is een tar-bestand dat is afgekapt of beschadigd, of na het einde doorgaat; stuur het opnieuw, in zijn geheel",
)
TAR_EMPTY: Final = Text(
    "is a tar file without members",
    "is een tar-bestand zonder onderdelen",
)
TAR_HEADER: Final = Text(
    "is a tar file with a header of more than a megabyte; have it made anew",
    "is een tar-bestand met een kop van meer dan een megabyte; laat het opnieuw maken",
)
LARGE_WINDOW: Final = Text(
    "needs {window:,} megabytes of memory to unpack (zstd --long); pack it again with --long=27 or less",
    "heeft {window:,} megabyte geheugen nodig om uit te pakken (zstd --long); pak het opnieuw in met --long=27 of "
    "minder",
)
NOT_UNPACKED: Final = Text(
    "cannot be unpacked: the container is cut off or damaged ({value}); send it again, whole",
    "is niet uit te pakken: de verpakking is afgekapt of beschadigd ({value}); stuur het opnieuw, in zijn geheel",
)
ZIP_EMPTY: Final = Text(
    "is a zip file without members",
    "is een zip-bestand zonder onderdelen",
)
WORKBOOK: Final = Text(
    "is a workbook or another file of Office, which quotum does not read; save it as CSV (UTF-8)",
    "is een werkboek of een ander bestand van Office, dat quotum niet leest; bewaar het als CSV (UTF-8)",
)
ZIP_LACKS: Final = Text(
    "is a zip file with members that are not in it; send it again, whole",
    "is een zip-bestand met onderdelen die er niet in zitten; stuur het opnieuw, in zijn geheel",
)
PART_OF_ZIP: Final = Text(
    "is not a whole zip file; send it again",
    "is geen volledig zip-bestand; stuur het opnieuw",
)
ZIP_GOES_ON: Final = Text(
    "is a zip file with something after its end; send it again, whole and alone",
    "is een zip-bestand met iets na het einde; stuur het opnieuw, in zijn geheel en alleen",
)
NO_DROP_FOLDER: Final = Text(
    "{folder} is no folder; name the folder into which deliveries are put",
    "{folder} is geen map; noem de map waarin leveringen worden gezet",
)
ONLY_LITTER: Final = Text(
    "holds only what an operating system or a tool leaves beside files, and no delivery",
    "bevat alleen wat een besturingssysteem of hulpmiddel naast bestanden achterlaat, en geen levering",
)
NOT_XML: Final = Text(
    "is {upper}; expected loonaangifte XML",
    "is {upper}; verwacht werd loonaangifte-XML",
)
IS_XML: Final = Text(
    "is XML; expected {kind}",
    "is XML; verwacht werd {kind}",
)
BROKEN_CSV: Final = Text(
    "is broken CSV, {first}: {harmless}. Have it made anew, in UTF-8, with as many values on each line as the header "
    "has",
    "is kapotte CSV, {first}: {harmless}. Laat het opnieuw maken, in UTF-8, met op elke regel zoveel waarden als de "
    "kopregel heeft",
)
BROKEN_PARQUET: Final = Text(
    "is broken Parquet: rows that it says it has are not there; send it again",
    "is kapotte Parquet: regels die het zegt te hebben zijn er niet; stuur het opnieuw",
)
TOO_DENSE: Final = Text(
    "has {rows:,} rows in {size:,} bytes, as no delivery can; have it made anew",
    "heeft {rows:,} regels in {size:,} bytes, wat geen levering kan; laat het opnieuw maken",
)
LONG_ROWS: Final = Text(
    "has rows of more than {most_bytes_of_row:,} bytes each, as no delivery has; have it made anew",
    "heeft regels van meer dan {most_bytes_of_row:,} bytes elk, wat geen levering heeft; laat het opnieuw maken",
)
LONG_TEXTS: Final = Text(
    "has texts of more than {longest_text:,} bytes, as no delivery has; have it made anew",
    "heeft teksten van meer dan {longest_text:,} bytes, wat geen levering heeft; laat het opnieuw maken",
)
ONE_OF: Final = Text("one of {names}", "een van {names}")
IS: Final = Text("is {what}, {instead}", "is {what}, {instead}")
PACK_OTHERWISE: Final = Text(
    "which quotum does not unpack; pack it as .zip, .gz, .zst or .tar",
    "wat quotum niet uitpakt; pak het in als .zip, .gz, .zst of .tar",
)
AS_CSV: Final = Text(
    "which quotum does not read; save it as CSV (UTF-8)", "wat quotum niet leest; bewaar het als CSV (UTF-8)"
)
AS_PARQUET: Final = Text(
    "which quotum does not read; have it made as CSV or Parquet",
    "wat quotum niet leest; laat het maken als CSV of Parquet",
)
OTHER_FORMATS: Final = {
    "bzip2": Text("packed as bzip2", "ingepakt als bzip2"),
    "xz": Text("packed as xz", "ingepakt als xz"),
    "7z": Text("packed as 7z", "ingepakt als 7z"),
    "rar": Text("packed as rar", "ingepakt als rar"),
    "office": Text(
        "a file of Office (.xls, .doc, or one with a password)",
        "een bestand van Office (.xls, .doc, of met wachtwoord)",
    ),
    "rtf": Text("a text document (RTF)", "een tekstdocument (RTF)"),
    "arrow": Text("an Arrow (Feather) file", "een Arrow-bestand (Feather)"),
    "avro": Text("an Avro file", "een Avro-bestand"),
    "sqlite": Text("an SQLite database", "een SQLite-database"),
    "picture": Text("a picture", "een afbeelding"),
    "json": Text("JSON", "JSON"),
}
"""Formats that are no delivery, by a name of our own."""
IS_PDF: Final = Text(
    "is a PDF, of which quotum reads no table; deliver the file it was made from, as CSV",
    "is een PDF, waarvan quotum geen tabel leest; lever het bestand waaruit die is gemaakt, als CSV",
)
TWICE: Final = Text("has the column {name!r} more than once", "heeft de kolom {name!r} meer dan een keer")
TWO_OF_A_KIND: Final = Text(
    "has the column {name!r} and {other!r}, which mean the same: leave one out",
    "heeft de kolom {name!r} en {other!r}, die hetzelfde betekenen: laat er een weg",
)
LOOKS_LIKE: Final = Text(
    "looks like {kind}, but {difference} `quotum tables {kind}` lists its columns",
    "lijkt op {kind}, maar {difference} `quotum tables {kind}` noemt de kolommen",
)
UNKNOWN_COLUMNS: Final = Text("has unknown columns: {names}{hint};", "heeft onbekende kolommen: {names}{hint};")
DID_YOU_MEAN: Final = Text(" (did you mean {name!r}?)", " (bedoelde u {name!r}?)")
LACKS: Final = Text("lacks: {names}{more};", "mist: {names}{more};")
LACKS_MORE: Final = Text(" and more", " en meer")
AT_ROW: Final = Text("row {row}", "regel {row}")
AFTER_ROW: Final = Text("somewhere after row {row}", "ergens na regel {row}")
MAYBE_LATIN: Final = Text("it is not UTF-8 (it may be Latin-1)", "het is geen UTF-8 (misschien Latin-1)")
OTHER_COUNT: Final = Text(
    "a line has more or fewer values than the header", "een regel heeft meer of minder waarden dan de kopregel"
)
OPEN_QUOTE: Final = Text("a quoted value does not end", "een waarde tussen aanhalingstekens eindigt niet")
TOO_LONG: Final = Text(
    "a value is too long, or a quoted value does not end",
    "een waarde is te lang, of een waarde tussen aanhalingstekens eindigt niet",
)
LINE_UNREADABLE: Final = Text("a line cannot be read", "een regel is niet te lezen")
