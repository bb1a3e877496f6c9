from importlib.metadata import version


def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [f"press {version('press')} is installed\n".encode()]
