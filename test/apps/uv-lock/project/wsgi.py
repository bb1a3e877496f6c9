from importlib.util import find_spec

from shapes import describe


def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    blinker = "blinker" if find_spec("blinker") else "no blinker"
    return [f"{describe('<circle>')}, {blinker}\n".encode()]
