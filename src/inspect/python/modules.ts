import type { Reader } from '../../execute/reader.ts';
import { join } from '../paths.ts';

/** Where a dotted module name leads, without importing anything. */
export type ModulePlace =
  /** `path` is its source, its folder, or its compiled file. */
  | { readonly found: 'yes'; readonly path: string }
  | { readonly found: 'no' }
  /** Something in the environment changes how modules are found, so a listing cannot tell. */
  | { readonly found: 'unknown' };

/** Looks for a module in folders, the first of them first, as `sys.path` would be searched. */
export function locateModule(reader: Reader, name: string, folders: readonly string[]): ModulePlace {
  const parts = name.split('.');
  // Servers import by text, so a name that no statement could have (`my-app`) is as good as any.
  if (!parts.every((part) => /^[^\s/]+$/.test(part))) return { found: 'no' };
  const direct = findIn(reader, parts, folders);
  if (direct !== undefined) return { found: 'yes', path: direct };
  const further = readPathFiles(reader, folders);
  const added = findIn(reader, parts, further.folders);
  if (added !== undefined) return { found: 'yes', path: added };
  return { found: further.hooks ? 'unknown' : 'no' };
}

/** The source of a module that was found, where it has one. */
export function sourceOf(reader: Reader, path: string): string | undefined {
  const read = reader.readText(path.endsWith('.py') ? path : join(path, '__init__.py'));
  return read.ok ? read.text : undefined;
}

function findIn(reader: Reader, parts: readonly string[], folders: readonly string[]): string | undefined {
  for (const folder of folders) {
    const path = join(folder, ...parts);
    if (reader.stat(`${path}.py`)?.type === 'file') return `${path}.py`;
    if (reader.stat(path)?.type === 'directory') return path;
    const compiled = compiledModule(reader, path);
    if (compiled !== undefined) return compiled;
  }
  return undefined;
}

function compiledModule(reader: Reader, path: string): string | undefined {
  const cut = path.lastIndexOf('/');
  const start = `${path.slice(cut + 1)}.`;
  const name = reader.list(path.slice(0, cut))?.names.find((one) => one.startsWith(start) && one.endsWith('.so'));
  return name === undefined ? undefined : join(path.slice(0, cut), name);
}

/** Path files with code that adds no modules: setuptools' and virtualenv's own. */
const HARMLESS = new Set(['distutils-precedence.pth', '_virtualenv.pth']);

/** What `.pth` files add (site module): folders, or import hooks such as those of editable installs. */
function readPathFiles(
  reader: Reader,
  folders: readonly string[],
): { readonly folders: readonly string[]; readonly hooks: boolean } {
  const added: string[] = [];
  let hooks = false;
  for (const folder of folders.filter((one) => one.endsWith('-packages'))) {
    for (const name of reader.list(folder)?.names.filter((one) => one.endsWith('.pth')) ?? []) {
      const read = reader.readText(join(folder, name));
      const lines = read.ok ? read.text.split(/\r?\n/).filter((line) => line.trim() !== '' && !line.startsWith('#')) : [];
      added.push(...lines.filter((line) => !/^import[ \t]/.test(line)).map((line) => join(folder, line.trim())));
      if (lines.some((line) => /^import[ \t]/.test(line)) && !HARMLESS.has(name)) hooks = true;
    }
  }
  return { folders: added, hooks };
}
