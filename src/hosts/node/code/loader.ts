import { readFileSync } from 'node:fs';
import { Script } from 'node:vm';

/** Ending of the file next to a bundle that holds what V8 made of it. */
export const CODE = '.code';

/** Called for each bundle that is loaded, before it runs. */
export type Witness = (file: string, script: Script) => void;

/**
 * Gives a function that runs a bundle of `folder` by its name. Beside each bundle may lie the code V8 compiled from it
 * earlier: with it, next to nothing is compiled at the start. V8 refuses code of another version of itself, and of a text
 * of another length, and compiles as usual.
 */
export function createLoader(folder: string, witness?: Witness): (name: string) => unknown {
  const loaded = new Map<string, unknown>();
  const load = (name: string): unknown => {
    const file = `${folder}/${name}.cjs`;
    const script = new Script(wrapped(readFileSync(file, 'utf8')), { filename: file, ...codeOf(file) });
    witness?.(file, script);
    const module = { exports: {} };
    const run: unknown = script.runInThisContext();
    if (typeof run === 'function') run(module.exports, get, module, file, folder);
    return module.exports;
  };
  const get = (id: string): unknown => {
    if (!loaded.has(id)) loaded.set(id, id.startsWith('./') ? load(id.slice(2, -'.cjs'.length)) : builtin(id));
    return loaded.get(id);
  };
  return load;
}

/** The text V8 compiles: the wrapper Node puts around a CommonJS module. The bundles are ASCII. */
export function wrapped(source: string): string {
  return `(function (exports, require, module, __filename, __dirname) {${source}\n})`;
}

function codeOf(file: string): { readonly cachedData?: Buffer } {
  try {
    return { cachedData: readFileSync(file + CODE) };
  } catch {
    return {};
  }
}

function builtin(id: string): unknown {
  const found = process.getBuiltinModule(id);
  if (found === undefined) throw new Error(`a bundle asks for ${id}, which is no module of Node`);
  return found;
}
