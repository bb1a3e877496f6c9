"""A server of Python's standard library, without any dependency. The run hook starts `app.py` where there is one."""

import os
import signal
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200 if self.path == "/" else 404)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.end_headers()
        self.wfile.write(b"plain Python\n")


def close(number, frame):
    print("closing", flush=True)
    sys.exit(0)


# Stopping a container sends TERM; a program that does not handle it is killed after a while.
signal.signal(signal.SIGTERM, close)
ThreadingHTTPServer(("0.0.0.0", int(os.environ.get("PORT", "8080"))), Handler).serve_forever()
