"""Answers as Python's own json module reads them."""

import json


def document(path):
    with open(path, encoding="utf-8") as file:
        answer = json.load(file)
    names = [field["name"] for field in answer["metadata"]]
    return [_row(dict(zip(names, values))) for values in answer["data"]]


def lines(path):
    with open(path, encoding="utf-8") as file:
        return [_row(json.loads(line)) for line in file]


def _row(row):
    """The values of the JSON column are texts to the comparison."""
    if row.get("json_value") is None:
        return row
    return {**row, "json_value": json.dumps(row["json_value"])}
