import type { Failure } from '../../failures/failure.ts';
import type { ProjectView } from '../view.ts';
import { exceedsDepth, MAX_DEPTH, MAX_MANIFEST_BYTES } from './depth.ts';
import { isNoFile } from './no-file.ts';
import { parseToml } from './toml.ts';

export interface Pipfile {
  readonly pipfile: boolean;
  readonly lock: boolean;
  readonly texts: readonly { readonly file: string; readonly text: string }[];
  /** Tables of packages besides `[packages]`. */
  readonly categories: readonly string[];
  /** Only of interest to a build that uses the files. */
  readonly failures: readonly Failure[];
}

/** Reads Pipfile and Pipfile.lock as far as they can be wrong for everybody: encoding, syntax, size, depth. */
export function readPipfile(view: ProjectView): Pipfile {
  const failures: Failure[] = [];
  const texts: { file: string; text: string }[] = [];
  let categories: readonly string[] = [];
  for (const file of ['Pipfile', 'Pipfile.lock']) {
    const read = view.readText(file, MAX_MANIFEST_BYTES);
    if (!read.ok) {
      if (!isNoFile(read.problem)) failures.push({ kind: 'manifest-unreadable', file, problem: read.problem });
      continue;
    }
    texts.push({ file, text: read.text });
    const parsed = file === 'Pipfile' ? parseToml(file, read.text) : undefined;
    if (parsed !== undefined && 'table' in parsed) categories = Object.keys(parsed.table).filter((key) => !OTHERS.has(key));
    const failure = parsed === undefined ? checkLock(file, read.text) : 'failure' in parsed ? parsed.failure : undefined;
    if (failure !== undefined) failures.push(failure);
  }
  const isFile = (name: string) => view.stat(name)?.type === 'file';
  return { pipfile: isFile('Pipfile'), lock: isFile('Pipfile.lock'), categories, texts, failures };
}

const OTHERS = new Set(['source', 'requires', 'pipenv', 'scripts', 'packages']);

function checkLock(file: string, text: string): Failure | undefined {
  if (exceedsDepth(text, MAX_DEPTH)) return { kind: 'manifest-nesting', file, limit: MAX_DEPTH };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { kind: 'manifest-syntax', file, format: 'JSON', ...placeOf(text), writtenBy: 'pipenv lock' };
  }
  const sound = typeof value === 'object' && value !== null && 'default' in value && '_meta' in value;
  if (sound) return undefined;
  return {
    kind: 'manifest-shape',
    file,
    key: 'The top level',
    found: 'not that of a lock',
    expected: 'an object with _meta and default, as pipenv lock writes it',
    writtenBy: 'pipenv lock',
  };
}

/** Where the text stops being JSON, as far as it can be told without an engine's words: engines differ in them. */
function placeOf(text: string): Pick<Extract<Failure, { kind: 'manifest-syntax' }>, 'line' | 'near' | 'reason'> {
  if (text.trim() === '') return { reason: 'the file is empty' };
  const lines = text.split(/\r?\n/);
  const conflict = lines.findIndex((line) => /^(<{7}|={7}$|>{7})/.test(line));
  return conflict < 0 ? {} : { line: conflict + 1, near: (lines[conflict] ?? '').slice(0, 120) };
}
