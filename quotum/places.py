"""Words about places that cannot be written, or are taken, in English and Dutch."""

from typing import Final

from quotum.words import Text

NOT_THERE: Final = Text(
    "{parent} is not there; make the folder first",
    "{parent} is er niet; maak eerst de map",
)
EXISTS: Final = Text(
    "{out} exists; name another place with --out",
    "{out} bestaat; noem een andere plaats met --out",
)
EXISTS_NEW: Final = Text(
    "{out} exists; name a new folder with --out",
    "{out} bestaat; noem een nieuwe map met --out",
)
CANNOT_WRITE: Final = Text(
    "{out} cannot be written: {why}. Check permissions and free space; nothing was left half written.",
    "{out} kan niet worden geschreven: {why}. Controleer rechten en vrije ruimte; er is niets half geschreven "
    "achtergebleven.",
)
UNWRITABLE: Final = Text(
    "{near} cannot be written: {why}",
    "{near} kan niet worden geschreven: {why}",
)
MAKE_ROOM: Final = Text(
    "{near} cannot be written: {reason}. Make room; nothing was left half written.",
    "{near} kan niet worden geschreven: {reason}. Maak ruimte; er is niets half geschreven achtergebleven.",
)
DAMAGED: Final = Text(
    "{damaged} cannot be read: the archive is damaged; restore it from its backup",
    "{damaged} is niet te lezen: het archief is beschadigd; zet het terug van de reservekopie",
)
LITTLE_MEMORY: Final = Text(
    "the memory limit is too small even with spilling to disk; give more with --memory-limit",
    "de geheugengrens is te klein, ook met tussenbestanden op schijf; geef meer met --memory-limit",
)
FILE_IN_RUN: Final = Text(
    "{option} lies in the run, which nothing is added to; name a file outside it",
    "{option} ligt in de run, waaraan niets wordt toegevoegd; noem een bestand daarbuiten",
)
FOLDER_IN_RUN: Final = Text(
    "{option} lies in the run, which nothing is added to; name a folder outside it",
    "{option} ligt in de run, waaraan niets wordt toegevoegd; noem een map daarbuiten",
)
NOT_THIS_REPORT: Final = Text(
    "{place} exists and is not this report; name another place with --out",
    "{place} bestaat en is niet dit rapport; noem een andere plaats met --out",
)
NOT_THIS_WORKBOOK: Final = Text(
    "{out} exists and is not this workbook; name another place with --workbook",
    "{out} bestaat en is niet dit werkboek; noem een andere plaats met --workbook",
)
NOT_THIS_AUDIT_FILE: Final = Text(
    "{place} exists and is not this audit file; name another place with --out",
    "{place} bestaat en is niet deze auditfile; noem een andere plaats met --out",
)
