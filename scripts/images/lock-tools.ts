import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { PINNED } from '../../src/assemble/installers/pinned.ts';
import { TOOL_LOCKS } from '../../src/image/full/tools.ts';

/** The oldest Python of the images that have the tools. */
const PYTHON = '3.11';

/** What keyring, which Poetry asks for passwords, needs only where a desktop runs; a third of Poetry's size. */
const DESKTOP = ['secretstorage', 'jeepney', 'cryptography', 'cffi', 'pycparser'];

/**
 * Writes what the tools of the full image need, in exact versions with the hashes of their archives for every platform, by the
 * pinned uv. pip's and uv's settings say which index is asked; no lock names one.
 */
export async function lockTools(root: string): Promise<void> {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 's2i-lock-tools-'));
  try {
    await execa('python3', ['-m', 'venv', folder]);
    await execa(join(folder, 'bin/pip'), ['install', '--quiet', ...PINNED.uv]);
    const left = DESKTOP.flatMap((name) => ['--no-emit-package', name]);
    const options = ['--universal', '--python-version', PYTHON, '--generate-hashes', '--no-header', '--no-annotate', ...left];
    for (const [name, wanted] of Object.entries(PINNED)) {
      const file = join(root, TOOL_LOCKS, `${name}.txt`);
      const output = ['--quiet', '--upgrade', '--output-file', file];
      await execa(join(folder, 'bin/uv'), ['pip', 'compile', ...options, ...output, '-'], { input: wanted.join('\n') });
      process.stdout.write(`wrote ${TOOL_LOCKS}/${name}.txt\n`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
