"""astroquery TapPlus against a running service: python astroquery_checks.py TAP_URL"""

import sys

import astroquery
from astroquery.utils.tap.core import TapPlus

import report
import seed

tap = TapPlus(url=sys.argv[1])


def seed_query():
    """launch_job answers the seed's query with 1289 S3 URIs"""
    seed.check_rows(tap.launch_job("SELECT TOP 5000" + seed.CLOUD_QUERY[len("SELECT"):]).get_results())


def load_tables():
    """load_tables reads every table"""
    names = {table.name for table in tap.load_tables()}
    assert any(name.lower().endswith("obscore") for name in names), names


def load_table():
    """load_table reads one table with its columns"""
    table = tap.load_table("ivoa.obscore")
    assert "cloud_access" in {column.name for column in table.columns}


def error_message():
    """a mistake raises an exception with the service's text"""
    try:
        tap.launch_job("SELECT obs_idd FROM ivoa.obscore")
    except Exception as error:  # astroquery raises requests' HTTPError or ValueError
        assert "obs_id" in str(error), str(error)
    else:
        raise AssertionError("no error was raised")


report.run("astroquery " + astroquery.__version__, [seed_query, load_tables, load_table, error_message])
