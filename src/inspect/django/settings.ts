import type { Reader } from '../../execute/reader.ts';
import { join } from '../paths.ts';
import { type Binding, readBindings } from '../python/bindings.ts';
import { readLines } from '../python/lines.ts';
import { readStatements } from '../python/statements.ts';
import { isOperator, readTokens } from '../python/tokens.ts';

const VARIABLE = 'DJANGO_SETTINGS_MODULE';

/** Every settings module that manage.py names, each once, in order. */
export function parseManage(source: string): readonly string[] {
  if (!source.includes(VARIABLE)) return [];
  const tokens = readLines(source).flatMap(({ text }) => (text.includes(VARIABLE) ? readTokens(text) : []));
  const named = tokens.flatMap((token, at) => {
    if (token.kind !== 'string' || token.value !== VARIABLE) return [];
    const assigned = isOperator(tokens[at + 1], ']') && isOperator(tokens[at + 2], '=');
    const value = tokens[isOperator(tokens[at + 1], ',') ? at + 2 : assigned ? at + 3 : -1];
    return value?.kind === 'string' && value.value !== undefined ? [value.value] : [];
  });
  return [...new Set(named)];
}

/** A setting read without running the settings module. */
export type StaticSetting =
  | { readonly is: 'text'; readonly text: string; readonly file: string }
  /** It is set, but to something that only running the module tells, or in several ways. */
  | { readonly is: 'unknown'; readonly file: string }
  | { readonly is: 'absent' };

/** More modules than this are not followed: settings import each other in a few levels. */
const MOST_MODULES = 20;

/**
 * Reads a setting from a settings module, following `from … import *`. `folders` are searched for modules in order;
 * files are named relative to the folder they were found in.
 */
export function readStaticSetting(reader: Reader, folders: readonly string[], module: string, name: string): StaticSetting {
  return follow(reader, folders, module, name, new Set());
}

function follow(reader: Reader, folders: readonly string[], module: string, name: string, seen: Set<string>): StaticSetting {
  if (seen.has(module) || seen.size >= MOST_MODULES) return { is: 'absent' };
  seen.add(module);
  const source = readModule(reader, folders, module);
  if (source === undefined) return { is: 'absent' };
  let result: StaticSetting = { is: 'absent' };
  for (const binding of readBindings(readStatements(source.text, [name, '*']))) {
    const given = giveBy(binding, source, (other) => follow(reader, folders, other, name, seen), { module, name });
    if (given.is === 'absent') continue;
    result = binding.always || result.is === 'absent' ? given : sameOr(result, given);
  }
  return result;
}

function giveBy(
  binding: Binding,
  source: ModuleSource,
  inner: (module: string) => StaticSetting,
  { module, name }: { readonly module: string; readonly name: string },
): StaticSetting {
  if (binding.kind === 'star') return inner(absoluteModule(binding.module, module, source.isPackage));
  if (binding.name !== name) return { is: 'absent' };
  if (binding.value.is === 'none') return { is: 'absent' };
  return binding.value.is === 'text'
    ? { is: 'text', text: binding.value.text, file: source.file }
    : { is: 'unknown', file: source.file };
}

function sameOr(before: StaticSetting, given: StaticSetting): StaticSetting {
  if (before.is === 'text' && given.is === 'text' && before.text === given.text) return before;
  return given.is === 'absent' ? before : { is: 'unknown', file: given.file };
}

interface ModuleSource {
  readonly text: string;
  readonly file: string;
  readonly isPackage: boolean;
}

function readModule(reader: Reader, folders: readonly string[], module: string): ModuleSource | undefined {
  const path = module.replaceAll('.', '/');
  for (const folder of folders) {
    for (const file of [`${path}.py`, `${path}/__init__.py`]) {
      const read = reader.readText(join(folder, file));
      if (read.ok) return { text: read.text, file, isPackage: file.endsWith('/__init__.py') };
    }
  }
  return undefined;
}

/** `.base` in module `config.settings.local` is `config.settings.base`. */
function absoluteModule(written: string, inside: string, isPackage: boolean): string {
  const dots = /^\.*/.exec(written)?.[0].length ?? 0;
  if (dots === 0) return written;
  const levels = isPackage ? dots - 1 : dots;
  const parent = inside.split('.').slice(0, levels === 0 ? undefined : -levels);
  return [...parent, ...(written.length > dots ? [written.slice(dots)] : [])].join('.');
}
