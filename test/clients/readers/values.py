"""What the database holds, and how a value read from an answer is compared with it, bit by bit."""

import datetime
import json
import math
import struct

import psycopg
from psycopg.types.string import TextLoader

# The columns of specimen.everything by what their values are. An array is a list of its element's kind.
KINDS = {
    "id": "integer",
    "what": "text",
    "truth": "boolean",
    "byte_value": "integer",
    "short_value": "integer",
    "int_value": "integer",
    "long_value": "integer",
    "float_value": "float",
    "double_value": "double",
    "decimal_value": "double",
    "any_text": "text",
    "short_text": "text",
    "unicode_text": "text",
    "bit_values": ["boolean"],
    "stamp": "stamp",
    "zoned_stamp": "stamp",
    "json_value": "json",
    "uri_value": "text",
    "line_text": "text",
    "byte_values": ["integer"],
    "short_values": ["integer"],
    "int_values": ["integer"],
    "long_values": ["integer"],
    "float_values": ["float"],
    "double_values": ["double"],
    "matrix": ["double"],
    "a_point": ["double"],
    "a_circle": ["double"],
    "a_polygon": ["double"],
    "an_interval": ["double"],
    "a_complex": ["double"],
    "cloud_uri": "text",
}


def database_rows(login, query):
    """The rows of a query as psycopg reads them, each a dict of comparable values."""
    with psycopg.connect(login) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.adapters.register_loader("jsonb", TextLoader)
        cursor = connection.execute(query)
        names = [column.name for column in cursor.description]
        return [comparable(dict(zip(names, row))) for row in cursor]


def comparable(row):
    return {name: _comparable(KINDS[name], value) for name, value in row.items()}


def _comparable(kind, value):
    if value is None:
        return None
    if isinstance(kind, list):
        return [_comparable(kind[0], element) for element in flat(value)]
    return _FORMS[kind](value)


def flat(values):
    """Nested lists, numpy arrays, and texts of bits in one list, the last dimension fastest."""
    for value in values:
        if hasattr(value, "__len__") and not isinstance(value, (str, bytes)):
            yield from flat(value)
        else:
            yield value


def _double(value):
    number = float(value)
    return "NaN" if math.isnan(number) else number.hex()


def _float(value):
    number = struct.unpack("f", struct.pack("f", float(value)))[0]
    return "NaN" if math.isnan(number) else number.hex()


def _stamp(value):
    if value == "":
        return None
    if not isinstance(value, datetime.datetime):
        value = datetime.datetime.fromisoformat(str(value))
    return value.replace(tzinfo=None)


def _json(value):
    return None if value in ("", b"") else json.loads(value)


_FORMS = {
    "integer": int,
    # A digit of a text of bits is one as well.
    "boolean": lambda value: value not in (False, 0, "0"),
    "float": _float,
    "double": _double,
    "text": str,
    "stamp": _stamp,
    "json": _json,
}


def compare(actual, expected):
    """Raises with the first differences; both are lists of comparable rows."""
    if len(actual) != len(expected):
        raise AssertionError(f"{len(actual)} rows, expected {len(expected)}")
    wrong = [
        f"row {row['id']}, {name}: read {found.get(name)!r:.200}, the database has {value!r:.200}"
        for found, row in zip(actual, expected)
        for name, value in row.items()
        if found.get(name, "no such column") != value
    ]
    if wrong:
        raise AssertionError("; ".join([*wrong[:20], f"{len(wrong)} in all"]))
