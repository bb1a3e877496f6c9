"""Starts a program with an exact environment, limits and descriptors; reads its output slowly; prints what came as JSON.

The first argument is JSON: environment (name to value, one character a byte), stdout (pipe, file, pty), openFiles (soft
limit), closed (descriptors to close), directory. The rest is the command.
"""

import json
import os
import pty
import resource
import subprocess
import sys
import time

request = json.loads(sys.argv[1])
environment = {name.encode("latin-1"): value.encode("latin-1") for name, value in request["environment"].items()}


def prepare():
    os.umask(0o027)
    if "openFiles" in request:
        _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (request["openFiles"], hard))
    for descriptor in request.get("closed", []):
        os.close(descriptor)


def read_slowly(descriptor):
    taken = b""
    time.sleep(0.3)
    while True:
        try:
            chunk = os.read(descriptor, 4096 if len(taken) < 200_000 else 65536)
        except OSError:  # the other side of a terminal is gone
            return taken
        if not chunk:
            return taken
        taken += chunk
        if len(taken) < 200_000:
            time.sleep(0.002)


kind = request["stdout"]
if kind == "pty":
    reader, writer = pty.openpty()
elif kind == "pipe":
    reader, writer = os.pipe()
else:
    writer = os.open(request["file"], os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
process = subprocess.Popen(
    sys.argv[2:],
    stdin=subprocess.DEVNULL,
    stdout=writer,
    stderr=subprocess.PIPE,
    env=environment,
    cwd=request["directory"],
    preexec_fn=prepare,
)
if kind == "file":
    errors = process.communicate()[1]
    output = open(request["file"], "rb").read()
else:
    os.close(writer)
    output = read_slowly(reader)
    errors = process.communicate()[1]
status = process.returncode
print(json.dumps({"status": status, "pid": process.pid, "output": output.decode("latin-1"), "errors": errors.decode("latin-1")}))
