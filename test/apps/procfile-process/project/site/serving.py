from pathlib import Path


def wsgi_application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [f"hello from the folder {Path.cwd().name}".encode()]
