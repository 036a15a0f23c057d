"""Lists of URIs, followed by the programs that they are made for."""

import glob
import http.server
import os
import subprocess
import sys
import tempfile
import threading
import urllib.parse


class _Objects(http.server.BaseHTTPRequestHandler):
    """A store in which every object is there, and holds its own bucket and key."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        content = urllib.parse.unquote(self.path).lstrip("/").encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("ETag", '"-"')
        self.send_header("Last-Modified", "Thu, 01 Jan 2026 00:00:00 GMT")
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(content)

    do_HEAD = do_GET

    def log_message(self, *_):
        pass


def with_s5cmd(commands):
    """Runs the file of commands in an empty folder; {path: URI of the object} of what is there then."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Objects)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    endpoint = f"http://127.0.0.1:{server.server_port}"
    program = os.path.join(os.path.dirname(sys.executable), "s5cmd")
    try:
        with tempfile.TemporaryDirectory() as folder:
            command = [program, "--no-sign-request", "--endpoint-url", endpoint, "run", commands]
            run = subprocess.run(command, cwd=folder, capture_output=True, text=True)
            assert run.returncode == 0, run.stderr
            return {path: _content(os.path.join(folder, path)) for path in _files(folder)}
    finally:
        server.shutdown()
        server.server_close()


def _files(folder):
    found = glob.glob("**", root_dir=folder, recursive=True, include_hidden=True)
    return [path for path in found if os.path.isfile(os.path.join(folder, path))]


def _content(path):
    with open(path, encoding="utf-8") as file:
        return f"s3://{file.read()}"
