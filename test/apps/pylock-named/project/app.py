import os
import signal
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer

import greeting_words


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(f"words of version {greeting_words.__version__}\n".encode())


signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(0))
HTTPServer(("0.0.0.0", int(os.environ["PORT"])), Handler).serve_forever()
