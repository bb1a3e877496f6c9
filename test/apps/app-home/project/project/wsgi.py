from shared import DOZEN


def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [f"shared with the parent: {DOZEN}\n".encode()]
