/** A server on PORT that answers at once, and slowly below /slow. */
const server = `import http.server
import os
import time


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"hello")

    def log_message(self, *words):
        pass


http.server.ThreadingHTTPServer(("127.0.0.1", int(os.environ["PORT"])), Handler).serve_forever()
`;

const handlers = `import os
import signal


def handle(number, frame):
    name = signal.Signals(number).name
    print("got", name, flush=True)
    if name in ("SIGTERM", "SIGINT", "SIGQUIT"):
        os._exit(7)


for name in ("TERM", "INT", "QUIT", "HUP", "USR1", "USR2", "WINCH"):
    signal.signal(getattr(signal, "SIG" + name), handle)
`;

/** The applications of the signal tests, by folder. */
export const projects = {
  wsgi: {
    'own.py': 'access_log_format = "%(r)s"\n',
    'wsgi.py': `import sys
import time


def application(environ, start_response):
    seconds = {"/slow": 2, "/stuck": 60}.get(environ["PATH_INFO"])
    if seconds is not None:
        print("request begins", file=sys.stderr, flush=True)
        time.sleep(seconds)
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"hello"]
`,
  },
  asgi: {
    'asgi.py': `import asyncio
import sys


async def application(scope, receive, send):
    if scope["type"] != "http":
        return
    seconds = {"/slow": 2, "/stuck": 60}.get(scope["path"])
    if seconds is not None:
        print("request begins", file=sys.stderr, flush=True)
        await asyncio.sleep(seconds)
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/plain")]})
    await send({"type": "http.response.body", "body": b"hello"})
`,
  },
  procfile: { Procfile: 'web: python server.py\n', 'server.py': server },
  streamlit: { 'app.py': 'import streamlit as st\n\nst.title("hello")\n' },
  plain: { 'app.py': server },
  handlers: { 'app.py': handlers + server },
  script: { 'app.sh': '#!/bin/sh\npython server.py\n', 'server.py': server },
  // What its standard input says decides how it ends.
  ending: { 'app.py': 'import sys\n\nexec(sys.stdin.read())\n' },
  migrating: {
    'wsgi.py': '',
    'manage.py': `import signal
import sys
import time


def handle(number, frame):
    print("migration got", signal.Signals(number).name, flush=True)
    sys.exit(0)


signal.signal(signal.SIGTERM, handle)
signal.signal(signal.SIGINT, handle)
print("migrating now", flush=True)
time.sleep(60)
`,
  },
  failing: { 'wsgi.py': '', 'manage.py': 'import sys\n\nprint("no such table")\nsys.exit(5)\n' },
  // Without a WSGI module only Django's development server is left.
  django: {
    'manage.py': `import os
import sys

from django.core.management import execute_from_command_line

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings")
execute_from_command_line(sys.argv)
`,
    'settings.py': 'SECRET_KEY = "test"\nALLOWED_HOSTS = ["*"]\nROOT_URLCONF = "urls"\nDATABASES = {}\n',
    'urls.py': `from django.http import HttpResponse
from django.urls import path

urlpatterns = [path("", lambda request: HttpResponse("hello"))]
`,
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, string>>>>;
