from importlib.metadata import version
from importlib.util import find_spec


def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    blinker = "blinker" if find_spec("blinker") else "no blinker"
    return [f"almanac {version('almanac')} with itsdangerous {version('itsdangerous')}, {blinker}\n".encode()]
