"""Answers as pyarrow, polars and DuckDB read them."""

import duckdb
import polars
import pyarrow.csv
import pyarrow.ipc
import pyarrow.parquet

from values import KINDS


def parquet(path):
    return pyarrow.parquet.read_table(path).to_pylist()


def arrow(path):
    with pyarrow.ipc.open_stream(path) as reader:
        return reader.read_all().to_pylist()


def csv(path):
    """With its own guess at types; only an empty cell without quotes is a NULL."""
    options = pyarrow.csv.ConvertOptions(
        null_values=[""], strings_can_be_null=True, quoted_strings_can_be_null=False
    )
    parsing = pyarrow.csv.ParseOptions(newlines_in_values=True)
    return _split(pyarrow.csv.read_csv(path, None, parsing, options).to_pylist())


def polars_parquet(path):
    return polars.read_parquet(path).to_dicts()


def polars_arrow(path):
    return polars.read_ipc_stream(path).to_dicts()


def polars_csv(path):
    return _split(polars.read_csv(path, infer_schema=False).to_dicts())


def duckdb_parquet(path):
    return duckdb.sql(f"FROM read_parquet('{path}')").to_arrow_table().to_pylist()


def duckdb_csv(path):
    relation = duckdb.sql(f"FROM read_csv('{path}', all_varchar=true, allow_quoted_nulls=false)")
    return _split(relation.to_arrow_table().to_pylist())


def _split(rows):
    """Arrays stand as words between blanks."""
    return [{name: _value(KINDS[name], value) for name, value in row.items()} for row in rows]


def _value(kind, value):
    if value is None:
        return None
    if kind == "boolean":
        return value in (True, "T", "true")
    if kind == ["boolean"]:
        return str(value).zfill(5)
    return str(value).split() if isinstance(kind, list) else value
