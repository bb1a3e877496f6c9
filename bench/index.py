"""index.py FOLDER PORT: serves the wheels of a folder on loopback as a package index does.

With their hashes, and with their metadata apart from them (PEP 503, PEP 714). Prints a line as soon as it listens.
"""

import hashlib
import http.server
import pathlib
import re
import sys
import zipfile


def main(folder, port):
    pages = read(pathlib.Path(folder))

    class Answer(Handler):
        answers = pages

    server = http.server.ThreadingHTTPServer(("127.0.0.1", int(port)), Answer)
    print("ready", flush=True)
    server.serve_forever()


def read(folder):
    """What is answered, by path: a type and bytes."""
    pages, links = {}, {}
    for path in sorted(folder.glob("*.whl")):
        wheel = path.read_bytes()
        metadata = metadata_of(path)
        pages[f"/files/{path.name}"] = ("application/octet-stream", wheel)
        pages[f"/files/{path.name}.metadata"] = ("application/octet-stream", metadata)
        # Not under the older name of the attribute as well: pips before 23.3 take "Django" for another name than "django" there.
        apart = f'data-core-metadata="sha256={sha256(metadata)}"'
        link = f'<a href="/files/{path.name}#sha256={sha256(wheel)}" {apart}>{path.name}</a><br>\n'
        links.setdefault(normalised(path.name.split("-")[0]), []).append(link)
    for name, lines in links.items():
        page = f"<!DOCTYPE html>\n<html><body>\n{''.join(lines)}</body></html>\n"
        pages[f"/simple/{name}/"] = ("text/html", page.encode())
    return pages


def metadata_of(path):
    with zipfile.ZipFile(path) as wheel:
        names = [name for name in wheel.namelist() if re.fullmatch(r"[^/]+\.dist-info/METADATA", name)]
        return wheel.read(names[0])


def normalised(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def sha256(content):
    return hashlib.sha256(content).hexdigest()


class Handler(http.server.BaseHTTPRequestHandler):
    answers = {}
    protocol_version = "HTTP/1.1"
    # Head and body go out at once, and nothing waits for an acknowledgement.
    wbufsize = -1
    disable_nagle_algorithm = True

    def do_GET(self):
        kind, content = self.answers.get(self.path, (None, b""))
        self.send_response(404 if kind is None else 200)
        self.send_header("Content-Type", kind or "text/plain")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_):
        pass


if __name__ == "__main__":
    main(*sys.argv[1:])
