import { basename, join } from 'node:path';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import { execa } from 'execa';
import { nodeModules } from './node-modules.ts';

const root = join(import.meta.dirname, '..');
const hooks = ['assemble', 'run', 'migrate', 'usage', 'save-artifacts', 'fix-permissions'];
/** Parts that a hook loads only when it needs them, each in a file of its own. */
const parts = [
  'src/hosts/node/process.ts',
  'src/hosts/node/json-log.ts',
  'src/hosts/node/trees/perform.ts',
  'src/hosts/node/trees/archive.ts',
];

/** What every bundle has in common. */
export const common: BuildOptions = {
  bundle: true,
  platform: 'node',
  target: 'node22.15',
  legalComments: 'none',
  logLevel: 'warning',
  absWorkingDir: root,
};

/** A dynamic import of a part becomes a `require` of its bundle at the moment it is needed. */
const lazyParts: Plugin = {
  name: 'lazy-parts',
  setup(bundler) {
    bundler.onResolve({ filter: /\.ts$/ }, ({ kind, path, resolveDir }) => {
      if (kind !== 'dynamic-import' || !parts.includes(join(resolveDir, path).slice(root.length + 1))) return undefined;
      return { path: `./${partName(path)}.cjs`, external: true };
    });
  },
};

function partName(path: string): string {
  return path.endsWith('trees/perform.ts') ? 'trees' : basename(path, '.ts');
}

/** Bundles the hooks into a folder, so that they need no `node_modules` tree. Gives the names of the files. */
export async function bundleHooks(folder: string): Promise<readonly string[]> {
  const entries = [
    ...hooks.map((hook) => ({ in: `src/hosts/node/hooks/${hook}.ts`, out: hook })),
    ...parts.map((part) => ({ in: part, out: partName(part) })),
    { in: 'src/hosts/node/code/start.ts', out: 'start' },
    { in: 'src/hosts/node/code/compile.ts', out: 'compile' },
  ];
  await build({
    ...common,
    entryPoints: entries,
    outdir: folder,
    outExtension: { '.js': '.cjs' },
    // CommonJS starts 3.5 ms faster than ES modules; see docs/decisions/0002-starting-node-fast.md.
    format: 'cjs',
    minify: true,
    plugins: [lazyParts, nodeModules],
    supported: { 'dynamic-import': false },
  });
  // With this Node; an image whose Node is another compiles them once more.
  await execa(process.execPath, [join(folder, 'compile.cjs')], { env: {}, extendEnv: false });
  return entries.map(({ out }) => `${out}.cjs`);
}
