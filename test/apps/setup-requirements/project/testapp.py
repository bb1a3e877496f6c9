"""Says which version of itself is installed."""

from importlib.metadata import version


def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [f"testapp {version('testapp')} at your service\n".encode()]
