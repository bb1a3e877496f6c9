import { appendFile, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '../..');

/** The program itself. */
export const NATIVE_ENTRY = 'src/hosts/native/main.ts';

/** What of it is read first. */
const FIRST_ENTRY = 'src/hosts/native/first.ts';

/** The line that separates it (src/hosts/native/c/compile.sh). */
const FIRST = '//# first\n';

/**
 * Bundles an entry to one module for the engine of the native host; behind that of the program follows the module that is
 * read first. What the C module has stays an import.
 */
export async function bundleNative(entry: string, outfile: string): Promise<void> {
  await bundle(entry, outfile);
  if (entry !== NATIVE_ENTRY) return;
  const first = `${outfile}.first`;
  await bundle(FIRST_ENTRY, first);
  await appendFile(outfile, `${FIRST}${await readFile(first, 'utf8')}`);
  await rm(first);
}

async function bundle(entry: string, outfile: string): Promise<void> {
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
