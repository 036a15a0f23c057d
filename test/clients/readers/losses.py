"""What a format cannot say or a reader cannot tell, as changes of comparable values.

Applied to both sides of a comparison: values that only the loss makes differ become the same one.
Everything else has to come back.
"""

from values import KINDS

_FORBIDDEN_IN_XML = {*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0xFFFE, 0xFFFF}


def without(*losses):
    """The change of rows that is all these losses, one after the other."""

    def change(rows):
        for loss in losses:
            rows = [{name: loss(KINDS[name], value) for name, value in row.items()} for row in rows]
        return rows

    return change


def empty_text_is_null(kind, value):
    return None if value == "" else value


def empty_array_is_null(kind, value):
    return None if value == [] else value


def zeros_are_null(kind, value):
    """Bits have no NULL: it is zeros."""
    return None if kind == ["boolean"] and value and not any(value) else value


def null_is_false(kind, value):
    return False if kind == "boolean" and value is None else value


def nan_is_null(kind, value):
    if isinstance(value, list):
        elements = [None if element == "NaN" else element for element in value]
        return None if elements and not any(element is not None for element in elements) else elements
    return None if value == "NaN" else value


def null_element_is_nan(kind, value):
    if kind in (["float"], ["double"]) and value is not None:
        return ["NaN" if element is None else element for element in value]
    return value


def no_null_in_integer_arrays(kind, value):
    """An integer array with a NULL in it is NULL as a whole."""
    if kind == ["integer"] and value is not None and None in value:
        return None
    return value


# STIL does not read TNULL within arrays.
_FILLERS = (None, "NaN", 0, -(2**15), -(2**31), -(2**63))


def filled_up(kind, value):
    """All arrays of a column are as long as the longest, by NULLs at the end (zeros, of bytes)."""
    while kind != ["boolean"] and isinstance(value, list) and value and value[-1] in _FILLERS:
        value = value[:-1]
    return value


def no_forbidden_characters(kind, value):
    """XML has no control characters."""
    if kind != "text" or value is None:
        return value
    return "".join(character for character in value if ord(character) not in _FORBIDDEN_IN_XML)


def stripped_text(kind, value):
    return value.strip() if kind == "text" and value is not None else value


def printable_ascii(kind, value):
    """FITS: white space is a blank, what is not ASCII a question mark, blanks at the end are lost."""
    if kind != "text" or value is None:
        return value
    return "".join(map(_printable, value)).rstrip(" ")


def _printable(character):
    if character in "\t\n\v\f\r":
        return " "
    return character if " " <= character <= "~" else "?"
