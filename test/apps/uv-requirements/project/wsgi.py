from importlib.metadata import version


def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [f"itsdangerous {version('itsdangerous')}\n".encode()]
