"""Faults that libxml2 reports in a message that breaks its schema, reworded without any value of the message.

Its sentences quote values, which can be a BSN, a name or a wage, so none of them is passed on. The code tells the kind
of fault, element names are shown when the schema has them, and the expectation is taken from the end of the sentence,
behind the value, where libxml2 quotes the schema itself.
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
# Code of libxml2: the fault, the words before the schema's own text, and the expectation.
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
    """Describes a fault in words, without any value of the message.

    Args:
        error: Entry of the error log of lxml.
        names: Names of the elements and attributes of the schema.
    """
    code = str(error.type_name).removeprefix("SCHEMAV_")
    place = _place(error.message, names)
    if code in _QUOTING:
        problem, before, expected = _QUOTING[code]
        quoted = _quoted(error.message, before, names)
        return f"{place} {problem}. Expected: {expected.format(quoted)}" if quoted else f"{place} {problem}"
    problem, expected = _PLAIN.get(code, ("breaks a rule of the schema", f"what the schema says ({code})"))
    return f"{place} {problem}. Expected: {expected}"


def _place(message: str, names: frozenset[str]) -> str:
    match = _ELEMENT.match(message)
    element, attribute = (match[1], match[2]) if match else ("", None)
    shown = f"element {element}" if element in names else "an element that the schema does not know"
    if attribute is None:
        return shown
    return f"attribute {attribute} of {shown}" if attribute in names else f"an unknown attribute of {shown}"


def _quoted(message: str, before: str, names: frozenset[str]) -> str:
    """Returns the schema's own text at the end of a sentence; a value that imitates these words comes before them."""
    _, separator, text = message.rpartition(before)
    text = _NAMESPACE.sub("", text.strip()).removesuffix(".")
    if not separator:
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
