import { join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { execa } from 'execa';
import { hookParts, parts } from './hook-parts.ts';
import { nodeModules } from './node-modules.ts';

const root = join(import.meta.dirname, '..');
const hooks = ['assemble', 'run', 'migrate', 'usage', 'save-artifacts', 'fix-permissions'];

/** What every bundle has in common. */
export const common: BuildOptions = {
  bundle: true,
  platform: 'node',
  target: 'node22.15',
  legalComments: 'none',
  logLevel: 'warning',
  absWorkingDir: root,
};

/** Bundles the hooks into a folder, so that they need no `node_modules` tree. Gives the names of the files. */
export async function bundleHooks(folder: string): Promise<readonly string[]> {
  const entries = [
    ...hooks.map((hook) => ({ in: `src/hosts/node/hooks/${hook}.ts`, out: hook })),
    ...Object.entries(parts).map(([name, module]) => ({ in: module, out: name })),
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
    plugins: [hookParts, nodeModules],
    supported: { 'dynamic-import': false },
  });
  // With this Node; an image whose Node is another compiles them once more.
  await execa(process.execPath, [join(folder, 'compile.cjs')], { env: {}, extendEnv: false });
  return entries.map(({ out }) => `${out}.cjs`);
}
