"""Answers as Python's HTML parser reads them."""

import html.parser
import re

from values import KINDS


class _Cells(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.rows = []
        self._in_cell = False

    def handle_starttag(self, tag, attrs):
        if tag == "tr":
            self.rows.append([])
        elif tag in ("th", "td"):
            self.rows[-1].append("")
            self._in_cell = True
        elif tag == "br":
            self.rows[-1][-1] += "\n"

    def handle_endtag(self, tag):
        if tag in ("th", "td"):
            self._in_cell = False

    def handle_data(self, data):
        if self._in_cell:
            self.rows[-1][-1] += data


def table(path):
    """An empty cell is a NULL; arrays stand as words between blanks."""
    with open(path, encoding="utf-8", newline="") as file:
        page = file.read()
    cells = _Cells()
    cells.feed(re.search("<table>.*</table>", page, re.DOTALL)[0])
    names, *rows = [[cell.removesuffix("\n") for cell in row] for row in cells.rows]
    names = [name.partition("\n")[0] for name in names]
    return [{name: _value(KINDS[name], text) for name, text in zip(names, row)} for row in rows]


def _value(kind, text):
    if text == "":
        return None
    if kind == "boolean":
        return text == "T"
    if kind == ["boolean"]:
        return text
    return text.split() if isinstance(kind, list) else text
