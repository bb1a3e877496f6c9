/** Bundles the hooks of both hosts and the program into dist/: no `node_modules` tree is needed to run them. */
import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { NATIVE, NATIVE_BUNDLE } from '../src/image/build/context.ts';
import { bundleHooks, common } from './bundle-hooks.ts';
import { bundleNative, NATIVE_ENTRY } from './native/bundle.ts';

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
const [files] = await Promise.all([
  bundleHooks(join(root, 'dist/hooks')),
  buildProgram(),
  bundleNative(NATIVE_ENTRY, join(root, NATIVE, NATIVE_BUNDLE)),
]);
for (const name of files) {
  process.stdout.write(`dist/hooks/${name} ${statSync(join(root, 'dist/hooks', name)).size} bytes\n`);
}
