"""The service that is being read from."""

import os
import sys
import tempfile
import urllib.error
import urllib.parse
import urllib.request

tap_url, login = sys.argv[1:3]
_folder = tempfile.TemporaryDirectory(prefix="readers-")


def answer(response_format, query):
    """The path of what /sync answers."""
    return kept(response_format, post("sync", LANG="ADQL", RESPONSEFORMAT=response_format, QUERY=query))


def job_result(response_format, query):
    """The path of the result of a job."""
    form = {"LANG": "ADQL", "RESPONSEFORMAT": response_format, "QUERY": query, "PHASE": "RUN"}
    request = urllib.request.Request(f"{tap_url}/async?WAIT=30", urllib.parse.urlencode(form).encode())
    with urllib.request.urlopen(request) as response:
        job = response.url.partition("?")[0]
    phase = "QUEUED"
    while phase in ("QUEUED", "EXECUTING"):
        urllib.request.urlopen(f"{job}?WAIT=10&PHASE={phase}").close()
        with urllib.request.urlopen(f"{job}/phase") as response:
            phase = response.read().decode()
    assert phase == "COMPLETED", phase
    with urllib.request.urlopen(f"{job}/results/result") as response:
        return kept(f"job {response_format}", response.read())


def post(path, **form):
    """What is answered, an error document too."""
    try:
        with urllib.request.urlopen(f"{tap_url}/{path}", urllib.parse.urlencode(form).encode()) as response:
            return response.read()
    except urllib.error.HTTPError as error:
        return error.read()


def upload(table, query):
    """The path of the answer, in TABLEDATA, to a query of TAP_UPLOAD.mine, which is the file `table`."""
    parts = {"LANG": "ADQL", "QUERY": query, "UPLOAD": "mine,param:table"}
    lines = [
        f'--edge\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in parts.items()
    ]
    lines.append('--edge\r\nContent-Disposition: form-data; name="table"; filename="table.vot"\r\n')
    lines.append("Content-Type: application/x-votable+xml\r\n\r\n")
    with open(table, "rb") as file:
        body = "".join(lines).encode() + file.read() + b"\r\n--edge--\r\n"
    headers = {"Content-Type": "multipart/form-data; boundary=edge"}
    with urllib.request.urlopen(urllib.request.Request(f"{tap_url}/sync", body, headers)) as response:
        return kept("uploaded", response.read())


def kept(name, content):
    path = os.path.join(_folder.name, urllib.parse.quote(name, safe=""))
    with open(path, "wb") as file:
        file.write(content)
    return path
