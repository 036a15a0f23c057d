"""Answers as STIL reads them, which is what TOPCAT shows: STILTS writes them out again as CSV."""

import csv
import io
import re
import subprocess

from values import KINDS


def votable(path):
    return _rows(path, "votable")


def fits_table(path):
    return _rows(path, "fits")


def _rows(path, table_format):
    command = ["stilts", "tpipe", f"in={path}", f"ifmt={table_format}", "ofmt=csv"]
    written = subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout
    lines = csv.DictReader(io.StringIO(written.decode(), newline=""))
    return [{name: _value(KINDS[name], text) for name, text in row.items()} for row in lines]


def _value(kind, text):
    if text == "":
        return None
    if kind == ["boolean"]:
        return re.findall("[01]", text.replace("true", "1").replace("false", "0"))
    if isinstance(kind, list):
        return re.sub("[(),]", " ", text).split()
    if kind == "boolean":
        return text in ("true", "T")
    return text
