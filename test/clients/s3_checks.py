"""A service that keeps its results in S3, against moto and boto3: s3_checks.py TAP_URL S3_URL BUCKET

The service sends clients to the bucket (RESULTS_REDIRECT). moto is somebody else's reading of S3, and
botocore somebody else's reading of its signatures.
"""

import os
import sys
from datetime import datetime
from unittest import mock
from urllib.parse import parse_qs, quote, urlencode, urlsplit

import boto3
import requests
from botocore.auth import S3SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

import report
import seed

tap, endpoint, bucket = sys.argv[1:4]
# As the service has them.
credentials = Credentials(os.environ["AWS_ACCESS_KEY_ID"], os.environ["AWS_SECRET_ACCESS_KEY"])
s3 = boto3.client("s3", endpoint_url=endpoint, region_name="us-east-1")
everything = "SELECT * FROM ivoa.obscore ORDER BY obs_publisher_did"
# Served from here: TapPlus cannot follow to another host.
tap_plus = {"User-Agent": "astroquery/0.4.11", "Accept-Encoding": "identity"}
pyvo = {"User-Agent": "python-pyvo/1.9.1", "Accept-Encoding": "identity"}


def run(query, phase="COMPLETED"):
    """The URL of a job that has come into this phase."""
    form = {"LANG": "ADQL", "PHASE": "RUN", "FORMAT": "csv", "QUERY": query}
    job = requests.post(tap + "/async", data=form, allow_redirects=False).headers["Location"]
    while requests.get(job + "/phase").text in {"QUEUED", "EXECUTING"} - {phase}:
        requests.get(job, params={"WAIT": "5"})
    report.equal(requests.get(job + "/phase").text, phase)
    return job


def objects(job):
    """Keys and entity tags of what a job has in the bucket."""
    found = s3.list_objects_v2(Bucket=bucket, Prefix="cloudtap/" + job.split("/")[-1])
    return {item["Key"]: item["ETag"] for item in found.get("Contents", [])}


def uploads():
    return s3.list_multipart_uploads(Bucket=bucket).get("Uploads", [])


def parts():
    """a result of several parts lies in the bucket as /sync gives it, and comes back whole and in ranges"""
    form = {"LANG": "ADQL", "FORMAT": "csv", "QUERY": everything}
    wanted = requests.post(tap + "/sync", data=form).content
    job = run(everything)
    (key, tag), = objects(job).items()
    assert tag.endswith('-%d"' % (len(wanted) // (8 * 1024 * 1024) + 1)), tag
    stored = s3.get_object(Bucket=bucket, Key=key)
    assert stored["ContentType"].startswith("text/csv"), stored["ContentType"]
    assert stored["Body"].read() == wanted
    result = requests.get(job + "/results/result", headers=tap_plus)
    assert (result.status_code, result.content) == (200, wanted), result.status_code
    for first, last in [(0, 9), (8_388_600, 8_388_620), (len(wanted) - 5, len(wanted) + 5)]:
        headers = {**tap_plus, "Range": f"bytes={first}-{last}"}
        part = requests.get(job + "/results/result", headers=headers)
        assert (part.status_code, part.content) == (206, wanted[first:last + 1]), part.status_code


def signed_by_botocore(url):
    """The signature that botocore gives to the same URL in the same second."""
    query = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
    moment = datetime.strptime(query["X-Amz-Date"], "%Y%m%dT%H%M%SZ")
    of_signature = {"Algorithm", "Credential", "Date", "Expires", "SignedHeaders", "Signature"}
    asked = {name: text for name, text in query.items() if name not in {"X-Amz-" + part for part in of_signature}}
    request = AWSRequest("GET", f"{url.split('?')[0]}?{urlencode(asked, quote_via=quote)}")
    with mock.patch("botocore.auth.get_current_datetime", lambda *_, **__: moment):
        S3SigV4QueryAuth(credentials, "s3", "us-east-1", expires=900).add_auth(request)
    return parse_qs(urlsplit(request.url).query)["X-Amz-Signature"]


def signed():
    """a client is sent to the bucket by the very signature that botocore makes, and gets its result there"""
    job = run("SELECT TOP 3 obs_id FROM ivoa.obscore")
    sent = requests.get(job + "/results/result", headers=pyvo, allow_redirects=False)
    report.equal(sent.status_code, 303)
    url = sent.headers["Location"]
    report.equal(parse_qs(urlsplit(url).query)["X-Amz-Signature"], signed_by_botocore(url))
    followed = requests.get(job + "/results/result", headers=pyvo)
    assert followed.url.startswith(endpoint), followed.url
    report.equal(len(followed.text.splitlines()), 4)
    report.equal(followed.headers["Content-Disposition"], 'inline; filename="result.csv"')


def deleted():
    """what is deleted or aborted leaves neither an object nor the parts of one"""
    done = run("SELECT TOP 3 obs_id FROM ivoa.obscore")
    assert len(objects(done)) == 1
    requests.delete(done, allow_redirects=False)
    report.equal(objects(done), {})
    running = run(seed.ENDLESS_QUERY, "EXECUTING")
    requests.post(running + "/phase", data={"PHASE": "ABORT"}, allow_redirects=False)
    report.equal(objects(running), {})
    report.equal(uploads(), [])


report.run("moto and boto3 " + boto3.__version__, [parts, signed, deleted])
