"""Every format of a running service against its database: python checks.py TAP_URL DATABASE_URL

Most checks ask for a table in one format, let one reader read it, and compare all values with what
psycopg reads from the database, less what the format has no words for or the reader cannot tell.
"""

import re

import downloads
import linters
import report
import with_arrow
import with_astropy
import with_html
import with_json
import with_stil
from losses import (
    empty_array_is_null,
    empty_text_is_null,
    filled_up,
    nan_is_null,
    no_forbidden_characters,
    no_null_in_integer_arrays,
    null_element_is_nan,
    null_is_false,
    printable_ascii,
    stripped_text,
    without,
    zeros_are_null,
)
from service import answer, job_result, kept, login, post, upload
from values import comparable, compare, database_rows

EVERYTHING = "SELECT * FROM specimen.everything ORDER BY id"
MANY = "SELECT * FROM specimen.many ORDER BY id"
LEAST = "SELECT * FROM specimen.least_numbers ORDER BY id"
# STIL 4.1's votlint fails on any polygon in a binary stream, those that STIL wrote itself among them.
WITHOUT_POLYGONS = "SELECT id, truth, byte_value, short_value, int_value, long_value, float_value, double_value, \
any_text, unicode_text, bit_values, stamp, json_value, uri_value, byte_values, int_values, long_values, \
float_values, double_values, matrix, a_point, a_circle, an_interval, a_complex FROM specimen.everything ORDER BY id"
# But for the page, which in a job does not link to the same answer in other formats.
JOB_FORMATS = (
    "votable votable/b2 votable/b csv text/csv;header=absent tsv json jsonl parquet arrow fits uri-list s5cmd"
).split()

in_votable = [no_null_in_integer_arrays, null_element_is_nan, empty_text_is_null]
in_tabledata = [no_forbidden_characters, *in_votable, empty_array_is_null]
in_binary = [*in_votable, nan_is_null, empty_array_is_null, zeros_are_null]
in_fits = [filled_up, no_null_in_integer_arrays, null_element_is_nan]
in_fits += [printable_ascii, empty_text_is_null, empty_array_is_null]
in_csv = [no_null_in_integer_arrays, null_element_is_nan, empty_array_is_null]

READERS = [
    ("astropy", "votable", with_astropy.votable, [stripped_text, *in_tabledata, nan_is_null]),
    ("astropy", "votable/b2", with_astropy.votable, [*in_votable, nan_is_null]),
    ("astropy", "votable/b", with_astropy.votable, in_binary),
    ("astropy", "fits", with_astropy.fits_table, [*in_fits, nan_is_null, null_is_false]),
    ("STIL", "votable", with_stil.votable, [*in_tabledata, nan_is_null]),
    ("STIL", "votable/b2", with_stil.votable, [*in_votable, nan_is_null, empty_array_is_null]),
    ("STIL", "votable/b", with_stil.votable, in_binary),
    ("STIL", "fits", with_stil.fits_table, [*in_fits, nan_is_null]),
    ("pyarrow", "parquet", with_arrow.parquet, []),
    ("polars", "parquet", with_arrow.polars_parquet, []),
    ("DuckDB", "parquet", with_arrow.duckdb_parquet, []),
    ("pyarrow", "arrow", with_arrow.arrow, []),
    ("polars", "arrow", with_arrow.polars_arrow, []),
    ("pyarrow", "csv", with_arrow.csv, in_csv),
    ("polars", "csv", with_arrow.polars_csv, in_csv),
    ("DuckDB", "csv", with_arrow.duckdb_csv, in_csv),
    ("Python", "json", with_json.document, []),
    ("Python", "jsonl", with_json.lines, []),
]


def round_trip(table, query, reader, response_format, read, losses):
    lose = without(*losses)

    def check():
        rows = [comparable(row) for row in read(answer(response_format, query))]
        compare(lose(rows), lose(database_rows(login, query)))

    check.__doc__ = f"{response_format} in {reader} is what the database holds: {table}"
    return check


def lint(what, linter, path):
    def check():
        linter(path())

    check.__doc__ = f"{linter.__name__} finds no fault in {what}"
    return check


def html():
    """the page holds what the database holds"""
    lose = without(*in_tabledata)
    rows = [comparable(row) for row in with_html.table(answer("html", EVERYTHING))]
    compare(lose(rows), lose(database_rows(login, EVERYTHING)))


def least_numbers():
    """the least integers are numbers and not NULL in FITS and BINARY2, and refused in BINARY"""
    expected = database_rows(login, LEAST)
    for response_format, read in (("fits", with_astropy.fits_table), ("votable/b2", with_stil.votable)):
        rows = [comparable(row) for row in read(answer(response_format, LEAST))]
        compare(rows, expected)
    refusal = post("sync", LANG="ADQL", RESPONSEFORMAT="votable/b", QUERY=LEAST).decode()
    assert "the number that stands for NULL" in refusal, refusal


def voparquet():
    """astropy finds the metadata of the columns in Parquet"""
    # Its reader (8.0.2) takes neither strings of arraysize="*" nor a NULL among strings nor JSON.
    table = with_astropy.voparquet(answer("parquet", "SELECT id, double_value FROM specimen.everything"))
    column = table["double_value"]
    report.equal((str(column.unit), column.meta["ucd"]), ("deg", "pos.eq.ra"))
    report.equal(len(table), len(database_rows(login, EVERYTHING)))


def uri_list():
    """the list of URIs has the URI of every row that has one"""
    with open(answer("uri-list", EVERYTHING), encoding="utf-8", newline="") as file:
        uris = file.read().split("\n")
    rows = database_rows(login, EVERYTHING)
    report.equal(uris, [row["cloud_uri"] for row in rows if row["cloud_uri"] is not None] + [""])


def s5cmd():
    """s5cmd downloads every object of the answer, each to a file of its own"""
    rows = database_rows(login, EVERYTHING)
    wanted = sorted({row["cloud_uri"] for row in rows} - {None})
    found = downloads.with_s5cmd(answer("s5cmd", EVERYTHING))
    report.equal(sorted(set(found.values())), wanted)


def jobs():
    """a job answers with the same bytes as /sync, in every format"""
    for response_format in JOB_FORMATS:
        sync, job = (_read(ask(response_format, EVERYTHING)) for ask in (answer, job_result))
        assert _undated(sync) == _undated(job), response_format


def uploads():
    """a VOTable in each serialization comes back from an upload as it was"""
    for response_format in ("votable", "votable/b2", "votable/b"):
        path = upload(answer(response_format, EVERYTHING), "SELECT * FROM TAP_UPLOAD.mine ORDER BY id")
        linters.votlint(path)
        lose = without(stripped_text, *in_tabledata, nan_is_null, zeros_are_null)
        rows = [comparable(row) for row in with_astropy.votable(path)]
        compare(lose(rows), lose(database_rows(login, EVERYTHING)))


def _read(path):
    with open(path, "rb") as file:
        return file.read()


def _undated(document):
    """Without the time of the request."""
    return re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}", b"", document)


every_round_trip = [
    round_trip(table, query, *reader)
    for table, query in (("every type", EVERYTHING), ("many rows", MANY))
    for reader in READERS
]
linting = [
    lint("TABLEDATA of every type", linters.votlint, lambda: answer("votable", EVERYTHING)),
    lint("BINARY2 of every type", linters.votlint, lambda: answer("votable/b2", WITHOUT_POLYGONS)),
    lint("BINARY of every type", linters.votlint, lambda: answer("votable/b", WITHOUT_POLYGONS)),
    lint("many rows in BINARY2", linters.votlint, lambda: answer("votable/b2", MANY)),
    lint("an empty table", linters.votlint, lambda: answer("votable", "SELECT TOP 0 * FROM specimen.everything")),
    lint("an empty table in BINARY2", linters.votlint, lambda: answer("votable/b2", "SELECT TOP 0 * FROM specimen.many")),
    lint("an overflow", linters.votlint, lambda: kept("overflow", post("sync", LANG="ADQL", MAXREC="3", QUERY=MANY))),
    lint("an error", linters.votlint, lambda: kept("error", post("sync", LANG="ADQL", QUERY="SELECT <&> FROM x"))),
    lint("a job's result", linters.votlint, lambda: job_result("votable", "SELECT TOP 9 * FROM ivoa.obscore")),
    lint("FITS of every type", linters.fitsverify, lambda: answer("fits", EVERYTHING)),
    lint("FITS of many rows", linters.fitsverify, lambda: answer("fits", MANY)),
    lint("FITS without rows", linters.fitsverify, lambda: answer("fits", "SELECT TOP 0 * FROM specimen.everything")),
    lint("FITS of ObsCore", linters.fitsverify, lambda: answer("fits", "SELECT * FROM ivoa.obscore")),
]
others = [html, least_numbers, voparquet, uri_list, s5cmd, jobs, uploads]

report.run("readers", every_round_trip + linting + others)
