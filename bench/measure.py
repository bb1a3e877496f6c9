"""Measures one row of the bench: reads a job as JSON from standard input, writes its samples as JSON.

Each contender lives in a process of its own inside its root and measures when it is its turn, so that all take turns
round by round whatever else the machine does. Wall time runs from the spawn of the command to the end of what it became,
or, for a server, to its first answer with status 200.
"""

import atexit
import fcntl
import http.client
import json
import os
import shutil
import signal
import socket
import stat
import struct
import subprocess
import sys
import time

READ, WRITE = 0, 1

# Seconds that a server has.
PATIENCE = 60


def main():
    job = json.load(sys.stdin)
    bring_up_loopback()
    if "index" in job:
        atexit.register(serve_index(job["index"]).kill)
    workers = [(contender, start(contender)) for contender in job["contenders"]]
    samples = {contender["name"]: [] for contender, _ in workers}
    for number in range(job["warmups"] + job["rounds"]):
        for contender, channel in workers if number % 2 == 0 else reversed(workers):
            sample = ask(contender, channel, "go")
            if number >= job["warmups"]:
                samples[contender["name"]].append(sample)
    for contender, channel in workers:
        wanted = job.get("memory", True) and "exit" in contender["until"]
        memory = ask(contender, channel, "memory") if wanted else {"memory": 0}
        for sample in samples[contender["name"]]:
            sample.update(memory)
    json.dump(samples, sys.stdout)


def serve_index(index):
    """The process of an index that listens already."""
    script = os.path.join(os.path.dirname(__file__), "index.py")
    argv = [sys.executable, script, index["folder"], str(index["port"])]
    server = subprocess.Popen(argv, stdout=subprocess.PIPE)
    if not server.stdout.readline():
        sys.exit("the index does not listen")
    return server


def ask(contender, channel, what):
    channel.write(f"{what}\n")
    channel.flush()
    answer = json.loads(channel.readline() or '{"problem": "the measuring process ended"}')
    if "problem" in answer:
        sys.exit(f"{contender['name']}: {' '.join(contender['argv'])}: {answer['problem']}")
    return answer


def start(contender):
    """A process in the contender's root that measures once for each line it is sent."""
    asks, answers = os.pipe(), os.pipe()
    if os.fork() == 0:
        os.close(asks[WRITE])
        os.close(answers[READ])
        with os.fdopen(asks[READ]) as incoming, os.fdopen(answers[WRITE], "w") as outgoing:
            serve(contender, incoming, outgoing)
        os._exit(0)
    os.close(asks[READ])
    os.close(answers[WRITE])
    return Channel(os.fdopen(answers[READ]), os.fdopen(asks[WRITE], "w"))


class Channel:
    def __init__(self, incoming, outgoing):
        self.readline, self.write, self.flush = incoming.readline, outgoing.write, outgoing.flush


def serve(contender, incoming, outgoing):
    os.chroot(contender["root"])
    os.chdir(contender["directory"])
    log = os.open("/tmp/hook.log", os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND, 0o666)
    null = os.open("/dev/null", os.O_RDONLY)
    prepare = PREPARATIONS[contender["prepare"]["kind"]](contender["prepare"])
    for what in incoming:
        prepare()
        os.ftruncate(log, 0)
        answer = measure_memory(contender, null, log) if what == "memory\n" else measure(contender, null, log)
        json.dump(answer, outgoing)
        outgoing.write("\n")
        outgoing.flush()


def measure(contender, null, log):
    user, group = contender["user"], contender["group"]
    files = [(os.POSIX_SPAWN_DUP2, null, 0), (os.POSIX_SPAWN_DUP2, log, 1), (os.POSIX_SPAWN_DUP2, log, 2)]
    os.setgroups([])
    os.setresgid(group, group, 0)
    os.setresuid(user, user, 0)
    begin = time.perf_counter_ns()
    argv, environment = contender["argv"], contender["environment"]
    child = os.posix_spawn(argv[0], argv, environment, file_actions=files, setpgroup=0)
    os.setresuid(0, 0, 0)
    until = contender["until"]
    end = None if "exit" in until else wait_for_answer(until["port"], child)
    _, status, usage = os.wait4(child, 0)
    if "exit" in until:
        end = time.perf_counter_ns()
    code = os.waitstatus_to_exitcode(status)
    if end is None or code != until.get("exit", code):
        last = os.pread(log, 4000, max(0, os.fstat(log).st_size - 4000)).decode(errors="replace")
        return {"problem": f"exit status {code} instead of {until}\n{last}"}
    return {
        "wall": (end - begin) / 1e6,
        "cpu": (usage.ru_utime + usage.ru_stime) * 1e3,
    }


def wait_for_answer(port, child):
    """The time of the first answer with status 200, None where none came. The server is stopped then."""
    end = None
    deadline = time.monotonic() + PATIENCE
    while end is None and time.monotonic() < deadline and os.waitid(os.P_PID, child, GONE) is None:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
            connection.request("GET", "/")
            if connection.getresponse().status == 200:
                end = time.perf_counter_ns()
            connection.close()
        except OSError:
            time.sleep(0.002)
    stop(child, port)
    return end


GONE = os.WEXITED | os.WNOHANG | os.WNOWAIT


def stop(child, port):
    """Its port is free afterwards."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(child, number)
        except ProcessLookupError:
            pass
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            if os.waitid(os.P_PID, child, GONE) is not None and not listens(port):
                return
            time.sleep(0.01)


def listens(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def bring_up_loopback():
    """In a network namespace of its own it is down."""
    up, get, set_flags = 1, 0x8913, 0x8914
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        request = fcntl.ioctl(any_socket, get, struct.pack("16sh14x", b"lo", 0))
        flags = struct.unpack("16sh14x", request)[1]
        fcntl.ioctl(any_socket, set_flags, struct.pack("16sh14x", b"lo", flags | up))


def measure_memory(contender, null, log):
    """By time(1): what this process started itself would count with the 10 MB of this process."""
    file = "/tmp/hook.memory"
    argv = ["/usr/bin/time", "-q", "-f", "%M", "-o", file, *contender["argv"]]
    answer = measure({**contender, "argv": argv}, null, log)
    if "problem" in answer:
        return answer
    with open(file) as written:
        kilobytes = int(written.read().split()[-1])
    os.unlink(file)
    return {"memory": kilobytes / 1024}


def nothing(_):
    return lambda: None


def sources(settings):
    """An environment as the image has it, and the sources where S2I puts them."""
    root, home, drop = settings["root"], settings["home"], settings["drop"]
    known = set(below(root, home))

    def restore():
        for path in [path for path in below(root, home) if path not in known]:
            delete(path)
        for name in os.listdir(home):
            delete(os.path.join(home, name))
        delete(drop)
        shutil.copytree(settings["from"], drop, symlinks=True)
        for path in [drop, *below(drop)]:
            os.chown(path, settings["user"], 0)

    return restore


def environment(settings):
    """An environment of another folder, the sources where S2I puts them, and `next` for a build that restores the first."""
    root, drop, work, artifacts = (settings[name] for name in ("root", "drop", "work", "artifacts"))

    def restore():
        for path in (root, drop, work, artifacts):
            delete(path)
        for path in (work, artifacts):
            os.mkdir(path)
            os.chown(path, settings["user"], 0)
        copies = [(settings["environment"], root), (settings["from"], drop)]
        if "next" in settings:
            copies.append((settings["next"], os.path.join(work, "next")))
        for source, target in copies:
            subprocess.run(["/bin/cp", "-a", source, target], check=True)
        subprocess.run(["/bin/chown", "-R", f"{settings['user']}:0", drop], check=True)
        # Else the build would wait for what was written here.
        os.sync()

    return restore


def wrong_modes(settings):
    """Every entry with the group of its owner and nothing for it."""
    entries = [(path, 0o700 if os.path.isdir(path) else 0o600) for path in [settings["tree"], *below(settings["tree"])]]

    def spoil():
        for path, mode in entries:
            os.chown(path, settings["user"], settings["user"])
            os.chmod(path, mode)

    return spoil


def below(folder, leave=None):
    for entry in os.scandir(folder):
        if entry.path == leave:
            continue
        yield entry.path
        if entry.is_dir(follow_symlinks=False):
            yield from below(entry.path, leave)


def delete(path):
    if os.path.lexists(path):
        if stat.S_ISDIR(os.lstat(path).st_mode):
            shutil.rmtree(path)
        else:
            os.unlink(path)


PREPARATIONS = {"nothing": nothing, "sources": sources, "wrong-modes": wrong_modes, "environment": environment}

if __name__ == "__main__":
    main()
