"""pack-pip.py WHEEL ARCHIVE: packs the modules of a wheel, compiled by this Python, into an archive it can import from.

The archive is a wheel too, for `python -m venv` of the same Python. Tracebacks show no source lines. Two modules keep their
sources beside: they are run by their paths.
"""

import base64
import csv
import hashlib
import io
import pathlib
import py_compile
import sys
import tempfile
import zipfile

RUN_BY_PATH = ("__pip-runner__.py", "_in_process.py")
FOR_WINDOWS = (".exe",)
BY_CONTENTS = py_compile.PycInvalidationMode.UNCHECKED_HASH
# The earliest that an archive can say: the same input has to give the same bytes.
NO_TIME = (1980, 1, 1, 0, 0, 0)


def packed(wheel):
    """Names and contents of what goes into the archive."""
    for name in sorted(wheel.namelist()):
        content = wheel.read(name)
        if name.endswith("/RECORD") or name.endswith(FOR_WINDOWS):
            continue
        if name.endswith("/WHEEL"):
            tag = f"cp{sys.version_info.major}{sys.version_info.minor}-none-any"
            content = content.replace(b"Tag: py3-none-any", f"Tag: {tag}".encode())
        if name.endswith(".py"):
            yield name + "c", compiled(name, content)
        if not name.endswith(".py") or name.endswith(RUN_BY_PATH):
            yield name, content


def compiled(name, source):
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder, "module.py")
        file.write_bytes(source)
        py_compile.compile(file, f"{file}c", dfile=name, doraise=True, invalidation_mode=BY_CONTENTS)
        return pathlib.Path(f"{file}c").read_bytes()


def record(entries, name):
    """The list of contents that a wheel has to have."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    for entry, content in entries:
        digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).decode().rstrip("=")
        rows.writerow([entry, f"sha256={digest}", len(content)])
    rows.writerow([name, "", ""])
    return text.getvalue().encode()


def main(source, target):
    with zipfile.ZipFile(source) as wheel:
        entries = list(packed(wheel))
        (listing,) = [name for name in wheel.namelist() if name.endswith(".dist-info/RECORD")]
    entries.append((listing, record(entries, listing)))
    pathlib.Path(target).parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in entries:
            archive.writestr(zipfile.ZipInfo(name, NO_TIME), content, zipfile.ZIP_DEFLATED, 9)


if __name__ == "__main__":
    main(*sys.argv[1:])
