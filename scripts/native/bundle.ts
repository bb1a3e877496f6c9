import { join } from 'node:path';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '../..');

/** Bundles an entry to one module for the engine of the native host. What the C module has stays an import. */
export async function bundleNative(entry: string, outfile: string): Promise<void> {
  await build({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'neutral',
    format: 'esm',
    mainFields: ['module', 'main'],
    target: 'es2022',
    external: ['posix'],
    legalComments: 'none',
    logLevel: 'warning',
  });
}

/** The program itself. */
export const NATIVE_ENTRY = 'src/hosts/native/main.ts';
