"""The question of 2021, as the clients of Python ask it, and what every answer must hold."""

import json

CLOUD_QUERY = (
    "SELECT access_url, cloud_access, cloud_uri FROM ivoa.obscore "
    "WHERE obs_collection='TESS' AND dataproduct_type='image' AND obs_id LIKE 'tess%-s0012-3-4%'"
)
# Letter for letter as it was sent in 2021: no schema, a string in double quotes.
ORIGINAL_QUERY = (
    "SELECT access_url FROM obscore "
    "WHERE obs_collection='TESS' AND dataproduct_type = \"image\" AND obs_id LIKE 'tess%-s0012-3-4%'"
)
ROWS = 1289
FIRST_KEY = "tess/public/ffi/s0012/2019/141/3-4/tess2019141105932-s0012-3-4-0144-s_ffic.fits"
LAST_KEY = "tess/public/ffi/s0012/2019/169/3-4/tess2019169082931-s0012-3-4-0144-s_ffic.fits"


# Two observations to upload, one of which is in the catalogue.
UPLOADED = {"n": [1, 2], "obs": ["tess2019141105932-s0012-3-4-0144-s", "nowhere"]}
UPLOAD_QUERY = (
    "SELECT u.n, o.cloud_uri FROM TAP_UPLOAD.mine AS u JOIN ivoa.obscore AS o ON o.obs_id = u.obs"
)
# Works for minutes.
ENDLESS_QUERY = "SELECT SUM(a.s_ra * b.s_dec) AS n FROM ivoa.obscore AS a, ivoa.obscore AS b"


def check_upload(rows):
    """The answer to UPLOAD_QUERY."""
    found = [(int(row["n"]), str(row["cloud_uri"])) for row in rows]
    assert found == [(1, f"s3://stpubdata/{FIRST_KEY}")], found


def check_rows(rows):
    """`rows`: anything that gives access_url, cloud_access and cloud_uri by name."""
    uris = sorted(str(row["cloud_uri"]) for row in rows)
    assert len(uris) == ROWS, f"{len(uris)} rows"
    assert uris[0] == f"s3://stpubdata/{FIRST_KEY}", uris[0]
    assert uris[-1] == f"s3://stpubdata/{LAST_KEY}", uris[-1]
    for row in rows:
        aws = json.loads(row["cloud_access"])["aws"]
        assert f"s3://{aws['bucket_name']}/{aws['key']}" == str(row["cloud_uri"]), aws
