import type { Failure } from '../../failures/failure.ts';
import type { ProjectView } from '../view.ts';
import { exceedsDepth, MAX_DEPTH, MAX_MANIFEST_BYTES } from './depth.ts';
import { parseToml } from './toml.ts';

export interface Pipfile {
  readonly pipfile: boolean;
  readonly lock: boolean;
  readonly texts: readonly { readonly file: string; readonly text: string }[];
  /** Only of interest to a build that uses the files. */
  readonly failures: readonly Failure[];
}

/** Reads Pipfile and Pipfile.lock as far as they can be wrong for everybody: encoding, syntax, size, depth. */
export function readPipfile(view: ProjectView): Pipfile {
  const failures: Failure[] = [];
  const texts: { file: string; text: string }[] = [];
  for (const file of ['Pipfile', 'Pipfile.lock']) {
    const read = view.readText(file, MAX_MANIFEST_BYTES);
    if (!read.ok) {
      if (read.problem.what !== 'absent') failures.push({ kind: 'manifest-unreadable', file, problem: read.problem });
      continue;
    }
    texts.push({ file, text: read.text });
    const failure = file === 'Pipfile' ? checkToml(file, read.text) : checkLock(file, read.text);
    if (failure !== undefined) failures.push(failure);
  }
  return { pipfile: view.stat('Pipfile')?.type === 'file', lock: view.stat('Pipfile.lock')?.type === 'file', texts, failures };
}

function checkToml(file: string, text: string): Failure | undefined {
  const parsed = parseToml(file, text);
  return 'failure' in parsed ? parsed.failure : undefined;
}

function checkLock(file: string, text: string): Failure | undefined {
  if (exceedsDepth(text, MAX_DEPTH)) return { kind: 'manifest-nesting', file, limit: MAX_DEPTH };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { kind: 'manifest-syntax', file, format: 'JSON', hint: 'what `pipenv lock` writes' };
  }
  const sound = typeof value === 'object' && value !== null && 'default' in value && '_meta' in value;
  if (sound) return undefined;
  return {
    kind: 'manifest-shape',
    file,
    key: 'The top level',
    found: 'not that of a lock',
    expected: 'an object with _meta and default, as `pipenv lock` writes it',
  };
}
