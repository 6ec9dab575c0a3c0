"""What libxml2 says of a message that breaks its schema, said again without any value of the message.

Its sentences quote what was found, which can be a BSN, a name or a wage. So none of them is passed on: the
kind of fault is known by its code, element names are shown when the schema has them, and what was expected
is taken from the end of the sentence, behind the value, where the schema itself is quoted.
"""

import re
from typing import Any, Final

from quotum.identifiers import masked

_SHOWN: Final = 120
_NAMES: Final = "Expected is"
_SET: Final = "of the set {"
_PATTERN: Final = "by the pattern '"
_ELEMENT: Final = re.compile(r"Element '(?:\{[^}]*\})?([^']*)'(?:, attribute '(?:\{[^}]*\})?([^']*)')?")
_NAMESPACE: Final = re.compile(r"\{[a-z]+:[^}]*\}")
_PLAIN_WORD: Final = re.compile(r"[-+\w.:]{1,60}")
# Code of libxml2: what is wrong, the words before the schema's own text, and the expectation.
_QUOTING: Final = {
    "CVC_PATTERN_VALID": ("has another form", _PATTERN, "the pattern {}"),
    "CVC_ENUMERATION_VALID": ("is none of the values allowed", _SET, "one of {}"),
    "CVC_LENGTH_VALID": ("has another length", "allowed length of '", "{} characters"),
    "CVC_MINLENGTH_VALID": ("is too short", "minimum length of '", "at least {} characters"),
    "CVC_MAXLENGTH_VALID": ("is too long", "maximum length of '", "at most {} characters"),
    "CVC_MININCLUSIVE_VALID": ("is too small", "minimum value allowed ('", "at least {}"),
    "CVC_MAXINCLUSIVE_VALID": ("is too large", "maximum value allowed ('", "at most {}"),
    "CVC_MINEXCLUSIVE_VALID": ("is too small", "must be greater than '", "more than {}"),
    "CVC_MAXEXCLUSIVE_VALID": ("is too large", "must be less than '", "less than {}"),
    "CVC_TOTALDIGITS_VALID": ("has too many digits", "are allowed ('", "at most {} digits"),
    "CVC_FRACTIONDIGITS_VALID": ("has too many decimals", "are allowed ('", "at most {} decimals"),
    "CVC_DATATYPE_VALID_1_2_1": ("has another form", "type '", "a value of the type {}"),
    "CVC_DATATYPE_VALID_1_2_2": ("has another form", "type '", "values of the type {}"),
    "CVC_DATATYPE_VALID_1_2_3": ("has another form", "type '", "a value of the type {}"),
    "ELEMENT_CONTENT": ("does not belong there, or something is missing", _NAMES, "{}"),
    "CVC_COMPLEX_TYPE_2_4": ("does not belong there, or something is missing", _NAMES, "{}"),
}
_PLAIN: Final = {
    "CVC_COMPLEX_TYPE_2_3": ("has text between its elements", "elements only"),
    "CVC_COMPLEX_TYPE_2_1": ("has content", "an empty element"),
    "CVC_COMPLEX_TYPE_3_2_1": ("is not allowed", "the attributes of the schema only"),
    "CVC_COMPLEX_TYPE_4": ("lacks an attribute", "every attribute that the schema requires"),
    "CVC_TYPE_3_1_2": ("has elements in it", "a value"),
    "CVC_TYPE_3_1_1": ("has an attribute", "no attributes there"),
}


def fault(error: Any, names: frozenset[str]) -> str:
    """One fault in words, without any value of the message.

    Args:
        error: Entry of the error log of lxml.
        names: Names of the elements and attributes of the schema.
    """
    code = str(error.type_name).removeprefix("SCHEMAV_")
    where = _where(error.message, names)
    if code in _QUOTING:
        what, before, expected = _QUOTING[code]
        quoted = _quoted(error.message, before, names)
        return f"{where} {what}. Expected: {expected.format(quoted)}" if quoted else f"{where} {what}"
    what, expected = _PLAIN.get(code, ("breaks a rule of the schema", f"what the schema says ({code})"))
    return f"{where} {what}. Expected: {expected}"


def _where(message: str, names: frozenset[str]) -> str:
    found = _ELEMENT.match(message)
    element, attribute = (found[1], found[2]) if found else ("", None)
    shown = f"element {element}" if element in names else "an element that the schema does not know"
    if attribute is None:
        return shown
    return f"attribute {attribute} of {shown}" if attribute in names else f"an unknown attribute of {shown}"


def _quoted(message: str, before: str, names: frozenset[str]) -> str:
    """The schema's own text at the end of a sentence; a value that imitates the words stands before them."""
    _, found, text = message.rpartition(before)
    text = _NAMESPACE.sub("", text.strip()).removesuffix(".")
    if not found:
        return ""
    if before == _NAMES:
        return _cut(", ".join(name for name in re.findall(r"[\w.-]+", text) if name in names))
    if before == _SET:
        return _cut(text.removesuffix("}").strip("'").replace("', '", ", "))
    text = text.removesuffix(")").removesuffix("'") if before.endswith("('") else text.removesuffix("'")
    return _cut(text) if before == _PATTERN or _PLAIN_WORD.fullmatch(text) else ""


def _cut(text: str) -> str:
    text = masked(text)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN].rpartition(',')[0] or text[:_SHOWN]} and so on"
