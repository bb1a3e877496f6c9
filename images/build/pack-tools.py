"""pack-tools.py LOCKS FOLDER: packs the packaging tools of the full image, one archive for each lock `NAME.txt`.

Each is a virtual environment without pip that works wherever it is unpacked: its program looks for the interpreter beside
itself. Bytecode is checked neither by time nor by contents. What no build needs is left out.
"""

import compileall
import concurrent.futures
import gzip
import lzma
import pathlib
import py_compile
import subprocess
import sys
import tarfile
import tempfile

# Takes the place of the line that names the interpreter by the folder in which the environment was made.
LAUNCHER = b"""#!/bin/sh
'''exec' "$(dirname "$0")/python" "$0" "$@"
' '''
"""
# Unpacked in a third of the time, for 5 MB more; the others take longer to start than to be unpacked.
OFTEN = ("uv",)
# Archives from which virtualenv fills new environments: none is made with it.
EMBEDDED = "lib/*/site-packages/virtualenv/seed/wheels/embed/*.whl"


def main(locks, folder):
    pathlib.Path(folder).mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        work = pathlib.Path(temporary)
        subprocess.run([sys.executable, "-m", "venv", work / "pip"], check=True)
        names = [lock.stem for lock in pathlib.Path(locks).glob("*.txt")]
        for name in names:
            install(work / "pip/bin/pip", pathlib.Path(locks, f"{name}.txt"), work / name)
            prepare(work / name, name)
        with concurrent.futures.ThreadPoolExecutor() as threads:
            list(threads.map(lambda name: pack(work / name, pathlib.Path(folder, name)), names))


def install(pip, lock, environment):
    """Exactly what the lock names."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", environment], check=True)
    options = ["--quiet", "--no-cache-dir", "--no-compile", "--no-deps", "--only-binary", ":all:", "--require-hashes"]
    subprocess.run([pip, "--python", environment / "bin/python", "install", *options, "-r", lock], check=True)


def prepare(environment, name):
    for path in environment.glob(EMBEDDED):
        path.unlink()
    for path in (environment / "bin").iterdir():
        if path.name != name and not path.name.startswith("python"):
            path.unlink()
    program = environment / "bin" / name
    first, _, rest = program.read_bytes().partition(b"\n")
    if first.startswith(b"#!"):
        program.write_bytes(LAUNCHER + rest)
    mode = py_compile.PycInvalidationMode.UNCHECKED_HASH
    # Names in tracebacks begin at the folder that it is unpacked to. Templates of modules that are no Python are left alone.
    compileall.compile_dir(environment / "lib", quiet=2, stripdir=environment.parent, invalidation_mode=mode)


def pack(environment, place):
    """The same files give the same bytes."""
    if environment.name in OFTEN:
        packed = gzip.GzipFile(f"{place}.tar.gz", "wb", compresslevel=9, mtime=0)
    else:
        packed = lzma.open(f"{place}.tar.xz", "wb", preset=6)
    with packed, tarfile.open(fileobj=packed, mode="w") as tar:
        for path in [environment, *sorted(environment.rglob("*"))]:
            entry = tar.gettarinfo(path, path.relative_to(environment.parent))
            entry.uid = entry.gid = entry.mtime = 0
            entry.uname = entry.gname = ""
            entry.mode = 0o755 if entry.isdir() or entry.mode & 0o100 else 0o644
            if entry.isreg():
                with path.open("rb") as file:
                    tar.addfile(entry, file)
            else:
                tar.addfile(entry)


if __name__ == "__main__":
    main(*sys.argv[1:])
