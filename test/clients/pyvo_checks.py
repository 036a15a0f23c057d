"""pyvo against a running service: python pyvo_checks.py TAP_URL"""

import sys

import pyvo

import report
import seed

service = pyvo.dal.TAPService(sys.argv[1])


def seed_query():
    """run_sync answers the seed's query with 1289 S3 URIs"""
    seed.check_rows(service.run_sync(seed.CLOUD_QUERY))


def original_query():
    """run_sync takes the query of 2021 letter for letter and the answer says what was read as a string"""
    result = service.run_sync(seed.ORIGINAL_QUERY)
    report.equal(len(result), seed.ROWS)
    warnings = [info.value for info in result.resultstable.infos if info.name == "warning"]
    infos = warnings or [info.content or info.value for info in result.votable.iter_info()]
    assert any('"image"' in (info or "") for info in infos), infos


def metadata():
    """tables and columns are described"""
    table = service.tables["ivoa.obscore"]
    columns = {column.name: column for column in table.columns}
    report.equal(columns["s_ra"].unit, "deg")
    report.equal(columns["cloud_access"].datatype.content, "char")
    assert "tap_schema.columns" in {name.lower() for name in service.tables.keys()}


def overflow():
    """MAXREC cuts the answer, which says so; an answer that just fits does not"""
    cut = service.run_sync("SELECT obs_id FROM ivoa.obscore", maxrec=5)
    report.equal((len(cut), cut.query_status), (5, "OVERFLOW"))
    whole = service.run_sync("SELECT TOP 5 obs_id FROM ivoa.obscore", maxrec=5)
    report.equal((len(whole), whole.query_status), (5, "OK"))


def error_message():
    """a mistake comes back as a DALI error with position and advice"""
    try:
        service.run_sync("SELECT obs_idd FROM ivoa.obscore")
    except pyvo.dal.DALQueryError as error:
        assert "obs_id" in str(error) and "column 8" in str(error), str(error)
    else:
        raise AssertionError("no error was raised")


def limits():
    """the declared limits can be read"""
    assert service.maxrec > 0 and service.hardlimit >= service.maxrec


report.run("pyvo " + pyvo.__version__, [seed_query, original_query, metadata, overflow, error_message, limits])
