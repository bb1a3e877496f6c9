/** Bundles the hooks and the program into dist/: no `node_modules` tree is needed to run them. */
import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { bundleHooks, common } from './bundle-hooks.ts';

const root = join(import.meta.dirname, '..');

async function buildProgram(): Promise<void> {
  await build({
    ...common,
    entryPoints: ['src/cli/main.ts'],
    outfile: 'dist/cli.mjs',
    format: 'esm',
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  });
}

for (const made of ['dist/hooks', 'dist/cli.mjs']) rmSync(join(root, made), { recursive: true, force: true });
const [files] = await Promise.all([bundleHooks(join(root, 'dist/hooks')), buildProgram()]);
for (const name of files) {
  process.stdout.write(`dist/hooks/${name} ${statSync(join(root, 'dist/hooks', name)).size} bytes\n`);
}
