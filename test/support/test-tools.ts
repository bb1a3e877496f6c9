import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { inject } from 'vitest';
import { PINNED, type PinnedToolName } from '../../src/assemble/installers/pinned.ts';
import { basePath, machineCertificates } from './machine.ts';

const kept = join(import.meta.dirname, '../../.cache/test-tools');

/**
 * A folder of packaging tools as images have them, for S2I_TOOLS: the pinned versions, made once on this machine. Applications
 * in `test/apps` show that assemble fetches them.
 */
export function testTools(name: PinnedToolName): string {
  const folder = join(kept, PINNED[name].join('-').replace(/[^\w.=-]/g, '-'));
  if (existsSync(folder)) return folder;
  const env = {
    PATH: basePath,
    HOME: '/',
    ...inject('image').pip,
    ...(existsSync(machineCertificates) ? { PIP_CERT: machineCertificates } : {}),
  };
  mkdirSync(folder, { recursive: true });
  try {
    // Programs of an environment name its place, so it is made where it stays.
    execFileSync('python3', ['-m', 'venv', join(folder, name)], { env });
    execFileSync(join(folder, name, 'bin/pip'), ['install', '--quiet', '--no-cache-dir', ...PINNED[name]], { env });
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
  return folder;
}
