import { join } from 'node:path';
import type { Plugin } from 'esbuild';

const root = join(import.meta.dirname, '..');

/** What lies in a file of its own beside the hooks, by the name of that file, and is loaded when a hook first needs it. */
export const parts: Readonly<Record<string, string>> = {
  process: 'src/hosts/node/process.ts',
  'json-log': 'src/hosts/node/json-log.ts',
  trees: 'src/hosts/node/trees/perform.ts',
  archive: 'src/hosts/node/trees/archive.ts',
  // Of the core: a hook that goes well has no failure to put into words, and most projects are told by names alone.
  failures: 'src/failures/words.ts',
  toml: 'src/inspect/manifests/toml.ts',
  sources: 'src/inspect/applications/answer.ts',
};

const nameOf = new Map(Object.entries(parts).map(([name, module]) => [join(root, module), name]));

/**
 * Keeps the parts out of the bundles that import them. A dynamic import becomes a `require` where it stands; a static one, as
 * the core has them, imports functions that load the part when they are called.
 */
export const hookParts: Plugin = {
  name: 'hook-parts',
  setup(bundler) {
    bundler.onResolve({ filter: /\.ts$/ }, ({ kind, path, resolveDir }) => {
      const name = kind === 'entry-point' ? undefined : nameOf.get(join(resolveDir, path));
      if (name === undefined) return undefined;
      return kind === 'dynamic-import'
        ? { path: `./${name}.cjs`, external: true }
        : { path: name, namespace: 'part', sideEffects: false };
    });
    bundler.onResolve({ filter: /./, namespace: 'part' }, ({ path }) => ({ path, external: true }));
    bundler.onLoad({ filter: /./, namespace: 'part' }, async ({ path }) => ({ contents: await callers(path) }));
  },
};

/** Only functions can wait until they are called. */
async function callers(part: string): Promise<string> {
  const module = parts[part] ?? '';
  const exported = (await import(join(root, module))) as Readonly<Record<string, unknown>>;
  const other = Object.keys(exported).filter((name) => typeof exported[name] !== 'function');
  if (other.length > 0) throw new Error(`${module} is a part of hooks and exports what is no function: ${other.join(', ')}`);
  const lines = Object.keys(exported).map(
    (name) => `export function ${name}(...given) { return require('./${part}.cjs').${name}(...given); }`,
  );
  return lines.join('\n');
}
