from importlib.util import find_spec

from itsdangerous import Signer


def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    found = [name for name in ("markupsafe", "blinker") if find_spec(name)]
    return [f"{Signer('key').sign('letter').decode()} {' '.join(found)}\n".encode()]
