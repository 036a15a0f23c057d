"""pyvo against a running service: python pyvo_checks.py TAP_URL"""

import sys

import pyvo
from astropy.table import Table

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


def run_async():
    """run_async answers the seed's query with 1289 S3 URIs"""
    seed.check_rows(service.run_async(seed.CLOUD_QUERY))


def job():
    """submit_job: parameters, run, wait, result, delete"""
    job = service.submit_job("SELECT 1 AS n FROM ivoa.obscore", maxrec=5)
    try:
        report.equal(job.phase, "PENDING")
        job.query = "SELECT obs_id FROM ivoa.obscore"
        job.execution_duration = 77
        job.run().wait(phases=["COMPLETED", "ERROR", "ABORTED"], timeout=60)
        report.equal(job.phase, "COMPLETED")
        report.equal(round(job.execution_duration.sec), 77)
        result = job.fetch_result()
        report.equal((len(result), result.query_status), (5, "OVERFLOW"))
        assert job.job_id in {listed.jobid for listed in service.get_job_list()}
    finally:
        job.delete()


def abort():
    """abort ends a running job"""
    job = service.submit_job(seed.ENDLESS_QUERY)
    try:
        job.run()
        job.abort()
        report.equal(job.phase, "ABORTED")
    finally:
        job.delete()


def job_error():
    """a job that fails raises the text of the mistake"""
    job = service.submit_job("SELECT obs_idd FROM ivoa.obscore")
    try:
        job.run().wait(timeout=60)
        report.equal(job.phase, "ERROR")
        job.raise_if_error()
    except pyvo.dal.DALQueryError as error:
        assert "obs_id" in str(error) and "column 8" in str(error), str(error)
    else:
        raise AssertionError("no error was raised")
    finally:
        job.delete()


def upload_sync():
    """run_sync joins an uploaded table"""
    uploads = {"mine": Table(seed.UPLOADED)}
    seed.check_upload(service.run_sync(seed.UPLOAD_QUERY, uploads=uploads))


def upload_async():
    """run_async joins an uploaded table"""
    uploads = {"mine": Table(seed.UPLOADED)}
    seed.check_upload(service.run_async(seed.UPLOAD_QUERY, uploads=uploads))


def examples():
    """every example is found and runs"""
    assert len(service.examples) > 3, service.examples
    for example in service.examples:
        assert len(example.execute()) > 0, example["QUERY"]


def upload_methods():
    """inline and http uploads are declared"""
    methods = {method.ivo_id.split("#")[1] for method in service.upload_methods}
    assert {"upload-inline", "upload-http", "upload-https"} <= methods, methods


checks = [seed_query, original_query, metadata, overflow, error_message, limits]
jobs = [run_async, job, abort, job_error, upload_sync, upload_async, examples, upload_methods]
report.run("pyvo " + pyvo.__version__, checks + jobs)
