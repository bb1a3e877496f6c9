import type { Failure } from '../../failures/failure.ts';
import type { ProjectView } from '../view.ts';
import { isNoFile } from './no-file.ts';
import type { AskedPython } from './pyproject-tools.ts';

export type LockKind = 'uv' | 'pylock' | 'poetry' | 'pdm';

/** A lock as far as it is read here: its name and its head. What it says is for the tool that wrote it. */
export interface Lock {
  readonly kind: LockKind;
  readonly file: string;
  readonly text: string;
  /** Pythons that it was made for, as it says itself. */
  readonly python: AskedPython | undefined;
  /** Only of interest to a build that uses it. */
  readonly failures: readonly Failure[];
}

/** Larger locks are refused. Bytes. */
const MAX_LOCK_BYTES = 32 * 1024 * 1024;

interface LockFormat {
  readonly kind: LockKind;
  readonly name: RegExp;
  /** The line of its head that every version of the format has. */
  readonly version: RegExp;
  readonly python: RegExp;
  readonly writtenBy: string;
}

/** In the order in which they are named. PEP 751 allows `pylock.toml` and `pylock.<name>.toml`. */
const FORMATS: readonly LockFormat[] = [
  {
    kind: 'uv',
    name: /^uv\.lock$/,
    version: /^version = \d/m,
    python: /^(requires-python) = "([^"\n]*)"/m,
    writtenBy: 'uv lock',
  },
  {
    kind: 'pylock',
    name: /^pylock(\.[^.]+)?\.toml$/,
    version: /^lock-version = "/m,
    python: /^(requires-python) = "([^"\n]*)"/m,
    writtenBy: 'uv export --format pylock.toml --output-file pylock.toml',
  },
  {
    kind: 'poetry',
    name: /^poetry\.lock$/,
    version: /^lock-version = "/m,
    python: /^(python-versions) = "([^"\n]*)"\ncontent-hash/m,
    writtenBy: 'poetry lock',
  },
  {
    kind: 'pdm',
    name: /^pdm\.lock$/,
    version: /^lock_version = "/m,
    python: /^\[\[metadata\.targets\]\]\n(requires_python) = "([^"\n]*)"/m,
    writtenBy: 'pdm lock',
  },
];

/** The command that writes a lock of this kind. */
export function lockWriter(kind: LockKind): string {
  return FORMATS.find((format) => format.kind === kind)?.writtenBy ?? '';
}

/** Every lock at the root of the project, best known name first. */
export function readLocks(view: ProjectView): readonly Lock[] {
  const names = view.list();
  return FORMATS.flatMap((format) =>
    names
      .filter((name) => format.name.test(name))
      .sort((a, b) => a.length - b.length || (a < b ? -1 : 1))
      .flatMap((file) => readLock(view, file, format) ?? []),
  );
}

function readLock(view: ProjectView, file: string, format: LockFormat): Lock | undefined {
  const read = view.readText(file, MAX_LOCK_BYTES);
  if (!read.ok) {
    if (isNoFile(read.problem)) return undefined;
    const failures = [{ kind: 'manifest-unreadable', file, problem: read.problem } as const];
    return { kind: format.kind, file, text: '', python: undefined, failures };
  }
  const text = read.text.replaceAll('\r\n', '\n');
  return { kind: format.kind, file, text, python: askedIn(text, format), failures: checkHead(file, text, format) };
}

function askedIn(text: string, { python }: LockFormat): AskedPython | undefined {
  const [, key, wanted] = python.exec(text) ?? [];
  return key === undefined || wanted === undefined ? undefined : { key, wanted };
}

/** What a lock looks like that no tool has written like that. */
function checkHead(file: string, text: string, { version, writtenBy }: LockFormat): readonly Failure[] {
  const lines = text.split('\n');
  const conflict = lines.findIndex((line) => /^(<{7}|={7}$|>{7})/.test(line));
  const near = lines[conflict];
  if (near !== undefined)
    return [{ kind: 'manifest-syntax', file, format: 'TOML', line: conflict + 1, near: near.slice(0, 120), writtenBy }];
  if (version.test(text)) return [];
  const found = text.trim() === '' ? 'missing: the file is empty' : 'missing';
  return [{ kind: 'manifest-shape', file, key: 'The version of the format', found, expected: 'a whole lock', writtenBy }];
}
