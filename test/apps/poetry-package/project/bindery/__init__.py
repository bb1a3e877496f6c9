import os
import signal
import sys
from importlib.metadata import version

import waitress


def page(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [f"bindery {version('bindery')} with itsdangerous {version('itsdangerous')}\n".encode()]


def main():
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(0))
    waitress.serve(page, host="0.0.0.0", port=int(os.environ.get("PORT", "8080")))
