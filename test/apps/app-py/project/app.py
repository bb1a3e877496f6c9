"""A server of the standard library that has something to do when it is stopped."""

import os
import signal
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200 if self.path == "/" else 404)
        self.end_headers()
        self.wfile.write(b"plain Python\n")


def close(number, frame):
    print("closing", flush=True)
    sys.exit(7)


signal.signal(signal.SIGTERM, close)
ThreadingHTTPServer(("0.0.0.0", int(os.environ["PORT"])), Handler).serve_forever()
