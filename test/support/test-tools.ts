import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inject } from 'vitest';
import { PINNED, type PinnedToolName } from '../../src/assemble/installers/pinned.ts';
import { withLockSync } from '../engine/support/lock.ts';
import { basePath, machineCertificates } from './machine.ts';

const kept = join(import.meta.dirname, '../../.cache/test-tools');

/**
 * A folder of packaging tools as images have them, for S2I_TOOLS: the pinned versions, made once on this machine. Applications
 * in `test/apps` show that assemble fetches them.
 */
export function testTools(name: PinnedToolName): string {
  const folder = join(kept, PINNED[name].join('-').replace(/[^\w.=-]/g, '-'));
  if (existsSync(`${folder}.made`)) return folder;
  mkdirSync(kept, { recursive: true });
  // Files of tests run side by side.
  withLockSync(`${folder}.lock`, () => {
    if (!existsSync(`${folder}.made`)) make(name, folder);
  });
  return folder;
}

function make(name: PinnedToolName, folder: string): void {
  const env = {
    PATH: basePath,
    HOME: '/',
    ...inject('image').pip,
    ...(existsSync(machineCertificates) ? { PIP_CERT: machineCertificates } : {}),
  };
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  // Programs of an environment name its place, so it is made where it stays.
  execFileSync('python3', ['-m', 'venv', join(folder, name)], { env });
  execFileSync(join(folder, name, 'bin/pip'), ['install', '--quiet', '--no-cache-dir', ...PINNED[name]], { env });
  writeFileSync(`${folder}.made`, '');
}
