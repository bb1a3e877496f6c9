import type { Plan, Step } from '../execute/plan.ts';
import { fromFile } from '../inspect/fact.ts';
import { join } from '../inspect/paths.ts';
import type { AssembleFacts } from './facts.ts';

/**
 * Compiles every module that has no bytecode of its text yet, as py_compile does and with less around it: in several processes
 * where there are many, at most four, because a build's CPUs are often more than its share. They take parts of the list from a
 * pipe, in records that one read gives whole. What cannot be compiled is left alone, as pip leaves it. Its arguments are the
 * record of the import, then a mode and a folder in turns. What it makes in the project is added to the record, if there is one, so
 * that the next import takes it away together with the modules that it was made from.
 */
const SCRIPT = `import importlib.util, marshal, os, re, stat, sys, warnings

FLAGS = {"unchecked": b"\\1\\0\\0\\0", "checked": b"\\3\\0\\0\\0"}
warnings.simplefilter("ignore")


def modules(root):
    folders = [root]
    while folders:
        folder = folders.pop()
        try:
            entries = list(os.scandir(folder))
        except OSError:
            continue
        if folder != root and any(entry.name == "pyvenv.cfg" for entry in entries):
            continue
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                if entry.name[0] != "." and entry.name not in ("__pycache__", "node_modules"):
                    folders.append(entry.path)
            # Opening a pipe waits for whoever writes into it.
            elif entry.name.endswith(".py") and (entry.is_file(follow_symlinks=False) or os.path.isfile(entry.path)):
                yield entry.path


def outdated(path, compiled, mode):
    """What has to be compiled, its permissions and the header of the bytecode; None where that is there."""
    with open(path, "rb") as source:
        text = source.read()
        permissions = stat.S_IMODE(os.fstat(source.fileno()).st_mode) & 0o666 | 0o200
    magic = importlib.util.MAGIC_NUMBER
    header = magic + FLAGS[mode] + importlib.util.source_hash(text)
    try:
        with open(compiled, "rb") as file:
            found = file.read(16)
    except OSError:
        found = b""
    # What the image brings stays as it is: changed, it would be stored a second time.
    fits = found == header or mode == "unchecked" and found[:8] == magic + b"\\0\\0\\0\\0"
    return None if fits else (text, permissions, header)


def compile_module(path, mode):
    compiled = importlib.util.cache_from_source(path)
    wanted = outdated(path, compiled, mode)
    if wanted is None:
        return
    text, permissions, header = wanted
    code = marshal.dumps(compile(text, path, "exec", dont_inherit=True))
    with open(created(compiled, permissions), "wb", 0) as file:
        written = file.write(bytes(16) + code)
        # The header comes last: what was written in part is no bytecode.
        if written == 16 + len(code):
            os.pwrite(file.fileno(), header, 0)


def created(path, permissions):
    for _ in range(3):
        try:
            return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, permissions)
        except FileNotFoundError:
            os.makedirs(os.path.dirname(path), exist_ok=True)
        except FileExistsError:
            os.unlink(path)
    raise OSError(path)


def work(items, queue, size):
    while record := os.read(queue, 4):
        start = int.from_bytes(record, "little")
        for path, mode in items[start:start + size]:
            try:
                compile_module(path, mode)
            except Exception:
                pass


def remember(record, root, paths):
    entries = {}
    for path in paths:
        compiled = importlib.util.cache_from_source(path)
        try:
            status = os.lstat(compiled)
        except OSError:
            continue
        entries[os.path.dirname(compiled)] = b"d 0 0"
        entries[compiled] = b"f %d %d" % (status.st_size, status.st_mtime_ns)
    try:
        with open(record, "r+b") as file:
            file.seek(0, os.SEEK_END)
            for path, entry in entries.items():
                name = os.fsencode(os.path.relpath(path, root))
                file.write(entry + b" " + re.sub(rb"[\\\\\\x80-\\xff]", lambda byte: b"\\\\x%02x" % byte[0][0], name) + b"\\0")
    except OSError:
        pass


def needs(path, mode):
    try:
        return outdated(path, importlib.util.cache_from_source(path), mode) is not None
    except OSError:
        return False


record, *arguments = sys.argv[1:]
items, own = [], {}
for mode, root in zip(arguments[::2], arguments[1::2]):
    found = [path for path in modules(root) if mode == "unchecked" or needs(path, mode)]
    items += [(path, mode) for path in found]
    if mode == "checked":
        own[root] = found
# All records fit into the pipe before anybody reads.
size = len(items) // 8000 + 1
queue, filled = os.pipe()
for start in range(0, len(items), size):
    os.write(filled, start.to_bytes(4, "little"))
os.close(filled)
children = []
for _ in range(min(len(os.sched_getaffinity(0)), 4, len(items) // 25) - 1):
    child = os.fork()
    if child == 0:
        work(items, queue, size)
        os._exit(0)
    children.append(child)
work(items, queue, size)
ends = [os.waitpid(child, 0)[1] for child in children]
for root, paths in own.items():
    remember(record, root, paths)
sys.exit(1 if any(ends) else 0)
`;

const COMPILE = '@compile-modules@';

/** The programs that plans name. */
export const PROGRAMS: Readonly<Record<string, string>> = { [COMPILE]: SCRIPT };

/** pip leaves compiling to us; what the user says about it counts. */
export function compileVariables({ given }: Pick<AssembleFacts, 'given'>): Readonly<Record<string, string>> {
  return pipCompiles(given) ? {} : { PIP_COMPILE: '0' };
}

/** One of pip's own switches is set. */
function pipCompiles(given: ReadonlySet<string>): boolean {
  return given.has('PIP_COMPILE') || given.has('PIP_NO_COMPILE');
}

/** Whose modules are to be compiled. */
export interface Uncompiled {
  /** The packages of the environment: not when they were taken over as they were, or when pip is told not to compile. */
  readonly packages: boolean;
  /** The project's own: not where Python is told to write no bytecode. */
  readonly source: boolean;
}

/**
 * Bytecode that is valid by the text it was made from, whatever the times of files become in a layer: unchecked for packages,
 * which nobody changes in place; checked for the project's own modules, so that a file that is replaced later counts.
 */
export function planBytecode({ places, environment, given, python }: AssembleFacts, { packages, source }: Uncompiled): Plan {
  const folders = packages && !pipCompiles(given) ? ['unchecked', join(places.appRoot, 'lib')] : [];
  const own = source && !given.has('PYTHONDONTWRITEBYTECODE') ? ['checked', places.home] : [];
  const none: Plan = { format: 1, stage: 'finish', notices: [], steps: [] };
  if (folders.length + own.length === 0) return none;
  const step: Step = {
    id: 'compile',
    why: 'what is not compiled now would be compiled at every start',
    because: [fromFile(places.appRoot)],
    effect: {
      kind: 'run',
      command: {
        argv: [join(places.appRoot, 'bin/python'), '-I', '-S', '-c', COMPILE, places.record, ...folders, ...own],
        directory: places.home,
        environment,
        output: 'pass',
      },
    },
    onFailure: { do: 'warn', notice: { kind: 'text', level: 'warning', text: notCompiled(python) } },
  };
  return { ...none, steps: [step] };
}

function notCompiled(python: string | undefined): string {
  return `The modules were not compiled${python === undefined ? '' : ` by Python ${python}`}: they are at their first import.`;
}
