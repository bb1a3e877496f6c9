"""Says how the bytecode of two packages is valid: the second word of a .pyc tells (PEP 552)."""
from pathlib import Path

import shop
import waitress

MEANINGS = {0: "checked by the time of its text", 1: "taken as it is", 3: "checked by its text"}


def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    for package in (shop, waitress):
        flags = int.from_bytes(Path(package.__cached__).read_bytes()[4:8], "little")
        yield f"{package.__name__}: {MEANINGS[flags]}\n".encode()
