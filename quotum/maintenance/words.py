"""Words about the care of an archive, in English and Dutch."""

from typing import Final

from quotum.words import Text

# Whether a noted run is where it was written; compared by the words, so each stands here once.
THERE: Final = Text("there", "aanwezig")
GONE: Final = Text("not at its place", "niet op zijn plaats")
OTHER: Final = Text("another run is at its place", "op zijn plaats staat een andere run")
FORBIDDEN: Final = Text("it may not be looked at: Permission denied", "hij mag niet worden bekeken: Permission denied")
LOOKED_AT: Final = Text("it looked at {years}", "hij keek naar {years}")
READ: Final = Text(
    "it read {whole} of the deliveries that go, and {part} of which rows go",
    "hij las {whole} van de leveringen die gaan, en {part} waarvan regels gaan",
)
OF_CALL: Final = Text("receive call {call}: {wrong}", "ontvangst {call}: {wrong}")
ORIGINAL: Final = Text(
    "original {digest}... {wrong}; restore it from a backup",
    "oorspronkelijk bestand {digest}... {wrong}; zet het terug van een reservekopie",
)
ORIGINAL_FORGETTING: Final = Text(
    "original {digest}... {wrong}: restore it from a backup, then forget again",
    "oorspronkelijk bestand {digest}... {wrong}: zet het terug van een reservekopie, en vergeet dan opnieuw",
)
ORIGINAL_MERGING: Final = Text(
    "{place} {wrong}: restore it from a backup, then merge again",
    "{place} {wrong}: zet het terug van een reservekopie, en voeg dan opnieuw samen",
)
COMES_OUT_OTHER: Final = Text(
    "{place} comes out otherwise than it was (received by quotum {received}, this is {present}); use that version",
    "{place} komt er anders uit dan het was (ontvangen door quotum {received}, dit is {present}); gebruik die versie",
)
FORGOT_NOTHING: Final = Text(
    "{place} comes out otherwise than quotum {received} made it: nothing of receive call {call} was forgotten; use "
    "that "
    "version to forget",
    "{place} komt er anders uit dan quotum {received} het maakte: van ontvangst {call} is niets vergeten; gebruik die "
    "versie om te vergeten",
)
REFUSED_NOW: Final = Text(
    "a delivery is refused now that was accepted by quotum {received}: {why}; use that version",
    "een levering wordt nu geweigerd die quotum {received} aanvaardde: {why}; gebruik die versie",
)
REFUSED_IN_MERGE: Final = Text(
    "{place} of receive call {call} is refused now and was accepted by quotum {received}: {why}; merge with that "
    "version",
    "{place} van ontvangst {call} wordt nu geweigerd en is aanvaard door quotum {received}: {why}; voeg met die versie "
    "samen",
)
SAME_ARCHIVE: Final = Text(
    "{archive} is the archive itself: name another one", "{archive} is het archief zelf: noem een ander"
)
NO_TABLE: Final = Text(
    "{name} cannot be held against its rows: one of both is no table of quotum, although its digest fits",
    "{name} is niet naast de regels te leggen: een van beide is geen tabel van quotum, hoewel het kenmerk klopt",
)
SUMS_DIFFER: Final = Text(
    "{name} does not fit the rows that it was added up from, although digests fit: in {count:,} fragments of messages; "
    "restore rows and receipts from a backup",
    "{name} past niet bij de regels waaruit het is opgeteld, hoewel kenmerken kloppen: in {count:,} delen van "
    "berichten; "
    "zet rows en receipts terug van een reservekopie",
)
