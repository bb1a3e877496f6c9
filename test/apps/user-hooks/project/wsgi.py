from pathlib import Path

import built


def application(environ, start_response):
    started = Path("started.txt").read_text().strip()
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [f"built with gunicorn {built.GUNICORN}, started {started}".encode()]
