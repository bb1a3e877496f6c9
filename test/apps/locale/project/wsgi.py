import locale
import os
import time

locale.setlocale(locale.LC_ALL, "")
assert os.environ["PYTHONIOENCODING"] == "UTF-8"
assert os.environ["LC_ALL"] == os.environ["LANG"] == "en_US.UTF-8"
assert locale.getlocale() == ("en_US", "UTF-8")
assert locale.getpreferredencoding() == "UTF-8"
print("arrow: \u292e", flush=True)


def application(environ, start_response):
    tuesday = time.strftime("%A", (2024, 1, 2, 0, 0, 0, 1, 2, 0))
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    return [f"{locale.getlocale()}: Dienstag is {tuesday}\n".encode()]
